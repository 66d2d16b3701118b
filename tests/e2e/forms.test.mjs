/* forms: what agents do: master data, tickets from wherever they are, sent once, and no word lost. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    accountIsRead,
    assertFits,
    assertNoTroubles,
    looks,
    openAccount,
    openPage,
    screenshot,
    signInAs,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { agent, beginSession, browser, byKeys, inOwnPage, page, tabPanel } from "./session.mjs";

const keys = change(
    "SELECT id FROM customer WHERE kind = 'RESIDENTIAL' AND status = 'ACTIVE' AND fibre_count > 0 AND open_ticket_count = 0 ORDER BY id DESC LIMIT 2",
).split("\n");
const [id, other] = keys.map(key => Buffer.from(`Customer:${key}`).toString("base64url"));
const [key] = keys;
const known = columns => change(`SELECT ${columns} FROM customer WHERE id = ${key}`).split("\t");
const tickets = () =>
    Number(change(`SELECT COUNT(*) FROM trouble_ticket WHERE customer_id = ${key}`));

await beginSession();

const dialog = (of = page) => of.getByRole("dialog");
const gone = (of = page) => of.locator("dialog[open]").waitFor({ state: "detached" });
const send = (of = page) => of.keyboard.press("Control+Enter");

async function openEdit(of) {
    await openAccount(of, id, "customer");
    await of.getByRole("button", { name: "Edit master data" }).click();
    await dialog(of).getByLabel("Given name").waitFor();
}

async function saved(of, columns, values) {
    await gone(of);
    await of.locator(".read-again:not(.busy)").waitFor();
    assert.deepEqual(known(columns), values);
}

const openTicketForm = (of = page) =>
    byKeys(["a", "t"], dialog(of).getByLabel("What it is about"), of);

async function fillTicket(subject, of = page) {
    await dialog(of).getByLabel("Type").selectOption("FAULT");
    await dialog(of).getByLabel("What it is about").fill(subject);
    await dialog(of)
        .getByLabel("What the customer says")
        .fill("It has been dark since this morning.");
}

/** Mutations on their way, by what is given to `meet`. */
async function meet(of, handle) {
    await of.route("**/graphql", route => {
        const { variables } = route.request().postDataJSON();
        return variables?.input === undefined ? route.continue() : handle(route, variables.input);
    });
}

describe("master data", () => {
    test("S1-24 S1-04 they are changed in a form that says what every field is for", async () => {
        await openEdit(page);
        await screenshot(page, "forms-edit");
        const fields = dialog().locator(".field");
        for (const text of await fields.locator(".form-help").allTextContents())
            assert.notEqual(text.trim(), "", "every field has help");
        assert.deepEqual(await violations(page), []);
        await dialog().getByLabel("Given name").fill("Adalgunde");
        await dialog().getByLabel("Language").selectOption("en");
        await send();
        await saved(page, "given_name, language", ["Adalgunde", "en"]);
        assert.match(await page.getByRole("complementary").textContent(), /Adalgunde/);
        const focused = await page.evaluate(() => document.activeElement?.textContent);
        assert.equal(focused, "Edit master data", "the focus is where it was");
        assertNoTroubles(page);
    });

    test("S1-24 what is wrong is said at its field, which has the focus", async () => {
        await openEdit(page);
        await dialog().getByLabel("Family name").fill(" ");
        await dialog().getByLabel("Date of birth").fill("2100-01-01");
        await send();
        await dialog().getByText("nobody is older than 125 years").waitFor();
        const wrong = dialog().locator("[aria-invalid=true]");
        assert.equal(await wrong.count(), 2);
        assert.equal(
            await wrong.first().evaluate(element => element === document.activeElement),
            true,
        );
        assert.deepEqual(await violations(page), []);
        await dialog().getByLabel("Close").click();
        await dialog().getByRole("button", { name: "Discard" }).click();
        await gone();
    });

    test("S1-24 R2 two who change the same customer lose no word", async () => {
        const second = await openPage(browser);
        await signInAs(second, agent);
        await openEdit(page);
        await openEdit(second);
        await dialog().getByLabel("Given name").fill("Brunhilde");
        await send();
        await saved(page, "given_name", ["Brunhilde"]);

        await dialog(second).getByLabel("Date of birth").fill("1970-02-03");
        await send(second);
        await saved(second, "given_name, birth_date", ["Brunhilde", "1970-02-03"]);

        await openEdit(page);
        await openEdit(second);
        await dialog().getByLabel("Given name").fill("Cunigunde");
        await send();
        await saved(page, "given_name", ["Cunigunde"]);
        await dialog(second).getByLabel("Given name").fill("Dietlinde");
        await dialog(second).getByLabel("Language").selectOption("fr");
        await send(second);
        const conflict = dialog(second).locator(".form-conflict");
        assert.match(await conflict.textContent(), /changed it meanwhile: now it is "Cunigunde"/);
        assert.deepEqual(await violations(second), []);
        await screenshot(second, "forms-conflict");
        assert.deepEqual(known("given_name, language"), ["Cunigunde", "en"], "nothing was done");
        await conflict.getByRole("button", { name: "Keep mine" }).click();
        await send(second);
        await saved(second, "given_name, language", ["Dietlinde", "fr"]);

        await openEdit(page);
        await openEdit(second);
        await dialog().getByLabel("Given name").fill("Edeltraud");
        await send();
        await saved(page, "given_name", ["Edeltraud"]);
        await dialog(second).getByLabel("Given name").fill("Friedlinde");
        await dialog(second).getByLabel("Language").selectOption("de");
        await send(second);
        await conflict.getByRole("button", { name: "Take theirs" }).click();
        assert.equal(await dialog(second).getByLabel("Given name").inputValue(), "Edeltraud");
        await send(second);
        await saved(second, "given_name, language", ["Edeltraud", "de"]);
        assertNoTroubles(second);
        await second.context().close();
    });

    test("S4-03 S1-24 a number is added, changed and ended where it stands", async () => {
        await openAccount(page, id, "customer");
        await page.getByRole("button", { name: "Add number or e-mail" }).click();
        await dialog().getByLabel("Mobile").check();
        await dialog().getByLabel("Number or address").fill("not a number");
        await send();
        await dialog().getByText("Give a telephone number with its country code").waitFor();
        await dialog().getByLabel("Number or address").fill("0049 170 33 44 556");
        await send();
        await gone();
        const panel = tabPanel("customer").locator("[data-panel=contact]");
        const row = panel.locator("li", { hasText: "+49 170 334 4556" });
        await row.waitFor();
        await row.getByRole("button", { name: /^Change: / }).click();
        await dialog().getByLabel("Preferred").check();
        await send();
        await gone();
        await row.getByText("Preferred").waitFor();
        await screenshot(page, "forms-contact");
        await row.getByRole("button", { name: /^Change: / }).click();
        await dialog().getByLabel("Until").fill(new Date().toISOString().slice(0, 10));
        await send();
        await gone();
        const ended = () =>
            change(
                `SELECT valid_until = UTC_DATE() FROM contact_medium WHERE customer_id = ${key} AND value = '+491703344556'`,
            );
        assert.equal(ended(), "1");
    });

    test("S1-26 R6 where a product is billed is shown before it is done", async () => {
        await openAccount(page, id, "subscriptions");
        const panel = tabPanel("subscriptions");
        await panel.locator(".toggle").first().click();
        await panel
            .getByRole("button", { name: /^Billing address: / })
            .first()
            .click();
        const address = dialog().getByLabel("Where its part of the bill goes");
        await address.waitFor();
        const value = await address.locator("option").last().getAttribute("value");
        const was = await address.inputValue();
        await address.selectOption(was === value ? "" : value);
        const rows = () =>
            change(
                `SELECT COALESCE(SUM(billing_address_id), 0) FROM product WHERE customer_id = ${key}`,
            );
        const before = rows();
        await send();
        await dialog().getByText("What will be different").waitFor();
        assert.match(await dialog().locator(".form-preview").textContent(), /Street/);
        await screenshot(page, "forms-preview");
        assert.deepEqual(await violations(page), []);
        assert.equal(rows(), before, "nothing is done yet");
        await send();
        await gone();
        assert.notEqual(rows(), before);
    });

    test("drafts survive a reload, and nothing of them stays when somebody signs out", async () => {
        await openEdit(page);
        await dialog().getByLabel("Given name").fill("Gisberta");
        await page.reload();
        await accountIsRead(page);
        await page.getByRole("button", { name: "Edit master data" }).click();
        await dialog().getByText("is here again").waitFor();
        assert.equal(await dialog().getByLabel("Given name").inputValue(), "Gisberta");
        await screenshot(page, "forms-draft");
        await page.keyboard.press("Escape");
        await dialog().getByRole("button", { name: "Keep as a draft" }).click();
        await gone();
        const drafts = () =>
            page.evaluate(
                () => Object.keys(localStorage).filter(name => /draft/.test(name)).length,
            );
        assert.equal(await drafts(), 1);
        await page.locator(".avatar").click();
        await page.getByRole("button", { name: "Sign out" }).click();
        await page.getByLabel("User name").waitFor();
        assert.equal(await drafts(), 0);
        await signInAs(page, agent);
    });
});

describe("tickets", () => {
    test("S1-08 S1-36 one is opened from the row of a product, which it is about", async () => {
        await openAccount(page, id, "subscriptions");
        const panel = tabPanel("subscriptions");
        await panel.locator(".toggle").first().click();
        const button = panel.getByRole("button", { name: /^New ticket: / }).first();
        const name = (await button.getAttribute("aria-label")).replace("New ticket: ", "");
        await button.click();
        await dialog().getByLabel("What it is about").waitFor();
        assert.match(
            await dialog().getByRole("heading").first().textContent(),
            new RegExp(name.slice(0, 8)),
        );
        await fillTicket("No light on the terminal");
        await screenshot(page, "forms-ticket");
        assert.deepEqual(await violations(page), []);
        const before = tickets();
        await send();
        await gone();
        await page.locator(".read-again:not(.busy)").waitFor();
        assert.equal(tickets(), before + 1);
        const about = change(
            `SELECT product_id IS NOT NULL, subject FROM trouble_ticket WHERE customer_id = ${key} ORDER BY id DESC LIMIT 1`,
        );
        assert.equal(about, "1\tNo light on the terminal");
        await openAccount(page, id, "tickets");
        await tabPanel("tickets").getByText("No light on the terminal").waitFor();
    });

    test("S1-36 R2 an answer that is lost on its way does nothing twice", async () => {
        await openAccount(page, id, "tickets");
        await openTicketForm();
        await fillTicket("Once and not twice");
        const before = tickets();
        let lost = 0;
        await meet(page, async route => {
            if (lost++ > 0) return route.continue();
            await route.fetch();
            return route.abort("connectionreset");
        });
        await send();
        await dialog().getByText("The server cannot be reached.").waitFor();
        assert.equal(tickets(), before + 1, "the first one had arrived");
        await dialog().getByRole("button", { name: "Try again" }).click();
        await gone();
        await page.unroute("**/graphql");
        assert.equal(tickets(), before + 1);
        assertNoTroubles(page);
    });

    test("S1-36 an answer to the customer stands there before the server has it", async () => {
        await openAccount(page, id, "tickets");
        const panel = tabPanel("tickets");
        await panel.locator(".toggle").first().click();
        let let_go;
        const held = new Promise(resolve => {
            let_go = resolve;
        });
        await meet(page, async route => {
            await held;
            return route.continue();
        });
        await panel.getByRole("button", { name: /^Answer: / }).click();
        await dialog().getByLabel("Message to the customer").fill("Somebody is on the way to you.");
        await send();
        await gone();
        await panel.locator(".sending").getByText("Somebody is on the way to you.").waitFor();
        await screenshot(page, "forms-sending");
        let_go();
        await panel.locator(".list").getByText("Somebody is on the way to you.").waitFor();
        await panel.locator(".sending").waitFor({ state: "detached" });
        await page.unroute("**/graphql");
    });

    test("S1-36 an answer that was refused is not lost", async () => {
        const panel = tabPanel("tickets");
        await meet(page, route => route.abort("connectionreset"));
        await panel.getByRole("button", { name: /^Answer: / }).click();
        await dialog().getByLabel("Message to the customer").fill("This one gets lost.");
        await send();
        await panel.locator(".sending").getByText("It was not sent").waitFor();
        await page.unroute("**/graphql");
        await panel.locator(".sending").getByRole("button", { name: "Open again" }).click();
        const text = dialog().getByLabel("Message to the customer");
        assert.equal(await text.inputValue(), "This one gets lost.");
        await send();
        await panel.locator(".list").getByText("This one gets lost.").waitFor();
    });

    test("S1-37 a ticket is given to another team, with the reason", async () => {
        await openAccount(page, id, "tickets");
        const panel = tabPanel("tickets");
        await panel.locator(".toggle").first().click();
        await panel.getByRole("button", { name: /^Escalate: / }).click();
        await dialog().getByLabel("Team").selectOption({ label: "Network operations" });
        await dialog().getByLabel("Why").fill("The line is cut at the exchange.");
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "forms-escalate");
        await send();
        await gone();
        await panel.getByText("The line is cut at the exchange.").waitFor();
        assert.match(await panel.textContent(), /Network operations/);
        assert.match(await panel.textContent(), /escalated/);
    });

    test("S1-38 S1-04 only what may follow can be chosen; what is settled says why nothing does", async () => {
        const panel = tabPanel("tickets");
        await panel.getByRole("button", { name: /^Change state: / }).click();
        await dialog().getByLabel("Resolved").check();
        assert.equal(await dialog().getByLabel("Closed").count(), 0, "that does not follow yet");
        await send();
        await dialog().getByText("Tell the customer what was done").waitFor();
        await dialog().getByLabel("Message to the customer").fill("The line is mended.");
        await send();
        await gone();
        await panel.getByText("The line is mended.").waitFor();
        await panel.getByRole("button", { name: /^Change state: / }).click();
        await dialog().getByLabel("Closed").check();
        await send();
        await gone();
        await page.locator(".read-again:not(.busy)").waitFor();
        const settled = panel.locator(".quiet-row .toggle").first();
        if ((await settled.getAttribute("aria-expanded")) === "false") await settled.click();
        await panel.getByText("The ticket is settled; open a new one").first().waitFor();
        const answer = panel.getByRole("button", { name: /^Change state: / }).last();
        assert.equal(await answer.getAttribute("aria-disabled"), "true");
        await answer.click({ force: true }); // as people do who have not read why
        assert.equal(await page.locator("dialog[open]").count(), 0);
    });
});

describe("forms", () => {
    test("S1-08 S4-04 all that can be done for a customer is a list of its own, by keys alone", async () => {
        await openAccount(page, other, "overview");
        await byKeys(["a", "a"], dialog().getByRole("button", { name: "New ticket" }));
        await screenshot(page, "forms-menu");
        assert.deepEqual(await violations(page), []);
        await page.keyboard.press("Escape");
        await gone();
        await page.keyboard.press("a");
        await page.keyboard.press("e");
        await dialog().getByLabel("Given name").waitFor();
        await page.keyboard.press("Escape");
        await gone();
    });

    test("Esc asks only where something was written", async () => {
        await openTicketForm();
        await page.keyboard.press("Escape");
        await gone();
        await openTicketForm();
        await dialog().getByLabel("What it is about").fill("Half a thought");
        await page.keyboard.press("Escape");
        await dialog().getByRole("button", { name: "Go on writing" }).click();
        assert.equal(await dialog().getByLabel("What it is about").inputValue(), "Half a thought");
        await page.keyboard.press("Escape");
        await dialog().getByRole("button", { name: "Discard" }).click();
        await gone();
    });

    test("of an account as it was nothing can be done", async () => {
        await page.goto(
            `${page.url().split("/c/")[0]}/c/${encodeURIComponent(id)}/customer?at=${new Date(Date.now() - 1000).toISOString().slice(0, 19)}Z`,
        );
        await accountIsRead(page);
        assert.equal(await page.getByRole("button", { name: "Edit master data" }).count(), 0);
        await page.keyboard.press("a");
        await page.keyboard.press("e");
        assert.equal(await page.locator("dialog[open]").count(), 0);
    });

    for (const { name, ...look } of looks)
        test(`S1-04 stay within the page and without faults, ${name}`, () =>
            inOwnPage(look, async own => {
                await openAccount(own, other, "customer");
                await screenshot(own, `forms-panel-${name}`);
                await own.getByRole("button", { name: "Edit master data" }).click();
                await dialog(own).getByLabel("Given name").waitFor();
                await screenshot(own, `forms-edit-${name}`);
                assert.deepEqual(await violations(own), []);
                await own.keyboard.press("Escape");
                await gone(own);
                await openTicketForm(own);
                await fillTicket("A long subject ".repeat(12), own);
                await screenshot(own, `forms-ticket-${name}`);
                assert.deepEqual(await violations(own), []);
                await assertFits(own);
            }));
});
