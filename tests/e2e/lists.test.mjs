/* lists: saved whole as files, narrowed by kind or by words, kept by the address. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
    accountIsRead,
    assertFits,
    assertNoTroubles,
    looks,
    screenshot,
    violations,
    watchRequests,
} from "./browser.mjs";
import { address } from "./server.mjs";
import { beginSession, inOwnPage, openFound, page } from "./session.mjs";

await beginSession({ acceptDownloads: true });

const panel = (name, on = page) => on.getByRole("region", { name, exact: true });
const rowsOf = name => panel(name).locator("tbody tr:not(.group-row, .detail-row)");
const narrowed = () => page.locator(".filter [aria-busy=true]").waitFor({ state: "detached" });

/** The lines of a saved file, without its mark. */
async function saved(button) {
    const saving = page.waitForEvent("download");
    await button();
    const download = await saving;
    const text = readFileSync(await download.path(), "utf8");
    assert.equal(text.charCodeAt(0), 0xfeff);
    return { name: download.suggestedFilename(), lines: text.slice(1).trimEnd().split("\r\n") };
}

async function choose(label, choice, on = page) {
    await on.getByLabel(label, { exact: true }).last().selectOption({ label: choice });
    await narrowed();
}

describe("lists as files", () => {
    test("S1-43 a key press saves every entry, however few are shown", async () => {
        await openFound("Hohenstein Maximiliane", "entries");
        const shown = await rowsOf("Entries").count();
        const button = panel("Entries").getByRole("button", { name: /^Export Entries/ });
        const { name, lines } = await saved(async () => {
            await button.focus();
            await page.keyboard.press("Enter");
        });
        assert.match(name, /^entries-entries-\d+\.csv$/);
        assert.equal(
            lines[0],
            "When,Entry,Means of payment,About,Account,Amount,Currency,Balance after it",
        );
        assert.ok(lines.length - 1 > shown, `${lines.length} lines, ${shown} rows`);
        assertNoTroubles(page);
    });

    test("S1-13 S1-41 the file of an earlier month has that month's events, and as many as are said", async () => {
        await openFound("Katharina Berger", "usage");
        await page.getByLabel("Period").selectOption({ index: 2 });
        await page.locator(".choose select:not([aria-busy=true])").waitFor();
        await page.waitForURL(/month=/);
        const month = new URL(page.url()).searchParams.get("month").slice(0, 7);
        const said = await panel("In all")
            .getByText(/^[\d,]+$/)
            .first()
            .textContent();
        const { lines } = await saved(() =>
            panel("Calls, messages and data")
                .getByRole("button", { name: /^Export/ })
                .click(),
        );
        assert.equal(lines.length - 1, Number(said.replaceAll(",", "")));
        assert.ok(lines.slice(1).every(line => line.startsWith(month)));
        assertNoTroubles(page);
    });

    test("S1-43 a file that cannot be made says so, and is made when asked again", async () => {
        await openFound("Kowalczyk Martin", "entries");
        await page.route("**/export", route => route.abort(), { times: 1 });
        await panel("Entries")
            .getByRole("button", { name: /^Export/ })
            .click();
        await panel("Entries").getByText("cannot be reached").waitFor();
        const { lines } = await saved(() =>
            panel("Entries").getByRole("button", { name: "Try again" }).click(),
        );
        assert.ok(lines.length > 1);
    });
});

describe("narrowed lists", () => {
    test("S1-43 entries by kind: payments alone, kept by the address and by going back", async () => {
        await openFound("Kowalczyk Martin", "entries");
        const sent = watchRequests(page);
        await choose("Show", "Payments and top-ups");
        assert.equal(sent.length, 1);
        const kinds = () => rowsOf("Entries").locator("td:nth-of-type(1) .badge").allTextContents();
        const payments = await kinds();
        assert.ok(payments.length > 0 && payments.every(kind => kind === "Payment"), `${payments}`);
        assert.match(page.url(), /\/entries\?kind=payments$/);
        await page.getByRole("tab", { name: /^Orders/ }).click();
        await page.goBack();
        assert.deepEqual(await kinds(), payments);
        await page.reload();
        await accountIsRead(page);
        assert.deepEqual(await kinds(), payments);
        assert.equal(await page.getByLabel("Show", { exact: true }).inputValue(), "payments");
        await page.goto(`${address}/search`);
        await page.goBack();
        await accountIsRead(page);
        assert.deepEqual(await kinds(), payments);
        assertNoTroubles(page);
    });

    test("S1-43 what is narrowed on the screen is narrowed in the file", async () => {
        await openFound("Kowalczyk Martin", "entries?kind=payments");
        const { lines } = await saved(() =>
            panel("Entries")
                .getByRole("button", { name: /^Export/ })
                .click(),
        );
        assert.ok(
            lines.length > 1 && lines.slice(1).every(line => line.split(",")[1] === "Payment"),
        );
    });

    test("S1-43 a kind of which there is nothing says so, and all is one choice away", async () => {
        await openFound("Kowalczyk Martin", "entries");
        const all = await rowsOf("Entries").count();
        await choose("Show", "Credits and refunds");
        await panel("Entries").getByText("Nothing is like that.").waitFor();
        await choose("Show", "All");
        assert.equal(await rowsOf("Entries").count(), all);
        assert.match(page.url(), /\/entries$/);
    });

    test("S1-44 letters by kind", async () => {
        await openFound("Zum Anker Call", "letters");
        await choose("Show", "SMS");
        const kinds = await rowsOf("Letters, e-mails and SMS")
            .locator("td:nth-of-type(2) .main")
            .allTextContents();
        assert.ok(kinds.length > 0 && kinds.every(kind => kind === "SMS"), `${kinds}`);
    });

    test("S1-38 S1-39 tickets that are open, that are settled, and by a word of their subject", async () => {
        await openFound("Aoife O'Brien", "tickets");
        const groups = () => panel("Trouble tickets").locator(".group-row").allTextContents();
        const counts = await groups();
        assert.equal(counts.length, 2);
        await choose("Show", "Settled");
        assert.deepEqual(await groups(), [counts[1]]);
        await choose("Show", "Open");
        assert.deepEqual(await groups(), [counts[0]]);
        await choose("Show", "All");
        const subject = await rowsOf("Trouble tickets")
            .first()
            .locator("td:nth-of-type(2) .main")
            .textContent();
        const word = subject.split(/\s+/).sort((a, b) => b.length - a.length)[0];
        await page.getByLabel("Subject has").fill(word.toLowerCase());
        await page.waitForURL(/words=/);
        await narrowed();
        const subjects = await rowsOf("Trouble tickets")
            .locator("td:nth-of-type(2) .main")
            .allTextContents();
        assert.ok(
            subjects.length > 0 &&
                subjects.every(text => text.toLowerCase().includes(word.toLowerCase())),
            `${subjects}`,
        );
        assertNoTroubles(page);
    });

    test("S1-13 usage by type", async () => {
        await openFound("Katharina Berger", "usage");
        await choose("Show", "Calls");
        const types = await rowsOf("Calls, messages and data")
            .locator("td:nth-of-type(1) .main")
            .allTextContents();
        assert.ok(types.length > 0 && types.every(type => type === "Calls"), `${types}`);
        assert.match(page.url(), /\?type=calls$/);
    });

    test("S1-40 what is left, what is used beyond it, and how old that is", async () => {
        await openFound("Katharina Berger", "usage");
        const all = await panel("In all").textContent();
        assert.match(all, /Running/);
        assert.match(all, /Beyond what is included€\d+\.\d\d.*not yet billed/);
        assert.match(all, /Data as of\d+ Oct 2026/);
        const allowances = panel("Allowances");
        assert.match(await allowances.textContent(), /[\d.]+ GB\s+left of\s+60 GB/);
        assert.equal(await allowances.getByRole("progressbar").count(), 5);
    });

    test("S1-41 an earlier month is chosen, and read on it stays that month", async () => {
        await openFound("Katharina Berger", "usage");
        const months = await page.getByLabel("Period").locator("option").count();
        assert.equal(months, 13);
        await page.getByLabel("Period").selectOption({ index: 1 });
        await page.waitForURL(/month=/);
        await page.locator(".choose select:not([aria-busy=true])").waitFor();
        await panel("In all").getByText("Billed").waitFor();
        const events = rowsOf("Calls, messages and data");
        const before = await events.count();
        await panel("Calls, messages and data").getByRole("button", { name: "Show more" }).click();
        await page.waitForFunction(
            ([known]) =>
                document.querySelectorAll("[role=tabpanel]:not([hidden]) tbody tr").length > known,
            [before],
        );
        const month = new URL(page.url()).searchParams.get("month");
        const name = new Date(`${month}T00:00:00Z`).toLocaleDateString("en-GB", {
            month: "short",
            timeZone: "UTC",
        });
        const days = await events.locator("th").allTextContents();
        assert.ok(
            days.every(day => day.includes(name)),
            `${name}: ${days.slice(0, 3)}`,
        );
        assertNoTroubles(page);
    });

    test("an address that says nothing sensible shows the whole list", async () => {
        await openFound("Kowalczyk Martin", "entries?kind=nonsense&month=2026-13-01&<script>=1");
        assert.match(page.url(), /\/entries$/);
        assert.ok((await rowsOf("Entries").count()) > 0);
        await openFound("Katharina Berger", "usage?month=never&type=%00");
        assert.match(page.url(), /\/usage$/);
        assertNoTroubles(page);
    });
});

for (const { name, ...look } of looks)
    test(`S1-38 S1-43 filters and files, ${name}`, () =>
        inOwnPage(look, async own => {
            for (const [who, tab] of [
                ["Kowalczyk Martin", "entries"],
                ["Aoife O'Brien", "tickets"],
                ["Katharina Berger", "usage"],
                ["Zum Anker Call", "letters"],
            ]) {
                await openFound(who, tab, own);
                await screenshot(own, `lists-${tab}-${name}`);
                await assertFits(own, tab);
                assert.deepEqual(await violations(own), []);
            }
        }));
