/* reset: the page a link leads to: a new password is chosen once, and neither the link nor the password stays anywhere. */

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import {
    assertFits,
    assertNoTroubles,
    looks,
    openPage,
    screenshot,
    violations,
} from "./browser.mjs";
import { change } from "./database.mjs";
import { address } from "./server.mjs";
import { beginBrowser, browser } from "./session.mjs";

await beginBrowser();

const [login, customer, mailbox] = change(
    "SELECT id, customer_id, address FROM email_login WHERE status = 'ACTIVE' ORDER BY id DESC LIMIT 1",
).split("\t");
const password = "vier Wörter geben ein gutes";

/** As the message has it; the database knows its hash. */
function newLink(minutes = 60) {
    const token = randomBytes(32).toString("base64url");
    const hash = createHash("sha256").update(token).digest("hex");
    change(
        `INSERT INTO password_reset (customer_id, email_login_id, token_hash, requested_at, expires_at) VALUES (${customer}, ${login}, '${hash}', NOW(6), NOW(6) + INTERVAL ${minutes} MINUTE)`,
    );
    return token;
}

async function open(token, options = {}) {
    const page = await openPage(browser, options);
    await page.goto(`${address}/reset#${token}`);
    await page.getByRole("heading").waitFor();
    return page;
}

const close = page => page.context().close();

/** What a page keeps beyond itself. */
const kept = page =>
    page.evaluate(async () =>
        JSON.stringify([
            location.href,
            document.documentElement.outerHTML,
            { ...localStorage },
            { ...sessionStorage },
            await indexedDB.databases(),
            await caches.keys(),
            document.cookie,
        ]),
    );

describe("a link", () => {
    test("S1-28 opens a page that says which mailbox in part, and keeps the link nowhere", async () => {
        const token = newLink();
        const page = await open(token);
        await page.getByLabel("New password").waitFor();
        const text = await page.textContent("main");
        assert.match(text, /for the mailbox .*•••/);
        assert.match(text, /At least 12 characters/);
        assert.ok(!text.includes(mailbox));
        assert.equal(new URL(page.url()).hash, "");
        assert.ok(!(await kept(page)).includes(token));
        assertNoTroubles(page);
        await close(page);
    });

    test("S1-28 takes a password that is good enough, twice the same, once", async () => {
        const token = newLink();
        const page = await open(token);
        const first = page.getByLabel("New password");
        const again = page.getByLabel("Once more");
        const choose = () => page.getByRole("button", { name: "Choose this password" }).click();
        const refused = words => page.getByRole("alert").getByText(words).waitFor();
        await first.fill("short");
        await choose();
        await refused("7 more characters are needed");
        await first.fill(mailbox.split("@")[0].padEnd(16, "x1!?y"));
        await again.fill(mailbox.split("@")[0].padEnd(16, "x1!?y"));
        await choose();
        await refused("guessed too easily");
        await first.fill(password);
        await choose();
        await refused("not the same");
        assert.equal(await again.getAttribute("aria-invalid"), "true");
        await again.fill(password);
        await choose();
        await page.getByRole("heading", { name: "Your new password is set" }).waitFor();
        assert.equal(await page.locator("input").count(), 0);
        const rest = await kept(page);
        assert.ok(!rest.includes(password) && !rest.includes(token));
        assert.match(
            change(`SELECT hash FROM email_password WHERE email_login_id = ${login}`),
            /^\$argon2id\$/,
        );
        assertNoTroubles(page);
        await close(page);
        const second = await open(token);
        await second.getByRole("heading", { name: "This link is not good" }).waitFor();
        await close(second);
    });

    test("S1-28 that is over, made up or missing is told in the same words", async () => {
        for (const token of [newLink(0), "x".repeat(43), ""]) {
            const page = await open(token);
            await page.getByRole("heading", { name: "This link is not good" }).waitFor();
            assert.match(await page.textContent("main"), /Your password is as it was/);
            await close(page);
        }
    });

    test("S1-28 speaks German to whom wants German, and English to all others", async () => {
        for (const [locale, heading] of [
            ["de-DE", "Neues Passwort"],
            ["de-AT", "Neues Passwort"],
            ["fr-FR", "New password"],
        ]) {
            const page = await open(newLink(), { locale });
            await page.getByRole("heading", { name: heading }).waitFor();
            assert.equal(await page.getAttribute("html", "lang"), heading[2] === "u" ? "de" : "en");
            await close(page);
        }
    });

    test("S1-28 is tried again where the server cannot be reached", async () => {
        const page = await openPage(browser);
        await page.route("**/auth/reset/look", route => route.abort());
        await page.goto(`${address}/reset#${newLink()}`);
        await page.getByText("That did not work right now").waitFor();
        await page.unroute("**/auth/reset/look");
        await page.getByRole("button", { name: "Try again" }).click();
        await page.getByLabel("New password").waitFor();
        await close(page);
    });

    test("S1-28 is answered under the same strict policies as the app, which nothing caches", async () => {
        const { headers } = await fetch(`${address}/reset`);
        assert.match(headers.get("content-security-policy"), /default-src 'self'.*trusted-types/);
        assert.equal(headers.get("referrer-policy"), "no-referrer");
        const asked = await fetch(`${address}/auth/reset/look`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ token: newLink() }),
        });
        assert.equal(asked.headers.get("cache-control"), "no-store");
    });
});

describe("in the dark and on a telephone", () => {
    for (const { name, ...look } of looks)
        test(`S1-28 it fits and can be read: ${name}`, async () => {
            const page = await open(newLink(), { ...look, locale: "de-DE" });
            await page.getByLabel("Neues Passwort").fill("kurz");
            await page.getByRole("button", { name: "Dieses Passwort nehmen" }).click();
            await page.getByText("Es fehlen noch 8 Zeichen").waitFor();
            await assertFits(page, "the page");
            await screenshot(page, `reset-${name}`);
            assert.deepEqual(await violations(page), []);
            await close(page);
        });
});
