/* sign-in: the way in and the way out. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertNoTroubles, openPage, screenshot, signInAs, violations } from "./browser.mjs";
import { address } from "./server.mjs";
import { agent, beginBrowser, browser } from "./session.mjs";

await beginBrowser();

describe("signing in", () => {
    test("T35 a wrong password is refused in words that help and names nobody", async () => {
        const page = await openPage(browser);
        await page.goto(`${address}/sign-in`);
        await page.getByLabel("User name").fill("nobody-of-this-name");
        await page.getByLabel("Password", { exact: true }).fill("wrong");
        await page.keyboard.press("Enter");
        const problem = page.getByRole("alert");
        await problem.getByText("User name or password is not right.").waitFor();
        assert.equal(await page.evaluate(() => document.activeElement.id), "password");
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "sign-in-refused");
        assertNoTroubles(page);
        await page.context().close();
    });

    test("empty fields are named one after the other, without asking the server", async () => {
        const page = await openPage(browser);
        await page.goto(`${address}/sign-in`);
        await page.getByLabel("User name").waitFor();
        const asked = [];
        page.on("request", request => asked.push(new URL(request.url()).pathname));
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.getByText("Enter your user name.").waitFor();
        await page.getByLabel("User name").fill("somebody");
        await page.keyboard.press("Enter");
        await page.getByText("Enter your password.").waitFor();
        assert.deepEqual(
            asked.filter(path => path.startsWith("/auth")),
            [],
        );
        await page.context().close();
    });

    test("signing in leads on to the address that was asked for", async () => {
        const page = await openPage(browser);
        await signInAs(page, agent, "/search?q=ma");
        await page.locator(".hit-row").first().waitFor();
        assert.equal(new URL(page.url()).search, "?q=ma");

        await page.reload();
        await page.locator(".hit-row").first().waitFor();
        assertNoTroubles(page);

        const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
        assert.doesNotMatch(kept, /eyJ/, "C10 the token is kept nowhere but in memory");
        const cookies = await page.context().cookies();
        const refresh = cookies.find(({ name }) => name === "__Host-dossier-refresh");
        assert.deepEqual(
            [refresh?.httpOnly, refresh?.secure, refresh?.sameSite],
            [true, true, "Strict"],
        );

        const other = await page.context().newPage();
        await other.goto(`${address}/search`);
        await other.getByRole("combobox").waitFor();

        await page.locator(".avatar").click();
        await page.getByRole("button", { name: "Sign out" }).click();
        await page.getByText("You are signed out.").waitFor();
        await other.getByText("You signed out in another window.").waitFor({ timeout: 2000 });

        await page.reload();
        await page.getByLabel("User name").waitFor();
        await page.goBack();
        await page.getByLabel("User name").waitFor();
        await page.context().close();
    });

    test("C15 an address of another place is never gone to", async () => {
        const page = await openPage(browser);
        await signInAs(
            page,
            agent,
            "/sign-in?next=https://evil.example&q=//evil.example#//evil.example",
        );
        await page.waitForURL(`${address}/search`);
        assert.equal(new URL(page.url()).origin, new URL(address).origin);
        await page.context().close();
    });
});
