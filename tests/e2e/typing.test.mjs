/* typing: amounts and days are typed as the viewer's language writes them, and what is sent is what was meant. */

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { openAccount, openPage, screenshot, signInAs, violations } from "./browser.mjs";
import { change } from "./database.mjs";
import { usersOf } from "./server.mjs";
import { beginSession, browser, page, tabPanel } from "./session.mjs";

const globalId = key => Buffer.from(`Customer:${key}`).toString("base64url");
const [customer, account] = change(`SELECT c.id, b.id FROM customer AS c
    JOIN product AS p ON p.customer_id = c.id AND p.status = 'ACTIVE' AND p.service_identifier LIKE '+49%'
    JOIN billing_account AS b ON b.customer_id = c.id AND b.id = p.billing_account_id AND b.rating_type = 'POSTPAID'
    WHERE c.kind = 'RESIDENTIAL' AND c.mobile_count = 1 AND c.birth_date IS NOT NULL AND c.id > 100
    ORDER BY c.id LIMIT 1 OFFSET 3`).split("\t");
const limit = () =>
    change(
        `SELECT credit_limit_minor FROM billing_account WHERE customer_id = ${customer} AND id = ${account}`,
    );
const born = () => change(`SELECT birth_date FROM customer WHERE id = ${customer}`);

await beginSession();
const german = await openPage(browser);
await signInAs(
    german,
    usersOf("agent").find(({ username }) => username === "agent.de"),
);
after(() => german.context().close());

const dialog = (of = page) => of.getByRole("dialog");
const gone = (of = page) => of.locator("dialog[open]").waitFor({ state: "detached" });
const send = (of = page) => of.keyboard.press("Control+Enter");

async function openLimit(of, words) {
    await openAccount(of, globalId(customer), "mobile");
    await tabPanel("mobile", of).locator(".toggle").first().click();
    await tabPanel("mobile", of).getByRole("button", { name: words }).first().click();
    return dialog(of).getByLabel("Limit");
}

async function openBirthDay(of, words, label) {
    await openAccount(of, globalId(customer), "customer");
    await tabPanel("customer", of).getByRole("button", { name: words }).click();
    return dialog(of).getByLabel(label, { exact: true });
}

describe("amounts", () => {
    test("S1-23 S1-04 a limit stands in its currency, and what cannot be read is said at the field", async () => {
        const field = await openLimit(page, /^Set credit limit/);
        await field.waitFor();
        assert.equal(await field.inputValue(), (Number(limit()) / 100).toFixed(2));
        assert.match(await dialog().locator(".typed").textContent(), /EUR/);
        for (const [text, why] of [
            ["12.345", "no amounts as small"],
            ["-5", "without a sign"],
            ["fifty", "Give an amount, for example 125.00"],
        ]) {
            await field.fill(text);
            await send();
            await dialog().getByText(why).waitFor();
            assert.equal(await field.inputValue(), text, "what was typed is still there");
        }
        assert.deepEqual(await violations(page), []);
        await field.fill("9,999,999");
        await send();
        await dialog().getByText("A limit of this account is from 0 to EUR").waitFor();
        await screenshot(page, "typing-limit");
        await field.fill("43.5");
        await field.blur();
        assert.equal(await field.inputValue(), "43.50");
        await send();
        await dialog().getByText("What will be different").waitFor();
        assert.match(await dialog().locator(".form-preview").textContent(), /€43\.50/);
        await send();
        await gone();
        assert.equal(limit(), "4350");
    });

    test("S1-23 in German with a comma", async () => {
        const field = await openLimit(german, /^Kreditlimit setzen/);
        await field.waitFor();
        assert.equal(
            await field.inputValue(),
            (Number(limit()) / 100).toFixed(2).replace(".", ","),
        );
        await field.fill("44,5");
        await screenshot(german, "typing-limit-german");
        await send(german);
        await dialog(german).locator(".form-preview").waitFor();
        assert.match(await dialog(german).locator(".form-preview").textContent(), /44,50/);
        await send(german);
        await gone(german);
        assert.equal(limit(), "4450");
    });
});

describe("days", () => {
    test("S1-24 S1-04 a day is typed as the language writes it, in a few keys", async () => {
        const label = "Date of birth";
        const field = await openBirthDay(page, "Edit master data", label);
        await field.fill("31/4/1970");
        await send();
        await dialog().getByText("no such day").waitFor();
        await field.fill("3 2 1970");
        await field.blur();
        assert.equal(await field.inputValue(), "03/02/1970");
        await field.focus();
        await page.keyboard.press("ArrowUp");
        assert.equal(await field.inputValue(), "04/02/1970");
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "typing-day");
        await send();
        await gone();
        assert.equal(born(), "1970-02-04");
    });

    test("S1-24 in German with dots, and the browser's calendar is still there", async () => {
        const field = await openBirthDay(german, "Stammdaten ändern", "Geburtsdatum");
        await field.waitFor();
        assert.equal(await field.inputValue(), "04.02.1970");
        const [picked] = await Promise.all([
            german.evaluate(
                () =>
                    new Promise(resolve => {
                        HTMLInputElement.prototype.showPicker = function () {
                            resolve(this.value);
                        };
                    }),
            ),
            dialog(german)
                .getByRole("button", { name: /^Aus dem Kalender wählen/ })
                .first()
                .click(),
        ]);
        assert.equal(picked, "1970-02-04");
        await dialog(german).locator("input[type=date]").first().fill("1970-02-05");
        assert.equal(await field.inputValue(), "05.02.1970");
        await field.fill("6.2.70");
        await screenshot(german, "typing-day-german");
        await send(german);
        await gone(german);
        assert.equal(born(), "1970-02-06");
    });
});
