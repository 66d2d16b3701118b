/* explorer: a developer of a partner tries queries: with the schema, the rows and the errors that are theirs. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
    assertFits,
    assertNoTroubles,
    looks,
    openPage,
    screenshot,
    signInAs,
    violations,
} from "./browser.mjs";
import { address, sharedBeginning, signIn, usersOf } from "./server.mjs";
import { agent, beginBrowser, browser } from "./session.mjs";

const [partner] = usersOf("partner");
const [admin] = usersOf("administrator");
await beginBrowser();
let shared;
before(async () => {
    shared = await sharedBeginning(await signIn(partner));
});

/* The demo's partner works in German, the administrator in English: tests find parts by neither's words. */
const run = page => page.locator(".tools .primary").click();
const query = page => page.locator(".pane-query > .editor").getByRole("textbox");
const variables = page => page.locator(".variables").getByRole("textbox");
const answer = page => page.locator(".pane-result").getByRole("textbox");
const docs = page => page.locator(".docs-body");

async function openExplorer(user, options, path = "/explorer") {
    const page = await openPage(browser, options);
    await signInAs(page, user, path);
    await query(page).waitFor({ state: "attached" });
    return page;
}

/** In place of what an editor holds; at once, so that nothing is completed on the way. */
async function write(page, editor, text) {
    await editor.click();
    await page.keyboard.press("ControlOrMeta+a");
    await (text === "" ? page.keyboard.press("Delete") : page.keyboard.insertText(text));
}

async function answered(page) {
    await page.locator(".result-figures").waitFor();
    return page.locator(".result-figures").textContent();
}

/** The answer's JSON, as the browser got it. */
async function asking(page, go) {
    const arrived = page.waitForResponse(
        response => new URL(response.url()).pathname === "/graphql",
    );
    await go();
    const response = await arrived;
    await answered(page);
    return { status: response.status(), ...(await response.json()) };
}

describe("a developer of a partner", () => {
    test("a first visit begins with a query made from the schema, which runs", async () => {
        const page = await openExplorer(partner);
        const text = await query(page).textContent();
        assert.match(text, /^# /, "it begins with the schema's own words");
        const { status, data } = await asking(page, () => run(page));
        assert.equal(status, 200);
        assert.equal(data.viewer.login, partner.username);
        await screenshot(page, "explorer-first-visit");
        assertNoTroubles(page);
        await page.context().close();
    });

    test("writes a query with completion, is told what a name is, and sees own customers only", async () => {
        const page = await openExplorer(partner);
        await write(page, query(page), "query Mine($search: String!) { cus");
        await page.keyboard.type("tomers");
        await page.locator(".cm-tooltip-autocomplete").waitFor();
        await screenshot(page, "explorer-completion");
        const offered = await page.locator(".cm-tooltip-autocomplete li").allTextContents();
        assert.ok(offered.some(label => label.startsWith("customers")));
        await page.keyboard.press("Enter");
        await page.keyboard.insertText(
            "(search: $search, first: 50) { totalCount nodes { name partner { name } } } }",
        );
        await write(page, variables(page), JSON.stringify({ search: shared }));
        const { data, errors } = await asking(page, () => page.keyboard.press("Control+Enter"));
        assert.equal(errors, undefined, JSON.stringify(errors));
        assert.ok(data.customers.nodes.length > 1);
        for (const { partner: owner } of data.customers.nodes)
            assert.ok(owner, "a customer of the operator itself is not the partner's to see");

        await page
            .locator(".pane-query .cm-line span")
            .getByText("partner", { exact: true })
            .hover();
        const told = page.locator(".cm-tooltip-hover");
        await told.getByText("Customer.partner: Partner").waitFor();
        assert.match(await told.textContent(), /looks after this customer/);
        assertNoTroubles(page);
        await page.context().close();
    });

    test("keys in an editor are letters, and not shortcuts of the app", async () => {
        const page = await openExplorer(partner);
        await write(page, query(page), "");
        await page.keyboard.type("# ?/r1");
        assert.equal(await query(page).textContent(), "# ?/r1");
        assert.equal(await page.locator("dialog[open]").count(), 0);
        await page.context().close();
    });

    test("leafs through the schema: searches, follows types, comes back, begins a query", async () => {
        const page = await openExplorer(partner);
        const search = page.getByRole("searchbox");
        await search.fill("customers(search");
        await docs(page).getByText("Query.customers(search:)").click();
        await docs(page).getByRole("heading", { name: "customers" }).waitFor();
        await docs(page).getByRole("button", { name: "CustomerConnection" }).click();
        await docs(page).getByRole("button", { name: "Customer", exact: true }).first().click();
        await docs(page).getByRole("heading", { name: "Customer", exact: true }).waitFor();
        await page.locator(".docs-head button").click();
        await docs(page).getByRole("heading", { name: "CustomerConnection" }).waitFor();
        await page.locator(".docs-head button").click();
        await docs(page).locator(".button").click();
        assert.match(await query(page).textContent(), /query Customers\(\$search: String!/);
        assert.deepEqual(Object.keys(JSON.parse(await variables(page).textContent())), [
            "search",
            "first",
        ]);
        assertNoTroubles(page);
        await page.context().close();
    });
});

describe("mistakes", () => {
    test("are marked at their place while writing, and the server's as well", async () => {
        const page = await openExplorer(admin);
        await write(page, query(page), "{\n  viewer {\n    nothing\n  }\n}");
        const mark = page.locator(".cm-lintRange-error");
        await mark.waitFor();
        assert.equal(await mark.textContent(), "nothing");

        const { status, errors } = await asking(page, () => run(page));
        assert.equal(status, 400);
        assert.deepEqual(errors[0].locations, [{ line: 3, column: 5 }]);
        await page.getByRole("button", { name: "line 3, column 5" }).click();
        const focused = await page.evaluate(() => document.activeElement?.className);
        assert.equal(focused, "editor", "the cursor stands at the mistake");
        assert.deepEqual(await violations(page), []);
        await screenshot(page, "explorer-mistake");
        assertNoTroubles(page);
        await page.context().close();
    });

    test("that only the server can know are marked where it says", async () => {
        const page = await openExplorer(admin);
        await page.route("**/graphql", route =>
            route.fulfill({
                status: 200,
                contentType: "application/graphql-response+json",
                body: JSON.stringify({
                    data: null,
                    errors: [
                        {
                            message: "The number is taken.",
                            locations: [{ line: 1, column: 3 }],
                            path: ["viewer"],
                            extensions: { code: "CONFLICT" },
                        },
                    ],
                }),
            }),
        );
        await write(page, query(page), "{ viewer { name } }");
        await run(page);
        await page.locator(".result-errors").getByText("The number is taken.").waitFor();
        const mark = page.locator(".cm-lintRange-error");
        await mark.waitFor();
        assert.equal(await mark.textContent(), "viewer");
        await query(page).press("End");
        await page.keyboard.insertText(" ");
        await mark.waitFor({ state: "detached" });
        await page.context().close();
    });

    test("in variables are found before anything is sent", async () => {
        const page = await openExplorer(admin);
        await write(page, query(page), "query Q($id: ID!) { customer(id: $id) { name } }");
        await page.locator(".variables .cm-lint-marker-error").waitFor(); // it is missing
        await write(page, variables(page), '{ "id": true, "x": 1 }');
        await page.locator(".variables .cm-lintRange-error").waitFor();
        assert.equal(await page.locator(".variables .cm-lintRange-error").textContent(), '"id"');
        assert.equal(await page.locator(".variables .cm-lintRange-warning").textContent(), '"x"');
        await write(page, variables(page), "{ id");
        const sent = [];
        page.on("request", request => sent.push(request.url()));
        await run(page);
        await page.getByRole("alert").getByText("not JSON").waitFor();
        assert.deepEqual(sent, []);
        await page.context().close();
    });
});

describe("rights", () => {
    test("who may not explore is told so, is not shown the way, and fetches no code for it", async () => {
        const page = await openPage(browser);
        const fetched = [];
        page.on("request", request => fetched.push(new URL(request.url()).pathname));
        await signInAs(page, agent, "/explorer");
        await page.getByText("Your rights do not open the explorer.").waitFor();
        await page.locator(".avatar").click();
        await page.getByRole("button", { name: "Sign out" }).waitFor();
        assert.equal(await page.locator("#menu a").count(), 0);
        assert.deepEqual(
            fetched.filter(path => path.includes("explorer-")),
            [],
        );
        assert.deepEqual(await violations(page), []);
        assertNoTroubles(page);
        await page.context().close();
    });

    test("who may finds it in the menu", async () => {
        const page = await openPage(browser);
        await signInAs(page, admin);
        await page.locator(".avatar").click();
        await page.getByRole("link", { name: "API explorer" }).click();
        await query(page).waitFor();
        assert.equal(new URL(page.url()).pathname, "/explorer");
        await page.context().close();
    });

    test("S1-21 what a viewer may not see is in no docs, no completion and no check", async () => {
        const page = await openPage(browser);
        // What the server tells of such a viewer's schema: tests/api/schema/S1-21_… shows that it does.
        await page.route("**/graphql", async route => {
            const response = await route.fetch();
            const body = await response.json();
            const types = body.data?.__schema?.types;
            if (types === undefined) return route.fulfill({ response, json: body });
            const kept = types.filter(({ name }) => !/Order/.test(name));
            const own = part => !/Order/.test(JSON.stringify(part.type));
            for (const type of kept) {
                type.fields = type.fields?.filter(own) ?? null;
                type.inputFields = type.inputFields?.filter(own) ?? null;
                for (const field of type.fields ?? []) field.args = field.args.filter(own);
            }
            for (const type of kept)
                type.possibleTypes =
                    type.possibleTypes?.filter(({ name }) => !/Order/.test(name)) ?? null;
            body.data.__schema.types = kept;
            return route.fulfill({ response, json: body });
        });
        await signInAs(page, admin, "/explorer");
        await query(page).waitFor();
        await page.getByRole("searchbox").fill("productorder");
        await docs(page).getByText("Nothing in the schema").waitFor();
        await write(page, query(page), "{ customer(id: 1) { orders { totalCount } name } }");
        const mark = page.locator(".cm-lintRange-error");
        await mark.waitFor();
        assert.equal(await mark.textContent(), "orders");
        await write(page, query(page), "{ customer(id: 1) { ");
        await page.keyboard.press("Control+ ");
        const offered = page.locator(".cm-tooltip-autocomplete li");
        await offered.first().waitFor();
        const labels = await offered.allTextContents();
        assert.ok(labels.some(label => label.startsWith("name")));
        assert.ok(!labels.some(label => label.startsWith("orders")), labels.join());
        await page.context().close();
    });
});

describe("what leaves the page", () => {
    test("a link opens the same query and runs nothing; curl carries no token", async () => {
        const document = "{ viewer { name } } # & ?";
        const path = `/explorer?query=${encodeURIComponent(document)}&variables=%7B%7D`;
        const page = await openPage(browser, {
            permissions: ["clipboard-read", "clipboard-write"],
        });
        const asked = [];
        page.on("request", request => {
            if (new URL(request.url()).pathname === "/graphql")
                asked.push(request.postDataJSON().query ?? "");
        });
        await signInAs(page, admin, path);
        await query(page).waitFor();
        assert.equal(await query(page).textContent(), document);
        assert.equal(await variables(page).textContent(), "{}");
        await page.waitForURL(`${address}/explorer`);
        assert.equal(asked.filter(text => text.includes("viewer { name }")).length, 0);

        const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
        await page.getByRole("button", { name: "Copy as curl" }).click();
        await page.locator(".said").getByText("DOSSIER_TOKEN").waitFor();
        assert.match(await clipboard(), /^curl '.*Bearer \$DOSSIER_TOKEN/s);
        assert.doesNotMatch(await clipboard(), /eyJ/);
        await page.getByRole("button", { name: "Copy link" }).click();
        await page.locator(".said").getByText("Link copied").waitFor();
        assert.equal(new URL(await clipboard()).searchParams.get("query"), document);
        await page.context().close();
    });

    test("the browser keeps documents, and neither tokens, variables nor answers; for one viewer", async () => {
        const page = await openExplorer(admin);
        await write(
            page,
            query(page),
            "query Kept($s: String!) { customers(search: $s, first: 1) { nodes { name } } }",
        );
        await write(page, variables(page), JSON.stringify({ s: shared }));
        const { data } = await asking(page, () => run(page));
        const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
        assert.match(kept, /query Kept/);
        assert.doesNotMatch(kept, /eyJ/);
        assert.ok(!kept.includes(data.customers.nodes[0].name));
        assert.ok(!kept.includes(`{\\"s\\"`));
        await page.reload();
        await page.locator(".sheet.here").getByText("Kept").waitFor();
        assert.match(await query(page).textContent(), /query Kept/);
        await page.getByRole("button", { name: "History" }).click();
        await page.locator(".pick").getByText("Kept", { exact: true }).waitFor();
        assert.deepEqual(await violations(page), []);
        await page.keyboard.press("Escape");

        await page.locator(".avatar").click();
        await page.getByRole("button", { name: "Sign out" }).click();
        await signInAs(page, partner, "/explorer");
        await query(page).waitFor();
        assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /Kept/);
        await page.context().close();
    });

    test("C01 an answer that would like to be code stays text", async () => {
        const page = await openExplorer(admin);
        const payload = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
        await page.route("**/graphql", route =>
            route.fulfill({
                status: 200,
                contentType: "application/graphql-response+json",
                body: JSON.stringify({
                    data: { [payload]: payload },
                    errors: [
                        { message: payload, path: [payload], locations: [{ line: 1, column: 1 }] },
                    ],
                }),
            }),
        );
        await write(page, query(page), "{ viewer { name } }");
        await run(page);
        await answered(page);
        assert.ok((await answer(page).textContent()).includes("<img src=x"));
        await page.locator(".cm-lintRange-error").hover();
        await page.locator(".cm-tooltip-lint").getByText("<img").waitFor();
        assert.equal(await page.locator("img, main script, [onerror]").count(), 0);
        assertNoTroubles(page);
        await page.context().close();
    });
});

describe("S1-12 everybody can use it", () => {
    for (const { name, ...look } of looks)
        test(name, async () => {
            const page = await openExplorer(partner, look);
            const pane = async place => {
                if (look.hasTouch) await page.locator(".panes label").nth(place).click();
            };
            await page.locator(".explorer").waitFor();
            assert.deepEqual(await violations(page), [], "query");
            await screenshot(page, `explorer-query-${name}`);
            await run(page);
            await answered(page);
            assert.deepEqual(await violations(page), [], "result");
            await screenshot(page, `explorer-result-${name}`);
            await pane(2);
            await docs(page).getByRole("button", { name: "Customer", exact: true }).first().click();
            await docs(page).getByRole("heading", { name: "Customer", exact: true }).waitFor();
            assert.deepEqual(await violations(page), [], "schema");
            await screenshot(page, `explorer-schema-${name}`);
            await assertFits(page);
            assertNoTroubles(page);
            await page.context().close();
        });
});
