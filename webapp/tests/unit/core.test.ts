/* core: paths, rules, figures, rows, matches, addresses, keys, preferences and accounts. */

import { describe, expect, it } from "vitest";
import {
    Accounts,
    around,
    errorAt,
    readAccount,
    tabAnswer,
    tabsOf,
    withMore,
} from "../../src/core/account.ts";
import type { AccountHeader, Tab } from "../../src/core/documents.ts";
import { retryAfter } from "../../src/core/failure.ts";
import { figureOf } from "../../src/core/figure.ts";
import { createKeys, type Stroke } from "../../src/core/keys.ts";
import { isSearchable, markDigits, markWords, mediumFor } from "../../src/core/match.ts";
import { sumByCurrency, toDecimal } from "../../src/core/money.ts";
import { firstAt, hasMore, rowsOf, spread, valueAt, withValueAt } from "../../src/core/path.ts";
import { readable } from "../../src/core/phone.ts";
import { keepPreferences, readPreferences, withWay } from "../../src/core/preferences.ts";
import { addressOf, type Place, placeOf, type Way } from "../../src/core/route.ts";
import { sectionsOf, sortRows, treeOf } from "../../src/core/rows.ts";
import { holds, type Scope } from "../../src/core/rule.ts";

const scope = (row: unknown, within: unknown[] = []): Scope => ({
    row,
    within,
    rights: new Set(["orders:read"]),
    today: "2026-10-15",
});

describe("paths", () => {
    const answer = {
        name: "A",
        products: {
            nodes: [
                { id: 1, prices: [{ n: 1 }, { n: 2 }] },
                { id: 2, prices: [] },
            ],
            pageInfo: { hasNextPage: true },
        },
    };
    it("lead to values, and to nothing where there is none", () => {
        expect(valueAt({ a: { b: 1 } }, "a.b")).toBe(1);
        expect(valueAt({ a: null }, "a.b")).toBeUndefined();
    });
    it("lead through a connection to its one node, and to none of several", () => {
        const one = { period: { nodes: [{ days: [1, 2] }] } };
        expect(valueAt(one, "period.days")).toEqual([1, 2]);
        expect(valueAt(answer, "products.id")).toBeUndefined();
        expect(withValueAt(one, "period.days", [3])).toEqual({
            period: { nodes: [{ days: [3] }] },
        });
        expect(one.period.nodes[0]?.days).toEqual([1, 2]);
    });
    it.each(["constructor", "__proto__", "a.toString"])("never lead to %s", path => {
        expect(valueAt({ a: {} }, path)).toBeUndefined();
    });
    it("may be several, of which the first that is there counts", () => {
        expect(firstAt({ a: null, b: 2 }, ["a", "b"])).toBe(2);
    });
    it("take a connection for its nodes", () => {
        expect(rowsOf(answer.products)).toHaveLength(2);
        expect(hasMore(answer.products)).toBe(true);
        const { found, more } = spread(answer, "products.prices");
        expect(found.map(({ row }) => row)).toEqual([{ n: 1 }, { n: 2 }]);
        expect(found[0]?.within[0]).toBe(answer.products.nodes[0]);
        expect(more).toBe(true);
    });
});

describe("rules", () => {
    const row = { status: "ACTIVE", until: "2026-12-31", none: null, list: [], flag: true };
    it.each<[unknown, boolean]>([
        [undefined, true],
        [["==", ["get", "status"], "ACTIVE"], true],
        [["!=", ["get", "status"], "ACTIVE"], false],
        [["in", ["get", "status"], ["A", "ACTIVE"]], true],
        [["in", ["get", "status"], "ACTIVE"], false],
        [[">=", ["get", "until"], ["today"]], true],
        [["<", ["get", "until"], ["today"]], false],
        [["<", ["get", "none"], ["today"]], false],
        [["empty", ["get", "none"]], true],
        [["empty", ["get", "list"]], true],
        [["==", ["get", "none"], ["get", "missing"]], true],
        [["not", ["get", "flag"]], false],
        [["get", "flag"], true],
        [["and", ["get", "flag"], ["has", "orders:read"]], true],
        [["or", ["has", "orders:write"], ["get", "none"]], false],
        [["up", "kind"], true],
        [["up", "missing"], false],
    ])("%j is %j", (rule, expected) => {
        expect(holds(rule, scope(row, [{ other: 1 }, { kind: "X" }]))).toBe(expected);
    });
    it.each([["explode"], ["not", ["explode"]], ["constructor"], [["and"]], ["or", ["toString"]]])(
        "an unknown operator hides: %j",
        (...rule) => {
            expect(holds(rule, scope(row))).toBe(false);
        },
    );
});

describe("figures", () => {
    const price = (minor: string, type: string, currency = "EUR") => ({
        type,
        amount: { minor, currency },
    });
    const row = {
        products: [
            { status: "ACTIVE", until: "2027-01-01", prices: [price("100", "R"), price("7", "O")] },
            { status: "ENDED", until: "2026-11-01", prices: [price("1000", "R")] },
            { status: "ACTIVE", until: null, prices: [price("50", "R", "USD")] },
        ],
    };
    it("add up what fulfils a rule, each currency by itself", () => {
        const where = ["and", ["==", ["get", "type"], "R"], ["==", ["up", "status"], "ACTIVE"]];
        const item = {
            label: "",
            of: "products.prices",
            key: "amount",
            agg: "sum",
            where,
        } as const;
        const { values, more } = figureOf({ ...item, where }, scope(row));
        expect(values).toEqual([
            { minor: "100", currency: "EUR" },
            { minor: "50", currency: "USD" },
        ]);
        expect(more).toBe(false);
    });
    it("find the least and the greatest, and count", () => {
        const item = { label: "", of: "products", key: "until" };
        expect(figureOf({ ...item, agg: "min" }, scope(row)).values).toEqual(["2026-11-01"]);
        expect(figureOf({ ...item, agg: "max" }, scope(row)).values).toEqual(["2027-01-01"]);
        expect(figureOf({ ...item, agg: "count" }, scope(row)).values).toEqual([2]);
    });
    it("of no rows are nothing, not zero money", () => {
        const item = { label: "", of: "products.nothing", key: "amount", agg: "sum" } as const;
        expect(figureOf(item, scope(row)).values).toEqual([]);
    });
    it("of rows that are not all there say so", () => {
        const page = { products: { nodes: [], pageInfo: { hasNextPage: true } } };
        const item = { label: "", of: "products", key: "until", agg: "count" } as const;
        expect(figureOf(item, scope(page)).more).toBe(true);
    });
});

describe("money", () => {
    it("is written as decimals without rounding", () => {
        expect(toDecimal({ minor: "-5", currency: "EUR" })).toBe("-0.05");
        expect(toDecimal({ minor: "5", currency: "JPY" })).toBe("5");
    });
    it("adds up past what a double holds", () => {
        const much = { minor: "9007199254740993", currency: "EUR" };
        expect(sumByCurrency([much, much])[0]?.minor).toBe("18014398509481986");
    });
});

describe("telephone numbers", () => {
    it.each([
        ["+491701234567", "+49 170 123 4567"],
        ["+12025550143", "+1 202 555 0143"],
        ["+35312345678", "+353 123 456 78"],
        ["+447700900123", "+44 770 090 0123"],
        ["0170 1234", "0170 1234"],
    ])("%s reads %s", (number, words) => {
        expect(readable(number)).toBe(words);
    });
});

describe("rows", () => {
    const rows = [
        { id: "a", parent: null, n: 2, s: "OPEN" },
        { id: "b", parent: "a", n: 1, s: "DONE" },
        { id: "c", parent: null, n: null, s: "DONE" },
        { id: "d", parent: "b", n: 3, s: "OPEN" },
        { id: "e", parent: "gone", n: 1, s: "OPEN" },
    ];
    const keys = (found: { key: string }[]) => found.map(({ key }) => key).join("");
    it("stand below what they are a part of", () => {
        const tree = treeOf(rows, "id", "parent");
        expect(keys(tree)).toBe("abdce");
        expect(tree.map(({ depth }) => depth)).toEqual([0, 1, 2, 0, 0]);
    });
    it("are never lost, even when parts go round in a circle", () => {
        const circle = [
            { id: "x", parent: "y" },
            { id: "y", parent: "x" },
            { id: "z", parent: "z" },
        ];
        expect(
            keys(treeOf(circle, "id", "parent"))
                .split("")
                .sort()
                .join(""),
        ).toBe("xyz");
    });
    it("go to the first group they fit, parts with their wholes, and all of them somewhere", () => {
        const groups = [
            { id: "open", title: "Open", when: ["==", ["get", "s"], "OPEN"] },
            { id: "none", title: "None", when: ["==", ["get", "s"], "NEVER"] },
        ];
        const sections = sectionsOf(treeOf(rows, "id", "parent"), groups, scope(null));
        expect(sections.map(({ group, rows: found }) => [group?.id, keys(found)])).toEqual([
            ["open", "abde"],
            [undefined, "c"],
        ]);
    });
    it("are sorted with nothing last in both directions", () => {
        const collator = new Intl.Collator("en", { numeric: true });
        const sorted = (down: boolean) =>
            sortRows(rows, row => (row as { n: number | null }).n, down, collator)
                .map(row => (row as { id: string }).id)
                .join("");
        expect(sorted(false)).toBe("beadc");
        expect(sorted(true)).toBe("dabec");
    });
    it("are sorted by amount, not by its letters", () => {
        const collator = new Intl.Collator("en", { numeric: true });
        const amount = (minor: string) => ({ amount: { minor, currency: "EUR" } });
        const sorted = sortRows(
            [amount("1000"), amount("-5"), amount("99")],
            row => valueAt(row, "amount"),
            false,
            collator,
        );
        expect(sorted.map(row => valueAt(row, "amount.minor"))).toEqual(["-5", "99", "1000"]);
    });
});

describe("S4-13 matches", () => {
    const marked = (pieces: { text: string; hit: boolean }[]) =>
        pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join("");
    it.each([
        ["Maria Keller", "kell mar", "[Mar]ia [Kell]er"],
        ["Émile Zàhradník", "zahr emi", "[Émi]le [Zàhr]adník"],
        ["Anna-Lena Żółć", "lena", "Anna-[Lena] Żółć"],
        ["Akeller", "kell", "Akeller"],
        ["Keller", "", "Keller"],
        ["İstanbul", "ist", "[İst]anbul"],
    ])("%s for %s", (name, search, expected) => {
        expect(marked(markWords(name, search))).toBe(expected);
    });
    it.each([
        ["+49 170 123 4567", "0170 1234", "+49 [170 123 4]567"],
        ["+49 170 123 4567", "+49170", "+[49 170] 123 4567"],
        ["+49 170 123 4567", "0049 170", "+[49 170] 123 4567"],
        ["1002074100", "100 207", "[100207]4100"],
        ["+49 170", "9", "+49 170"],
        ["+49 170", "555", "+49 170"],
    ])("%s for %s", (number, search, expected) => {
        expect(marked(markDigits(number, search))).toBe(expected);
    });
    it("shows the number that was asked for, else the preferred one", () => {
        const media = [
            { kind: "MOBILE", value: "+491701234567", preferred: false },
            { kind: "EMAIL", value: "keller@example.com", preferred: true },
        ];
        expect(mediumFor(media, "0170 1234")?.value).toBe("+491701234567");
        expect(mediumFor(media, "anna")?.value).toBe("keller@example.com");
        expect(mediumFor([], "anna")).toBeUndefined();
    });
    it("asks nothing before there are two letters or digits", () => {
        expect(isSearchable(" a. ")).toBe(false);
        expect(isSearchable("a1")).toBe(true);
    });
});

describe("addresses", () => {
    it.each<Place>([
        { page: "sign-in" },
        { page: "search", query: "" },
        { page: "search", query: "müller & söhne?" },
        { page: "account", id: "Q3/x+=", tab: null },
        { page: "account", id: "Q3/x+=", tab: "orders" },
        { page: "account", id: "Q3/x+=", tab: "interactions", row: "UGFy/+=" },
        { page: "find", way: null },
        { page: "find", way: "contacts" },
    ])("%j leads back to itself", place => {
        const url = new URL(addressOf(place), "http://localhost");
        expect(placeOf(url.pathname, url.search)).toEqual(place);
    });
    it.each([
        "/c",
        "/c/1/orders/2",
        "/find/else",
        "/admin",
        "/c/%E0%A4%A",
        "/c/%00",
        "//evil.example/",
    ])("%s leads nowhere", path => {
        expect(placeOf(path, "").page).toBe("nowhere");
    });
    it("the root is the search", () => {
        expect(placeOf("/", "")).toEqual({ page: "search", query: "" });
    });
    it("what nobody can look for is left out of what is looked for", () => {
        expect(placeOf("/search", "?q=a%00b")).toEqual({ page: "search", query: "ab" });
    });
});

describe("keys", () => {
    const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
        key,
        ctrlKey: false,
        metaKey: false,
        altKey: false,
        typing: false,
        ...more,
    });
    const known = new Set(["/", "g o", "mod+k", "3"]);
    const make = (singles = true) =>
        createKeys(
            key => known.has(key),
            () => singles,
        );
    it("are found alone, in a row and with a modifier", () => {
        const keys = make();
        expect(keys.press(stroke("/"), 0)).toBe("/");
        expect(keys.press(stroke("g"), 0)).toBeNull();
        expect(keys.press(stroke("o"), 500)).toBe("g o");
        expect(keys.press(stroke("K", { ctrlKey: true }), 600)).toBe("mod+k");
    });
    it("in a row have to come soon after each other", () => {
        const keys = make();
        keys.press(stroke("g"), 0);
        expect(keys.press(stroke("o"), 5000)).toBeNull();
    });
    it("leave typing, AltGr and the browser's own combinations alone", () => {
        const keys = make();
        expect(keys.press(stroke("3", { typing: true }), 0)).toBeNull();
        expect(keys.press(stroke("3", { altKey: true, ctrlKey: true }), 0)).toBeNull();
        expect(keys.press(stroke("k", { altKey: true, ctrlKey: true }), 0)).toBeNull();
        expect(keys.press(stroke("3", { ctrlKey: true }), 0)).toBeNull();
    });
    it("can be turned off, all but those with a modifier", () => {
        const keys = make(false);
        expect(keys.press(stroke("/"), 0)).toBeNull();
        expect(keys.press(stroke("k", { metaKey: true }), 0)).toBe("mod+k");
    });
});

describe("S4-08 the way an agent looks for customers", () => {
    it("is each agent's own, and of many agents those who chose lately are remembered", () => {
        let known: Record<string, Way> = {};
        for (let i = 0; i < 30; i++) known = withWay(known, `agent${i}`, "contacts");
        known = withWay(known, "agent29", "basic");
        expect(Object.keys(known).length).toBe(20);
        expect(known.agent29).toBe("basic");
        expect(known.agent28).toBe("contacts");
        expect(known.agent9).toBeUndefined();
    });
    it("is taken from what was kept only if there is such a way", () => {
        const kept = '{"ways":{"a":"basic","b":"<b>","c":7}}';
        expect(readPreferences({ getItem: () => kept }).ways).toEqual({ a: "basic" });
    });
});

describe("preferences", () => {
    const reading = (kept: string | null) => readPreferences({ getItem: () => kept });
    const plain = reading(null);
    it.each(["{", "null", "7", '{"theme":"<b>","density":1,"singleKeys":"no","language":"../x"}'])(
        "that were tampered with are not taken: %s",
        kept => {
            expect(reading(kept)).toEqual(plain);
        },
    );
    it("are kept", () => {
        let kept = "";
        const chosen = {
            theme: "dark",
            density: "compact",
            singleKeys: false,
            ways: { agent: "advanced" },
            language: "de",
        };
        const storage = {
            setItem: (_: string, value: string) => {
                kept = value;
            },
        };
        keepPreferences(storage, { ...plain, ...chosen } as typeof plain);
        expect(reading(kept)).toEqual(chosen);
    });
});

describe("accounts", () => {
    const header = { id: "1", name: "A" } as AccountHeader;
    const read = (id: string) => readAccount({ ...header, id }, [], new Date());

    it("S1-18 S1-10 has the tabs that the customer has, in the viewer's order", () => {
        const tab = (key: string, onlyFor: string[] = []) => ({ key, onlyFor }) as Tab;
        const all = [tab("overview"), tab("mobile", ["MOBILE"]), tab("fibre", ["FIBRE"])];
        const keys = (account: ReturnType<typeof read> | null, wanted: string | null) =>
            tabsOf(account, all, wanted).map(({ key }) => key);
        const own = readAccount(
            { ...header, tabs: [{ key: "fibre" }, { key: "overview" }] },
            [],
            new Date(),
        );
        expect(keys(own, null)).toEqual(["overview", "fibre"]);
        expect(keys(own, "mobile")).toEqual(["overview", "fibre"]);
        // Before the answer is there nobody knows: the tab that is asked for is not denied yet.
        expect(keys(null, null)).toEqual(["overview"]);
        expect(keys(null, "mobile")).toEqual(["overview", "mobile"]);
    });
    const error = (...path: (string | number)[]) => ({ message: "m", code: "TIMEOUT", path });
    it("S1-10 are taken apart into the answers of their tabs", () => {
        const account = readAccount(
            { ...header, orders_openOrderCount: 2, orders_orders: null, usage_a_b: 1 },
            [error("customer", "orders_orders", "nodes", 0), error("viewer")],
            new Date(),
        );
        expect(tabAnswer(account, "orders").data).toEqual({ openOrderCount: 2, orders: null });
        expect(tabAnswer(account, "usage").data).toEqual({ a_b: 1 });
        expect(tabAnswer(account, "other").data).toEqual({});
        expect(errorAt(tabAnswer(account, "orders"), "orders")?.code).toBe("TIMEOUT");
        expect(errorAt(tabAnswer(account, "orders"), "orders.items")?.code).toBe("TIMEOUT");
        expect(errorAt(tabAnswer(account, "orders"), "openOrderCount")).toBeUndefined();
    });
    it("a list grows by its next page, and no row is there twice", () => {
        const now = new Date();
        const at = (ids: number[], hasNextPage: boolean) => ({
            nodes: ids.map(id => ({ id })),
            pageInfo: { hasNextPage, endCursor: String(ids.at(-1)) },
        });
        const account = (page: unknown) =>
            readAccount({ ...header, orders_page: page, orders_count: 3 }, [], now);
        const longer = withMore(
            account(at([1, 2], true)),
            "orders",
            "page",
            account(at([2, 3], false)),
        );
        expect(tabAnswer(longer, "orders").data).toEqual({ page: at([1, 2, 3], false), count: 3 });
        const other = readAccount({ ...header, orders_page: null }, [], now);
        expect(withMore(account(at([1], true)), "orders", "page", other)).toEqual(
            account(at([1], true)),
        );
    });

    it("S1-38 a list below a row grows for that row alone", () => {
        const list = (ids: number[]) => ({
            nodes: ids.map(id => ({ id })),
            pageInfo: { hasNextPage: true, endCursor: String(ids.at(-1)) },
        });
        const account = (...tickets: unknown[]) =>
            readAccount({ ...header, tickets_tickets: { nodes: tickets } }, [], new Date());
        const before = account({ id: "a", notes: list([1, 2]) }, { id: "b", notes: list([7]) });
        const of = { list: "tickets", rowKey: "id", key: "b", variable: "ticket" };
        const page = account({ id: "b", notes: list([8]) });
        const longer = withMore(before, "tickets", "notes", page, of);
        expect(longer).toEqual({
            ...before,
            tabs: account({ id: "a", notes: list([1, 2]) }, { id: "b", notes: list([7, 8]) }).tabs,
        });
        expect(withMore(before, "tickets", "notes", page, { ...of, key: "c" })).toBe(before);
        expect(around(tabAnswer(before, "tickets"), of)).toEqual({ id: "b", notes: list([7]) });
    });

    it("are kept up to a number, the one used longest ago goes first", () => {
        const accounts = new Accounts(2);
        accounts.put("1", read("1"));
        accounts.put("2", read("2"));
        accounts.get("1");
        accounts.put("3", read("3"));
        expect(accounts.all().map(account => account.header.id)).toEqual(["3", "1"]);
        accounts.clear();
        expect(accounts.get("1")).toBeUndefined();
    });
});

describe("Retry-After", () => {
    const now = Date.parse("2026-10-15T10:00:00Z");
    it.each([
        [null, undefined],
        ["7", 7],
        ["999999", 3600],
        ["Thu, 15 Oct 2026 10:00:30 GMT", 30],
        ["Thu, 15 Oct 2026 09:00:00 GMT", 0],
        ["soon", undefined],
    ])("%j is %j seconds", (header, seconds) => {
        expect(retryAfter(header, now)).toBe(seconds);
    });
});
