/* find: customers by sections of what is known of them, and by a number in an address. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
    accountIsRead,
    openBrowser,
    openPage,
    screenshot,
    signInAs,
    violations,
} from "./browser.mjs";
import { address, signIn, someCustomers, usersOf } from "./server.mjs";

const [agent] = usersOf("agent");
let browser;
let page;
let customer;
before(async () => {
    browser = await openBrowser();
    const customers = await someCustomers(await signIn(agent), 25);
    customer = customers.find(({ name, contactMedia }) => {
        const phone = contactMedia.some(({ value }) => value.startsWith("+"));
        return phone && /^[\p{L}]{3,} [\p{L}]{4,}$/u.test(name);
    });
    assert.ok(customer, "a customer with two names and a phone number");
    page = await openPage(browser);
    await signInAs(page, agent);
});
after(() => browser?.close());

describe("the advanced search", () => {
    test("S4-14 S4-09 S4-12 shows its sections, and begins with the default field", async () => {
        await page.goto(`${address}/find`);
        await page.locator(".find-section").nth(4).waitFor();
        assert.equal(await page.locator(".find-section").count(), 5);
        assert.equal(await page.evaluate(() => document.activeElement.id), "find-NAME");
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "find");
    });

    test("S4-11 S4-15 finds what is within a name, by keyboard alone", async () => {
        const [, family] = customer.name.split(" ");
        await page.goto(`${address}/find`);
        await page.locator("#find-NAME").waitFor();
        await page.keyboard.type(`%${family.slice(1)}%`);
        await page.keyboard.press("Enter");
        await page.locator(".hit-row").filter({ hasText: customer.number }).waitFor();
        await screenshot(page, "find-hits");
    });
});

test("S1-17 an address with a telephone number opens the account", async () => {
    const { value } = customer.contactMedia.find(medium => medium.value.startsWith("+"));
    await page.goto(`${address}/open?msisdn=${value}`);
    await accountIsRead(page);
    assert.match(page.url(), /\/c\//);
    assert.match(await page.locator("main").textContent(), new RegExp(customer.number));
});
