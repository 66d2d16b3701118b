/* scenes: everything an agent may have before their eyes, and how to get there. */

import { accountIsRead, openAccount } from "./browser.mjs";
import { address, found, usersOf } from "./server.mjs";
import { byKeys } from "./session.mjs";

/* Customers with a story (db/demo/README.md), by words that are theirs alone. */
const showcase = {
    mila: "mila.sommer.1@example.org",
    katharina: "katharina.berger.2@example.org",
    jonas: "Petersen Jonas",
    martin: "martin.kowalczyk.4@example.org",
    business: "Hafenlicht",
    shop: "Zum Anker",
    aoife: "aoife.obrien.7@example.com",
    renee: "Renée Lefèvre",
    markup: "Söhne",
    long: "Maximiliane-Friederike",
    new: "Linh Nguyễn",
    gone: "Werner Groß",
};
/** Those whose lists are opened as well, and whose forms are. */
const opened = ["katharina", "martin", "aoife", "business", "shop"];
const acted = {
    katharina: ["customer", "mobile", "subscriptions"],
    martin: ["entries"],
    jonas: ["orders", "tickets"],
    mila: ["mobile"],
    shop: ["letters"],
};

async function tabKeys(page) {
    const tabs = await page.getByRole("tab").all();
    return Promise.all(tabs.map(async tab => (await tab.getAttribute("id")).replace("tab-", "")));
}

/** Every tab of a customer, and again with the first row of each of its lists open. */
async function* tabsOf(page, who, id) {
    await openAccount(page, id);
    for (const key of await tabKeys(page)) {
        await openAccount(page, id, key);
        yield { name: `${who}-${key}` };
        if (!opened.includes(who)) continue;
        const panels = await page.locator(`#tabpanel-${key} .panel`).all();
        let open = 0;
        for (const panel of panels) {
            const toggle = panel.locator(".toggle[aria-expanded=false]").first();
            if ((await toggle.count()) === 0) continue;
            await toggle.click();
            open++;
        }
        if (open > 0) yield { name: `${who}-${key}-opened` };
    }
}

/** Closes a form, whatever was written in it. */
async function leave(page) {
    for (let tries = 0; tries < 3 && (await page.locator("dialog[open]").count()); tries++) {
        await page.keyboard.press("Escape");
        const discard = page.locator(".form-leaving .button").nth(1);
        if (await discard.count()) await discard.click();
        await page.waitForTimeout(100);
    }
}

/** What a form says when it is sent with what it needs missing, or what would be different; nothing is changed. */
async function isTried(page) {
    const form = page.getByRole("dialog");
    const needed = form.locator("[aria-required=true]");
    const empty = await needed.evaluateAll(all => all.some(({ value }) => value === ""));
    const checks = /^(Check|Prüfen)$/.test(await form.locator("[type=submit]").textContent());
    if (!empty && !checks) return false;
    await form.locator("[type=submit]").click();
    await form.locator("[type=submit].busy").waitFor({ state: "detached" });
    return true;
}

/** Every form that a tab offers: as it opens, and as it answers. */
async function* formsOf(page, who, id, tab) {
    await openAccount(page, id, tab);
    const toggle = page.locator(`#tabpanel-${tab} .toggle[aria-expanded=false]`).first();
    if (await toggle.count()) await toggle.click();
    const seen = new Set();
    const buttons = page.locator(`#tabpanel-${tab} .act-button[aria-disabled=false]`);
    for (let place = 0; place < (await buttons.count()); place++) {
        const button = buttons.nth(place);
        const label = await button.textContent();
        if (seen.has(label)) continue;
        seen.add(label);
        const name = `form-${tab}-${who}-${label.toLowerCase().replace(/\W+/g, "-")}`;
        await button.click();
        await page.locator("dialog[open] [type=submit][aria-disabled=false]").waitFor();
        yield { name, window: true };
        if (await isTried(page)) yield { name: `${name}-tried`, window: true };
        await leave(page);
    }
}

async function* searches(page) {
    const places = {
        "search-empty": "/search",
        "search-many": "/search?q=ma",
        "search-none": "/search?q=zzqxjkw",
        "find-basic": "/find/basic",
        "find-advanced": "/find/advanced",
        "find-contacts": "/find/contacts",
        "find-mails": "/find/mails",
        "find-new": "/find/new",
        "find-tickets": "/find/tickets",
        nowhere: "/no/such/page",
        nobody: "/c/nobody",
        explorer: "/explorer",
    };
    for (const [name, path] of Object.entries(places)) {
        await page.goto(address + path);
        await page.locator("h1, .row-link, .find-by, .editor").first().waitFor();
        await page.waitForTimeout(400);
        yield { name };
    }
    for (const [name, words] of [
        ["hits", "%ann%"],
        ["none", "zzqxjkw"],
    ]) {
        await page.goto(`${address}/find/advanced`);
        await page.locator("#find-NAME").fill(words);
        await page.keyboard.press("Enter");
        await page.locator(".hit-row, .notice-title").first().waitFor();
        yield { name: `find-advanced-${name}` };
    }
    await page.goto(`${address}/search`);
    await page.getByRole("combobox").first().fill("ber");
    await page.getByRole("option").first().waitFor();
    yield { name: "search-box", window: true };
    await page.keyboard.press("Escape");
}

/** What opens above an account. */
async function* tools(page, id) {
    await openAccount(page, id, "customer");
    await page.locator(".avatar, .menu-button, [aria-haspopup]").first().click();
    yield { name: "tool-menu", window: true };
    await page.keyboard.press("Escape");
    for (const [name, keys] of [
        ["help", ["?"]],
        ["acts", ["a", "a"]],
        ["within", ["/"]],
        ["moment", ["t"]],
    ]) {
        await page.evaluate(() => document.activeElement?.blur());
        for (const key of keys) await page.keyboard.press(key);
        await page.locator("dialog[open]").waitFor();
        if (name === "within") {
            await page.keyboard.type("rechnung");
            await page.locator(".within-hit").first().waitFor();
        }
        yield { name: `tool-${name}`, window: true };
        await page.keyboard.press("Escape");
        await page.locator("dialog[open]").waitFor({ state: "detached" });
    }
    await page.locator("#tabpanel-customer .trace, [aria-label^='What changed']").first().click();
    await page.locator("dialog[open]").waitFor();
    yield { name: "tool-history", window: true };
    await page.keyboard.press("Escape");
    const yesterday = new Date(Date.now() - 1000).toISOString().slice(0, 19);
    await openAccount(page, id, `customer?at=${yesterday}Z`);
    yield { name: "tool-past" };
}

/** A contact that is going on: in the account's header, in its form, and as somebody is reminded of it elsewhere. */
async function* inContact(page, client, who) {
    await page.goto(`${address}/search`);
    await page.getByRole("combobox").first().fill(showcase[who]);
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".contact-now").waitFor();
    await accountIsRead(page);
    yield { name: "contact-now" };
    await page.locator(".contact-now button").click();
    await page.locator("dialog[open] [type=submit][aria-disabled=false]").waitFor();
    yield { name: "contact-wrap-up", window: true };
    await leave(page);
    // Within the app, as another window knows of no contact.
    await page.getByRole("combobox").first().fill(showcase.renee);
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".contact-reminder").waitFor();
    await accountIsRead(page);
    yield { name: "contact-reminder" };
    const [{ id }] = await found(client, showcase[who]);
    await openAccount(page, id, "overview");
    await page.locator('#tabpanel-overview [data-panel="changes"] button').first().click();
    await page.locator('#tabpanel-overview [data-panel="changes"] .list, .empty').first().waitFor();
    yield { name: "changes-since" };
}

/** Two customers beside each other; nothing is merged. */
async function* merging(page, client) {
    const [stays] = await found(client, showcase.renee);
    const [goes] = await found(client, showcase.markup);
    await openAccount(page, stays.id, "customer");
    const field = page.locator("dialog[open] .merge-find input, dialog[open] input").first();
    await byKeys(["a", "m"], field, page);
    yield { name: "merge-find", window: true };
    await field.fill(goes.number);
    await page.locator("dialog[open]").getByRole("button", { name: goes.number }).click();
    await page.locator("dialog[open] table").first().waitFor();
    yield { name: "merge", window: true };
    await page.keyboard.press("Escape");
}

async function* asked(page, id) {
    await openAccount(page, id, "subscriptions");
    const panel = page.locator('#tabpanel-subscriptions [data-panel="offers"]');
    await panel.locator("button").first().click();
    await panel.getByRole("table").waitFor();
    yield { name: "offers" };
}

async function* troubles(page, id) {
    await openAccount(page, id, "customer");
    await page.route("**/graphql", route => route.abort());
    await page.keyboard.press("r");
    await page.locator(".notice, .failure").first().waitFor();
    yield { name: "trouble-unreachable" };
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.goto(`${address}/c/${encodeURIComponent(id)}/no-such-tab`);
    await page.locator(".account-main .notice").waitFor();
    yield { name: "trouble-no-such-tab" };
}

/** What one customer's account shows: its tabs, and the forms that are looked at with it. */
async function* accountOf(page, client, who) {
    const [{ id }] = await found(client, showcase[who]);
    yield* tabsOf(page, who, id);
    for (const tab of acted[who] ?? []) yield* formsOf(page, who, id, tab);
}

/** All scenes of somebody who is signed in, one after the other; each is yielded when it is to be seen. */
export async function* scenes(page, client) {
    yield* searches(page);
    for (const who of Object.keys(showcase)) yield* accountOf(page, client, who);
    yield* asked(page, (await found(client, showcase.mila))[0].id);
    yield* inContact(page, client, "martin");
    yield* merging(page, client);
    yield* tools(page, (await found(client, showcase.katharina))[0].id);
    yield* troubles(page, (await found(client, showcase.jonas))[0].id);
}

/** One account alone. */
export const scenesOf = who => (page, client) => accountOf(page, client, who);

/** Before anybody is signed in. */
export async function* signIns(page) {
    await page.goto(`${address}/sign-in`);
    await page.getByLabel("User name").waitFor();
    yield { name: "sign-in" };
    await page.getByLabel("User name").fill("nobody-of-this-name");
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").locator(":scope:not(:empty)").first().waitFor();
    yield { name: "sign-in-refused" };
}

/** The same agent's work in German. */
export const german = () => usersOf("agent").find(({ username }) => username.endsWith(".de"));
