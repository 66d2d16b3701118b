/* account: one customer, opened, walked through and come back to. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import {
    accountIsRead,
    assertNoTroubles,
    openAccount,
    tabTitles,
    violations,
    watchRequests,
} from "./browser.mjs";
import { address, someCustomers } from "./server.mjs";
import { agents, beginSession, client, inOwnPage, openFound, page } from "./session.mjs";

const documents = JSON.parse(
    readFileSync(new URL("../../webapp/dist/documents.json", import.meta.url), "utf8"),
);
/** What belongs to the search, also where it leaves late: what else finds somebody, and that who was found is being helped. */
const ofSearch = new Set(
    Object.keys(documents).filter(id =>
        /query ExternalCustomers|mutation StartInteraction/.test(documents[id]),
    ),
);
await beginSession();
let customers;
before(async () => {
    customers = await someCustomers(client, 10);
});

const tabCount = () => page.getByRole("tab").count();
const heading = () => page.getByRole("heading", { level: 1 }).textContent();

describe("an account", () => {
    test("S1-03 opens with exactly one GraphQL request, and its tabs with none", async () => {
        await page.goto(`${address}/search?q=${encodeURIComponent(customers[0].number)}`);
        await page.locator(".row-link").first().waitFor();
        const sent = watchRequests(page);
        await page.locator(".row-link").first().click();
        await accountIsRead(page);
        const read = () => sent.filter(id => !ofSearch.has(id));
        assert.equal(read().length, 1);
        const count = await tabCount();
        assert.ok(count >= 3, `an agent sees ${count} tabs`);
        for (let index = 0; index < count; index++) {
            await page.getByRole("tab").nth(index).click();
            await page.locator("[role=tabpanel]:not([hidden]) .panel").first().waitFor();
        }
        assert.equal(read().length, 1, "what is here already is not asked for again");
    });

    test("S1-05 the header shows name, number, standing, balance and how to reach the customer", async () => {
        await openAccount(page, customers[0].id);
        const header = page.getByRole("complementary");
        const text = await header.textContent();
        for (const part of [
            customers[0].name,
            customers[0].number,
            "Balance",
            "Contact",
            "Customer since",
        ])
            assert.ok(text.includes(part), `the header says ${part}`);
        assert.equal(await heading(), customers[0].name);
    });

    test("S1-10 an address leads to its tab, again after a reload", async () => {
        await openAccount(page, customers[0].id);
        for (const tab of await page.getByRole("tab").all()) {
            await tab.click();
            const title = await tab.locator(".tab-title").textContent();
            const url = page.url();
            await page.reload();
            await accountIsRead(page);
            assert.equal(page.url(), url);
            const current = page.getByRole("tab", { selected: true });
            assert.equal(await current.locator(".tab-title").textContent(), title);
            assert.ok((await page.title()).includes(`${customers[0].name} – ${title}`));
        }
    });

    test("the back button goes back through tabs and customers", async () => {
        await openAccount(page, customers[0].id);
        const first = page.url();
        await page.getByRole("tab").nth(1).click();
        const second = page.url();
        assert.notEqual(first, second);
        await page.getByRole("combobox").fill(customers[1].number);
        await page.keyboard.press("Enter");
        await page.waitForFunction(
            name => document.querySelector("h1")?.textContent === name,
            customers[1].name,
        );
        await page.goBack();
        await page.waitForURL(second);
        await page.waitForFunction(
            name => document.querySelector("h1")?.textContent === name,
            customers[0].name,
        );
        await page.goBack();
        await page.waitForURL(first);
        await page.goForward();
        await page.waitForURL(second);
    });

    test("a customer with more than a page of products shows all of them, page by page", async () => {
        await openFound("Hafenlicht", "subscriptions");
        const rows = page.locator("[role=tabpanel]:not([hidden]) tbody tr:not(.group-row)");
        const first = await rows.count();
        const sent = watchRequests(page);
        const more = page
            .locator("[role=tabpanel]:not([hidden])")
            .getByRole("button", { name: "Show more" });
        const others = (await more.count()) - 1;
        await more.first().click();
        await more.nth(others).waitFor({ state: "detached" });
        assert.ok((await rows.count()) > first, `${first} rows, then ${await rows.count()}`);
        assert.equal(sent.length, 1);
        // What is half under the bar of the tabs would count as too small.
        await page.evaluate(() => {
            for (const element of document.querySelectorAll("*")) element.scrollTop = 0;
        });
        assert.deepEqual(await violations(page), []);
    });

    test("S1-10 an agent with fewer rights sees fewer tabs, of the same account", async () => {
        const seen = [];
        for (const user of agents)
            await inOwnPage({ user }, async own => {
                await openAccount(own, customers[0].id);
                seen.push(await tabTitles(own));
            });
        const counts = seen.map(titles => titles.length);
        assert.ok(Math.min(...counts) < Math.max(...counts), `tabs: ${JSON.stringify(seen)}`);
        assert.ok(Math.min(...counts) > 0);
    });

    test("a tab that is not the viewer's is not there, and the others are", async () => {
        await page.goto(`${address}/c/${encodeURIComponent(customers[0].id)}/no-such-tab`);
        await page.getByText("This tab does not exist, or your rights do not open it.").waitFor();
        assert.ok((await tabCount()) > 0);
        assert.deepEqual(await violations(page), []);
    });

    test("S1-01 a customer who does not exist is said not to, with a way on", async () => {
        for (const id of ["nobody", "Q3VzdG9tZXI6OTk5OTk5OTk5", "<script>"]) {
            await page.goto(`${address}/c/${encodeURIComponent(id)}/customer`);
            await page.getByRole("heading", { name: "No such customer" }).waitFor();
            await page.getByRole("link", { name: "Go to search", exact: true }).waitFor();
        }
        assert.deepEqual(await violations(page), []);
    });

    test("an address that leads nowhere says so", async () => {
        await page.goto(`${address}/no/such/page`);
        await page.getByRole("heading", { name: "There is no page at this address." }).waitFor();
        assert.deepEqual(await violations(page), []);
        assertNoTroubles(page);
    });
});
