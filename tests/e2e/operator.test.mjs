/* operator: what an operator sells and has defined is what its agents see, and nothing else. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { accountIsRead, assertNoTroubles, openPage, screenshot } from "./browser.mjs";
import { change } from "./database.mjs";
import { address } from "./server.mjs";
import { agent, beginSession, browser, inOwnPage } from "./session.mjs";

await beginSession();

const root = join(import.meta.dirname, "..", "..");
process.env.DOSSIER_DATA ??= dirname(process.env.DOSSIER_ACCESS);
process.env.DOSSIER_PROGRAM ??= join(root, "build", "release", "server", "dossier");
const { OwnServer } = await import("../api/own_server.mjs");

describe("an operator who sells only fibre", () => {
    const own = new OwnServer();
    let page;
    let customer;
    before(async () => {
        await own.start();
        own.sql(`UPDATE product SET status = 'TERMINATED', termination_date = COALESCE(termination_date, start_date)
            WHERE status NOT IN ('CANCELLED', 'ABORTED')
              AND offering_id IN (SELECT id FROM product_offering WHERE category <> 'FIBRE');
            UPDATE product_offering SET lifecycle_status = 'RETIRED' WHERE category <> 'FIBRE'`);
        await own.stop();
        await own.start();
        const { customers } = await own.ask(
            '{ customers(search: "katharina berger") { nodes { id } } }',
        );
        [customer] = customers.nodes;
        const access = readFileSync(join(own.folder, "demo-access.json"), "utf8");
        const { password } = JSON.parse(access).find(({ username }) => username === agent.username);
        page = await openPage(browser);
        await page.goto(`${own.url}/sign-in`);
        await page.getByLabel("User name").fill(agent.username);
        await page.getByLabel("Password", { exact: true }).fill(password);
        await page.keyboard.press("Enter");
        await page.getByRole("combobox").waitFor();
    });
    after(() => own.end());

    const keysOfTabs = () =>
        page.getByRole("tab").evaluateAll(tabs => tabs.map(({ id }) => id.replace("tab-", "")));

    test("S1-22 has accounts without mobile lines and television, and no action for them", async () => {
        await page.goto(`${own.url}/c/${encodeURIComponent(customer.id)}/fibre`);
        await accountIsRead(page);
        const keys = await keysOfTabs();
        assert.ok(keys.includes("fibre"), `${keys}`);
        assert.ok(!keys.includes("mobile") && !keys.includes("tv"), `${keys}`);
        const words = await page.locator("body").textContent();
        assert.doesNotMatch(words, /SIM|Top up|Port in|Change number/);
        await screenshot(page, "fibre-only");
        await page.goto(`${own.url}/c/${encodeURIComponent(customer.id)}/mobile`);
        await page.locator(".account-main .notice").waitFor();
    });

    test("S1-22 is not offered to look for SIM cards", async () => {
        await page.goto(`${own.url}/find/advanced`);
        await page.locator("#find-NAME").waitFor();
        assert.equal(await page.locator("#find-SIM_CARD").count(), 0);
        assert.equal(await page.locator("#find-PHONE").count(), 1);
        assertNoTroubles(page);
    });
});

describe("a search that was defined otherwise", () => {
    before(() =>
        change(`INSERT INTO search_definition (name, hit_limit) VALUES ('night shift', NULL);
            INSERT INTO search_field (definition, position, section, criterion, operators, enabled, is_default) VALUES
                ('night shift', 1, 'IDENTIFIERS', 'TICKET_NUMBER', 'EQUAL', TRUE, FALSE),
                ('night shift', 2, 'CONTACT', 'PHONE', 'LIKE,EQUAL', TRUE, TRUE)`),
    );
    after(() =>
        change(`UPDATE search_activation SET definition = 'standard';
            DELETE FROM search_field WHERE definition = 'night shift';
            DELETE FROM search_definition WHERE name = 'night shift'`),
    );

    const offeredIn = async own => {
        await own.goto(`${address}/find/basic`);
        await own.locator(".find-by option").first().waitFor({ state: "attached" });
        return own.locator(".find-by option").evaluateAll(all => all.map(({ value }) => value));
    };

    test("S4-07 is what agents search by from then on, and again the standard one", () =>
        inOwnPage({}, async own => {
            assert.ok((await offeredIn(own)).includes("NAME"));
            change(
                "UPDATE search_activation SET definition = 'night shift' WHERE audience = 'OPERATOR'",
            );
            assert.deepEqual(await offeredIn(own), ["TICKET_NUMBER", "PHONE"]);
            assert.equal(await own.locator(".find-by select").inputValue(), "PHONE");
            await own.goto(`${address}/find/advanced`);
            await own.locator("#find-PHONE").waitFor();
            assert.equal(await own.locator("#find-NAME").count(), 0);
            change("UPDATE search_activation SET definition = 'standard'");
            assert.ok((await offeredIn(own)).includes("NAME"));
        }));
});
