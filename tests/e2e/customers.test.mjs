/* customers: an agent makes somebody a customer, and changes what is known of one. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import {
    accountIsRead,
    assertFits,
    assertNoTroubles,
    openPage,
    screenshot,
    signInAs,
    sizes,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { address } from "./server.mjs";
import { agent, beginSession, browser, page } from "./session.mjs";

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
