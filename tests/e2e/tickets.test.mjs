/* tickets: what agents see of reports: what is open, by when it was promised, and what was written. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    assertNoTroubles,
    screenshot,
    sizes,
    violations,
    watchLongTasks,
    watchRequests,
} from "./browser.mjs";
import { usersOf } from "./server.mjs";
import { beginSession, inOwnPage, openFound, page, tabPanel } from "./session.mjs";

await beginSession();

const panel = () => tabPanel("tickets");
const articles = () => panel().locator(".kind-list li");

const openTickets = search => openFound(search, "tickets");
const openFirst = () => panel().locator(".toggle").first().click();

describe("tickets", () => {
    test("S1-02 S1-05 how many are open stands beside the account and at the tab, and leads there", async () => {
        await openFound("jonas petersen", "customer");
        const header = page.getByRole("complementary");
        assert.match(await header.textContent(), /Tickets\s*1 open/);
        const sent = watchRequests(page);
        await header.getByRole("link", { name: "Tickets" }).click();
        await panel().locator(".panel").first().waitFor();
        assert.match(await panel().textContent(), /On hold/);
        assert.equal(sent.length, 0, "the opened account knows already");
        const tab = page.getByRole("tab", { selected: true });
        assert.equal(await tab.locator(".tab-count").textContent(), "1 open");
    });

    test("S1-39 an open ticket says when it is due, in words and colour when that is over", async () => {
        await openTickets("jonas petersen");
        const due = panel().locator("tbody").first().locator("[data-label=Due]");
        assert.match(await due.textContent(), /overdue, .* ago/);
        assert.ok((await due.locator(".tone-bad").count()) > 0, "overdue is coloured");
        await openFirst();
        assert.match(await panel().textContent(), /First answer.*In time/);
        await screenshot(page, "tickets-open");
    });

    test("S1-39 what is due counts down while it is looked at", async () => {
        await inOwnPage({}, async own => {
            const read = own.waitForResponse(async response =>
                /tickets_tickets/.test(await response.text().catch(() => "")),
            );
            await openFound("jonas petersen", "tickets", own);
            const { customer } = (await (await read).json()).data;
            const dueAt = Date.parse(customer.tickets_tickets.nodes[0].nextDueAt);
            await own.clock.install({ time: new Date(dueAt - 70 * 60_000) });
            await openFound("jonas petersen", "tickets", own);
            const due = tabPanel("tickets", own).locator("[data-label=Due]").first();
            assert.match(await due.textContent(), /in 1 hour/);
            await own.clock.fastForward("01:00:00");
            assert.match(await due.textContent(), /in 9 minutes|in 10 minutes/);
            await own.clock.fastForward("00:20:00");
            assert.match(await due.textContent(), /overdue, (9|10) minutes ago/);
        });
    });

    test("S1-38 what is settled stands below what is open, more quietly", async () => {
        await openTickets("aoife.obrien.7@example.com");
        const groups = panel().locator(".group-row");
        await groups.first().waitFor();
        assert.deepEqual(await groups.allTextContents(), ["Open7", "Settled3"]);
        assert.equal(await panel().locator(".quiet-row").count(), 3);
    });

    test("S1-38 nine hundred articles are read page by page, of that ticket alone", async () => {
        await openTickets("hafenlicht");
        await openFirst();
        assert.equal(await articles().count(), 10);
        const sent = watchRequests(page);
        const tasks = await watchLongTasks(page);
        for (const count of [20, 30, 40]) {
            await panel().locator(".kind-list .panel-more button").click();
            await articles()
                .nth(count - 1)
                .waitFor();
            assert.equal(await articles().count(), count);
        }
        assert.equal(sent.length, 3);
        const words = await articles().allTextContents();
        assert.equal(new Set(words).size, 40, "no article twice");
        const longest = Math.max(0, ...(await tasks()));
        assert.ok(longest < 200, `a task of ${longest} ms`);
        await screenshot(page, "tickets-articles");
    });

    test("S1-38 nine hundred articles are read to the first one without a long task", async t => {
        await openTickets("hafenlicht");
        await openFirst();
        const more = panel().locator(".kind-list .panel-more button");
        const tasks = await watchLongTasks(page);
        for (let count = 20; await more.count(); count += 10) {
            await more.click();
            await articles()
                .nth(Math.min(count, 900) - 1)
                .waitFor();
        }
        assert.equal(await articles().count(), 900);
        const long = (await tasks()).sort((a, b) => b - a);
        // By the clock, which other programs stretch.
        t.diagnostic(`long tasks of 89 pages: ${long.length}, ${long[0] ?? 0} ms at most`);
        assert.ok((long[0] ?? 0) < 1000, `a task of ${long[0]} ms`);
        assertNoTroubles(page);
    });

    test("notes among agents are marked, and customers do not get them", async () => {
        await openTickets("katharina berger");
        await openFirst();
        assert.equal(await panel().getByText("Internal note").count(), 1);
        const [user] = usersOf("customer");
        await inOwnPage({ user }, async own => {
            await openFound("katharina berger", "tickets", own);
            const theirs = tabPanel("tickets", own);
            await theirs.locator(".toggle").first().click();
            const seen = theirs.locator(".kind-list li");
            assert.equal(await seen.count(), (await articles().count()) - 1);
            assert.doesNotMatch(await theirs.textContent(), /Attenuation/);
        });
    });

    test("markup in what customers write is text, and longest words stay on a phone's screen", async () => {
        await openTickets("söhne");
        await openFirst();
        assert.match(await panel().textContent(), /DROP TABLE trouble_ticket; --\n<script>/);
        await page.setViewportSize(sizes.phone);
        await openTickets("maximiliane");
        await openFirst();
        const wide = await panel().evaluate(element => {
            const inner = [...element.querySelectorAll(".table-scroll")];
            return inner.filter(one => one.scrollWidth > one.clientWidth + 1).length;
        });
        assert.equal(wide, 0, "nothing has to be pushed sideways");
        await screenshot(page, "tickets-phone");
        await page.setViewportSize(sizes.desk);
        assertNoTroubles(page);
    });

    test("an opened ticket is accessible", async () => {
        await openTickets("jonas petersen");
        await openFirst();
        assert.deepEqual(await violations(page), []);
    });
});
