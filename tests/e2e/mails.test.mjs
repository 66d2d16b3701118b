/* mails: e-mails that nobody could file are read, given to a ticket, made one, or put aside; two who take the same one are told. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertFits, assertNoTroubles, looks, screenshot, violations } from "./browser.mjs";
import { change } from "./database.mjs";
import { address, usersOf } from "./server.mjs";
import { beginSession, inOwnPage, page } from "./session.mjs";

const [key, sender] = change(
    `SELECT c.id, m.value FROM customer AS c JOIN contact_medium AS m ON m.customer_id = c.id AND m.kind = 'EMAIL'
        WHERE c.kind = 'RESIDENTIAL' AND c.status = 'ACTIVE' AND c.partner_id IS NULL AND c.id > 12
        AND c.open_ticket_count = 0 ORDER BY c.id DESC LIMIT 1 OFFSET 25`,
).split("\t");
const name = change(`SELECT display_name FROM customer WHERE id = ${key}`);

/** An e-mail as it stands when it could not be filed. */
function arrived(subject, text = "Nothing works since this morning.\nPlease call me.") {
    return change(
        `INSERT INTO received_mail (digest, sender, subject, text, state, reason)
            VALUES (SHA2(UUID(), 256), '${sender}', '${subject}', '${text}', 'WAITING', 'NO_TICKET'); SELECT LAST_INSERT_ID()`,
    );
}
const stateOf = id => change(`SELECT state FROM received_mail WHERE id = ${id}`);

await beginSession();

const mail = (subject, of = page) => of.locator(".mail").filter({ hasText: subject });
const dialog = (of = page) => of.getByRole("dialog");

async function openMails(of = page) {
    await of.goto(`${address}/find/mails`);
    await of.locator(".mail, .notice-title").first().waitFor();
}

async function assign(subject, of = page) {
    await mail(subject, of).getByRole("button", { name: "Assign…" }).click();
    await dialog(of).getByRole("radio", { name: name }).first().check();
    await dialog(of).getByText("A new ticket").waitFor();
}

describe("e-mails that wait", () => {
    test("S1-36 S5-10 a ticket is made of an e-mail, for the customer whom its sender finds", async () => {
        const id = arrived("Internet down");
        await openMails();
        assert.match(await mail("Internet down").textContent(), /It names no ticket of ours/);
        assert.deepEqual(await violations(page), []);
        await assign("Internet down");
        assert.deepEqual(await violations(page), []);
        await dialog().getByLabel("Type").selectOption({ label: "Fault" });
        await screenshot(page, "mails-assign");
        await dialog().getByRole("button", { name: "Make a ticket" }).click();
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        await mail("Internet down").waitFor({ state: "detached" });
        assert.equal(stateOf(id), "FILED");
        assert.equal(change(`SELECT open_ticket_count FROM customer WHERE id = ${key}`), "1");
        assertNoTroubles(page);
    });

    test("S1-39 another is filed in the ticket that there is now, and found among those that are filed", async () => {
        const id = arrived("Still down");
        await openMails();
        await assign("Still down");
        await dialog().getByRole("radio", { name: "Internet down" }).check();
        await dialog().getByRole("button", { name: "File in this ticket" }).click();
        await mail("Still down").waitFor({ state: "detached" });
        assert.equal(stateOf(id), "FILED");
        await page.getByRole("radio", { name: "Filed in its ticket" }).check();
        await mail("Still down").getByText("Internet down").waitFor();
    });

    test("one is put aside with a reason, and not without", async () => {
        const id = arrived("You have won");
        await openMails();
        const row = mail("You have won");
        await row.getByRole("button", { name: "Discard" }).click();
        await row.getByText("Choose what it is.").waitFor();
        assert.equal(stateOf(id), "WAITING");
        await row.getByLabel("Discard as…").selectOption({ label: "Advertising or fraud" });
        await row.getByRole("button", { name: "Discard" }).click();
        await row.waitFor({ state: "detached" });
        assert.equal(stateOf(id), "DISCARDED");
    });

    test("who takes one that somebody else has settled is told who that was", async () => {
        const id = arrived("Both of us");
        await openMails();
        await assign("Both of us");
        change(
            `UPDATE received_mail SET state = 'DISCARDED', discarded_as = 'NO_ACTION', settled_at = NOW(6), settled_by = 'Erika Muster' WHERE id = ${id}`,
        );
        await dialog().getByRole("button", { name: "Make a ticket" }).click();
        await dialog().getByText("Erika Muster has settled it meanwhile.").waitFor();
        await dialog().getByRole("button", { name: "Close" }).click();
        await mail("Both of us").waitFor({ state: "detached" });
    });

    test("what an e-mail says is text and nothing else", async () => {
        const id = arrived("<b>Bold</b>", '<img src=x onerror="alert(1)"> https://example.org/');
        await openMails();
        const row = mail("<b>Bold</b>");
        await row.waitFor();
        assert.equal(await row.locator("b, img, a").count(), 0);
        assertNoTroubles(page);
        change(
            `UPDATE received_mail SET state = 'DISCARDED', discarded_as = 'SPAM', settled_at = NOW(6), settled_by = 'x' WHERE id = ${id}`,
        );
    });

    test("it is reached by the keys s e, and by nobody who may not", async () => {
        await page.goto(`${address}/find/contacts`);
        await page.locator("h1").first().waitFor();
        await page.evaluate(() => document.activeElement?.blur());
        await page.keyboard.press("s");
        await page.keyboard.press("e");
        await page.getByRole("heading", { name: "E-mails", level: 1 }).waitFor();
        await page.getByText("No e-mail waits.").waitFor();
        const [partner] = usersOf("partner");
        await inOwnPage({ user: partner }, async own => {
            assert.equal(await own.getByRole("link", { name: "E-mails" }).count(), 0);
        });
    });

    for (const { name: look, ...options } of looks)
        test(`the list and its form fit: ${look}`, async () => {
            const id = arrived(`Looked at in ${look}`, "A line.\n".repeat(30));
            await inOwnPage(options, async own => {
                await openMails(own);
                await assertFits(own);
                await screenshot(own, `mails-${look}`);
                await assign(`Looked at in ${look}`, own);
                await assertFits(own);
                await screenshot(own, `mails-assign-${look}`);
            });
            change(
                `UPDATE received_mail SET state = 'DISCARDED', discarded_as = 'SPAM', settled_at = NOW(6), settled_by = 'x' WHERE id = ${id}`,
            );
        });
});
