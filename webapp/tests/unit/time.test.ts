/* time: moments in addresses and fields, what changed in a version, and what is looked for in an account. */

import { describe, expect, it } from "vitest";
import { type Account, tabAnswer, withFound } from "../../src/core/account.ts";
import { changeOf, joined, told, tracedFields, versionsOf } from "../../src/core/history.ts";
import type { Panel } from "../../src/core/layout.ts";
import { fieldOfMoment, momentOfField, momentProblem } from "../../src/core/moment.ts";
import { addressOf, placeOf } from "../../src/core/route.ts";
import { type Facts, filterFor, fitness, isEnough, wantedIn } from "../../src/core/wanted.ts";

const now = new Date("2026-10-01T12:00:00Z");

describe("a moment", () => {
    it("is one that has passed, written in UTC", () => {
        expect(momentProblem("2026-10-01T11:59:59Z", now)).toBeNull();
        expect(momentProblem("2026-10-01T11:59:59.123456Z", now)).toBeNull();
        expect(momentProblem("2026-10-01T12:00:03Z", now)).toBeNull(); // clocks differ a little
    });

    it("is refused when it is to come, before all records or nothing of the kind", () => {
        expect(momentProblem("2026-10-01T12:01:00Z", now)).toBe("future");
        expect(momentProblem("1969-12-31T23:59:59Z", now)).toBe("early");
        for (const text of ["", "yesterday", "2026-10-01", "2026-13-01T00:00:00Z", "9", "<b>"])
            expect(momentProblem(text, now)).toBe("unreadable");
    });

    it("goes into a field and comes back as it was, to the second", () => {
        const moment = "2026-03-01T08:30:15Z";
        expect(momentOfField(fieldOfMoment(moment))).toBe(moment);
        expect(momentOfField("")).toBe("");
        expect(fieldOfMoment("nonsense")).toBe("");
    });

    it("stands in the address of an account, so that it can be shared", () => {
        const place = {
            page: "account",
            id: "Qw",
            tab: "orders",
            at: "2026-03-01T08:30:15Z",
        } as const;
        const address = addressOf(place);
        expect(address).toBe("/c/Qw/orders?at=2026-03-01T08:30:15Z");
        const [path = "", search] = address.split("?");
        expect(placeOf(path, `?${search}`)).toEqual(place);
        expect(placeOf(path, "")).toEqual({ page: "account", id: "Qw", tab: "orders" });
    });
});

const panel: Panel = {
    id: "products",
    kind: "table",
    rowKey: "id",
    columns: [
        { key: "offering.name", label: "Product", sub: { key: "line", fmt: "contact" } },
        { key: ["endDate", "boundUntil"], label: "Expires", fmt: "date" },
    ],
};

describe("what changed", () => {
    const fields = tracedFields(panel, {
        type: "Product",
        also: [{ key: "boundUntil", label: "Minimum term", fmt: "date" }],
    });

    it("is called as the panel calls it, or as the layout adds", () => {
        expect(changeOf("offering", fields)).toMatchObject({
            label: "Product",
            field: { key: "offering.name" },
        });
        expect(changeOf("boundUntil", fields)).toMatchObject({ label: "Minimum term" });
        expect(changeOf("endDate", fields)).toMatchObject({
            label: "Expires",
            field: { key: "endDate", fmt: "date" },
        });
    });

    it("has its name in the schema as words where nobody named it", () => {
        expect(changeOf("openOrderCount", fields)).toEqual({
            name: "openOrderCount",
            label: "Open order count",
            field: undefined,
        });
        expect(changeOf("line", fields)).toMatchObject({ label: "Line", field: { key: "line" } });
    });

    it("is told of a version once the one before it is known", () => {
        const version = (validFrom: string) => ({ validFrom, validUntil: null, changes: [] });
        const first = {
            nodes: [version("3"), version("2")],
            pageInfo: { hasNextPage: true, endCursor: "2" },
        };
        const next = { nodes: [version("1")], pageInfo: { hasNextPage: false, endCursor: null } };
        expect(told(first).map(({ validFrom }) => validFrom)).toEqual(["3"]);
        expect(told(joined(first, next)).map(({ validFrom }) => validFrom)).toEqual([
            "3",
            "2",
            "1",
        ]);
        expect(versionsOf({ list: [{ history: next }] })).toBe(next);
        expect(versionsOf({ history: next })).toBe(next);
        expect(versionsOf({ list: [] })).toBeNull();
        expect(versionsOf(null)).toBeNull();
    });
});

describe("S1-07 what is looked for", () => {
    const wanted = (text: string, language = "en-GB") => wantedIn(text, "2026-10-01", language);

    it("is read as an amount in whatever way it is written", () => {
        for (const text of [
            "1234.50",
            "1,234.50",
            "1.234,50",
            "€1,234.5",
            "1234,50 EUR",
            "-1234.50",
        ])
            expect(wanted(text).minor, text).toBe("123450");
        expect(wanted("20").minor).toBe("2000");
        for (const text of ["12.34.56", "router", "2026-09-01", "99999999999999999999"])
            expect(wanted(text).minor, text).toBeNull();
    });

    it("is read as a day or a month, without a year the latest there was", () => {
        const day = (from: string, until = from) => ({ from, until });
        for (const text of [
            "2026-09-12",
            "12.9.2026",
            "12.09.26",
            "12/09/2026",
            "12 September",
            "12. Sep 2026",
        ])
            expect(wanted(text).days, text).toEqual(day("2026-09-12"));
        expect(wanted("12.12.").days).toEqual(day("2025-12-12"));
        expect(wanted("9/12/2026", "en-US").days).toEqual(day("2026-09-12"));
        expect(wanted("12. März 2026", "de-DE").days).toEqual(day("2026-03-12"));
        expect(wanted("February 2026").days).toEqual(day("2026-02-01", "2026-02-28"));
        for (const text of ["2026-02-30", "31.4.2026", "99.99.2026", "second line", ""])
            expect(wanted(text).days, text).toBeNull();
    });

    it("is read as a number with and without what stands between its digits", () => {
        expect(wanted("0171 / 234-56").digits).toBe("17123456");
        expect(wanted("85 00").digits).toBe("8500");
        expect(wanted("R2D2").digits).toBe("");
        expect(isEnough(wanted("a"))).toBe(false);
        expect(isEnough(wanted("a1"))).toBe(true);
    });

    const facts: Facts = {
        words: "rechnung 850000012 €12.99 fiber cafe",
        digits: ["850000012", "4917123456"],
        minors: new Set(["1299"]),
        days: new Set(["2026-09-12"]),
    };

    it("fits by number, amount, day, word and the end of a telephone number", () => {
        expect(fitness(facts, wanted("850 000 012"))).toBe(4);
        expect(fitness(facts, wanted("12,99"))).toBe(3);
        expect(fitness(facts, wanted("Sept 2026"))).toBe(3);
        expect(fitness(facts, wanted("Café rech"))).toBe(2);
        expect(fitness(facts, wanted("0171 23456"))).toBe(1);
        for (const text of ["850000013", "13,99", "October 2025", "cafe tea"])
            expect(fitness(facts, wanted(text)), text).toBe(0);
    });

    it("becomes a filter of each list, which finds nothing where nothing can fit", () => {
        const sought = {
            variable: "where",
            numbers: ["number"],
            words: ["items.some.name"],
            amounts: ["amount"],
            days: ["billDate"],
        };
        expect(filterFor(sought, wanted("12.99"))).toEqual({
            or: [
                { number: { startsWith: "12.99" } },
                { amount: { minor: { in: ["1299", "-1299"] } } },
                { and: [{ or: [{ items: { some: { name: { contains: "12.99" } } } }] }] },
            ],
        });
        expect(filterFor({ variable: "where", days: ["billDate"] }, wanted("2026-09"))).toEqual({
            or: [{ billDate: { from: "2026-09-01", until: "2026-09-30" } }],
        });
        expect(filterFor({ variable: "where", amounts: ["amount"] }, wanted("router"))).toEqual({
            or: [],
        });
    });

    it("is put into its list on the page, once, and the list goes on where it did", () => {
        const pageInfo = { hasNextPage: true, endCursor: "b" };
        const of = (nodes: object[]): Account => ({
            header: {} as Account["header"],
            at: now,
            tabs: new Map([["orders", { data: { orders: { nodes, pageInfo } }, errors: [] }]]),
        });
        const here = of([{ id: "a" }, { id: "b" }]);
        const there = of([{ id: "x" }]);
        const found = withFound(here, "orders", "orders", there, "x");
        expect(tabAnswer(found, "orders").data).toEqual({
            orders: { nodes: [{ id: "a" }, { id: "b" }, { id: "x" }], pageInfo },
        });
        expect(withFound(found, "orders", "orders", there, "x")).toBe(found);
        expect(withFound(here, "orders", "orders", there, "y")).toBe(here);
    });
});
