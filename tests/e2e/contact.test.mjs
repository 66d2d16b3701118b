/* contact: an agent begins to help a customer, wraps the contact up, and is reminded of one that was left open. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    accountIsRead,
    assertFits,
    assertNoTroubles,
    looks,
    openAccount,
    screenshot,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { agent, beginSession, byKeys, inOwnPage, page, tabPanel } from "./session.mjs";

/* Residential customers whom nobody else of the tests is about. */
const keys = change(
    `SELECT c.id FROM customer AS c WHERE c.kind = 'RESIDENTIAL' AND c.status = 'ACTIVE' AND c.partner_id IS NULL
        AND EXISTS (SELECT 1 FROM trouble_ticket AS t WHERE t.customer_id = c.id) ORDER BY c.id DESC LIMIT 5 OFFSET 10`,
).split("\n");
const idOf = key => Buffer.from(`Customer:${key}`).toString("base64url");
const [first, second, third, fourth] = keys;
const nameOf = key => change(`SELECT display_name FROM customer WHERE id = ${key}`);
const last = key =>
    change(
        `SELECT result, reason, note, ended_at IS NOT NULL, trouble_ticket_id IS NOT NULL FROM party_interaction
            WHERE customer_id = ${key} ORDER BY started_at DESC, id DESC LIMIT 1`,
    ).split("\t");

await beginSession();

const now = (of = page) => of.locator(".contact-now");
const reminder = (of = page) => of.getByRole("region", { name: "Contact that is still open" });
const dialog = (of = page) => of.getByRole("dialog");

/** Looks for them by number and opens the only hit, as agents do: so the contact begins. */
async function help(key, on = page) {
    const box = on.getByRole("combobox").first();
    await box.fill(change(`SELECT number FROM customer WHERE id = ${key}`));
    await on.getByRole("option").first().waitFor();
    await on.keyboard.press("ArrowDown");
    await on.keyboard.press("Enter");
    await accountIsRead(on);
    await now(on).waitFor();
}

async function isWrappedUp(of = page) {
    await of.locator("dialog[open]").waitFor({ state: "detached" });
    await accountIsRead(of);
    await now(of).waitFor({ state: "detached" });
}

describe("contact", () => {
    test("S1-16 the contact that is going on stands in the account's header, and ends with what came of it", async () => {
        await page.goto(new URL("/search", page.url()).href);
        await help(first);
        assert.match(await now().textContent(), /In contact since \d\d:\d\d · Telephone/);
        assert.deepEqual(await violations(page), []);
        await now()
            .getByRole("button", { name: /^Wrap up/ })
            .click();
        await dialog().getByText("Nothing of the account was changed.").waitFor();
        assert.equal(await dialog().getByText("Not said yet").count(), 0);
        assert.equal(await dialog().getByText("Going on").count(), 0);
        await dialog().getByLabel("About").selectOption({ label: "Bill or account" });
        await dialog().getByLabel("Solved").check();
        await dialog().getByLabel("Note").fill("Explained the bill.");
        await dialog().getByLabel("Ticket").selectOption({ index: 1 });
        await screenshot(page, "contact-form");
        assert.deepEqual(await violations(page), []);
        await page.keyboard.press("Control+Enter");
        await isWrappedUp();
        assert.deepEqual(last(first), ["SOLVED", "BILLING", "Explained the bill.", "1", "1"]);
        assertNoTroubles(page);
    });

    test("S1-16 by keys, with what was done in it listed, and what is missing said at its field", async () => {
        await page.goto(new URL("/search", page.url()).href);
        await help(second);
        const before = change(`SELECT given_name FROM customer WHERE id = ${second}`);
        change(
            `UPDATE customer SET given_name = 'Anders', version = version + 1 WHERE id = ${second}`,
        );
        await byKeys(["a", "c"], dialog());
        await dialog().getByText(`Given name: ${before} → Anders`).waitFor();
        await page.keyboard.press("Control+Enter");
        await dialog().locator("[aria-invalid=true], .problem").first().waitFor();
        assert.equal(last(second)[0], "OPEN");
        await dialog().getByLabel("About").selectOption({ label: "Fault" });
        await dialog().getByLabel("To be called back").check();
        await page.keyboard.press("Control+Enter");
        await isWrappedUp();
        assert.deepEqual(last(second).slice(0, 2), ["CALL_BACK", "FAULT"]);
    });

    test("S1-16 leaving an account with an open contact reminds, and keeps nobody from going on", async () => {
        await page.goto(new URL("/search", page.url()).href);
        await help(third);
        assert.equal(await reminder().count(), 0, "not in the account itself");
        await page
            .getByRole("link", { name: /search/i })
            .first()
            .click();
        await reminder().waitFor();
        assert.match(await reminder().textContent(), new RegExp(nameOf(third)));
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "contact-reminder");
        await help(fourth);
        await reminder().waitFor();
        await reminder().getByRole("button", { name: "Wrap up" }).click();
        await dialog().getByLabel("About").selectOption({ label: "Complaint" });
        await dialog().getByLabel("Passed on").check();
        await page.keyboard.press("Control+Enter");
        await isWrappedUp();
        assert.equal(last(third)[0], "PASSED_ON");
        await reminder().waitFor();
        assert.match(await reminder().textContent(), new RegExp(nameOf(fourth)));
        await reminder().getByRole("button", { name: "Close" }).click();
        await reminder().waitFor({ state: "detached" });
        assert.equal(last(fourth)[0], "OPEN", "it was only put aside");
    });

    test("S1-16 one that was left open is wrapped up in the contact log later, also after the page was loaded anew", async () => {
        await openAccount(page, idOf(fourth), "interactions");
        await now().waitFor();
        const row = tabPanel("interactions").getByRole("row").filter({ hasText: "Going on" });
        await row.first().getByRole("button").first().click();
        await tabPanel("interactions")
            .getByRole("button", { name: /Wrap up/ })
            .first()
            .click();
        await dialog().getByLabel("About").selectOption({ label: "SIM or profile" });
        await dialog().getByLabel("Not reached").check();
        await page.keyboard.press("Control+Enter");
        await isWrappedUp();
        assert.equal(last(fourth)[0], "NOT_REACHED");
    });

    test("S1-16 another agent's contact is not theirs to wrap up", async () => {
        change(
            `INSERT INTO party_interaction (customer_id, started_at, channel, direction, reason, result, user_account_id, agent_name, note)
                SELECT ${fourth}, NOW(6), 'PHONE', 'INBOUND', 'UNKNOWN', 'OPEN', id, display_name, '' FROM user_account WHERE login <> '${agent.username}' AND login LIKE 'a%' LIMIT 1`,
        );
        await openAccount(page, idOf(fourth), "interactions");
        const row = tabPanel("interactions").getByRole("row").filter({ hasText: "Going on" });
        await row.first().waitFor();
        await row.first().getByRole("button").first().click();
        assert.equal(await page.getByRole("button", { name: /Wrap up/ }).count(), 0);
        change(
            `DELETE FROM party_interaction WHERE customer_id = ${fourth} AND result = 'OPEN' AND started_at > NOW(6) - INTERVAL 1 HOUR`,
        );
    });

    for (const { name, ...look } of looks)
        test(`S1-16 the contact and the reminder fit: ${name}`, async () => {
            await inOwnPage(look, async own => {
                await own.goto(new URL("/search", own.url()).href);
                await help(keys[4], own);
                await assertFits(own);
                await screenshot(own, `contact-now-${name}`);
                await now(own).getByRole("button").click();
                await dialog(own).getByLabel("About").waitFor();
                await assertFits(own);
                await screenshot(own, `contact-form-${name}`);
                await own.keyboard.press("Escape");
                await own.locator("dialog[open]").waitFor({ state: "detached" });
                await own.locator("a.home").click();
                await reminder(own).waitFor();
                await assertFits(own);
                await screenshot(own, `contact-reminder-${name}`);
            });
        });
});
