/* browser: Chromium with a fresh profile, and the few things tests do in it. */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { address } from "./server.mjs";

// The tools are installed with the app: no second node_modules.
const require = createRequire(join(import.meta.dirname, "..", "..", "webapp", "package.json"));
const { chromium } = require("playwright-core");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

/** The four ways everything is looked at: light and dark, on a desk and on a telephone. */
export const looks = Object.entries(sizes).flatMap(([device, size]) =>
    ["light", "dark"].map(scheme => ({
        name: `${device}-${scheme}`,
        size,
        scheme,
        hasTouch: device === "phone",
    })),
);

export async function openBrowser() {
    return chromium.launch({
        executablePath: process.env.DOSSIER_CHROMIUM ?? "/usr/bin/chromium",
        args: flags,
    });
}

/** A page of its own session, that notes what must never happen: violated policies, thrown errors, dialogs. */
export async function openPage(browser, { size = sizes.desk, scheme = "light", ...more } = {}) {
    const context = await browser.newContext({
        viewport: size,
        colorScheme: scheme,
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
        reducedMotion: "reduce",
        ...more,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.troubles = [];
    page.on("pageerror", error => page.troubles.push(`thrown: ${error.message}`));
    page.on("dialog", dialog => {
        page.troubles.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
    });
    page.on("console", message => {
        if (/Content Security Policy|TrustedHTML|Trusted Type/i.test(message.text()))
            page.troubles.push(`policy: ${message.text()}`);
    });
    return page;
}

export function assertNoTroubles(page) {
    assert.deepEqual(page.troubles, []);
}

export async function signInAs(page, { username, password }, path = "/sign-in") {
    await page.goto(address + path);
    await page.getByLabel("User name").fill(username);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.keyboard.press("Enter");
    await page.getByRole("combobox").waitFor();
}

/** Opens a customer at an address and waits until their tabs are there. */
export async function openAccount(page, id, tab) {
    const path = `/c/${encodeURIComponent(id)}${tab ? `/${tab}` : ""}`;
    await page.goto(address + path);
    await accountIsRead(page);
}

export async function accountIsRead(page) {
    await page.locator(".read-again:not(.busy)").waitFor(); // by no words: viewers speak several languages
    await page.locator("[role=tabpanel]:not([hidden]) .panel").first().waitFor();
}

/** Nothing sticks out to the right of the window. */
export async function assertFits(page, what = "the page") {
    const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
    });
    assert.ok(wide <= 0, `${what} is ${wide} pixels too wide`);
}

export function tabTitles(page) {
    return page.getByRole("tab").locator(".tab-title").allTextContents();
}

/** What axe finds wrong, one line for each element. */
export async function violations(page) {
    await page.evaluate(axeSource);
    return page.evaluate(async () => {
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const { violations: found } = await axe.run(document, { runOnly: tags });
        return found.flatMap(({ id, help, nodes }) =>
            nodes.map(
                ({ html, any }) => `${id}: ${help}: ${html.slice(0, 200)} ${any[0]?.message ?? ""}`,
            ),
        );
    });
}

/** How long the long tasks (more than 50 ms) of a page take from now on, in milliseconds. */
export async function watchLongTasks(page) {
    const tasks = await page.evaluateHandle(() => {
        const long = [];
        new PerformanceObserver(list =>
            long.push(...list.getEntries().map(({ duration }) => duration)),
        ).observe({ type: "longtask" });
        return long;
    });
    return () => tasks.jsonValue();
}

/** The GraphQL requests a page sends from now on, by their documents. */
export function watchRequests(page) {
    const sent = [];
    page.on("request", request => {
        if (new URL(request.url()).pathname === "/graphql")
            sent.push(request.postDataJSON().documentId);
    });
    return sent;
}

export async function screenshot(page, name) {
    const folder = process.env.DOSSIER_SCREENSHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`) });
}
