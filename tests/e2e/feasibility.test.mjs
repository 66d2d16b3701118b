/* feasibility: what can be sold to a customer is seen before anything is ordered, with reasons and what would help. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    assertFits,
    assertNoTroubles,
    screenshot,
    sizes,
    violations,
    watchRequests,
} from "./browser.mjs";
import { documentId } from "./server.mjs";
import { beginSession, inOwnPage, openFound, page, tabPanel } from "./session.mjs";

await beginSession();

const offers = (key, on = page) => tabPanel(key, on).locator('[data-panel="offers"]');
const rowOf = (key, name) => offers(key).getByRole("row").filter({ hasText: name }).first();

async function check(search, tab) {
    await openFound(search, tab);
    await offers(tab).getByRole("button", { name: "Check what is feasible" }).click();
    await offers(tab).getByRole("table").waitFor();
}

describe("what can be sold here", () => {
    test("S1-06 is asked when somebody wants to know it, in one request", async () => {
        await openFound("mila sommer", "subscriptions");
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
        await inOwnPage({ size: sizes.phone, scheme: "dark" }, async dark => {
            await openFound("mila sommer", "subscriptions", dark);
            const panel = offers("subscriptions", dark);
            await panel.getByRole("button", { name: "Check what is feasible" }).click();
            await panel.getByText("from the age of 18").first().waitFor();
            await assertFits(dark);
            await panel.scrollIntoViewIfNeeded();
            await screenshot(dark, "feasibility-phone-dark");
            assert.deepEqual(await violations(dark), []);
        });
    });

    test("and nothing went wrong in the browser", () => assertNoTroubles(page));
});
