/* from-any-tab: tickets, orders and messages begin wherever an agent is, with the customer and the row filled in. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertNoTroubles, openAccount, violations } from "./browser.mjs";
import { found } from "./server.mjs";
import { beginSession, byKeys, client, page, tabPanel } from "./session.mjs";

await beginSession();
const [customer] = await found(client, "katharina.berger.2@example.org");

const dialog = () => page.getByRole("dialog");
const gone = () => page.locator("dialog[open]").waitFor({ state: "detached" });

/** What is opened by which keys from anywhere, by which button of a row, and the fields that the row fills. */
const forms = [
    { keys: ["a", "t"], title: "New ticket", first: "What it is about", filled: [] },
    { keys: ["a", "o"], title: "New order", first: "Product", filled: ["Part of"] },
    { keys: ["a", "w"], title: "Write", first: "Message", filled: ["Subject"] },
];

async function tabKeys() {
    await openAccount(page, customer.id);
    const tabs = await page.getByRole("tab").all();
    return Promise.all(tabs.map(async tab => (await tab.getAttribute("id")).replace("tab-", "")));
}

async function leave() {
    await page.keyboard.press("Escape");
    const discard = page.locator(".form-leaving").getByRole("button", { name: "Discard" });
    if (await discard.count()) await discard.click();
    await gone();
}

/** The lists whose rows offer something, each with its first row open. */
async function openRows(tab) {
    await openAccount(page, customer.id, tab);
    const panels = await tabPanel(tab).locator(".panel").all();
    for (const panel of panels) {
        const toggle = panel.locator(".toggle[aria-expanded=false]").first();
        if (await toggle.count()) await toggle.click();
    }
}

const tabs = await tabKeys();

describe("from any tab", () => {
    for (const tab of tabs)
        test(`S1-08 by keys: ${tab}`, async () => {
            await openAccount(page, customer.id, tab);
            for (const { keys, title, first } of forms) {
                await byKeys(keys, dialog().getByLabel(first).first());
                assert.match(
                    await dialog().getByRole("heading").first().textContent(),
                    new RegExp(title),
                );
                await leave();
            }
            await byKeys(["a", "a"], dialog().locator(".acts-menu"));
            for (const { title } of forms)
                await dialog().getByRole("button", { name: title }).waitFor();
            await page.keyboard.press("Escape");
            await gone();
            assertNoTroubles(page);
        });

    for (const tab of tabs)
        test(`S1-08 from a row, by mouse and by keyboard: ${tab}`, async () => {
            await openRows(tab);
            const rows = tabPanel(tab).locator(".detail-row");
            const isOfThings = !["overview", "customer", "usage"].includes(tab);
            assert.equal((await rows.count()) > 0 || !isOfThings, true, "a row is open");
            let offered = 0;
            for (const { title, first, filled } of forms) {
                const button = rows.getByRole("button", { name: `${title}: ` }).first();
                if ((await button.count()) === 0) continue;
                offered++;
                const name = (await button.getAttribute("aria-label")).slice(title.length + 2);
                for (const press of [
                    () => button.click(),
                    () => button.focus().then(() => page.keyboard.press("Enter")),
                ]) {
                    await press();
                    await dialog().getByLabel(first).first().waitFor();
                    const heading = await dialog().getByRole("heading").first().textContent();
                    assert.ok(heading.includes(name), `${heading} says ${name}`);
                    for (const label of filled) {
                        const field = dialog().getByLabel(label).first();
                        assert.notEqual(await field.inputValue(), "", `${label} of ${tab}`);
                    }
                    await leave();
                }
            }
            assert.equal(offered > 0 || !isOfThings, true, "its rows offer something");
            assert.deepEqual(await violations(page), []);
            assertNoTroubles(page);
        });
});
