/* gallery: pictures of every scene in every look, on one page to be looked through. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openBrowser, openPage, signInAs, sizes, violations } from "./browser.mjs";
import { german, scenes, scenesOf, signIns } from "./scenes.mjs";
import { signIn, usersOf } from "./server.mjs";

const { values: options } = parseArgs({
    options: {
        folder: { type: "string", default: "gallery" },
        look: { type: "string", default: "" }, // only looks whose name has this in it
        who: { type: "string" }, // only this customer's account
        axe: { type: "boolean", default: false },
    },
});

const [agent] = usersOf("agent");
const widths = { desk: sizes.desk, laptop: { width: 1024, height: 768 }, phone: sizes.phone };
/** Looks, with who looks and at what. Twice as large on the same screen is half as much room. */
const looks = [
    ...Object.entries(widths).flatMap(([device, size]) =>
        ["light", "dark"].map(scheme => ({
            name: `${device}-${scheme}`,
            page: { size, scheme, hasTouch: device === "phone" },
            user: agent,
            scenes,
        })),
    ),
    {
        name: "twice-as-large",
        page: { size: { width: 720, height: 450 }, scheme: "light", deviceScaleFactor: 2 },
        user: agent,
        scenes: scenesOf("katharina"),
    },
    {
        name: "german",
        page: { size: sizes.desk, scheme: "light" },
        user: german(),
        scenes: scenesOf("katharina"),
    },
];

const pictures = new Map(); // by the name of the scene, the looks that it was seen in
const complaints = [];

async function picture(page, look, { name, window = false }) {
    const path = join(options.folder, look, `${name}.png`);
    if (!window) await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(150);
    await page.screenshot({ path, fullPage: !window });
    pictures.set(name, [...(pictures.get(name) ?? []), look]);
    const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wide > 0) complaints.push(`${look} ${name}: ${wide} pixels too wide`);
    if (!options.axe) return;
    for (const violation of await violations(page))
        complaints.push(`${look} ${name}: ${violation}`);
}

async function take(browser, { name: look, page: how, user, ...given }) {
    mkdirSync(join(options.folder, look), { recursive: true });
    const page = await openPage(browser, how);
    if (options.who === undefined)
        for await (const scene of signIns(page)) await picture(page, look, scene);
    await signInAs(page, user);
    const through = options.who === undefined ? given.scenes : scenesOf(options.who);
    for await (const scene of through(page, await signIn(user))) await picture(page, look, scene);
    complaints.push(...page.troubles.map(trouble => `${look}: ${trouble}`));
    await page.context().close();
}

/** Each scene in a row, as it looks on each screen. */
function index() {
    const row = ([name, seen]) => {
        const images = seen.map(
            look =>
                `<a href="${look}/${name}.png"><img loading="lazy" src="${look}/${name}.png" alt="${look}"></a>`,
        );
        return `<h2>${name}</h2><div>${images.join("")}</div>`;
    };
    return `<!doctype html><meta charset="utf-8"><title>Dossier, every screen</title>
<style>body{font:14px system-ui;margin:24px}div{display:flex;gap:12px;overflow-x:auto}img{height:420px;border:1px solid #999}</style>
${[...pictures].map(row).join("\n")}`;
}

const browser = await openBrowser();
try {
    for (const look of looks.filter(({ name }) => name.includes(options.look)))
        await take(browser, look);
} finally {
    await browser.close();
    mkdirSync(options.folder, { recursive: true });
    writeFileSync(join(options.folder, "index.html"), index());
}
for (const complaint of complaints) console.log(complaint);
console.log(
    `${pictures.size} scenes, ${complaints.length} complaints: ${options.folder}/index.html`,
);
