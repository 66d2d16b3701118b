/* letters: all messages of a customer, and each as a PDF in the page. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
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

/** What the browser was given to show, as it is saved. */
async function shownBytes(page) {
    const saving = page.waitForEvent("download");
    await page.locator(".document-ways a[download]").click();
    const bytes = readFileSync(await (await saving).path());
    return {
        sha256: createHash("sha256").update(bytes).digest("hex"),
        head: `${bytes.subarray(0, 5)}`,
    };
}

for (const scheme of ["light", "dark"])
    test(`S1-44 S1-45 a letter in Arabic is among the messages and opens as a PDF, ${scheme}`, async () => {
        const page = await openLetters({ scheme });
        const answer = page.waitForResponse(response => response.url().endsWith(".pdf"));
        await openMessage(page, "إعلان");
        const response = await answer;
        const shown = await shownBytes(page);
        assert.equal(response.headers()["content-type"], "application/pdf");
        assert.equal(response.headers().etag, `"${shown.sha256}"`);
        await screenshot(page, `letters-${scheme}`);
        assert.deepEqual(await violations(page), []);
        assertNoTroubles(page);
        await page.context().close();
    });

test("S1-44 which version of which text was sent, and in which language, is said with it", async () => {
    const page = await openPage(browser);
    await signInAs(page, agent);
    const [martin] = await found(await signIn(agent), "Kowalczyk Martin");
    await openAccount(page, martin.id, "letters");
    const versions = new Set();
    const letters = page.getByRole("row").filter({ hasText: /Erinnerung: |Mahnung: / });
    for (const letter of await letters.all()) {
        await letter.getByRole("button").first().click();
        const said = await page.locator(".detail-row .kind-kv").last().textContent();
        versions.add(/Version of the text(\d+)in use since/.exec(said)?.[1]);
        assert.match(said, /Language of the textGerman/);
        await letter.getByRole("button").first().click();
    }
    assert.deepEqual([...versions].sort(), ["1", "2"], "two versions of the reminder were sent");
    assertNoTroubles(page);
    await page.context().close();
});

test("S1-45 nothing is read before a message is opened, and it is given back when it is closed", async () => {
    const page = await openPage(browser);
    await page.addInitScript(() => {
        const revoke = URL.revokeObjectURL;
        globalThis.givenBack = [];
        URL.revokeObjectURL = address => {
            globalThis.givenBack.push(address);
            revoke.call(URL, address);
        };
    });
    const read = [];
    page.on("request", request => request.url().endsWith(".pdf") && read.push(request.url()));
    await signInAs(page, agent);
    await openAccount(page, id, "letters");
    assert.deepEqual(read, []);
    await openMessage(page, "お知らせ");
    assert.equal(read.length, 1);
    const href = await page.locator(".document-ways a").first().getAttribute("href");
    await page
        .getByRole("row")
        .filter({ hasText: "お知らせ" })
        .first()
        .getByRole("button")
        .first()
        .click();
    await page.locator(".document-ways").waitFor({ state: "detached" });
    assert.deepEqual(await page.evaluate(() => globalThis.givenBack), [href]);
    await page.context().close();
});

test("S1-45 on a phone a message opens in a window of its own", async () => {
    const page = await openLetters({ size: sizes.phone });
    await openMessage(page, "Rechnung bereit");
    assert.equal((await shownBytes(page)).head, "%PDF-");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `the page is ${wide} px too wide`);
    await screenshot(page, "letters-phone");
    assert.deepEqual(await violations(page), []);
    assertNoTroubles(page);
    await page.context().close();
});
