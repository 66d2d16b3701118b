/* session: what files of tests begin with: a browser, somebody who is signed in, and the way to a customer. */

import { after } from "node:test";
import { assertNoTroubles, openAccount, openBrowser, openPage, signInAs } from "./browser.mjs";
import { found, signIn, usersOf } from "./server.mjs";

export const agents = usersOf("agent");
export const [agent] = agents;

/* They are there once a session has begun. Each file of tests is a process, so each has its own. */
export let browser;
export let page; // where the user of the session is signed in
export let client; // the same user, who asks without a browser

/** Gives the file that awaits this a browser for as long as its tests take. */
export async function beginBrowser() {
    browser = await openBrowser();
    after(() => browser.close());
}

/** A browser, and a page in it where an agent is signed in, or another user. */
export async function beginSession({ user = agent, ...options } = {}) {
    await beginBrowser();
    client = await signIn(user);
    page = await openPage(browser, options);
    await signInAs(page, user);
}

/** Takes steps in a page beside that of the session; it is closed behind them, and had no troubles. */
export async function inOwnPage({ user = agent, ...options }, steps) {
    const own = await openPage(browser, options);
    try {
        await signInAs(own, user);
        await steps(own);
        assertNoTroubles(own);
    } finally {
        await own.context().close();
    }
}

/** Opens the first customer whom a search finds, and says who that is. */
export async function openFound(search, tab, on = page) {
    const [customer] = await found(client, search);
    await openAccount(on, customer.id, tab);
    return customer;
}

/** What belongs to a tab of the account. */
export function tabPanel(key, on = page) {
    return on.locator(`#tabpanel-${key}`);
}

/** What can be done arrives behind the account: whoever is quicker leaves what came instead, and presses again. */
export async function byKeys(keys, there, of = page) {
    for (let again = 0; again < 5; again++) {
        if (again > 0) await of.keyboard.press("Escape");
        for (const key of keys) await of.keyboard.press(key);
        const came = await there.waitFor({ timeout: 2000 }).then(
            () => true,
            () => false,
        );
        if (came) return;
    }
    await there.waitFor();
}
