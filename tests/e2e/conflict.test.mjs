/* conflict: two browsers change the same thing: each form says member by member what was, what is and what is wanted. */

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import {
    assertFits,
    assertNoTroubles,
    looks,
    openAccount,
    openPage,
    screenshot,
    signInAs,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { agents, beginSession, browser, inOwnPage, page, tabPanel } from "./session.mjs";

const [key, number] = change(`SELECT c.id, p.service_identifier FROM customer AS c
    JOIN billing_account AS b ON b.customer_id = c.id AND b.rating_type = 'POSTPAID' AND b.currency = 'EUR'
    JOIN product AS p ON p.customer_id = c.id AND p.billing_account_id = b.id AND p.status = 'ACTIVE'
        AND p.service_identifier LIKE '+49%'
    JOIN geographic_address AS a ON a.customer_id = c.id
    WHERE c.id > 200 AND c.kind = 'RESIDENTIAL' AND c.mobile_count = 1
    GROUP BY c.id HAVING COUNT(DISTINCT a.id) > 1 AND COUNT(DISTINCT b.id) = 1 ORDER BY c.id LIMIT 1`).split(
    "\t",
);
const id = Buffer.from(`Customer:${key}`).toString("base64url");

await beginSession();
const second = await openPage(browser);
await signInAs(second, agents[0]);
after(() => second.context().close());

const dialog = of => of.getByRole("dialog");
const gone = of => of.locator("dialog[open]").waitFor({ state: "detached" });
const send = of => of.keyboard.press("Control+Enter");

const write = text => field => field.fill(text);
const choose = label => field => field.selectOption({ label });

/** Where a form is, the field that both write into, and what the one, the other and again the one make of it. */
const forms = [
    {
        name: "master data",
        tab: "customer",
        button: "Edit master data",
        label: "Family name",
        values: ["Annasohn", "Bensohn", "Carlsohn"].map(text => [text, write(text)]),
    },
    {
        name: "a way to reach them",
        tab: "customer",
        panel: "contact",
        button: /^Change: .*@/,
        label: "Number or address",
        values: ["anna@one.example", "ben@two.example", "carl@three.example"].map(text => [
            text,
            write(text),
        ]),
    },
    {
        name: "an address",
        tab: "customer",
        panel: "addresses",
        button: /^Change: /,
        label: "Street",
        values: ["Annaweg 1", "Benweg 2", "Carlweg 3"].map(text => [text, write(text)]),
    },
    {
        name: "a billing account",
        tab: "customer",
        panel: "billing-accounts",
        button: /^Change: /,
        label: "Pays by",
        values: ["Card", "Cash", "Voucher"].map(text => [text, choose(text)]),
    },
    {
        name: "a credit limit",
        tab: "mobile",
        button: /^Set credit limit/,
        label: "Limit",
        tried: true,
        values: ["11.00", "12.00", "13.00"].map(text => [`€${text}`, write(text)]),
    },
];

async function open(of, { tab, panel, button, label }) {
    await openAccount(of, id, tab);
    const within = tabPanel(tab, of);
    if (tab === "mobile")
        await within
            .locator("tr", { hasText: number.slice(-2) })
            .locator(".toggle")
            .first()
            .click();
    const place = panel === undefined ? within : within.locator(`[data-panel=${panel}]`);
    await place.getByRole("button", { name: button }).first().click();
    const field = dialog(of).getByLabel(label, { exact: true });
    await field.waitFor();
    return field;
}

/** Money is tried before it is done. */
async function sent(of, { tried }) {
    await send(of);
    if (tried) {
        await dialog(of).locator(".form-preview").waitFor();
        await send(of);
    }
    await gone(of);
}

describe("two who change the same", () => {
    for (const form of forms) {
        test(`S1-24 R2 lose no word: ${form.name}`, async () => {
            const [[hers, asShe], [his, asHe], [last, asLast]] = form.values;
            const [first, other] = [await open(page, form), await open(second, form)];
            await asShe(first);
            await sent(page, form);

            await asHe(other);
            await send(second);
            const conflict = dialog(second).locator(".form-conflict");
            await conflict.waitFor();
            const text = await conflict.textContent();
            assert.match(text, /changed it meanwhile/);
            assert.match(text, /Before: /);
            for (const value of [hers, his]) assert.ok(text.includes(value), `${value} in ${text}`);
            assert.deepEqual(await violations(second), []);
            await screenshot(second, `conflict-${form.name.replaceAll(" ", "-")}`);
            await conflict.getByRole("button", { name: "Keep mine" }).click();
            await sent(second, form);

            const [third, fourth] = [await open(page, form), await open(second, form)];
            await asLast(third);
            await sent(page, form);
            await asShe(fourth);
            await send(second);
            await conflict.getByRole("button", { name: "Take theirs" }).click();
            await conflict.waitFor({ state: "detached" });
            await second.keyboard.press("Escape");
            await gone(second);
            await open(second, form);
            const stands = dialog(second).getByLabel(form.label, { exact: true });
            const shown = await stands.evaluate(
                element => element.selectedOptions?.[0]?.label ?? element.value,
            );
            assert.ok(last.endsWith(shown), `${shown} is ${last}`);
            await second.keyboard.press("Escape");
            await gone(second);
            assertNoTroubles(second);
            assertNoTroubles(page);
        });
    }

    for (const look of looks) {
        test(`S1-24 a conflict fits and can be read: ${look.name}`, () =>
            inOwnPage({ size: look.size, scheme: look.scheme }, async own => {
                const [form] = forms;
                const [[, asShe], [, asHe]] = form.values;
                const [first, other] = [await open(page, form), await open(own, form)];
                const was = await first.inputValue();
                await first.fill(`${was.slice(0, 9)} ${look.name.replaceAll("-", " ")}`);
                await sent(page, form);
                await (was === "Annasohn" ? asHe : asShe)(other);
                await send(own);
                await dialog(own).locator(".form-conflict").waitFor();
                assert.deepEqual(await violations(own), []);
                await assertFits(own);
                await screenshot(own, `conflict-${look.name}`);
            }));
    }
});
