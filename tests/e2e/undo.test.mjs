/* undo: what was done is taken back at once, by a button or a key, or later from what has changed since the last contact. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
    accountIsRead,
    assertFits,
    assertNoTroubles,
    looks,
    openAccount,
    screenshot,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { usersOf } from "./server.mjs";
import { agent, beginSession, inOwnPage, page, tabPanel } from "./session.mjs";

const key = change(
    `SELECT c.id FROM customer AS c WHERE c.kind = 'RESIDENTIAL' AND c.status = 'ACTIVE' AND c.tv_count > 0 AND c.partner_id IS NULL
        AND EXISTS (SELECT 1 FROM party_interaction AS i WHERE i.customer_id = c.id) ORDER BY c.id DESC LIMIT 1 OFFSET 7`,
);
const id = Buffer.from(`Customer:${key}`).toString("base64url");
const nameNow = () => change(`SELECT given_name FROM customer WHERE id = ${key}`);
const name = nameNow();

await beginSession();

const dialog = (of = page) => of.getByRole("dialog");
const offer = (of = page) => of.getByRole("region", { name: "Undo" });
const overview = (of = page) => tabPanel("overview", of);
const changes = (of = page) => overview(of).locator('[data-panel="changed"] li, .kind-list li');

async function rename(to, of = page) {
    await openAccount(of, id, "customer");
    await of.getByRole("button", { name: "Edit master data" }).click();
    await dialog(of).getByLabel("Given name").fill(to);
    await of.keyboard.press("Control+Enter");
    await of.locator("dialog[open]").waitFor({ state: "detached" });
    await offer(of).waitFor();
    assert.equal(nameNow(), to);
}

async function isAsBefore(of = page) {
    await offer(of).waitFor({ state: "detached" });
    await of.getByText("It is as it was before.").waitFor({ state: "attached" });
    assert.equal(nameNow(), name);
}

/** The list of what has changed, asked for. */
async function showChanges(of = page) {
    await openAccount(of, id, "overview");
    await overview(of).getByRole("button", { name: "Show what has changed" }).click();
}

describe("undo", () => {
    test("S1-24 what was changed just now is taken back with a button", async () => {
        await rename("Versehentlich");
        await offer().getByRole("button", { name: "Undo" }).focus(); // it stays for as long as that
        assert.match(await offer().textContent(), /Undo/);
        assert.deepEqual(await violations(page), []);
        await offer().getByRole("button", { name: "Undo" }).click();
        await isAsBefore();
        await accountIsRead(page);
        assert.match(await page.getByRole("complementary").textContent(), new RegExp(name));
        assertNoTroubles(page);
    });

    test("S1-24 or with the key u, as long as it is offered", async () => {
        await rename("Nochmals");
        await page.keyboard.press("u");
        await isAsBefore();
        await page.keyboard.press("u");
        assert.equal(nameNow(), name, "afterwards the key does nothing");
    });

    test("S1-24 S1-04 an address that is in use cannot be removed, and it says why; one that was removed comes back", async () => {
        change(`INSERT INTO geographic_address (customer_id, role, street, postcode, city, country)
            SELECT ${key}, 'BILLING', 'Abseits 7', '24103', 'Kiel', 'DE' FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM geographic_address WHERE customer_id = ${key} AND street = 'Abseits 7')`);
        const there = () =>
            change(
                `SELECT COUNT(*) FROM geographic_address WHERE customer_id = ${key} AND street = 'Abseits 7'`,
            );
        await openAccount(page, id, "customer");
        const customer = tabPanel("customer", page);
        const remove = customer.locator('[data-panel="addresses"]').getByRole("button", {
            name: /^Remove/,
        });
        assert.equal(await remove.first().getAttribute("aria-disabled"), "true");
        await customer.getByText("Bills go there: have them go elsewhere first.").first().waitFor();
        await screenshot(page, "address-in-use");
        assert.deepEqual(await violations(page), []);
        await remove.last().click();
        await dialog().getByRole("button", { name: "Remove", exact: true }).click();
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        await offer().waitFor();
        assert.equal(there(), "0");
        await offer().getByRole("button", { name: "Undo" }).click();
        await page.getByText("It is as it was before.").waitFor({ state: "attached" });
        assert.equal(there(), "1");
        assertNoTroubles(page);
    });

    test("the offer goes after ten seconds, but not while it is in hand", async () => {
        await inOwnPage({}, async own => {
            await own.clock.install();
            await rename("Bleibt", own);
            await offer(own).getByRole("button", { name: "Undo" }).focus();
            await own.clock.runFor(15_000);
            assert.equal(await offer(own).count(), 1, "who is at it has the time they need");
            await own.locator("h1, h2").first().click();
            await own.evaluate(() => document.activeElement?.blur());
            await own.clock.runFor(11_000);
            await offer(own).waitFor({ state: "detached" });
        });
        assert.equal(nameNow(), "Bleibt");
    });

    test("S1-07 several changes of one thing are one line, from the first value to the last, with each of them behind it", async () => {
        const who = change(
            `SELECT display_name FROM user_account WHERE login = '${agent.username}'`,
        );
        await showChanges();
        const row = changes().filter({ hasText: "→ Bleibt" }).first();
        await row.waitFor();
        assert.match(await row.textContent(), new RegExp(`Given name: ${name} → Bleibt`));
        const folded = row.locator("summary");
        const count = Number(/^(\d+) changes$/.exec(await folded.textContent())[1]);
        const single = row.locator(".unfolds li");
        assert.equal(await single.count(), count);
        assert.ok(count >= 5, "twice to and fro, and once more");
        assert.equal(await single.first().isVisible(), false);
        await folded.focus();
        await page.keyboard.press("Enter");
        await single.first().waitFor();
        const words = await single.first().textContent();
        assert.match(words, /\d{4}, \d\d:\d\d/, "when");
        assert.ok(words.includes(who), words);
        assert.ok(words.includes(`${name} → Bleibt`), words);
        await assertFits(page);
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "changes-unfolded");
    });

    test("S1-07 later it is taken back from what has changed since the last contact", async () => {
        await showChanges();
        const row = changes().filter({ hasText: "Bleibt" }).first();
        await row.locator("summary").click();
        const single = row.locator(".unfolds li").filter({ hasText: "→ Bleibt" }).first();
        await single.getByRole("button", { name: /^Undo/ }).click();
        await dialog().getByRole("button", { name: "Take it back" }).click();
        await page.locator("dialog[open]").waitFor({ state: "detached" });
        await changes().filter({ hasText: "Taken back" }).first().waitFor();
        assert.equal(nameNow(), name);
        assertNoTroubles(page);
    });

    test("what somebody else has changed since is not taken back, and it is said who it was", async () => {
        await rename("Zuerst");
        change(
            `UPDATE customer SET given_name = 'Danach', display_name = CONCAT('Danach ', family_name), version = version + 1 WHERE id = ${key}`,
        );
        await page.keyboard.press("u");
        await offer().getByRole("alert").waitFor();
        assert.match(await offer().textContent(), /has changed the same since/);
        await offer().getByRole("button", { name: "Close" }).click();
        await offer().waitFor({ state: "detached" });
        change(
            `UPDATE customer SET given_name = '${name}', display_name = CONCAT('${name} ', family_name), version = version + 1 WHERE id = ${key}`,
        );
    });

    test("whoever may not take back is offered nothing", async () => {
        const [basic] = usersOf("agent").filter(({ username }) => username === "agent.basic");
        if (basic === undefined) return;
        await inOwnPage({ user: basic }, async own => {
            await openAccount(own, id, "overview");
            assert.equal(await own.getByRole("button", { name: /^Undo/ }).count(), 0);
        });
    });
});

describe("since you last spoke", () => {
    test("S1-07 where nothing has changed it is said plainly", async () => {
        const quiet = change(
            `SELECT c.id FROM customer AS c WHERE c.id < ${key} AND c.partner_id IS NULL
                AND EXISTS (SELECT 1 FROM party_interaction AS i WHERE i.customer_id = c.id)
                AND NOT EXISTS (SELECT 1 FROM audit_record AS a WHERE a.customer_id = c.id) ORDER BY c.id DESC LIMIT 1 OFFSET 31`,
        );
        await openAccount(page, Buffer.from(`Customer:${quiet}`).toString("base64url"), "overview");
        await overview().getByRole("button", { name: "Show what has changed" }).click();
        await overview().getByText("Nothing has changed since.").waitFor();
        assert.match(await overview().textContent(), /Since you last spoke/);
        assertNoTroubles(page);
    });

    for (const { name: look, ...options } of looks)
        test(`S1-07 it fits and reads well: ${look}`, async () => {
            await inOwnPage(options, async own => {
                await rename(`Bild ${look}`, own);
                await assertFits(own, "the offer");
                await screenshot(own, `undo-offer-${look}`);
                await own.keyboard.press("u");
                await isAsBefore(own);
                await showChanges(own);
                await changes(own).first().waitFor();
                await assertFits(own, "what has changed");
                assert.deepEqual(await violations(own), []);
                await overview(own).locator(".kind-ask").scrollIntoViewIfNeeded();
                await screenshot(own, `undo-changes-${look}`);
            });
        });
});
