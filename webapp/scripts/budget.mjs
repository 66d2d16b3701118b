/* budget: what a first visit and the explorer may weigh; fails when a build is heavier. */

import { readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = join(import.meta.dirname, "..", "dist");
const budgets_bytes = {
    "first load": { ".js": 45_000, ".css": 10_000 },
    explorer: { ".js": 260_000, ".css": 10_000 },
};

function textOf(file) {
    return readFileSync(join(dist, file), "utf8");
}

/** Files together with what they import before anything of theirs runs. */
function withImports(files) {
    const all = new Set();
    const add = file => {
        if (all.has(file)) return;
        all.add(file);
        if (extname(file) !== ".js") return;
        // Minified: import{a as b}from"./x.js" and import"./x.js", but not import("./x.js").
        for (const [, name] of textOf(file).matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g))
            add(`assets/${name}`);
    };
    for (const file of files) add(file);
    return [...all];
}

function firstLoad() {
    const named = [...textOf("index.html").matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)];
    return withImports(named.map(([, file]) => file));
}

/** What opening the explorer fetches beyond the first load. */
function explorer(first) {
    const own = readdirSync(join(dist, "assets")).filter(file =>
        /^explorer-[^.]+\.(js|css)$/.test(basename(file)),
    );
    return withImports(own.map(file => `assets/${file}`)).filter(file => !first.includes(file));
}

function gzipped(files, extension) {
    return files
        .filter(file => extname(file) === extension)
        .reduce(
            (sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
            0,
        );
}

let heavy = 0;
const first = firstLoad();
const loads = { "first load": first, explorer: explorer(first) };
for (const [name, budgets] of Object.entries(budgets_bytes))
    for (const [extension, budget] of Object.entries(budgets)) {
        const size = gzipped(loads[name], extension);
        const fits = size > 0 && size <= budget;
        if (!fits) heavy++;
        console.log(
            `${fits ? "ok" : "not ok"} ${name} ${extension}: ${size} of ${budget} bytes gzip`,
        );
    }
const all = readdirSync(dist, { recursive: true }).length;
console.log(`# ${all} files in dist`);
process.exitCode = heavy > 0 ? 1 : 0;
