/* party: the Customer tab: who customers are, who acts for them, what they belong to and agreed to. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    accountIsRead,
    assertFits,
    assertNoTroubles,
    screenshot,
    sizes,
    violations,
    watchRequests,
} from "./browser.mjs";
import { address, documentId } from "./server.mjs";
import { agents, beginSession, client, inOwnPage, openFound, page, tabPanel } from "./session.mjs";

const people = {
    katharina: "katharina.berger.2@example.org",
    mila: "mila.sommer.1@example.org",
    martin: "martin.kowalczyk.4@example.org",
    business: "Hafenlicht Logistik",
    long: "Maximiliane-Friederike",
    new: "linh.nguyn.11@example.org",
    ordinary: "Söhne",
};
await beginSession();

const section = name => tabPanel("customer").getByRole("region", { name, exact: true });

const openCustomer = search => openFound(search, "customer");

describe("the Customer tab", () => {
    test("S1-05 the header says whether it was proven who the customer is", async () => {
        const header = page.getByRole("complementary");
        await openCustomer(people.katharina);
        assert.match(await header.textContent(), /Identity verified/);
        assert.match(await header.textContent(), /Last contact.* ago.* · /);
        await openCustomer(people.martin);
        assert.match(await header.textContent(), /Identification expired/);
        assert.match(await header.textContent(), /overdue/);
        await openCustomer("Linh Nguyễn");
        assert.match(await header.textContent(), /Identity not verified/);
        assert.match(await header.textContent(), /Orders\s*1 under way/);
        assert.match(await header.textContent(), /Tickets\s*0 open/);
    });

    test("S1-24 identifications show the end of their number and until when they are valid", async () => {
        await openCustomer(people.katharina);
        const text = await section("Identifications").textContent();
        assert.match(text, /Identity card/);
        assert.match(text, /ends in XR94/);
        assert.match(text, /valid until/);
        await openCustomer("Linh Nguyễn");
        assert.match(await section("Identifications").textContent(), /Not verified/);
    });

    test("S1-24 a former number is in the tab but no longer beside the account", async () => {
        await openCustomer(people.katharina);
        const former = section("Contact").locator("li", { hasText: "Former" });
        const number = await former.locator("a").first().getAttribute("href");
        const header = page.getByRole("complementary");
        assert.equal(await header.locator(`a[href="${number}"]`).count(), 0);
        assert.ok((await header.locator("a[href^=tel]").count()) > 0);
    });

    test("S1-24 guardians and other contacts can be called", async () => {
        await openCustomer("Mila Sommer");
        const contacts = section("Contact persons");
        assert.match(await contacts.textContent(), /Sabine Sommer.*Guardian/);
        assert.ok((await contacts.locator("a[href^=tel]").count()) > 0);
    });

    test("S1-24 a group is walked downwards and up again", async () => {
        const whole = await openCustomer(people.business);
        const sent = watchRequests(page);
        await section("Group").getByRole("link").first().click();
        await accountIsRead(page);
        assert.equal(sent.length, 1, "the part opens with one request");
        await page.waitForFunction(
            name => document.querySelector("h1")?.textContent !== name,
            whole.name,
        );
        await page.getByRole("tab", { name: "Customer" }).click();
        await tabPanel("customer").getByRole("link", { name: whole.name }).click();
        await page.waitForFunction(
            name => document.querySelector("h1")?.textContent === name,
            whole.name,
        );
        assertNoTroubles(page);
    });

    test("S1-24 consents say what was answered, where and when", async () => {
        await openCustomer(people.katharina);
        const text = await section("Consents").textContent();
        assert.match(text, /Advertising by e-mail/);
        assert.match(text, /in self-care/);
        assert.match(text, /Agreed/);
        assert.match(text, /Refused/);
    });

    test("S1-25 discount groups say how much and until when", async () => {
        await openCustomer(people.katharina);
        const groups = section("Discount groups");
        assert.match(await groups.textContent(), /Members of partner associations7.5 %/);
        assert.match(
            await groups.locator("li", { hasText: "Employees" }).textContent(),
            /until .*Ended/,
        );
    });

    test("S1-26 a product's details say where its part of the bill goes", async () => {
        await openFound(people.katharina, "subscriptions");
        const tab = tabPanel("subscriptions");
        const billed = [];
        for (const toggle of await tab.locator(".toggle").all()) await toggle.click();
        for (const item of await tab.locator(".kv-item", { hasText: "Billed to" }).all())
            billed.push(await item.locator("dd").textContent());
        assert.ok(
            billed.some(text => /Förderweg 12, 24103 Kiel/.test(text)),
            billed.join("; "),
        );
        assert.ok(billed.some(text => !/Kiel/.test(text)));
    });

    test("S1-29 what the operator defined is there, formatted by its type, in the agent's language", async () => {
        await openCustomer(people.business);
        assert.match(
            await section("Particulars").textContent(),
            /480Employees.*NoExempt from VAT.*2,500Agreed monthly spend/,
        );
        const german = agents.find(({ username }) => username.endsWith(".de"));
        await inOwnPage({ user: german }, async own => {
            await openFound(people.business, "customer", own);
            const text = await own.getByRole("region", { name: "Merkmale" }).textContent();
            assert.match(text, /480Beschäftigte.*NeinUmsatzsteuerbefreit/);
        });
    });

    test("S4-02 prospects are found with customers and marked", async () => {
        let prospect;
        for (let at = 65; prospect === undefined && at < 91; at++)
            for (const vowel of ["a", "e", "i", "o", "u", "h", "r"]) {
                const search = String.fromCharCode(at) + vowel;
                const variables = { search, first: 200 };
                const { customers } = await client.ask(documentId("SearchCustomers"), variables);
                prospect ??= customers.nodes.find(({ status }) => status === "PROSPECT");
            }
        assert.ok(prospect, "there is a prospect among the customers");
        await page.goto(`${address}/search?q=${encodeURIComponent(prospect.number)}`);
        const row = page.locator(".hit-row", { hasText: prospect.name });
        await row.waitFor();
        assert.match(await row.textContent(), /Prospect/);
        await row.locator(".row-link").click();
        await accountIsRead(page);
        const header = page.getByRole("complementary");
        assert.match(await header.textContent(), /Prospect/);
        assert.deepEqual(await violations(page), []);
    });

    for (const scheme of ["light", "dark"])
        for (const [name, size] of Object.entries({
            ...sizes,
            small: { width: 1280, height: 900 },
        }))
            test(`S1-24 stays calm and without faults, ${scheme}, ${name}`, () =>
                inOwnPage({ size, scheme }, async own => {
                    for (const who of ["katharina", "business", "long", "ordinary"]) {
                        await openFound(people[who], "customer", own);
                        await assertFits(own, who);
                        assert.deepEqual(await violations(own), []);
                        await screenshot(own, `party-${who}-${scheme}-${name}`);
                    }
                }));
});
