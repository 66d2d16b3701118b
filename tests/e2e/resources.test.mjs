/* resources: what agents see of SIM cards, devices, mailboxes and cards, and how they find by them. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
    accountIsRead,
    assertFits,
    assertNoTroubles,
    looks,
    screenshot,
    violations,
} from "./browser.mjs";
import { address, found } from "./server.mjs";
import { beginSession, client, inOwnPage, openFound, page, tabPanel } from "./session.mjs";

const card = "8999901000000020003"; // the first SIM card of Katharina Berger, customer 2
await beginSession();
let customer;
before(async () => {
    [customer] = await found(client, "katharina.berger.2@");
});

const panel = (tab, title, on = page) =>
    tabPanel(tab, on)
        .locator(".panel")
        .filter({ has: on.getByRole("heading", { name: title, exact: true }) });

describe("SIM cards", () => {
    test("S1-27 their numbers are shown, their codes are locked and say why", async () => {
        await openFound("katharina.berger.2@", "customer");
        const cards = panel("customer", "SIM cards");
        const text = await cards.textContent();
        assert.match(
            text,
            /PUKs are sealed: to read one takes a right, a verified caller and a reason/,
        );
        assert.match(text, /A PIN is stored nowhere/);
        const codes = await cards.locator("tbody [data-label=PUK]").allTextContents();
        assert.ok(codes.length > 4, `${codes.length} cards`);
        for (const code of codes) assert.match(code, /^•{8} LockedPUK2 •{8} Locked$/);
        assert.match(text, new RegExp(card));
        await cards.scrollIntoViewIfNeeded();
        await screenshot(page, "sim-cards");
    });

    test("S1-27 one that was stolen stands among those of before", async () => {
        await openFound("katharina.berger.2@", "customer");
        const cards = panel("customer", "SIM cards");
        const before = cards.locator("tbody").filter({ hasText: "Before" });
        assert.match(await before.textContent(), /Blockeduntil 2\d/);
        assert.ok((await before.locator(".quiet-row").count()) >= 1);
    });

    test("many are read page by page", async () => {
        await openFound("hafenlicht", "customer");
        const cards = panel("customer", "SIM cards");
        const rows = cards.locator("tbody tr:not(.group-row)");
        assert.equal(await rows.count(), 10);
        await cards.locator(".panel-more button").click();
        await rows.nth(19).waitFor();
        assert.equal(await rows.count(), 20);
    });
});

describe("mailboxes, cards and devices", () => {
    test("S1-28 a mailbox has an address and a state, and nothing that opens it", async () => {
        await openFound("martin.kowalczyk.4@", "customer");
        const boxes = panel("customer", "Mailboxes");
        const text = await boxes.textContent();
        assert.match(text, /@post\.example/);
        assert.match(text, /Nobody can read what opens them; the customer chooses it by a link/);
        assert.doesNotMatch(text.replaceAll("Send link for a new password", ""), /password/i);
    });

    test("S4-17 of a card only its ending is there", async () => {
        await openFound("katharina.berger.2@", "customer");
        const text = await panel("customer", "Cards, tags and logins").textContent();
        assert.match(text, /Card … ?0002/);
        assert.doesNotMatch(await page.content(), /9999000000020002/);
    });

    test("S4-38 devices say what they are, whose, and how long their warranty lasts", async () => {
        await openFound("katharina.berger.2@", "subscriptions");
        const devices = panel("subscriptions", "Devices");
        const text = await devices.textContent();
        for (const words of [/TV Box 4K/, /Set|TV box/, /Operator/, /Customer/, /Warranty until/])
            assert.match(text, words);
        assert.match(text, /exchanged while rented/);
        await devices.scrollIntoViewIfNeeded();
        await screenshot(page, "devices");
    });
});

describe("found by", () => {
    test("S1-15 the number of a SIM card in the one box, in groups", async () => {
        await page.goto(address);
        await page.getByRole("combobox").fill(card.replace(/(.{4})/g, "$1 "));
        await page.locator(".hit").filter({ hasText: "Katharina Berger" }).waitFor();
        assert.equal(await page.locator(".hit").count(), 1);
        await page.keyboard.press("Enter");
        await accountIsRead(page);
        assert.equal(
            await page.getByRole("heading", { level: 1 }).textContent(),
            "Katharina Berger",
        );
    });

    for (const [row, field, value] of [
        ["S1-15", "SIM_CARD", "999990000002000"],
        ["S4-19", "DEVICE_SERIAL", "bw4k-0000002002"],
        ["S4-17", "TOKEN_VALUE", "9999 0000 0002 0002"],
    ])
        test(`${row} ${field} among all that is known`, async () => {
            await page.goto(`${address}/find/advanced`);
            await page.locator(`#find-${field}`).fill(value);
            await page.locator(`#find-${field}`).press("Enter");
            await page.locator(".hit-row").filter({ hasText: customer.number }).waitFor();
            assert.equal(await page.locator(".hit-row").count(), 1);
            await screenshot(page, `find-by-${field.toLowerCase()}`);
        });

    test("S4-17 a part of a card's number finds nobody", async () => {
        await page.goto(`${address}/find/advanced`);
        await page.locator("#find-TOKEN_VALUE").fill("99990000");
        await page.locator("#find-TOKEN_VALUE").press("Enter");
        await page.locator(".notice-title").getByText("No customer is like that.").waitFor();
        assertNoTroubles(page);
    });
});

describe("in the dark and on a telephone", () => {
    for (const { name, ...look } of looks)
        test(`cards and devices fit and can be read: ${name}`, () =>
            inOwnPage(look, async own => {
                for (const [tab, title] of [
                    ["customer", "SIM cards"],
                    ["subscriptions", "Devices"],
                ]) {
                    await openFound("katharina.berger.2@", tab, own);
                    await panel(tab, title, own).scrollIntoViewIfNeeded();
                    await assertFits(own, tab);
                    await screenshot(own, `resources-${tab}-${name}`);
                    // Not while the bar of the tabs covers half of a button.
                    await own.evaluate(() => scrollTo(0, 0));
                    assert.deepEqual(await violations(own), []);
                }
            }));
});
