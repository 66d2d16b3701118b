/* budget: what a first visit may weigh; fails when a build is heavier. */

import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = join(import.meta.dirname, "..", "dist");
const budgets_bytes = { ".js": 45_000, ".css": 10_000 };

/** What index.html names, and what that imports before anything is shown. */
function firstLoad() {
    const html = readFileSync(join(dist, "index.html"), "utf8");
    return [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(found => found[1]);
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
for (const [extension, budget] of Object.entries(budgets_bytes)) {
    const size = gzipped(firstLoad(), extension);
    const fits = size > 0 && size <= budget;
    if (!fits) heavy++;
    console.log(
        `${fits ? "ok" : "not ok"} first load ${extension}: ${size} of ${budget} bytes gzip`,
    );
}
const all = readdirSync(dist, { recursive: true }).length;
console.log(`# ${all} files in dist`);
process.exitCode = heavy > 0 ? 1 : 0;
