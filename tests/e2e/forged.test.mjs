/* forged: addresses typed by hand, cut off, or made to see what is somebody else's. */

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { assertNoTroubles } from "./browser.mjs";
import { address, documentId, signIn, someCustomers, usersOf } from "./server.mjs";
import { agent, beginSession, client, page } from "./session.mjs";

const [partner] = usersOf("partner");
await beginSession({ user: partner });
let own;
let foreign;

async function seesNumber(client, { number }) {
    const { customers } = await client.ask(documentId("SearchCustomers"), {
        search: number,
        first: 5,
    });
    return customers.nodes.some(hit => hit.number === number);
}

before(async () => {
    [own] = await someCustomers(client, 1);
    for (const customer of await someCustomers(await signIn(agent), 25))
        if (!(await seesNumber(client, customer))) foreign = customer;
    assert.ok(foreign, "there is a customer whom the partner does not see");
});

const texts = [
    "%00",
    "%E0%A4%A",
    encodeURIComponent("<script>alert(1)</script>"),
    encodeURIComponent("' OR '1'='1"),
    encodeURIComponent("\u202eretsim"),
    "a".repeat(3000),
    "%25".repeat(1000),
    "..%2F..%2Fetc%2Fpasswd",
    "__proto__",
    "constructor",
];

const turned = id => (id.at(-1) === "A" ? "B" : "A");

/** What the page says once it has said something, and that nothing went wrong on the way. */
async function read(path) {
    await page.goto(address + path);
    const heading = page.getByRole("heading", { level: 1 }).first();
    await heading.waitFor().catch(async () => {
        assert.fail(`${path} has no heading: ${await page.locator("body").textContent()}`);
    });
    await page.locator("[aria-busy=true]").waitFor({ state: "detached" });
    assertNoTroubles(page);
    return page.locator("body").textContent();
}

/** Pages for every forged address: nothing of the other's customer is on any of them. */
async function look(paths) {
    for (const path of paths) {
        const text = await read(path);
        for (const known of [foreign.name, foreign.number])
            assert.ok(!text.includes(known), `${path} shows ${known}`);
    }
}

test("an account by a forged, cut or foreign id is not there", async () => {
    const { id } = foreign;
    const ids = [id, `${id}A`, id.slice(0, -1), id.slice(0, -1) + turned(id), `${id}%3D`, ...texts];
    await look(ids.map(each => `/c/${each}`));
    for (const tab of ["customer", "tickets", "entries", "letters"])
        assert.match(await read(`/c/${id}/${tab}`), /No such customer|Kein solcher Kunde/);
});

test("a tab or a month that there is not breaks no account", async () => {
    const tabs = texts.map(text => `/c/${own.id}/${text}`);
    const more = ["asOf=2026-02-30", "asOf=9999999-01-01T00:00:00Z", "month=2026-99", "x=%00"];
    await look([...tabs, ...more.map(search => `/c/${own.id}/customer?${search}`)]);
    assert.ok((await read(`/c/${own.id}`)).includes(own.name));
});

test("no search, number or document in an address breaks its page", async () => {
    const given = ["/search?q=", "/open?msisdn=", "/find?q=", "/explorer?query="];
    await look(given.flatMap(path => texts.map(text => path + text)));
    await look(["/explorer?query=%7B&variables=%5B", "/open", "/search?q", "/c", "/c/"]);
});
