/* search: customers found by what callers say of themselves. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
    accountIsRead,
    assertNoTroubles,
    screenshot,
    violations,
    watchRequests,
} from "./browser.mjs";
import { address, sharedBeginning, someCustomers } from "./server.mjs";
import { beginSession, client, page } from "./session.mjs";

await beginSession();
let customer;
let shared;
before(async () => {
    const customers = await someCustomers(client, 25);
    shared = await sharedBeginning(client);
    customer = customers.find(({ name, contactMedia }) => {
        const phone = contactMedia.some(({ value }) => value.startsWith("+"));
        return phone && /^[\p{L}]{3,} [\p{L}]{3,}$/u.test(name);
    });
    assert.ok(customer, "a customer with two names and a phone number");
});

/** Types into the field and gives the line of the customer, once it is there. */
async function look(search) {
    await page.goto(`${address}/search`);
    await page.getByRole("combobox").fill(search);
    const hit = page.getByRole("option").filter({ hasText: customer.number });
    await hit.waitFor();
    return hit;
}

describe("S4-13 a customer is found by", () => {
    test("the number, with spaces in it", async () => {
        const { number } = customer;
        const hit = await look(`${number.slice(0, 4)} ${number.slice(4)}`);
        assert.match(await hit.textContent(), new RegExp(customer.name));
    });

    test("names in the other order, by their beginnings, without accents", async () => {
        const plain = customer.name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
        const [given, family] = plain.split(" ");
        await look(`${family} ${given.slice(0, 3)}`);
    });

    test("a phone number as it is dialled at home, with its spaces", async () => {
        const { value } = customer.contactMedia.find(medium => medium.value.startsWith("+"));
        const spaced = value.replace(/(...)(?=.)/g, "$1 ");
        const hit = await look(spaced);
        assert.ok((await hit.locator("mark").count()) > 0, "what was searched for is marked");
    });
});

describe("the field", () => {
    test("opens a hit with the arrows and Enter, from any page with the slash", async () => {
        await page.goto(`${address}/search?q=${encodeURIComponent(customer.number)}`);
        await page.locator(".hit-row").first().waitFor();
        await page.evaluate(() => document.activeElement?.blur());
        await page.keyboard.press("/");
        assert.equal(
            await page.evaluate(() => document.activeElement.getAttribute("role")),
            "combobox",
        );
        await page.keyboard.type(customer.number);
        await page.getByRole("option").first().waitFor();
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "search-hits");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await accountIsRead(page);
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), customer.name);
    });

    test("opens the only hit with Enter alone, even before it is shown", async () => {
        await page.goto(`${address}/search`);
        await page.getByRole("combobox").fill(customer.number);
        await page.keyboard.press("Enter");
        await accountIsRead(page);
        assert.match(page.url(), /\/c\//);
    });

    test("of several hits it guesses none and shows the list", async () => {
        await page.goto(`${address}/search`);
        await page.getByRole("combobox").fill(shared);
        await page.keyboard.press("Enter");
        await page.waitForURL(`${address}/search?q=${shared}`);
        await page.locator(".hit-row").first().waitFor();
        assert.ok((await page.locator(".hit-row").count()) > 1);
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "search-list");
    });

    test("says what to do when nobody matches", async () => {
        await page.goto(`${address}/search?q=${encodeURIComponent("zzqx <b>jklw</b>")}`);
        await page.getByText("No customer matches “zzqx <b>jklw</b>”.").waitFor();
        await page.getByText("Check the spelling").waitFor();
        assert.equal(await page.locator("main b").count(), 0);
    });

    test("asks nothing for a single letter", async () => {
        await page.goto(`${address}/search`);
        await page.getByRole("combobox").waitFor();
        const asked = watchRequests(page);
        await page.getByRole("combobox").fill("m");
        await page.getByText("Type at least two letters or digits.").waitFor();
        await page.waitForTimeout(300);
        assert.deepEqual(asked, []);
    });

    test("an answer that comes too late is thrown away", async () => {
        await page.goto(`${address}/search`);
        await page.route("**/graphql", async route => {
            if (route.request().postDataJSON().variables.search === "zzqx")
                await new Promise(resolve => setTimeout(resolve, 800));
            await route.continue().catch(() => {}); // given up by the app meanwhile
        });
        await page.getByRole("combobox").fill("zzqx");
        await page.waitForTimeout(250);
        await page.getByRole("combobox").fill(customer.number);
        await page.getByRole("option").first().waitFor();
        await page.waitForTimeout(900);
        assert.match(
            await page.getByRole("option").first().textContent(),
            new RegExp(customer.number),
        );
        await page.unroute("**/graphql");
        assertNoTroubles(page);
    });
});
