/* products: tabs that follow what a customer holds, and the overview that is opened first. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    assertFits,
    assertNoTroubles,
    openAccount,
    screenshot,
    sizes,
    violations,
    watchRequests,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { address, documentId, found } from "./server.mjs";
import { beginSession, client, inOwnPage, openFound, page, tabPanel } from "./session.mjs";

await beginSession();

const rowId = globalId => Buffer.from(globalId, "base64url").toString().split(":")[1];

async function keysOfTabs() {
    const ids = await page
        .getByRole("tab")
        .evaluateAll(tabs => tabs.map(tab => tab.id.replace("tab-", "")));
    return ids.filter(key => ["overview", "mobile", "fibre", "tv"].includes(key));
}

describe("the overview", () => {
    test("S1-11 is what an account opens with, and says what is open and what is owed", async () => {
        const [customer] = await found(client, "martin kowalczyk");
        const sent = watchRequests(page);
        await openAccount(page, customer.id);
        await tabPanel("overview").locator(".stat").first().waitFor();
        assert.equal(sent.filter(id => id !== documentId("Viewer")).length, 1);
        const words = await tabPanel("overview").textContent();
        assert.match(words, /Overdue.*€/);
        assert.match(words, /Unpaid bills/);
        await screenshot(page, "overview");
        assert.deepEqual(await violations(page), []);
    });

    test("S1-11 on a phone nothing has to be pushed sideways", async () => {
        await page.setViewportSize(sizes.phone);
        await openFound("katharina berger", "overview");
        await assertFits(page);
        await screenshot(page, "overview-phone");
        await openFound("katharina berger", "mobile");
        await screenshot(page, "mobile-phone");
        await page.setViewportSize(sizes.desk);
    });
});

describe("on a small screen", () => {
    test("S1-18 S1-30 no table has to be pushed sideways, the price is in sight", () =>
        inOwnPage({ size: { width: 1024, height: 768 } }, async own => {
            for (const tab of ["subscriptions", "mobile", "fibre", "tv"]) {
                await openFound("katharina.berger.2@", tab, own);
                await tabPanel(tab, own).locator(".toggle").first().click();
                const hidden = await tabPanel(tab, own)
                    .locator(".table-scroll")
                    .evaluateAll(all => all.map(one => one.scrollWidth - one.clientWidth));
                assert.ok(hidden.length > 0);
                assert.ok(Math.max(...hidden) <= 0, `${tab}: ${hidden} pixels are hidden`);
            }
        }));
});

describe("what products cost", () => {
    test("S1-32 each says its price, and what is charged every month is what the next bill repeats", async () => {
        const { id } = await openFound("katharina berger", "subscriptions");
        const prices = await tabPanel("subscriptions")
            .locator("tr", { has: page.locator("[data-label=Status]", { hasText: "Active" }) })
            .locator("[data-label=Price]")
            .allTextContents();
        const sum = prices
            .flatMap(text => [...text.matchAll(/€([\d,.]+) per month/g)])
            .reduce((cents, [, price]) => cents + Number(price.replace(/\D/g, "")), 0);
        const charged = tabPanel("subscriptions").locator(".stat", {
            hasText: "Charged every month",
        });
        const shown = Number((await charged.textContent()).replace(/\D/g, ""));
        const billed = change(
            `SELECT SUM(r.amount_minor) FROM applied_billing_rate r
             JOIN (SELECT id FROM customer_bill WHERE customer_id = ${rowId(id)} ORDER BY bill_date DESC LIMIT 1) b
               ON b.id = r.customer_bill_id
             WHERE r.customer_id = ${rowId(id)} AND r.kind = 'RECURRING'`,
        );
        assert.ok(shown > 0);
        assert.equal(sum, shown);
        assert.equal(Number(billed), shown);
    });
});

describe("orders", () => {
    test("S1-33 S1-34 S1-35 items say what is done and what became of the product, in groups", async () => {
        await openFound("renée lefèvre", "orders");
        const items = tabPanel("orders").locator(".detail-row").first();
        await items.waitFor();
        const groups = (await items.locator(".group-row").allTextContents()).join(" ");
        assert.match(groups, /In creation2/);
        assert.match(groups, /Discontinued1/);
        const words = await items.textContent();
        assert.match(words, /Being set up/);
        assert.match(words, /from .* 20/);
        await screenshot(page, "order-items");
    });

    test("S1-33 each of the eleven states has words and a tone", async () => {
        await openFound("aoife.obrien.7@example.com", "orders");
        const badges = tabPanel("orders").locator(":scope [data-label=Status] .badge");
        const states = new Set(await badges.allTextContents());
        assert.ok(states.size >= 11, [...states].join(", "));
        for (const state of states) assert.doesNotMatch(state, /_|^[A-Z]+$/);
    });
});

describe("tabs that adapt", () => {
    test("S1-18 a family with fibre, television and mobile lines has a tab for each", async () => {
        await openFound("katharina berger", "mobile");
        assert.deepEqual(await keysOfTabs(), ["overview", "mobile", "fibre", "tv"]);
        const tab = page.getByRole("tab", { selected: true });
        assert.equal(await tab.locator(".tab-count").textContent(), "4 in use");
        assert.equal(await tabPanel("mobile").locator("tbody tr:not(.group-row)").count(), 4);
        await tabPanel("mobile").locator(".toggle").first().click();
        assert.match(
            await tabPanel("mobile").locator(".detail-row").textContent(),
            /Allowances.*left/,
        );
        await screenshot(page, "mobile");
        assert.deepEqual(await violations(page), []);
        for (const key of ["fibre", "tv"]) {
            await openFound("katharina berger", key);
            await tabPanel(key).locator(".toggle").first().click();
            await screenshot(page, key);
        }
        await openFound("katharina berger", "fibre");
        await tabPanel("fibre").locator(".toggle").first().click();
        const line = tabPanel("fibre").locator(".detail-row");
        assert.match(await line.textContent(), /Fibre to the home.*1,000 \/ 500 *Mbit\/s/);
    });

    test("S1-18 a customer with one mobile line has no tab for fibre", async () => {
        await openFound("mila sommer", "overview");
        assert.deepEqual(await keysOfTabs(), ["overview", "mobile", "tv"]);
        await openFound("jonas petersen", "overview");
        assert.deepEqual(await keysOfTabs(), ["overview", "mobile"]);
    });

    test("S1-18 the address of a tab that this customer has not says so", async () => {
        const [customer] = await found(client, "jonas petersen");
        await page.goto(`${address}/c/${encodeURIComponent(customer.id)}/fibre`);
        await page.locator(".account-main .notice").waitFor();
        assert.equal(await page.getByRole("tab", { selected: true }).count(), 0);
    });

    test("S1-03 a customer's tabs are known with the one request that opens the account", async () => {
        const [customer] = await found(client, "katharina berger");
        const sent = watchRequests(page);
        await openAccount(page, customer.id, "tv");
        await tabPanel("tv").locator("tbody tr").first().waitFor();
        await page.keyboard.press("g");
        await page.keyboard.press("f");
        await tabPanel("fibre").locator("tbody tr").first().waitFor();
        await page.keyboard.press("g");
        await page.keyboard.press("v");
        await tabPanel("overview").locator(".stat").first().waitFor();
        assert.equal(sent.filter(id => id !== documentId("Viewer")).length, 1);
        assertNoTroubles(page);
    });
});
