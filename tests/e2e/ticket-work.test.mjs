/* ticket-work: agents find the tickets of their team, take the next one with a key, and give on what is not theirs. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertFits, assertNoTroubles, looks, screenshot, violations } from "./browser.mjs";
import { change } from "./database.mjs";
import { address, usersOf } from "./server.mjs";
import { agents, beginSession, inOwnPage, page, tabPanel } from "./session.mjs";

const sven = agents.find(({ username }) => username === "agent.de"); // of network operations, in German
const teamOf = name => change(`SELECT id FROM team WHERE name = '${name}'`);
const [firstLine, network] = ["First line", "Network operations"].map(teamOf);
const [customer, queue] = change(
    `SELECT c.id, (SELECT id FROM queue_definition WHERE name = 'Faults') FROM customer AS c
        WHERE c.kind = 'RESIDENTIAL' AND c.status = 'ACTIVE' AND c.partner_id IS NULL AND c.id > 12
        AND c.open_ticket_count = 0 ORDER BY c.id DESC LIMIT 1 OFFSET 31`,
).split("\t");

/** More urgent than all that there is. */
function reported(subject, { team = firstLine } = {}) {
    return change(
        `SET @due = (SELECT LEAST(MIN(next_due_at), '2020-01-01') - INTERVAL 1 DAY FROM trouble_ticket);
         INSERT INTO trouble_ticket (customer_id, number, type, severity, priority, status, is_open, subject, queue_id, team_id,
                opened_at, updated_at, last_customer_at, next_due_at)
            VALUES (${customer}, LEFT(REPLACE(UUID(), '-', ''), 16), 'FAULT', 'CRITICAL', 'HIGH', 'ACKNOWLEDGED', TRUE, '${subject}',
                ${queue}, ${team}, NOW(6), NOW(6), NOW(6), @due);
         SET @id = LAST_INSERT_ID();
         INSERT INTO ticket_clock (customer_id, ticket_id, kind, started_at, due_at) VALUES (${customer}, @id, 'RESPOND', @due - INTERVAL 1 DAY, @due);
         INSERT INTO ticket_article (customer_id, ticket_id, kind, author_kind, author_name, written_at, subject, text)
            VALUES (${customer}, @id, 'MESSAGE', 'CUSTOMER', 'Somebody', NOW(6), '${subject}', 'Nothing works.');
         UPDATE customer SET open_ticket_count = open_ticket_count + 1 WHERE id = ${customer};
         SELECT @id`,
    );
}
const assigneeOf = id =>
    change(`SELECT COALESCE(assignee_name, '') FROM trouble_ticket WHERE id = ${id}`);

await beginSession();

const row = (subject, of = page) => of.locator(".work-table tbody tr").filter({ hasText: subject });

async function openWork(of = page, search = "") {
    await of.goto(`${address}/find/tickets${search}`);
    await of.locator(".work-table tbody tr, .notice-title").first().waitFor();
}

const blur = of => of.evaluate(() => document.activeElement?.blur());

describe("tickets to work on", () => {
    test("S2-42 the most urgent of the own team come first, and one leads to its row in the account", async () => {
        reported("No dial tone at all");
        await openWork();
        const first = page.locator(".work-table tbody tr").first();
        assert.match(await first.textContent(), /No dial tone at all/);
        assert.deepEqual(await violations(page), []);
        await first.locator(".row-link").focus();
        await page.keyboard.press("Enter");
        await tabPanel("tickets").getByText("Nothing works.").waitFor();
        assert.match(page.url(), /\/tickets\?row=/);
        assertNoTroubles(page);
    });

    test("S2-42 the key n takes the next one and opens it", async () => {
        const id = reported("Taken by a key");
        await openWork();
        await blur(page);
        await page.keyboard.press("n");
        await tabPanel("tickets").getByText("Works on it").waitFor();
        assert.equal(assigneeOf(id), "Jana Köhler");
        await openWork(page, "?of=mine");
        await row("Taken by a key")
            .getByRole("button", { name: /^Give back/ })
            .click();
        await row("Taken by a key").waitFor({ state: "detached" });
        assert.equal(assigneeOf(id), "");
    });

    test("S1-37 S2-42 what one team gives on another finds, takes and resolves", async () => {
        const id = reported("Cut at the exchange");
        await openWork();
        await row("Cut at the exchange").locator(".row-link").click();
        const panel = tabPanel("tickets");
        await panel.getByText("Nothing works.").waitFor();
        await panel
            .getByRole("button", { name: /^Escalate: / })
            .first()
            .click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel("Team").selectOption({ label: "Network operations" });
        await dialog.getByLabel("Why").fill("The cable is cut.");
        await dialog.locator("[type=submit]").click();
        await dialog.waitFor({ state: "detached" });
        await inOwnPage({ user: sven }, async own => {
            await openWork(own);
            await row("Cut at the exchange", own)
                .getByRole("button", { name: /^Nehmen/ })
                .click();
            await row("Cut at the exchange", own).waitFor({ state: "detached" });
            await own.getByRole("radio", { name: "Meine" }).check();
            await row("Cut at the exchange", own).locator(".row-link").click();
            const theirs = tabPanel("tickets", own);
            await theirs.getByText("The cable is cut.").waitFor();
            await theirs
                .getByRole("button", { name: /^Stand ändern: / })
                .first()
                .click();
            const form = own.getByRole("dialog");
            await form.getByLabel("Neuer Stand").selectOption({ label: "Gelöst" });
            await form.getByLabel("Nachricht an den Kunden").fill("Das Kabel ist geflickt.");
            await form.locator("[type=submit]").click();
            await form.waitFor({ state: "detached" });
        });
        assert.equal(change(`SELECT status FROM trouble_ticket WHERE id = ${id}`), "RESOLVED");
        assert.equal(change(`SELECT team_id FROM trouble_ticket WHERE id = ${id}`), network);
    });

    test("S2-42 who takes what somebody else has taken meanwhile is told who that was", async () => {
        const id = reported("Both of us");
        await openWork();
        await row("Both of us").waitFor();
        change(
            `UPDATE trouble_ticket SET assignee_id = (SELECT id FROM user_account WHERE login = 'agent.de'), assignee_name = 'Sven Lüders' WHERE id = ${id}`,
        );
        await row("Both of us").getByRole("button", { name: /^Take/ }).click();
        await page.getByText("Sven Lüders works on it").waitFor();
        await row("Both of us").waitFor({ state: "detached" });
    });

    test("S2-42 the list moves by itself when a ticket comes", async () => {
        await openWork();
        reported("Just came in");
        await row("Just came in").waitFor({ timeout: 20_000 });
    });

    test("S2-42 the address says what the list is narrowed to", async () => {
        await openWork();
        await page
            .getByLabel("Team", { exact: true })
            .selectOption({ label: "Network operations" });
        await page.getByRole("radio", { name: "All of the team" }).check();
        await page.getByLabel("Overdue only").check();
        await page.waitForURL(/of=team.*team=\d+.*overdue=yes/);
        await page.reload();
        await page.locator(".work-table tbody tr").first().waitFor();
        assert.ok(await page.getByRole("radio", { name: "All of the team" }).isChecked());
        assert.ok(await page.getByLabel("Overdue only").isChecked());
        for (const who of await page.locator(".work-table tbody td:nth-child(6)").allTextContents())
            assert.match(who, /Network operations/);
    });

    test("what nobody has to do says so", async () => {
        await openWork(page, "?team=every&status=HELD&priority=LOW&overdue=yes&of=mine");
        await page.getByText("There is no such ticket.").waitFor();
    });

    test("it is reached by the keys s t, and by nobody who may not", async () => {
        await page.goto(`${address}/find/contacts`);
        await page.locator("h1").first().waitFor();
        await blur(page);
        await page.keyboard.press("s");
        await page.keyboard.press("t");
        await page.getByRole("heading", { name: "Tickets", level: 1 }).waitFor();
        const [partner] = usersOf("partner");
        await inOwnPage({ user: partner }, async own => {
            assert.equal(await own.getByRole("link", { name: "Tickets" }).count(), 0);
        });
    });

    for (const { name: look, ...options } of looks)
        test(`the list fits: ${look}`, async () => {
            await inOwnPage(options, async own => {
                await openWork(own);
                await assertFits(own);
                assert.deepEqual(await violations(own), []);
                await screenshot(own, `ticket-work-${look}`);
            });
        });
});
