/* mobile: what is done to a mobile line from its tab, each with what would be before it is, and codes that are read once. */

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import {
    assertFits,
    assertNoTroubles,
    looks,
    openAccount,
    screenshot,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { usersOf } from "./server.mjs";
import { beginSession, inOwnPage, page, tabPanel } from "./session.mjs";

const globalId = key => Buffer.from(`Customer:${key}`).toString("base64url");

/** Customers with one line alone: what is pressed is that line's. */
const linesOf = rating =>
    change(`SELECT c.id, p.id, p.service_identifier, s.id FROM customer AS c
        JOIN product AS p ON p.customer_id = c.id AND p.status = 'ACTIVE' AND p.service_identifier LIKE '+49%'
        JOIN product_offering AS o ON o.id = p.offering_id AND o.category = 'MOBILE'
        JOIN billing_account AS b ON b.customer_id = c.id AND b.id = p.billing_account_id AND b.rating_type = '${rating}'
        JOIN sim_card AS s ON s.customer_id = c.id AND s.product_id = p.id AND s.in_use AND s.status = 'ACTIVE'
        WHERE c.mobile_count = 1 AND c.id > 100 AND c.partner_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM line_bar AS l WHERE l.product_id = p.id)
            AND NOT EXISTS (SELECT 1 FROM number_port AS n WHERE n.product_id = p.id AND n.is_open)
        GROUP BY c.id ORDER BY c.id DESC LIMIT 3`)
        .split("\n")
        .map(row => row.split("\t"))
        .map(([customer, product, number, sim]) => ({ customer, product, number, sim }));
const [admin] = usersOf("administrator");
const [line, other, third] = linesOf("POSTPAID");
const [prepaid] = linesOf("PREPAID");

await beginSession();
after(() => change("DELETE FROM secret_reveal"));

/** A port of the line that the other operator never answered. */
const holdPort = ({ customer, product }) =>
    change(`INSERT INTO number_port
            (customer_id, product_id, direction, number, other_operator, status, is_open, wanted_on, requested_at, changed_at, code)
        VALUES (${customer}, ${product}, 'IN', '+491590009872', 'Polarstern Mobil', 'HELD', TRUE, CURRENT_DATE + INTERVAL 9 DAY,
            NOW(6) - INTERVAL 2 DAY, NOW(6), 'NO_ANSWER')`);

const dialog = (of = page) => of.getByRole("dialog");
const gone = (of = page) => of.locator("dialog[open]").waitFor({ state: "detached" });

async function openLine({ customer }, of = page) {
    await openAccount(of, globalId(customer), "mobile");
    const toggle = tabPanel("mobile", of).locator(".toggle").first();
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
    await tabPanel("mobile", of)
        .getByRole("button", { name: /^New voicemail PIN/ })
        .waitFor();
}

async function begin(label, of = page) {
    await tabPanel("mobile", of)
        .locator(".act-button")
        .filter({ hasText: new RegExp(`^${label}$`) })
        .first()
        .click();
    await dialog(of).locator("[type=submit]:not([aria-disabled=true])").waitFor();
}

const press = (name, of = page) => dialog(of).getByRole("button", { name, exact: true }).click();
const field = (name, of = page) => dialog(of).getByLabel(name, { exact: false }).first();

async function previewed() {
    await press("Check");
    await dialog().locator(".form-preview").waitFor();
    return dialog().locator(".form-preview").textContent();
}

async function verifyIn(of = page) {
    await dialog(of)
        .getByText(/Verify first that the caller is the customer/)
        .waitFor();
    await press("Verify caller", of);
    await dialog(of)
        .getByLabel(/Answers only the customer knows/)
        .check();
    await press("Caller is the customer", of);
}

describe("a mobile line", () => {
    test("S1-23 gets another number, which is shown before it is done", async () => {
        await openLine(line);
        await begin("Change number");
        await field("New number").selectOption({ index: 1 });
        const preview = await previewed();
        assert.match(preview, /Number\+49/);
        await screenshot(page, "mobile-number");
        await press("Change number");
        await gone();
        const now = change(`SELECT service_identifier FROM product WHERE id = ${line.product}`);
        assert.notEqual(now, line.number);
        assert.ok(preview.replace(/\s/g, "").includes(now.slice(-4)), preview);
    });

    test("S1-23 is barred abroad, and unbarred", async () => {
        await openLine(line);
        await begin("Bar services");
        await dialog().getByLabel("Abroad").check();
        await field("Why").fill("Lost on a journey");
        assert.match(await previewed(), /BarredAbroad/);
        await press("Bar");
        await gone();
        const bars = () => change(`SELECT kind FROM line_bar WHERE product_id = ${line.product}`);
        assert.equal(bars(), "ROAMING");
        await openLine(line);
        await tabPanel("mobile").getByText("Lost on a journey").waitFor();
        await begin("Unbar services");
        await dialog().getByLabel("Abroad").check();
        await previewed();
        await press("Unbar");
        await gone();
        assert.equal(bars(), "");
    });

    test("S1-23 is barred for data and what costs extra, at once", async () => {
        await openLine(other);
        await begin("Bar services");
        for (const kind of ["Mobile data", "Premium services"])
            await dialog().getByLabel(kind, { exact: true }).check();
        await field("Why").fill("A child has the telephone");
        const preview = await previewed();
        assert.match(preview, /Mobile data/);
        assert.match(preview, /Premium services/);
        await screenshot(page, "mobile-bar");
        await press("Bar");
        await gone();
        assert.equal(
            change(
                `SELECT GROUP_CONCAT(kind ORDER BY kind) FROM line_bar WHERE product_id = ${other.product}`,
            ),
            "DATA,PREMIUM",
        );
    });

    const productState = ({ product }) =>
        change(`SELECT status FROM product WHERE id = ${product}`);

    test("S1-23 S1-34 is suspended and resumed, and the page follows by itself", async () => {
        await openLine(third);
        await begin("Suspend");
        assert.match(await previewed(), /Expected/);
        await press("Suspend");
        await gone();
        const status = tabPanel("mobile").locator("[data-label=Status]").first();
        await status.getByText("Suspended", { exact: true }).waitFor();
        assert.equal(productState(third), "SUSPENDED");
        await begin("Resume");
        await previewed();
        await press("Resume");
        await gone();
        await status.getByText("Active", { exact: true }).waitFor();
        assert.equal(productState(third), "ACTIVE");
    });

    test("S1-23 gets another plan, whose price is shown before it is ordered", async () => {
        const plan = () =>
            change(
                `SELECT o.name FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id WHERE p.id = ${third.product}`,
            );
        const before = plan();
        await openLine(third);
        await begin("Change plan");
        const plans = await field("New plan").locator("option").allTextContents();
        const other = plans.find(name => /^Mobile [A-Z] /.test(name) && name !== before);
        await field("New plan").selectOption({ label: other });
        assert.match(await previewed(), new RegExp(`${other}.*€\\d+\\.\\d\\d`));
        await press("Order it");
        await gone();
        await tabPanel("mobile").getByText(other).first().waitFor();
        await page.waitForFunction(
            name => !document.querySelector("#tabpanel-mobile")?.textContent.includes(name),
            before,
        );
        assert.equal(plan(), other);
    });

    test("S1-23 gets another SIM card once the caller is verified; what was typed is still there", async () => {
        const iccid = change("SELECT iccid FROM spare_sim ORDER BY id DESC LIMIT 1");
        await openLine(line);
        await begin("Exchange");
        await field("New card").fill(iccid);
        await dialog().getByLabel("Does not work").check();
        await press("Check");
        await verifyIn();
        await field("New card").waitFor();
        assert.equal(await field("New card").inputValue(), iccid);
        assert.match(await previewed(), new RegExp(iccid));
        await press("Exchange");
        await gone();
        assert.equal(
            change(`SELECT iccid FROM sim_card WHERE product_id = ${line.product} AND in_use`),
            iccid,
        );
    });

    test("S1-23 gets a new PIN of its voice mailbox by confirming where it goes", async () => {
        await openLine(other);
        await begin("New voicemail PIN");
        const text = await dialog().locator(".form-preview").textContent();
        assert.match(text.replace(/\s/g, ""), new RegExp(other.number.slice(-4)));
        assert.equal(await dialog().locator("input, select, textarea").count(), 0);
        await screenshot(page, "mobile-pin");
        await press("Send a new PIN");
        await gone();
        assert.equal(
            change(`SELECT COUNT(*) FROM voicemail_pin WHERE product_id = ${other.product}`),
            "1",
        );
    });

    test("S1-23 has a credit limit, or credit that is topped up", async () => {
        await openLine(other);
        await begin("Set credit limit");
        await field("Limit").fill("42");
        assert.match(await previewed(), /42\.00/);
        await press("Set");
        await gone();
        await openLine(prepaid);
        await begin("Top up");
        await field("Amount").fill("15.00");
        await dialog().getByLabel("Paid by").selectOption({ index: 1 });
        assert.match(await previewed(), /Credit/);
        await press("Top up");
        await gone();
    });

    test("S1-23 a number comes along from another operator, and is called off", async () => {
        await openLine(other);
        await begin("Bring a number");
        await field("Number").fill("+491590009871");
        await field("Operator").fill("Nordstern Mobil");
        const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
        await field("Day").fill(day);
        assert.match((await previewed()).replace(/\s/g, ""), /\+491590009871/);
        await press("Ask for it");
        await gone();
        await openLine(other);
        await tabPanel("mobile").getByText("Nordstern Mobil").waitFor();
        await tabPanel("mobile")
            .getByText(/asked .* to move /)
            .first()
            .waitFor();
        await begin("Call off");
        await field("Why").fill("Changed their mind");
        await press("Call off");
        await gone();
        await openLine(other);
        await tabPanel("mobile")
            .getByText(/asked .* called off /)
            .first()
            .waitFor();
    });

    test("S1-23 a number goes to another operator once the caller is verified, and is called off", async () => {
        await openLine(prepaid);
        await begin("Let the number go");
        await field("Operator").fill("Nordstern Mobil");
        const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
        await field("Day").fill(day);
        await press("Check");
        await verifyIn();
        await field("Operator").waitFor();
        assert.equal(await field("Operator").inputValue(), "Nordstern Mobil");
        assert.match((await previewed()).replace(/\s/g, ""), new RegExp(prepaid.number.slice(-4)));
        await press("Request");
        await gone();
        const port = () =>
            change(
                `SELECT direction, status FROM number_port WHERE product_id = ${prepaid.product} ORDER BY id DESC LIMIT 1`,
            );
        assert.match(port(), /^OUT\t(REQUESTED|CONFIRMED)$/);
        await openLine(prepaid);
        await begin("Call off");
        await field("Why").fill("Stays with us");
        await press("Call off");
        await gone();
        assert.equal(port(), "OUT\tCANCELLED");
    });

    test("S1-23 a number for which nobody answers waits for somebody, who writes down what was said", async () => {
        holdPort(line);
        await inOwnPage({ user: admin }, async own => {
            await openLine(line, own);
            const tab = tabPanel("mobile", own);
            await tab.getByText("Waits for somebody").waitFor();
            await tab.getByText("The other operator does not answer").waitFor();
            await screenshot(own, "mobile-port-held");
            await begin("What they said", own);
            await dialog(own).getByLabel("Agreed").check();
            await screenshot(own, "mobile-port-answer");
            await press("Write it down", own);
            await gone(own);
            await openLine(line, own);
            await tab.getByText(/asked .* agreed .* to move /).waitFor();
        });
        assert.equal(
            change(`SELECT status FROM number_port WHERE product_id = ${line.product} AND is_open`),
            "CONFIRMED",
        );
    });
});

describe("a PUK", () => {
    const puk = /^\d{8}$/;

    /** Whatever the browser keeps, and all that the page is made of. */
    const kept = of =>
        of.evaluate(async () => {
            const stores = [];
            for (const { name } of await indexedDB.databases()) {
                const open = indexedDB.open(name);
                const db = await new Promise(resolve => {
                    open.onsuccess = () => resolve(open.result);
                });
                for (const store of db.objectStoreNames) {
                    const all = db.transaction(store).objectStore(store).getAll();
                    await new Promise(resolve => {
                        all.onsuccess = resolve;
                    });
                    stores.push(name, store, all.result);
                }
                db.close();
            }
            const values = [...document.querySelectorAll("input, textarea")].map(
                ({ value }) => value,
            );
            return JSON.stringify([
                document.documentElement.outerHTML,
                values,
                { ...localStorage },
                { ...sessionStorage },
                stores,
                await caches.keys(),
                location.href,
                document.title,
            ]);
        });

    async function read(of) {
        await openLine(other, of);
        await begin("Read PUK", of);
        await field("Why", of).fill("Three wrong PINs");
        await press("Read it", of);
    }

    test("S1-27 is read for a verified caller, is seen once for a minute, and is nowhere afterwards", async () => {
        const cached = [];
        await read(page);
        await verifyIn();
        await field("Why").waitFor();
        assert.equal(await field("Why").inputValue(), "Three wrong PINs");
        page.on("response", response => cached.push(response.headers()["cache-control"]));
        await press("Read it");
        const secret = dialog().locator(".form-secret");
        await secret.waitFor();
        const value = await secret.textContent();
        assert.match(value, puk);
        assert.equal(await dialog().getByRole("button", { name: "Read it" }).count(), 0);
        assert.match(await dialog().getByRole("timer").textContent(), /Gone in (60|5\d) seconds/);
        assert.ok(cached.includes("no-store") && !cached.some(one => /max-age/.test(one ?? "")));
        assert.ok(!(await page.locator("[aria-live]").allTextContents()).join(" ").includes(value));
        await screenshot(page, "mobile-puk");
        await press("Hide now");
        await gone();
        assert.ok(!(await kept(page)).includes(value));
        await page.reload();
        await tabPanel("mobile").locator(".panel").first().waitFor();
        assert.ok(!(await kept(page)).includes(value));
        assertNoTroubles(page);
    });

    test("S1-27 is gone by itself when its time is over", async () => {
        change("UPDATE policy SET value = 3 WHERE name = 'reveal_seconds'");
        try {
            await read(page);
            const secret = dialog().locator(".form-secret");
            await secret.waitFor();
            const value = await secret.textContent();
            assert.match(value, puk);
            await gone();
            assert.ok(!(await kept(page)).includes(value));
        } finally {
            change("UPDATE policy SET value = 60 WHERE name = 'reveal_seconds'");
        }
    });
});

describe("in the dark and on a telephone", () => {
    for (const { name, ...look } of looks)
        test(`S1-23 S1-27 the tab and its forms fit and can be read: ${name}`, () =>
            inOwnPage(look, async own => {
                await openLine(line, own);
                await tabPanel("mobile", own)
                    .getByText(/Polarstern Mobil/)
                    .scrollIntoViewIfNeeded();
                await assertFits(own, "a number that moves");
                await screenshot(own, `mobile-port-${name}`);
                await openLine(other, own);
                await assertFits(own, "the tab");
                await screenshot(own, `mobile-tab-${name}`);
                await begin("New voicemail PIN", own);
                await assertFits(own, "the form");
                await screenshot(own, `mobile-pin-${name}`);
                await own.keyboard.press("Escape");
                await gone(own);
                change("DELETE FROM secret_reveal");
                await begin("Read PUK", own);
                await field("Why", own).fill("Three wrong PINs");
                await press("Read it", own);
                await own.locator(".form-secret, .form-first").first().waitFor();
                if ((await own.locator(".form-first").count()) > 0) {
                    await verifyIn(own);
                    await field("Why", own).waitFor();
                    await press("Read it", own);
                    await own.locator(".form-secret").waitFor();
                }
                await assertFits(own, "the code");
                await screenshot(own, `mobile-puk-${name}`);
                assert.deepEqual(await violations(own), []);
                await press("Hide now", own);
                await gone(own);
            }));
});
