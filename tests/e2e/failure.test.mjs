/* failure: what an agent reads when something does not answer, and how it goes on. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { accountIsRead, assertNoTroubles, openAccount, violations } from "./browser.mjs";
import { address, someCustomers } from "./server.mjs";
import { agent, beginSession, byKeys, client, page } from "./session.mjs";

await beginSession();
let customer;
before(async () => {
    [customer] = await someCustomers(client, 1);
});

const answer =
    (status, code, headers = {}) =>
    route =>
        route.fulfill({
            status,
            headers,
            json: { errors: [{ message: "as the test wants it", extensions: { code } }] },
        });

describe("when the server", () => {
    test("C24 cannot be reached, what was read stays and is read again when it can", async () => {
        await openAccount(page, customer.id);
        await page.route("**/graphql", route => route.abort());
        await page.keyboard.press("r");
        await page.getByText("The server cannot be reached.").waitFor();
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), customer.name);
        assert.ok((await page.locator("[role=tabpanel]:not([hidden]) .panel").count()) > 0);
        assert.deepEqual(await violations(page), []);
        await page.unrouteAll({ behavior: "ignoreErrors" });
        await page.getByRole("button", { name: "Try again" }).click();
        await page.getByText("The server cannot be reached.").waitFor({ state: "detached" });
        await accountIsRead(page);
    });

    test("C24 says when to come back, the app comes back by itself", async () => {
        let asked = 0;
        await page.route("**/graphql", route => {
            asked++;
            return asked === 1
                ? answer(503, "UNAVAILABLE", { "retry-after": "1" })(route)
                : route.continue();
        });
        await page.keyboard.press("r");
        await page.getByText("The server is not ready to answer right now.").waitFor();
        await page
            .getByText("The server is not ready")
            .waitFor({ state: "detached", timeout: 5000 });
        assert.equal(asked, 2);
        await page.unrouteAll({ behavior: "ignoreErrors" });
    });

    test("C23 no longer knows this version of the app, it is said and can be reloaded", async () => {
        await page.route("**/graphql", answer(400, "PERSISTED_DOCUMENT_NOT_FOUND"));
        await page.keyboard.press("r");
        await page.getByText("A newer version of the app is here.").waitFor();
        await page.unrouteAll({ behavior: "ignoreErrors" });
        await page.getByRole("button", { name: "Reload" }).click();
        await accountIsRead(page);
    });

    test("made a mistake, its words are shown in small print", async () => {
        await page.route("**/graphql", answer(500, "INTERNAL"));
        await page.keyboard.press("r");
        await page.getByText("The server said: as the test wants it").waitFor();
        await page.unrouteAll({ behavior: "ignoreErrors" });
        await page.getByRole("button", { name: "Try again" }).click();
        await accountIsRead(page);
    });

    test("refuses a token, it is renewed without anybody noticing", async () => {
        let refused = 0;
        await page.route("**/graphql", route => {
            if (refused > 0) return route.continue();
            refused++;
            return answer(401, "UNAUTHENTICATED")(route);
        });
        await page.keyboard.press("r");
        await accountIsRead(page);
        assert.equal(refused, 1);
        assert.equal(await page.getByRole("alert").count(), 0);
        await page.unrouteAll({ behavior: "ignoreErrors" });
    });

    test("C03 refuses a token and the session has ended, signing in goes on where one was", async () => {
        const url = page.url();
        await page.route("**/graphql", answer(401, "UNAUTHENTICATED"));
        await page.route("**/auth/refresh", answer(401, "UNAUTHENTICATED"));
        // What the renewal before it read may still be on its way, and then it is not read again.
        await byKeys(["r"], page.getByText("Your session has ended."));
        assert.equal(page.url(), url);
        assert.equal(
            await page.getByText(customer.name).count(),
            0,
            "nothing of the customer is left",
        );
        await page.unrouteAll({ behavior: "ignoreErrors" });
        await page.getByLabel("User name").fill(agent.username);
        await page.getByLabel("Password", { exact: true }).fill(agent.password);
        await page.keyboard.press("Enter");
        await accountIsRead(page);
        assert.equal(page.url(), url);
    });

    test("cannot answer when the app starts, it says so and starts when it can", async () => {
        await page.route("**/auth/refresh", answer(503, "UNAVAILABLE", { "retry-after": "1" }));
        await page.goto(`${address}/search`);
        await page.getByText("The server is not ready to answer right now.").waitFor();
        await page.unrouteAll({ behavior: "ignoreErrors" });
        await page.getByRole("combobox").waitFor({ timeout: 10_000 });
        assertNoTroubles(page);
    });
});

describe("when one tab", () => {
    test("is described wrongly, it says where and the others work", async () => {
        await page.route("**/graphql", async route => {
            const response = await route.fetch();
            const body = await response.json();
            const tab = body.data?.viewer?.tabs.at(-1);
            if (tab)
                tab.layout.panels = [
                    { id: "x", kind: "hologram" },
                    { id: "y", kind: "text", text: "Still here" },
                ];
            await route.fulfill({ response, json: body });
        });
        await openAccount(page, customer.id);
        await page.getByRole("tab").last().click();
        await page.getByText("This part cannot be shown.").waitFor();
        await page.getByText("kind must be one of").waitFor();
        await page.getByText("Still here").waitFor();
        await page.getByRole("tab").first().click();
        await page.locator("[role=tabpanel]:not([hidden]) .panel").first().waitFor();
        await page.unrouteAll({ behavior: "ignoreErrors" });
        assertNoTroubles(page);
    });
});
