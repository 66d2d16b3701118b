/* orders: what an agent orders, what keeps them from it, and what they are told before they press. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    assertFits,
    looks,
    openAccount,
    openPage,
    screenshot,
    signInAs,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { agent, beginSession, browser, inOwnPage, page, tabPanel } from "./session.mjs";

const key = change(
    "SELECT c.id FROM customer AS c JOIN billing_account AS a ON a.customer_id = c.id AND a.rating_type = 'POSTPAID' WHERE c.kind = 'RESIDENTIAL' AND c.status = 'ACTIVE' AND c.partner_id IS NULL AND c.open_order_count = 0 AND c.mobile_count > 0 AND c.tv_count = 0 AND c.content_count = 0 AND c.birth_date < '1990-01-01' AND c.id > 100 ORDER BY c.id LIMIT 1",
);
const id = Buffer.from(`Customer:${key}`).toString("base64url");

await beginSession();

const dialog = () => page.getByRole("dialog");

async function orderForm(product, day) {
    await openAccount(page, id, "orders");
    await tabPanel("orders").getByRole("button", { name: "New order" }).click();
    await dialog().getByLabel("Product").selectOption({ label: product });
    if (day !== undefined) await dialog().getByLabel("Wanted for").fill(day);
    await page.keyboard.press("Control+Enter");
}

describe("orders", () => {
    test("S1-06 what is not feasible is not ordered, and the agent reads why", async () => {
        const before = change(`SELECT COUNT(*) FROM product_order WHERE customer_id = ${key}`);
        await orderForm("TV Start");
        const problem = dialog().locator(".problem:not(:empty)").first();
        await problem.waitFor();
        assert.ok((await problem.textContent()).length > 20);
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "orders-refused");
        await page.keyboard.press("Escape");
        await dialog().getByRole("button", { name: "Discard" }).click();
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        assert.equal(
            change(`SELECT COUNT(*) FROM product_order WHERE customer_id = ${key}`),
            before,
        );
    });

    test("S1-04 S1-12 an order under way is shown, and the buttons of its product say that it is about it", async () => {
        const day = change("SELECT CURRENT_DATE + INTERVAL 20 DAY");
        await orderForm("Film Pass", day);
        await dialog().getByRole("button", { name: "Order", exact: true }).waitFor();
        assert.match(
            await dialog().locator(".form-preview").textContent(),
            /Film Pass €\d+\.\d\d per month/,
        );
        await screenshot(page, "orders-preview");
        await page.keyboard.press("Control+Enter");
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        const number = change(
            `SELECT number FROM product_order WHERE customer_id = ${key} ORDER BY id DESC LIMIT 1`,
        );
        const row = tabPanel("orders").getByText(number, { exact: true }).first();
        await row.waitFor();
        await openAccount(page, id, "subscriptions");
        const panel = tabPanel("subscriptions");
        await panel.getByText("Film Pass").first().click();
        const why = panel.getByText(`Order ${number} is about it`).first();
        if (!(await why.isVisible()))
            await panel
                .getByRole("button", { name: /Film Pass/ })
                .first()
                .click();
        await why.waitFor();
        const button = panel.getByRole("button", { name: "Suspend: Film Pass" });
        assert.equal(await button.getAttribute("aria-disabled"), "true");
        await screenshot(page, "orders-product-busy");
        assert.deepEqual(await violations(page), []);
    });

    test("S1-24 R2 two who change the same order lose no word", () =>
        inOwnPage({}, async other => {
            const [hers, his] = [30, 40].map(days =>
                change(`SELECT CURRENT_DATE + INTERVAL ${days} DAY`),
            );
            const form = of => of.getByRole("dialog");
            const gone = of => of.locator("dialog[open]").waitFor({ state: "detached" });
            const opened = async of => {
                await openAccount(of, id, "orders");
                await tabPanel("orders", of)
                    .getByRole("button", { name: /^Change: / })
                    .first()
                    .click();
                await form(of).getByLabel("Wanted for").waitFor();
            };
            const tried = async of => {
                await of.keyboard.press("Control+Enter");
                await form(of).locator(".form-preview").waitFor();
                await of.keyboard.press("Control+Enter");
                await gone(of);
            };
            await opened(page);
            await opened(other);
            await form(page).getByLabel("Wanted for").fill(hers);
            await tried(page);

            await form(other).getByLabel("Wanted for").fill(his);
            await other.keyboard.press("Control+Enter");
            const conflict = form(other).locator(".form-conflict");
            await conflict.waitFor();
            assert.match(await conflict.textContent(), /changed it meanwhile/);
            assert.deepEqual(await violations(other), []);
            await screenshot(other, "orders-conflict");
            await conflict.getByRole("button", { name: "Keep mine" }).click();
            await tried(other);
            assert.equal(
                change(
                    `SELECT requested_date FROM product_order WHERE customer_id = ${key} ORDER BY id DESC LIMIT 1`,
                ),
                his,
            );
        }));

    for (const { name, size, scheme } of looks)
        test(`S1-04 reasons fit beside their buttons: ${name}`, async () => {
            const own = await openPage(browser, { size, scheme });
            await signInAs(own, agent);
            await openAccount(own, id, "orders");
            await tabPanel("orders", own).getByText("Film Pass").first().waitFor();
            await assertFits(own);
            await screenshot(own, `orders-${name}`);
            await own.close();
        });
});
