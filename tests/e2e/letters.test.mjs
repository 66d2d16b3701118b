/* letters: all messages of a customer, and each as a PDF in the page. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assertFits, assertNoTroubles, screenshot, sizes, violations } from "./browser.mjs";
import { beginSession, inOwnPage, openFound, page } from "./session.mjs";

await beginSession();

const inLetters = (options, steps) =>
    inOwnPage(options, async own => {
        await openFound("Zum Anker Call", "letters", own);
        await steps(own);
    });

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
    test(`S1-44 S1-45 a letter in Arabic is among the messages and opens as a PDF, ${scheme}`, () =>
        inLetters({ scheme }, async own => {
            const answer = own.waitForResponse(response => response.url().endsWith(".pdf"));
            await openMessage(own, "إعلان");
            const response = await answer;
            const shown = await shownBytes(own);
            assert.equal(response.headers()["content-type"], "application/pdf");
            assert.equal(response.headers().etag, `"${shown.sha256}"`);
            await screenshot(own, `letters-${scheme}`);
            assert.deepEqual(await violations(own), []);
        }));

test("S1-44 which version of which text was sent, and in which language, is said with it", async () => {
    await openFound("Kowalczyk Martin", "letters");
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
});

test("S1-45 nothing is read before a message is opened, and it is given back when it is closed", async () => {
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
    await openFound("Zum Anker Call", "letters");
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
});

test("S1-45 on a phone a message opens in a window of its own", () =>
    inLetters({ size: sizes.phone }, async own => {
        await openMessage(own, "Rechnung bereit");
        assert.equal((await shownBytes(own)).head, "%PDF-");
        await assertFits(own);
        await screenshot(own, "letters-phone");
        assert.deepEqual(await violations(own), []);
    }));
