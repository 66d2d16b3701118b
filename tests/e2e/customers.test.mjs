/* customers: an agent makes somebody a customer, and changes what is known of one. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
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
    sizes,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { address } from "./server.mjs";
import { agent, beginSession, browser, inOwnPage, page } from "./session.mjs";

await beginSession();

const dialog = (of = page) => of.getByRole("dialog");
const gone = (of = page) => of.locator("dialog[open]").waitFor({ state: "detached" });

async function openForm(of = page) {
    await of.goto(`${address}/find/new`);
    await dialog(of).getByLabel("Family name").waitFor();
}

async function fill(values, of = page) {
    for (const [label, value] of Object.entries(values))
        await dialog(of).getByLabel(label, { exact: false }).first().fill(value);
}

/** Somebody whom no run before has made. */
const family = `Zackenbarsch${randomBytes(4)
    .toString("hex")
    .replace(/\d/g, digit => "qrstuvwxyz"[digit])}`;
const newcomer = {
    "Given name": "Walburga",
    "Family name": family,
    "Date of birth": "1979-03-02",
    "Mobile number": `+49 151 ${randomBytes(4).readUInt32BE()}`,
    "E-mail": `walburga@${family}.example`,
    Street: "Am Kai 7",
    Postcode: "24103",
    City: "Kiel",
};

describe("a new customer", () => {
    test("S1-14 is made in a form that is one key away, and their account opens", async () => {
        await page.getByRole("link", { name: "New customer" }).waitFor();
        await page.keyboard.press("Escape");
        await page.locator("h1").focus();
        await page.keyboard.press("s");
        await page.keyboard.press("n");
        await dialog().getByLabel("Family name").waitFor();
        for (const text of await dialog().locator(".form-help").allTextContents())
            assert.notEqual(text.trim(), "", "every field has help");
        assert.deepEqual(await violations(page), []);
        await fill(newcomer);
        await dialog().getByLabel("Country").selectOption("DE");
        await screenshot(page, "customers-new");
        await page.keyboard.press("Control+Enter");
        await gone();
        await accountIsRead(page);
        const header = await page.getByRole("complementary").textContent();
        assert.match(header, new RegExp(newcomer["Family name"]));
        assert.match(new URL(page.url()).pathname, /^\/c\//);
        const [number, account] = change(
            `SELECT c.number, a.number FROM customer AS c JOIN billing_account AS a ON a.customer_id = c.id WHERE c.family_name = '${family}'`,
        ).split("\t");
        assert.ok(header.replaceAll(/\s/g, "").includes(number), header);
        await page.getByRole("tab", { name: "Customer" }).click();
        const panel = page.locator("#tabpanel-customer");
        await panel.getByText("Am Kai 7").waitFor();
        assert.ok((await panel.textContent()).includes(account));
        await screenshot(page, "customers-account");
        assertNoTroubles(page);
    });

    test("S1-14 who may be there already is named, and made only when it is said", async () => {
        await openForm();
        await fill({ ...newcomer, "Mobile number": "" });
        await dialog().getByLabel("Country").selectOption("DE");
        await page.keyboard.press("Control+Enter");
        await dialog().getByText(`Walburga ${family} (1`).waitFor();
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "customers-alike");
        assert.equal(change(`SELECT COUNT(*) FROM customer WHERE family_name = '${family}'`), "1");
        await dialog().getByLabel("Somebody else with the same").check();
        await page.keyboard.press("Control+Enter");
        await gone();
        await accountIsRead(page);
        assert.equal(change(`SELECT COUNT(*) FROM customer WHERE family_name = '${family}'`), "2");
    });

    test("S1-14 an organisation has a name, and nothing of a person is sent", async () => {
        await openForm();
        await fill({ "Given name": "Nobody" });
        await dialog()
            .getByLabel("Organisation")
            .or(dialog().getByLabel("Business"))
            .first()
            .check();
        await fill({ Organisation: `${family} Reederei GmbH` });
        assert.equal(await dialog().getByLabel("Given name").count(), 0);
        await page.keyboard.press("Control+Enter");
        await gone();
        await accountIsRead(page);
        assert.match(
            await page.getByRole("complementary").textContent(),
            new RegExp(`${family} Reederei GmbH`),
        );
    });

    test("S1-14 who closes the form is where customers are looked for; what was written is there again", async () => {
        await openForm();
        await fill({ "Family name": "Halbfertig" });
        await dialog().getByLabel("Close").click();
        await dialog().getByRole("button", { name: "Keep as a draft" }).click();
        await page.waitForURL("**/search");
        await openForm();
        assert.equal(await dialog().getByLabel("Family name").inputValue(), "Halbfertig");
        await dialog().getByRole("button", { name: "Discard" }).click();
        await dialog().getByLabel("Close").click();
        await page.waitForURL("**/search");
    });

    test("S1-14 it is all there in the dark and on a telephone", async () => {
        const phone = await openPage(browser, { size: sizes.phone, scheme: "dark" });
        await signInAs(phone, agent);
        await openForm(phone);
        assert.deepEqual(await violations(phone), []);
        await assertFits(phone);
        await screenshot(phone, "customers-new-phone-dark");
        await phone.context().close();
    });
});

describe("the Customer tab", () => {
    const held = change(
        `SELECT c.id FROM customer AS c JOIN product AS p ON p.customer_id = c.id JOIN product_price AS q ON q.product_id = p.id
        WHERE c.id > 100 AND c.kind = 'RESIDENTIAL' AND p.status = 'ACTIVE' AND p.termination_date IS NULL AND q.type = 'RECURRING' AND q.net_minor > 1500
            AND NOT EXISTS (SELECT 1 FROM customer_discount_group AS g WHERE g.customer_id = c.id)
            AND NOT EXISTS (SELECT 1 FROM identification AS i WHERE i.customer_id = c.id) ORDER BY c.id DESC LIMIT 1`,
    );
    const id = Buffer.from(`Customer:${held}`).toString("base64url");
    const panel = (on = page) => on.locator("#tabpanel-customer");
    const section = (name, on = page) => panel(on).getByRole("region", { name, exact: true });
    const isRead = (on = page) => on.locator(".read-again:not(.busy)").waitFor();

    async function send(on = page) {
        await on.keyboard.press("Control+Enter");
        await gone(on);
        await isRead(on);
    }

    test("S1-24 an address is added, changed and removed where it stands", async () => {
        await openAccount(page, id, "customer");
        await section("Addresses").getByRole("button", { name: "Add address" }).click();
        await dialog().getByLabel("Street").waitFor();
        await fill({ Street: "Postfach 77", Postcode: "24103", City: "Kiel" });
        await dialog().getByLabel("Country").selectOption("DE");
        await send();
        const row = section("Addresses").getByRole("listitem").filter({ hasText: "Postfach 77" });
        await row.waitFor();
        await screenshot(page, "customers-tab");
        await row.getByRole("button", { name: /^Change:/ }).click();
        await dialog().getByLabel("City").waitFor();
        await fill({ City: "Husum" });
        await send();
        await row.getByText("24103 Husum").waitFor();
        await row.getByRole("button", { name: "Remove" }).click();
        await dialog().getByText("It stays in the history").waitFor();
        assert.deepEqual(await violations(page), []);
        await dialog().getByRole("button", { name: "Remove", exact: true }).click();
        await gone();
        await row.waitFor({ state: "detached" });
        assertNoTroubles(page);
    });

    test("S1-24 a document that somebody looked at proves who the customer is", async () => {
        const header = page.getByRole("complementary");
        assert.match(await header.textContent(), /Identity not verified/);
        await section("Identifications")
            .getByRole("button", { name: "Add identification" })
            .click();
        await dialog().getByLabel("End of the number").waitFor();
        await dialog().getByLabel("Kind").selectOption("PASSPORT");
        await fill({
            "End of the number": "X7K2",
            "Issued by": "Stadt Kiel",
            "Issued on": "2021-05-01",
        });
        await dialog().getByLabel("Country").selectOption("DE");
        await dialog().getByLabel("I have looked at it").check();
        await send();
        await header.getByText("Identity verified").waitFor();
        await section("Identifications").getByText("ends in X7K2").waitFor();
    });

    for (const look of looks)
        test(`S1-25 what joining a group makes of a month is seen before anything is done, ${look.name}`, () =>
            inOwnPage(look, async on => {
                await openAccount(on, id, "customer");
                await section("Discount groups", on)
                    .getByRole("button", { name: "Join discount group" })
                    .click();
                await dialog(on).getByLabel("Group").waitFor();
                await dialog(on).getByLabel("Group").selectOption({ index: 1 });
                await on.keyboard.press("Control+Enter");
                const preview = dialog(on).locator(".form-preview");
                await preview.getByText("A month costs").waitFor();
                const [was] = await preview.locator("del").allTextContents();
                const is = await preview.locator("ins").last().textContent();
                const amount = text => Number(text.replaceAll(/[^0-9]/g, ""));
                assert.ok(amount(is) < amount(was), `${was} becomes ${is}`);
                assert.deepEqual(await violations(on), []);
                await assertFits(on);
                await screenshot(on, `customers-discount-${look.name}`);
                const groups = `SELECT COUNT(*) FROM customer_discount_group WHERE customer_id = ${held}`;
                assert.equal(change(groups), "0");
            }));

    test("S1-25 a customer joins a group, and leaves it on a day", async () => {
        await openAccount(page, id, "customer");
        await section("Discount groups")
            .getByRole("button", { name: "Join discount group" })
            .click();
        await dialog().getByLabel("Group").waitFor();
        await dialog().getByLabel("Group").selectOption({ index: 1 });
        await page.keyboard.press("Control+Enter");
        await dialog().locator(".form-preview").waitFor();
        await send();
        const member = section("Discount groups").getByRole("listitem");
        await member.getByRole("button", { name: "End" }).click();
        await dialog().getByLabel("Last day").waitFor();
        await page.keyboard.press("Control+Enter");
        await dialog().locator(".form-preview").getByText("A month costs").waitFor();
        await send();
        await member.getByText("until").waitFor();
        assertNoTroubles(page);
    });

    test("S1-26 S1-24 the bills of an account go to another address, and what is agreed to is noted", async () => {
        await openAccount(page, id, "customer");
        const accounts = section("Billing accounts");
        await accounts
            .getByRole("button", { name: /^Change:/ })
            .first()
            .click();
        await dialog().getByLabel("Pays by").waitFor();
        await dialog().getByLabel("Pays by").selectOption("CASH");
        await send();
        await accounts.getByText("In cash").or(accounts.getByText("Cash")).first().waitFor();
        await section("Consents").getByRole("button", { name: "Note consent" }).click();
        await dialog().getByLabel("Analysis of usage").waitFor();
        await dialog().getByLabel("Analysis of usage").check();
        await dialog().getByLabel("By which way").selectOption("LETTER");
        await dialog().getByLabel("The customer agrees").check();
        await send();
        await section("Consents").getByText("by letter").waitFor();
        assert.deepEqual(await violations(page), []);
        assertNoTroubles(page);
    });
});
