/* letters: all messages of a customer, and each as a PDF in the page. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import {
    assertNoTroubles,
    openAccount,
    openBrowser,
    openPage,
    screenshot,
    signInAs,
    sizes,
    violations,
} from "./browser.mjs";
import { found, signIn, usersOf } from "./server.mjs";

const [agent] = usersOf("agent");
let browser;
let id;

before(async () => {
    browser = await openBrowser();
    [{ id }] = await found(await signIn(agent), "Zum Anker Call");
});

after(() => browser?.close());

async function openLetters(options) {
    const page = await openPage(browser, options);
    await signInAs(page, agent);
    await openAccount(page, id, "letters");
    return page;
}

/** Opens the details of the row with these words. */
async function openMessage(page, words) {
    const row = page.getByRole("row").filter({ hasText: words }).first();
    await row.getByRole("button").first().click();
    await page.locator(".document-ways").waitFor();
}

/** What the browser was given to show. */
async function shownBytes(page) {
    const href = await page.locator(".document-ways a").first().getAttribute("href");
    assert.match(href, /^blob:/);
    return page.evaluate(async address => {
        const blob = await (await fetch(address)).blob();
        const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
        const hex = Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, "0"));
        return { type: blob.type, sha256: hex.join(""), size: blob.size };
    }, href);
}

for (const scheme of ["light", "dark"])
    test(`S1-44 S1-45 a letter in Arabic is among the messages and opens as a PDF, ${scheme}`, async () => {
        const page = await openLetters({ scheme });
        const answer = page.waitForResponse(response => response.url().endsWith(".pdf"));
        await openMessage(page, "إعلان");
        const response = await answer;
        const shown = await shownBytes(page);
        assert.equal(response.headers()["content-type"], "application/pdf");
        assert.equal(shown.type, "application/pdf");
        assert.equal(response.headers().etag, `"${shown.sha256}"`);
        await screenshot(page, `letters-${scheme}`);
        assert.deepEqual(await violations(page), []);
        assertNoTroubles(page);
        await page.context().close();
    });

test("S1-45 nothing is read before a message is opened, and it is given back when it is closed", async () => {
    const page = await openPage(browser);
    const read = [];
    page.on("request", request => request.url().endsWith(".pdf") && read.push(request.url()));
    await signInAs(page, agent);
    await openAccount(page, id, "letters");
    assert.deepEqual(read, []);
    await openMessage(page, "お知らせ");
    assert.equal(read.length, 1);
    const href = await page.locator(".document-ways a").first().getAttribute("href");
    await page.getByRole("row").filter({ hasText: "お知らせ" }).first().getByRole("button").first().click();
    await page.locator(".document-ways").waitFor({ state: "detached" });
    const gone = await page.evaluate(address => fetch(address).then(() => false, () => true), href);
    assert.equal(gone, true);
    await page.context().close();
});

test("S1-45 on a phone a message opens in a window of its own", async () => {
    const page = await openLetters({ size: sizes.phone });
    await openMessage(page, "Rechnung bereit");
    const { type, size } = await shownBytes(page);
    assert.equal(type, "application/pdf");
    assert.ok(size > 1000);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the page is ${wide} px too wide`);
    await screenshot(page, "letters-phone");
    assert.deepEqual(await violations(page), []);
    assertNoTroubles(page);
    await page.context().close();
});
