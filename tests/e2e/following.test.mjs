/* following: what is under way moves on the page by itself, while it is to be seen, and without disturbing whoever reads. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertNoTroubles, openAccount, screenshot, watchRequests } from "./browser.mjs";
import { change } from "./database.mjs";
import { beginSession, page, tabPanel } from "./session.mjs";

const key = change(
    `SELECT c.id FROM customer AS c JOIN billing_account AS a ON a.customer_id = c.id AND a.rating_type = 'POSTPAID'
        WHERE c.kind = 'RESIDENTIAL' AND c.status = 'ACTIVE' AND c.partner_id IS NULL AND c.open_order_count = 0
        AND c.mobile_count > 0 AND c.tv_count = 0 AND c.content_count = 0 AND c.birth_date < '1990-01-01' AND c.id > 100
        ORDER BY c.id LIMIT 1 OFFSET 3`,
);
const id = Buffer.from(`Customer:${key}`).toString("base64url");

await beginSession();

const orders = () => tabPanel("orders");
const dialog = () => page.getByRole("dialog");
const stateOf = number => change(`SELECT state FROM product_order WHERE number = '${number}'`);
const newest = () =>
    change(`SELECT number FROM product_order WHERE customer_id = ${key} ORDER BY id DESC LIMIT 1`);
const rowOf = number => orders().getByRole("row").filter({ hasText: number });

/** Orders by the form, and says the number. */
async function order(product) {
    await openAccount(page, id, "orders");
    await orders().getByRole("button", { name: "New order" }).click();
    await dialog().getByLabel("Product").selectOption({ label: product });
    await page.keyboard.press("Control+Enter");
    await dialog().getByRole("button", { name: "Order", exact: true }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    await rowOf(newest()).first().waitFor();
    return newest();
}

describe("following", () => {
    test("S1-12 S1-33 an order reaches its end on the page without anything being pressed", async () => {
        const number = await order("Film Pass");
        const sent = watchRequests(page);
        await rowOf(number).getByText("Done").first().waitFor({ timeout: 60_000 });
        assert.equal(stateOf(number), "COMPLETED");
        assert.equal(new Set(sent).size, 1, "nothing but the tab alone was asked for");
        assert.ok(sent.length <= 12, `${sent.length} requests`);
        await screenshot(page, "following-completed");
        const before = sent.length;
        await page.waitForTimeout(5000);
        assert.equal(sent.length, before, "and nothing more once nothing is under way");
        await page.getByRole("tab", { name: /^Subscriptions/ }).click();
        await tabPanel("subscriptions").getByText("Film Pass").first().waitFor();
        assertNoTroubles(page);
    });

    test("S1-12 where somebody reads stays where it is: what is open, what has the focus, and the place on the page", async () => {
        const number = await order("Music Pass");
        await rowOf(number).getByRole("button").first().focus();
        if ((await rowOf(number).locator(".toggle[aria-expanded=true]").count()) === 0)
            await page.keyboard.press("Enter");
        await page.evaluate(() => scrollTo(0, 120));
        const where = () =>
            page.evaluate(() => [scrollY, document.activeElement?.getAttribute("aria-expanded")]);
        const before = await where();
        await rowOf(number).getByText("Done").first().waitFor({ timeout: 60_000 });
        assert.deepEqual(await where(), before);
    });

    test("a hidden window asks for nothing, and asks again when it is looked at", async () => {
        const day = change("SELECT CURRENT_DATE + INTERVAL 20 DAY");
        await openAccount(page, id, "orders");
        await orders().getByRole("button", { name: "New order" }).click();
        await dialog().getByLabel("Product").selectOption({ label: "Sports Pass" });
        await dialog().getByLabel("Wanted for").fill(day);
        await page.keyboard.press("Control+Enter");
        await dialog().getByRole("button", { name: "Order", exact: true }).waitFor();
        await page.keyboard.press("Control+Enter");
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        const look = state =>
            page.evaluate(now => {
                Object.defineProperty(document, "visibilityState", {
                    value: now,
                    configurable: true,
                });
                document.dispatchEvent(new Event("visibilitychange"));
            }, state);
        await look("hidden");
        await page.waitForTimeout(500);
        const sent = watchRequests(page);
        await page.waitForTimeout(6000);
        assert.equal(sent.length, 0);
        await look("visible");
        await page.waitForTimeout(3500);
        assert.ok(sent.length >= 1 && sent.length <= 2, `${sent.length} requests`);
    });

    test("what does not move is asked for ever more seldom, and of an account as it was nothing is", async () => {
        await page.clock.install();
        await openAccount(page, id, "orders");
        const sent = watchRequests(page);
        for (let second = 0; second < 30; second++) {
            await page.clock.runFor(1000);
            await page.waitForTimeout(60);
        }
        const soon = sent.length;
        assert.ok(soon >= 3 && soon <= 6, `${soon} in half a minute`);
        for (let second = 0; second < 30; second++) {
            await page.clock.runFor(4000);
            await page.waitForTimeout(60);
        }
        assert.ok(sent.length - soon <= 4, `${sent.length - soon} in the two minutes after`);
        const then = new Date(Date.now() - 2000).toISOString().slice(0, 19);
        await openAccount(page, id, `orders?at=${then}Z`);
        const before = sent.length;
        await page.clock.runFor(30_000);
        assert.equal(sent.length, before);
    });
});
