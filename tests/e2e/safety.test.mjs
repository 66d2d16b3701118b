/* safety: data that would like to be code, and the rules the browser is given. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { assertNoTroubles, openAccount, openPage } from "./browser.mjs";
import { address, sharedBeginning, someCustomers } from "./server.mjs";
import { beginSession, browser, client, page } from "./session.mjs";

const payloads = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    '"><form id=content action=//evil.example><input name=x>',
    "javascript:alert(1)",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
];
await beginSession();
let customer;
let shared;
before(async () => {
    [customer] = await someCustomers(client, 1);
    shared = await sharedBeginning(client);
});

/** Names, numbers, addresses and labels all turn into the payload; what the app steers by stays. */
function poisoned(value, payload, key = "") {
    const kept =
        /^(id|__typename|currency|minor|language|key|version|layout|icon|accountDocument|rights)$/;
    if (kept.test(key)) return value;
    if (Array.isArray(value)) return value.map(item => poisoned(item, payload, key));
    if (typeof value === "object" && value !== null)
        return Object.fromEntries(
            Object.entries(value).map(([name, item]) => [name, poisoned(item, payload, name)]),
        );
    return typeof value === "string" ? payload : value;
}

async function poison(payload) {
    await page.route("**/graphql", async route => {
        const response = await route.fetch();
        const body = await response.json();
        const type = route.request().postDataJSON().variables;
        const isLabels = "language" in type; // labels are found by type and value: only their words turn
        const data = isLabels
            ? {
                  ...body.data,
                  enumLabels: body.data.enumLabels.map(label => ({ ...label, label: payload })),
              }
            : poisoned(body.data, payload);
        await route.fulfill({ response, json: { ...body, data } });
    });
}

describe("C01 data that would like to be code stays text", () => {
    for (const payload of payloads)
        test(payload, async () => {
            await poison(payload);
            await openAccount(page, customer.id);
            for (const tab of await page.getByRole("tab").all()) await tab.click();
            const heading = await page.getByRole("heading", { level: 1 }).textContent();
            assert.equal(heading, payload);
            assert.equal(
                await page.locator("img, math, form, main script, [onerror], [onload]").count(),
                0,
            );
            for (const link of await page.locator("#content a").all())
                assert.match(await link.getAttribute("href"), /^(\/|tel:|mailto:)/);
            await page.getByRole("combobox", { name: "Find a customer" }).fill(shared);
            await page.getByRole("option").first().waitFor();
            await page.goto(`${address}/search?q=${encodeURIComponent(payload)}`);
            await page.getByRole("heading", { level: 1 }).waitFor();
            await page.unrouteAll({ behavior: "ignoreErrors" });
            assertNoTroubles(page);
        });
});

describe("the browser's own rules", () => {
    test("C04 C05 nothing inline, nothing from elsewhere, no markup from text", async () => {
        await page.goto(`${address}/search`);
        await page.getByRole("combobox").waitFor();
        const tried = await page.evaluate(async () => {
            const refused = attempt => {
                try {
                    attempt();
                    return false;
                } catch {
                    return true;
                }
            };
            // Later, as what is evaluated for a debugger may do what the page may not.
            await new Promise(resolve => setTimeout(resolve));
            const script = document.createElement("script");
            window.ran = false;
            return {
                markup: refused(() => {
                    document.createElement("div").innerHTML = "<b>x</b>";
                }),
                code: refused(() => {
                    // biome-ignore lint/security/noGlobalEval: this is what must not work
                    window.eval("1");
                }),
                script: refused(() => {
                    script.textContent = "window.ran = true";
                    document.head.append(script);
                }),
                ran: window.ran,
            };
        });
        assert.deepEqual([tried.markup, tried.code, tried.ran], [true, true, false]);
        page.troubles.length = 0; // the policy spoke up, as it should
    });

    test("C04 the page asks for nothing but its own files", async () => {
        const own = await openPage(browser);
        const origins = new Set();
        own.on("request", request => origins.add(new URL(request.url()).origin));
        await own.goto(`${address}/sign-in`);
        await own.getByLabel("User name").waitFor();
        assert.deepEqual([...origins], [new URL(address).origin]);
        assertNoTroubles(own);
        await own.context().close();
    });
});
