/* entries: what was charged and paid, and bills that go back twenty years. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertFits, assertNoTroubles, sizes, violations, watchLongTasks } from "./browser.mjs";
import { beginSession, inOwnPage, openFound, page } from "./session.mjs";

await beginSession();

const panel = name => page.getByRole("region", { name, exact: true });
const amountOf = text => text.replace(/[^\d.,]/g, "");

const open = name => openFound(name, "entries");

/** Milliseconds of processor that a page has spent on scripts, styles and layout so far. */
async function spentBy(page) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    const counted = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];
    return async () => {
        const { metrics } = await devtools.send("Performance.getMetrics");
        const seconds = metrics
            .filter(({ name }) => counted.includes(name))
            .reduce((sum, { value }) => sum + value, 0);
        return Math.round(seconds * 1000);
    };
}

describe("entries", () => {
    test("S1-42 S1-43 payments and charges are one list, whose last balance is the account's", async () => {
        await open("Kowalczyk Martin");
        const kinds = await panel("Entries")
            .locator("tbody tr td:nth-of-type(1)")
            .allTextContents();
        for (const kind of ["Charge", "Payment", "Reminder fee"])
            assert.ok(
                kinds.some(text => text.startsWith(kind)),
                `${kind} is among ${kinds}`,
            );
        const last = await panel("Entries")
            .locator("tbody tr")
            .first()
            .locator("td")
            .last()
            .textContent();
        const balance = await page.locator(".balances .figure").first().textContent();
        assert.equal(amountOf(last), amountOf(balance));
        assertNoTroubles(page);
    });

    test("S1-42 S1-43 a payment stands under what was paid, a charge under what was charged", async () => {
        await open("Kowalczyk Martin");
        const rows = panel("Entries").locator("tbody tr");
        for (const [kind, charged, paid] of [
            ["Payment", /^–$/, /^€\d+\.\d\d$/],
            ["Charge", /^€\d+\.\d\d$/, /^–$/],
            ["Reminder fee", /^€5\.00$/, /^–$/],
        ]) {
            const row = rows.filter({ hasText: kind }).first();
            assert.match(await row.locator("td").nth(3).textContent(), charged);
            assert.match(await row.locator("td").nth(4).textContent(), paid);
        }
    });

    test("S1-41 what a month's use cost stands on the bill for that month", async () => {
        await open("Kowalczyk Martin");
        const bill = panel("Bills").locator("tbody tr").filter({ hasText: "August 2026" }).first();
        await bill.locator(".toggle").click();
        const line = panel("Bills").locator(".detail-row tbody tr").filter({ hasText: "Usage" });
        const billed = await line.locator("td").last().textContent();
        await openFound("Kowalczyk Martin", "usage?month=2026-08-01");
        const shown = panel("In all").getByText(billed, { exact: true });
        await shown.waitFor();
        assert.match(billed, /^€\d+\.\d\d$/);
    });

    test("S1-05 the header says what is overdue and what was done about it", async () => {
        await open("Kowalczyk Martin");
        const header = await page.getByRole("complementary").textContent();
        assert.match(header, /overdue/);
        assert.match(header, /Barred for arrears/);
    });

    test("S1-43 a bill opens to its lines", async () => {
        await open("Kowalczyk Martin");
        await panel("Bills").locator(".toggle").first().click();
        await panel("Bills").getByText("Mobile Unlimited").waitFor();
        assert.deepEqual(await violations(page), []);
    });

    test("S1-43 240 bills are read page by page without a long task", async t => {
        await open("Hohenstein Maximiliane");
        const bills = panel("Bills");
        const rows = bills.locator("tbody .toggle");
        const more = bills.getByRole("button", { name: "Show more" });
        const spent = await spentBy(page);
        const tasks = await watchLongTasks(page);
        const pages = [];
        while (await more.count()) {
            const count = await rows.count();
            const before = await spent();
            await more.click();
            await page.waitForFunction(
                known =>
                    document.querySelectorAll("[role=tabpanel]:not([hidden]) .toggle").length >
                    known,
                count,
            );
            pages.push((await spent()) - before);
        }
        assert.equal(await rows.count(), 240);
        // Of the processor, not of the clock: other tests may run beside this one.
        const median = pages.sort((a, b) => a - b)[pages.length >> 1];
        assert.ok(median < 50, `a page takes ${median} ms: ${pages}`);
        const long = (await tasks()).sort((a, b) => b - a);
        // By the clock, which other programs stretch.
        t.diagnostic(
            `a page: ${median} ms; long tasks: ${long.length}, ${long[0] ?? 0} ms at most`,
        );
        assert.ok((long[0] ?? 0) < 1000, `a task of ${long[0]} ms`);
        assertNoTroubles(page);
    });

    test("S1-43 a telephone shows each entry as a card, nothing beside the screen", async () => {
        await inOwnPage({ size: sizes.phone, scheme: "dark" }, async phone => {
            await openFound("Kowalczyk Martin", "entries", phone);
            await assertFits(phone);
        });
    });
});
