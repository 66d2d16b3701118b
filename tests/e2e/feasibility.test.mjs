/* feasibility: what can be sold to a customer is seen before anything is ordered, with reasons and what would help. */

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
    assertNoTroubles,
    openAccount,
    openBrowser,
    openPage,
    screenshot,
    signInAs,
    sizes,
    violations,
    watchRequests,
} from "./browser.mjs";
import { documentId, found, signIn, usersOf } from "./server.mjs";

const [agent] = usersOf("agent");
let browser;
let page;
let client;
before(async () => {
    browser = await openBrowser();
    client = await signIn(agent);
    page = await openPage(browser);
    await signInAs(page, agent);
});
after(() => browser?.close());

const offers = key => page.locator(`#tabpanel-${key} [data-panel="offers"]`);
const rowOf = (key, name) => offers(key).getByRole("row").filter({ hasText: name }).first();

async function check(search, tab) {
    const [customer] = await found(client, search);
    await openAccount(page, customer.id, tab);
    await offers(tab).getByRole("button", { name: "Check what is feasible" }).click();
    await offers(tab).getByRole("table").waitFor();
}

describe("what can be sold here", () => {
    test("S1-06 is asked when somebody wants to know it, in one request", async () => {
        const [customer] = await found(client, "mila sommer");
        await openAccount(page, customer.id, "subscriptions");
        const sent = watchRequests(page);
        await offers("subscriptions")
            .getByRole("button", { name: "Check what is feasible" })
            .click();
        await offers("subscriptions").getByRole("table").waitFor();
        assert.deepEqual(sent, [documentId("Offers")]);
    });

    test("S1-06 says per offering whether, why not, what would help and what there is instead", async () => {
        const young = await rowOf("subscriptions", "Mobile Unlimited").textContent();
        assert.match(young, /Not feasible/);
        assert.match(young, /from the age of 18/);
        assert.match(young, /Possible from/);
        assert.match(young, /Prepaid/);
        const television = await rowOf("subscriptions", "TV Start").textContent();
        assert.match(television, /needs an internet line|comes over an internet line/);
        await screenshot(page, "feasibility");
        assert.deepEqual(await violations(page), []);
    });

    test("S1-06 on a tab of one kind it is about that kind", async () => {
        await check("katharina berger", "fibre");
        const words = await offers("fibre").getByRole("table").textContent();
        assert.match(words, /Fibre 1000/);
        assert.doesNotMatch(words, /Mobile/);
        assert.match(await rowOf("fibre", "Family bundle").textContent(), /household/);
    });

    test("S1-06 in the dark and on a phone nothing has to be pushed sideways", async () => {
        const dark = await openPage(browser, { size: sizes.phone, scheme: "dark" });
        await signInAs(dark, agent);
        const [customer] = await found(client, "mila sommer");
        await openAccount(dark, customer.id, "subscriptions");
        const panel = dark.locator('#tabpanel-subscriptions [data-panel="offers"]');
        await panel.getByRole("button", { name: "Check what is feasible" }).click();
        await panel.getByText("from the age of 18").first().waitFor();
        const wide = await dark.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(wide <= 0, `${wide} pixels too wide`);
        await panel.scrollIntoViewIfNeeded();
        await screenshot(dark, "feasibility-phone-dark");
        assert.deepEqual(await violations(dark), []);
        assertNoTroubles(dark);
        await dark.context().close();
    });

    test("and nothing went wrong in the browser", () => assertNoTroubles(page));
});
