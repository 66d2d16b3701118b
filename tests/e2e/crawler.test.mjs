/* crawler: opens every tab that there is, in light and dark, on a desk and on a phone, whatever it shows. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { assertFits, looks, openAccount, screenshot, violations } from "./browser.mjs";
import { someCustomers } from "./server.mjs";
import { beginSession, client, inOwnPage, tabPanel } from "./session.mjs";

const customerCount = 4;
await beginSession();
let customers;

/** Customers as different as they come: the first of each kind and standing. */
function various(all) {
    const kinds = new Map(all.map(customer => [`${customer.kind} ${customer.status}`, customer]));
    return [...kinds.values(), ...all].slice(0, customerCount);
}

before(async () => {
    customers = various(await someCustomers(client, 200));
});

/** Words in capitals with underscores are values of enums that nobody named. */
function rawCodes(page) {
    return page.evaluate(() => {
        // biome-ignore lint/performance/useDomNodeTextContent: only what is to be seen counts
        const text = document.querySelector("#content")?.innerText ?? "";
        return text.match(/\b[A-Z]{2,}_[A-Z_]+\b/g);
    });
}

async function crawl(page, name) {
    for (const [place, { id }] of customers.entries()) {
        await openAccount(page, id);
        const tabs = await page.getByRole("tab").all();
        assert.ok(tabs.length > 0);
        for (const tab of tabs) {
            await tab.click();
            const key = new URL(page.url()).pathname.split("/").at(-1);
            const panel = tabPanel(key, page);
            await panel.locator(".panel").first().waitFor();
            assert.equal(await panel.locator(".notice").count(), 0, await panel.textContent());
            assert.deepEqual(await violations(page), [], `${key} of ${id}`);
            await assertFits(page, `${key} of ${id}`);
            assert.equal(await rawCodes(page), null, `S1-02 ${key} of ${id}`);
            if (place === 0) await screenshot(page, `account-${key}-${name}`);
        }
    }
}

describe("S1-10 every tab is drawn without a fault", () => {
    for (const { name, ...look } of looks)
        test(name, () => inOwnPage(look, own => crawl(own, name)));
});
