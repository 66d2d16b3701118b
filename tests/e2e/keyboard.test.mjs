/* keyboard: a whole call without a mouse. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { accountIsRead, assertNoTroubles, openPage, violations } from "./browser.mjs";
import { address, signIn, someCustomers } from "./server.mjs";
import { agent, beginBrowser, browser } from "./session.mjs";

await beginBrowser();
let page;
let customer;
before(async () => {
    [customer] = await someCustomers(await signIn(agent), 1);
    page = await openPage(browser);
});

const selected = () => page.getByRole("tab", { selected: true }).getAttribute("id");
const focused = () => page.evaluate(() => document.activeElement?.id);

describe("with keys alone", () => {
    test("an agent signs in, finds a customer, walks the tabs and leaves", async () => {
        await page.goto(`${address}/sign-in`);
        await page.getByLabel("User name").waitFor();
        await page.keyboard.type(agent.username);
        await page.keyboard.press("Tab");
        await page.keyboard.type(agent.password);
        await page.keyboard.press("Enter");
        await page.getByRole("combobox").waitFor();

        await page.keyboard.type(customer.number);
        await page.keyboard.press("Enter");
        await accountIsRead(page);

        const tabs = await page.getByRole("tab").all();
        const ids = await Promise.all(tabs.map(tab => tab.getAttribute("id")));
        await page.keyboard.press("2");
        assert.equal(await selected(), ids[1]);
        await page.keyboard.press("3");
        assert.equal(await selected(), ids[2]);

        await tabs.at(-1).focus();
        await page.keyboard.press("ArrowRight");
        assert.deepEqual([await selected(), await focused()], [ids[0], ids[0]]);
        await page.keyboard.press("End");
        assert.equal(await selected(), ids.at(-1));
        await page.keyboard.press("Home");
        assert.equal(await selected(), ids[0]);
        assertNoTroubles(page);
    });

    test("the question mark lists the shortcuts, Escape returns to where one was", async () => {
        await page.getByRole("tab").first().focus();
        const before = await focused();
        await page.keyboard.press("?");
        await page.getByRole("dialog").waitFor();
        assert.deepEqual(await violations(page), []);
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "hidden" });
        assert.equal(await focused(), before);
    });

    test("every shortcut of a tab in that list opens its tab", async () => {
        const titles = await page.getByRole("tab").locator(".tab-title").allTextContents();
        await page.keyboard.press("?");
        for (const title of titles) {
            const row = page.locator(".shortcuts > div").filter({ hasText: `Open ${title}` });
            await row.locator("kbd").first().waitFor(); // the list is loaded when it is first wanted
            const keys = await row.locator("kbd").allTextContents();
            await page.keyboard.press("Escape");
            for (const key of keys) await page.keyboard.press(key);
            const current = page.getByRole("tab", { selected: true }).locator(".tab-title");
            assert.equal(await current.textContent(), title);
            await page.keyboard.press("?");
        }
        await page.getByRole("dialog").waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "hidden" });
    });

    test("single keys can be turned off", async () => {
        await page.getByRole("tab").first().click();
        const before = await selected();
        await page.keyboard.press("?");
        await page.getByLabel("Single keys are shortcuts").uncheck();
        await page.keyboard.press("Escape");
        await page.keyboard.press("2");
        assert.equal(await selected(), before);
        await page.keyboard.press("Control+k");
        assert.equal(
            await page.evaluate(() => document.activeElement.getAttribute("role")),
            "combobox",
        );
    });

    test("everything that can be pressed shows that it has the focus", async () => {
        await page.reload();
        await accountIsRead(page);
        const seen = new Set();
        for (let step = 0; step < 60; step++) {
            await page.keyboard.press("Tab");
            const found = await page.evaluate(() => {
                const { activeElement: element } = document;
                if (element === null || element === document.body) return null;
                const { outlineStyle, outlineWidth } = getComputedStyle(element);
                const after = getComputedStyle(element, "::after").outlineStyle;
                const shown =
                    (outlineStyle !== "none" && outlineWidth !== "0px") || after !== "none";
                return { name: element.outerHTML.slice(0, 120), shown };
            });
            if (found === null) break;
            assert.ok(found.shown, `no focus to be seen on ${found.name}`);
            seen.add(found.name);
        }
        assert.ok(seen.size >= 6, `${seen.size} stops`);
    });
});
