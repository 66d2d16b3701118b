/* find: the three ways to a customer, and a number in an address. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { accountIsRead, assertFits, looks, screenshot, violations } from "./browser.mjs";
import { change } from "./database.mjs";
import { address, documentId, someCustomers } from "./server.mjs";
import { beginSession, client, inOwnPage, page } from "./session.mjs";

await beginSession();
let customer;
let definition;
before(async () => {
    const customers = await someCustomers(client, 25);
    [definition] = (await client.ask(documentId("SearchDefinition"), {})).activeSearchDefinitions;
    customer = customers.find(({ name, contactMedia }) => {
        const phone = contactMedia.some(({ value }) => value.startsWith("+"));
        return phone && /^[\p{L}]{3,} [\p{L}]{4,}$/u.test(name);
    });
    assert.ok(customer, "a customer with two names and a phone number");
});

describe("the ways to a customer", () => {
    test("S4-08 all three are reached by keys, and the last one is remembered", async () => {
        await page.goto(`${address}/search`);
        await page.locator(".ways").waitFor();
        for (const [key, way] of [
            ["b", "basic"],
            ["c", "contacts"],
            ["a", "advanced"],
        ]) {
            // A field takes the focus when it is there, and the keys with it.
            for (let tries = 0; tries < 20 && !page.url().endsWith(`/find/${way}`); tries++) {
                await page.evaluate(() => document.activeElement?.blur());
                await page.keyboard.press("s");
                await page.keyboard.press(key);
                await page.waitForTimeout(250);
            }
            await page.waitForURL(`${address}/find/${way}`);
            const current = page.locator(".ways [aria-current=page]");
            await current.waitFor();
            assert.equal(await current.count(), 1);
        }
        await page.goto(`${address}/find`);
        await page.waitForURL(`${address}/find/advanced`);
    });
});

describe("the basic search", () => {
    async function open() {
        await page.goto(`${address}/find/basic`);
        await page.locator(".find-by select").waitFor();
    }

    test("S4-06 S4-09 lists what can be searched by in the order of the definition", async () => {
        await open();
        const offered = await page
            .locator(".find-by option")
            .evaluateAll(all => all.map(({ value }) => value));
        const wanted = definition.fields
            .filter(({ enabled }) => enabled)
            .filter(
                ({ section, criterion }) => criterion !== "ROLE" && section !== "CHARACTERISTIC",
            )
            .sort((a, b) => a.position - b.position)
            .map(({ criterion }) => criterion);
        assert.deepEqual(offered, wanted);
    });

    test("S4-12 begins with the default field and its first operator, ready to be typed into", async () => {
        await open();
        const start = definition.fields.find(({ isDefault }) => isDefault);
        assert.equal(await page.locator(".find-by select").inputValue(), start.criterion);
        assert.equal(await page.locator(".find-operator").inputValue(), start.operators[0]);
        const focused = await page.evaluate(() => document.activeElement.id);
        assert.equal(focused, `find-${start.criterion}`);
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "find-basic");
    });

    test("S4-20 is defined, searched and opened by keys alone", async () => {
        await open();
        await page.locator(`#find-NAME`).waitFor();
        await page.keyboard.type(customer.name.split(" ")[1]);
        await page.keyboard.press("Enter");
        await page.locator(".hit-row").first().waitFor();
        const hits = page.locator(".hit-row .row-link");
        const at = (await hits.allTextContents()).indexOf(customer.name);
        assert.ok(at >= 0, "the customer is among the hits");
        for (let i = 0; i <= at; i++) await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await accountIsRead(page);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), customer.name);
    });

    test("S4-10 = finds the number whole, not its beginning", async () => {
        await open();
        await page.locator(".find-by select").selectOption("CUSTOMER_NUMBER");
        assert.equal(await page.locator(".find-operator").inputValue(), "EQUAL");
        await page.locator("#find-CUSTOMER_NUMBER").fill(customer.number.slice(0, 9));
        await page.keyboard.press("Enter");
        await page.locator(".notice-title").getByText("No customer is like that.").waitFor();
        await page.locator("#find-CUSTOMER_NUMBER").fill(customer.number);
        await page.keyboard.press("Enter");
        await page.locator(".hit-row").filter({ hasText: customer.name }).waitFor();
    });

    test("S4-23 reads on where there is more than a page", async () => {
        await open();
        await page.locator("#find-NAME").fill("%an%");
        await page.keyboard.press("Enter");
        await page.getByText("at least three characters").last().waitFor();
        await page.locator("#find-NAME").fill("%ann%");
        await page.keyboard.press("Enter");
        await page.locator(".hit-row").nth(49).waitFor();
        await page.locator(".panel-more button").click();
        await page.locator(".hit-row").nth(50).waitFor();
    });
});

describe("the latest contacts", () => {
    test("S4-21 are listed, the newest first", async () => {
        await page.goto(`${address}/find/contacts`);
        await page.locator(".hit-row").first().waitFor();
        const { recentInteractions } = await client.ask(documentId("RecentInteractions"), {
            first: 50,
        });
        const names = recentInteractions.nodes.map(node => node.customer.name);
        const moments = recentInteractions.nodes.map(({ startedAt }) => startedAt);
        assert.deepEqual(moments, moments.toSorted().reverse());
        assert.deepEqual(await page.locator(".hit-row .row-link").allTextContents(), names);
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "find-contacts");
    });

    test("S4-22 S1-16 one that is chosen opens its customer there, and back leads back", async () => {
        await page.goto(`${address}/find/contacts`);
        const link = page.locator(".hit-row .row-link").nth(2);
        await link.waitFor();
        const name = await link.textContent();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await accountIsRead(page);
        assert.match(page.url(), /\/interactions\?row=/);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), name);
        await page.locator(".shown-row [aria-expanded=true]").waitFor();
        await screenshot(page, "account-at-interaction");
        await page.goBack();
        await page.locator(".hit-row").first().waitFor();
    });
});

describe("the advanced search", () => {
    test("S4-14 S4-09 S4-12 shows its sections, and begins with the default field", async () => {
        await page.goto(`${address}/find/advanced`);
        await page.locator(".find-section").nth(6).waitFor();
        assert.equal(await page.locator(".find-section").count(), 7);
        assert.equal(await page.evaluate(() => document.activeElement.id), "find-NAME");
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "find-advanced");
    });

    test("S4-11 S4-15 S4-20 finds what is within a name, by keyboard alone", async () => {
        const [, family] = customer.name.split(" ");
        await page.goto(`${address}/find/advanced`);
        await page.locator("#find-NAME").waitFor();
        await page.keyboard.type(`%${family.slice(1)}%`);
        await page.keyboard.press("Enter");
        await page.locator(".hit-row").filter({ hasText: customer.number }).waitFor();
        await screenshot(page, "find-hits");
    });

    test("S4-16 finds by any address, or only by that where bills go", async () => {
        await page.goto(`${address}/find/advanced`);
        await page.locator("#find-CITY").fill("Berlin");
        await page.locator("#find-CITY").press("Enter");
        await page.locator(".hit-row").nth(40).waitFor();
        await page.locator("#find-ROLE").selectOption("BILLING");
        await page.locator("#find-CITY").press("Enter");
        await page.waitForFunction(() => document.querySelectorAll(".hit-row").length < 40);
        assert.ok((await page.locator(".hit-row").count()) > 0);
    });

    for (const way of ["advanced", "basic"])
        test(`S1-15 S4-08 finds by a date of birth, typed as everywhere: ${way}`, async () => {
            const [born, name] = change(
                `SELECT DATE_FORMAT(birth_date, '%e.%c.%Y'), display_name FROM customer
                 WHERE birth_date IS NOT NULL AND id > 100 ORDER BY id LIMIT 1`,
            ).split("\t");
            await page.goto(`${address}/find/${way}`);
            if (way === "basic") await page.locator(".find-by select").selectOption("BIRTH_DATE");
            const field = page.locator("#find-BIRTH_DATE");
            await field.fill("31/2/1980");
            await field.press("Enter");
            await page.getByText("There is no such day in the calendar.").waitFor();
            assert.equal(await field.getAttribute("aria-invalid"), "true");
            assert.deepEqual(await violations(page), []);
            await field.fill(born);
            await field.press("Enter");
            await page.locator(".hit-row").filter({ hasText: name }).first().waitFor();
            assert.equal(await field.getAttribute("aria-invalid"), "false");
            await field.press("ArrowDown"); // a day earlier, and not to the hits
            assert.ok(await field.evaluate(one => one === document.activeElement));
            await screenshot(page, `find-born-${way}`);
        });

    test("S4-18 S4-19 finds by how far somebody was reminded and what is barred", async () => {
        await page.goto(`${address}/find/advanced`);
        await page.locator("#find-DUNNING_STATE").selectOption("BARRED");
        await page.locator("#find-STATUS").selectOption("SUSPENDED");
        await page.locator("#find-NAME").fill("kowalczyk");
        await page.locator("#find-NAME").press("Enter");
        await page.locator(".hit-row").filter({ hasText: "Martin Kowalczyk" }).waitFor();
    });
});

describe("in the dark and on a telephone", () => {
    for (const way of ["basic", "advanced", "contacts"])
        test(`the ${way} way fits and can be read`, async () => {
            for (const { name, ...look } of looks)
                await inOwnPage(look, async own => {
                    await own.goto(`${address}/find/${way}`);
                    if (way !== "contacts") {
                        await own.locator("#find-NAME").fill("%ann%");
                        await own.keyboard.press("Enter");
                    }
                    await own.locator(".hit-row").first().waitFor();
                    await assertFits(own);
                    assert.deepEqual(await violations(own), []);
                    await screenshot(own, `find-${way}-${name}`);
                });
        });
});

test("S1-17 an address with a telephone number opens the account", async () => {
    const { value } = customer.contactMedia.find(medium => medium.value.startsWith("+"));
    await page.goto(`${address}/open?msisdn=${value}`);
    await accountIsRead(page);
    assert.match(page.url(), /\/c\//);
    assert.match(await page.locator("main").textContent(), new RegExp(customer.number));
});
