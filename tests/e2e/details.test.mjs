/* details: orders step by step, what ends next, how it is paid, and who is being helped. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    accountIsRead,
    assertFits,
    assertNoTroubles,
    looks,
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

describe("an order in detail", () => {
    test("S1-35 says how each thing is to be and how far it is", async () => {
        await openFound("jonas petersen", "orders");
        const order = tabPanel("orders").locator(".detail-row").first();
        const steps = order.locator('[data-panel="milestones"]').first();
        await steps.locator("li").nth(4).waitFor();
        assert.deepEqual(await steps.locator(".lead").allTextContents(), [
            "Received",
            "Checked",
            "Civil works",
            "Installed",
            "Activated",
        ]);
        assert.match(await steps.locator("li").nth(1).textContent(), /Reached/);
        assert.match(await steps.locator("li").nth(2).textContent(), /planned for.*To come/);
        const how = order.locator('[data-panel="characteristics"]').first();
        assert.match(await how.textContent(), /1,000 Mbit\/s.*Speed, down/);
        await screenshot(page, "orders-detail");
        assert.deepEqual(await violations(page), []);
    });

    test("S1-35 fits on a telephone and can be read in the dark", async () => {
        for (const { name, ...look } of looks)
            await inOwnPage(look, async own => {
                await openFound("jonas petersen", "orders", own);
                await own.locator('[data-panel="milestones"] li').first().waitFor();
                await assertFits(own);
                assert.deepEqual(await violations(own), []);
                await screenshot(own, `orders-detail-${name}`);
            });
    });
});

/** The days that stand in a column of the group that is in use, as numbers; what has none is not among them. */
async function expiries() {
    const cells = await tabPanel("subscriptions")
        .locator('[data-panel="products"] tbody')
        .first()
        .locator('tr:not(.group-row):not([class*="depth-1"]) td[data-label="Expires"]')
        .evaluateAll(all => all.map(cell => cell.querySelector("time")?.dateTime ?? ""));
    const today = new Date().toISOString().slice(0, 10);
    return cells.map(day => (day >= today ? day : ""));
}

describe("the subscriptions", () => {
    test("S1-31 come by what ends next, and in the order that is chosen", async () => {
        await openFound("renée lefèvre", "subscriptions");
        const head = tabPanel("subscriptions")
            .getByRole("columnheader", { name: "Expires" })
            .first();
        assert.equal(await head.getAttribute("aria-sort"), "ascending");
        const days = await expiries();
        const some = days.filter(day => day !== "");
        assert.deepEqual(some, some.toSorted(), "the next one first");
        assert.deepEqual(days.slice(0, some.length), some, "what does not end comes last");
        await head.getByRole("button").click();
        assert.equal(await head.getAttribute("aria-sort"), "descending");
        await tabPanel("subscriptions")
            .getByRole("button", { name: "Product", exact: true })
            .click();
        assert.equal(await head.getAttribute("aria-sort"), "none");
    });

    test("S1-31 what ends soon is there at once, however much there is", async () => {
        await openFound("hafenlicht", "subscriptions");
        const panel = tabPanel("subscriptions").locator('[data-panel="products"]');
        const today = new Date().toISOString().slice(0, 10);
        const ahead = async () => {
            const cells = panel.locator('td[data-label="Expires"] time');
            const days = await cells.evaluateAll(all => all.map(each => each.dateTime));
            return days.filter(day => day >= today).toSorted();
        };
        const more = panel.getByRole("button", { name: "Show more" }).last();
        await more.waitFor();
        const [rows, days] = [await panel.locator("tbody tr").count(), await ahead()];
        assert.ok(days.length > 3, String(days));
        await screenshot(page, "subscriptions-next-expiry");
        await more.click();
        await more.waitFor({ state: "detached" });
        assert.ok((await panel.locator("tbody tr").count()) > rows);
        assert.deepEqual(await ahead(), days, "later pages have only what does not end");
    });

    test("S1-31 can be put in another order on a telephone, too", async () => {
        await page.setViewportSize(sizes.phone);
        const button = tabPanel("subscriptions").getByRole("button", { name: "Since" }).first();
        await button.click();
        await screenshot(page, "subscriptions-sorted-phone");
        const head = tabPanel("subscriptions").getByRole("columnheader", { name: "Since" }).first();
        assert.equal(await head.getAttribute("aria-sort"), "ascending");
        await page.setViewportSize(sizes.desk);
    });
});

describe("how it is paid", () => {
    test("S4-18 stands with the entries and with the customer", async () => {
        await openFound("katharina berger", "entries");
        const how = tabPanel("entries").locator('[data-panel="accounts"]');
        assert.match(await how.textContent(), /Direct debit|Bank transfer|Card|In a shop/);
        await screenshot(page, "entries-accounts");
        await page.getByRole("tab", { name: /^Customer/ }).click();
        const accounts = tabPanel("customer").locator('[data-panel="billing-accounts"]');
        assert.match(await accounts.textContent(), /Direct debit|Bank transfer|Card|In a shop/);
    });

    test("S4-18 is something to look for", async () => {
        await page.goto(`${address}/find/advanced`);
        await page.locator("#find-PAYMENT_METHOD").selectOption("VOUCHER");
        await page.locator("#find-NAME").fill("sommer");
        await page.locator("#find-NAME").press("Enter");
        await page.locator(".hit-row").filter({ hasText: "Mila Sommer" }).waitFor();
    });

    test("S4-14 what the operator itself wants to know is a section of its own", async () => {
        const card = change(
            `SELECT c.value FROM customer_characteristic AS c JOIN characteristic_specification AS s ON s.id = c.specification_id
             WHERE s.code = 'loyaltyCard' LIMIT 1`,
        );
        await page.goto(`${address}/find/advanced`);
        await page.locator("#find-KEY option").nth(1).waitFor({ state: "attached" });
        await page.locator("#find-KEY").selectOption("loyaltyCard");
        await page.locator("#find-VALUE").fill(card);
        await page.locator("#find-VALUE").press("Enter");
        await page.locator(".hit-row").first().waitFor();
        assert.equal(await page.locator(".hit-row").count(), 1);
        await screenshot(page, "find-characteristic");
    });
});

describe("whoever was found", () => {
    const begun = name =>
        Number(
            change(
                `SELECT COUNT(*) FROM party_interaction AS i JOIN customer AS c ON c.id = i.customer_id WHERE c.display_name = '${name}' AND i.result = 'OPEN'`,
            ),
        );
    const name = "Werner Groß";

    async function choose() {
        await page.goto(`${address}/search?q=werner+gro%C3%9F`);
        const told = page.waitForResponse(response =>
            (response.request().postData() ?? "").includes(documentId("StartInteraction")),
        );
        await page.locator(".hit-row .row-link").first().click();
        await accountIsRead(page);
        assert.equal((await told).status(), 200);
    }

    test("S1-16 is being helped from then on, once, and back leads back", async () => {
        await choose();
        assert.equal(begun(name), 1);
        await page.goBack();
        await page.locator(".hit-row").first().waitFor();
        await page.goForward();
        await accountIsRead(page);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), name);
        await choose();
        assert.equal(begun(name), 1, "it is the same contact still");
        await page.goto(`${address}/find/contacts`);
        await page.locator(".hit-row").first().waitFor();
        assert.equal(await page.locator(".hit-row .row-link").first().textContent(), name);
    });

    test("S1-16 an account that is opened by its address is not", async () => {
        const sent = watchRequests(page);
        const [customer] = await found(client, "werner groß");
        await openAccount(page, customer.id);
        assert.ok(!sent.includes(documentId("StartInteraction")));
        change("DELETE FROM party_interaction WHERE result = 'OPEN'");
    });
});

describe("another system", () => {
    const answers = {
        hits: {
            source: "Old billing",
            answered: true,
            hits: [
                {
                    name: "Berta Berger",
                    number: "A-17",
                    contact: "+49 30 1",
                    url: "https://old.example/17",
                },
                { name: "Nobody Here", number: null, contact: null, url: null },
            ],
        },
        silence: { source: "Old billing", answered: false, hits: [] },
    };

    async function search(external) {
        await page.route("**/graphql", async route => {
            if (route.request().postDataJSON().documentId !== documentId("ExternalCustomers"))
                return route.continue();
            return route.fulfill({ json: { data: { externalCustomers: external } } });
        });
        await page.goto(`${address}/search?q=berger`);
        await page.locator(".hit-row").first().waitFor();
    }

    test("S1-17 stands below, under its name, with a way to it", async () => {
        await search(answers.hits);
        const other = page.getByRole("region", { name: "Also found in Old billing" });
        await other.waitFor();
        const link = other.getByRole("link", { name: "Berta Berger" });
        assert.equal(await link.getAttribute("href"), "https://old.example/17");
        assert.equal(await other.getByText("Old billing", { exact: true }).count(), 2);
        await screenshot(page, "search-external");
        assert.deepEqual(await violations(page), []);
        await page.unroute("**/graphql");
    });

    test("S1-17 when it does not answer that is said, and own hits are there", async () => {
        await search(answers.silence);
        await page.getByText("Old billing did not answer").waitFor();
        assert.ok((await page.locator(".hit-row").count()) > 0);
        await page.unroute("**/graphql");
    });
});

test("nothing was thrown, no policy was broken", () => assertNoTroubles(page));
