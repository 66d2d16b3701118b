/* merge: a customer who is there twice: compared, chosen, made one, and found again by what was the other's. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    assertFits,
    assertNoTroubles,
    looks,
    openAccount,
    screenshot,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { beginSession, inOwnPage, page } from "./session.mjs";

const two = change(
    `SELECT c.id FROM customer AS c WHERE c.id > 40 AND c.kind = 'RESIDENTIAL' AND c.status = 'ACTIVE' AND c.partner_id IS NULL AND c.parent_id IS NULL
        AND c.open_order_count = 0 AND c.mobile_count > 0 AND NOT EXISTS (SELECT 1 FROM number_port AS p WHERE p.customer_id = c.id AND p.is_open)
     ORDER BY c.id LIMIT 2`,
).split("\n");
const [survivor, duplicate] = two.map(key => ({
    id: Buffer.from(`Customer:${key}`).toString("base64url"),
    key,
    ...Object.fromEntries(
        ["number", "display_name", "birth_date"].map(name => [
            name,
            change(`SELECT ${name} FROM customer WHERE id = ${key}`),
        ]),
    ),
}));

await beginSession();

const dialog = (of = page) => of.getByRole("dialog");
const row = (label, of = page) => dialog(of).getByRole("row", { name: new RegExp(`^${label}`) });

/** What can be done arrives behind the account: whoever is quicker presses again. */
async function openMerge(of = page) {
    const field = dialog(of).getByLabel("The other account of the same customer");
    for (let again = 0; again < 5 && !(await field.isVisible()); again++) {
        for (const key of ["a", "m"]) await of.keyboard.press(key);
        await field.waitFor({ timeout: 2000 }).catch(() => null);
    }
    await field.fill(duplicate.number);
    await dialog(of).getByRole("button", { name: duplicate.number }).click();
    await dialog(of).getByRole("heading", { name: "What moves" }).waitFor();
}

describe("merging", () => {
    test("both customers stand beside each other, with what moves and what becomes one", async () => {
        for (const look of looks)
            await inOwnPage(look, async own => {
                await openAccount(own, survivor.id, "customer");
                await openMerge(own);
                assert.match(
                    await row("Name", own).textContent(),
                    new RegExp(duplicate.display_name),
                );
                assert.match(await dialog(own).textContent(), /Products/);
                await assertFits(own, look.name);
                assert.deepEqual(await violations(own), []);
                await screenshot(own, `merge-${look.name}`);
            });
    });

    test("what is chosen counts, and the account has everything afterwards", async () => {
        await openAccount(page, survivor.id, "customer");
        await openMerge();
        await row("Date of birth").getByRole("radio").last().check();
        await dialog().getByRole("button", { name: "Merge", exact: true }).click();
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        assert.equal(
            change(`SELECT birth_date FROM customer WHERE id = ${survivor.key}`),
            duplicate.birth_date,
        );
        assert.equal(
            change(`SELECT merged_into_id FROM customer WHERE id = ${duplicate.key}`),
            survivor.key,
        );
    });

    test("a link to the duplicate leads to the survivor, with a line that says so", async () => {
        await page.goto(new URL(`/c/${duplicate.id}/customer`, page.url()).href);
        await page.waitForFunction(
            path => location.pathname === path,
            `/c/${survivor.id}/customer`,
        );
        await page.getByText(`Customer ${duplicate.number}`).first().waitFor();
        await screenshot(page, "merge-led");
        assertNoTroubles(page);
    });
});
