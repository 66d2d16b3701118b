/* fresh: what moved is new, what did not is the very same, and what was read on stays. */

import { describe, expect, it } from "vitest";
import { type Account, readAccount, tabAnswer } from "../../src/core/account.ts";
import type { AccountHeader } from "../../src/core/documents.ts";
import { freshValue, withFresh } from "../../src/core/fresh.ts";
import { valueAt } from "../../src/core/path.ts";

const page = (rows: object[], hasNextPage = false, endCursor = "end") => ({
    nodes: rows,
    pageInfo: { hasNextPage, endCursor },
});
const header = { id: "1" } as AccountHeader;
const account = (orders: unknown, name = "Ada"): Account =>
    readAccount({ ...header, name, orders_orders: orders }, [], new Date());
const ordersOf = (of: Account) => tabAnswer(of, "orders").data.orders;

describe("S1-33 a tab as it is now", () => {
    const before = page([
        { id: "a", state: "IN_PROGRESS", items: [{ id: "x", state: "HELD" }] },
        { id: "b", state: "COMPLETED", items: [] },
    ]);

    it("is the very same account where nothing has moved", () => {
        const old = account(before);
        expect(withFresh(old, "orders", account(structuredClone(before)))).toBe(old);
    });

    it("has the row that moved anew, and the others as they were", () => {
        const now = structuredClone(before);
        (now.nodes[0] as { state: string }).state = "COMPLETED";
        const old = account(before);
        const fresh = withFresh(old, "orders", account(now, "Grace"));
        expect(ordersOf(fresh)).toEqual(now);
        expect(valueAt(ordersOf(fresh), "nodes")).toHaveLength(2);
        expect((valueAt(ordersOf(fresh), "nodes") as unknown[])[1]).toBe(before.nodes[1]);
        expect(fresh.header.name).toBe("Grace");
    });

    it("keeps what was read on, and where to read on from", () => {
        const readOn = page([{ id: "a" }, { id: "b" }, { id: "c" }], true, "c");
        const first = page([{ id: "new" }, { id: "a" }], true, "a");
        expect(freshValue(readOn, first)).toEqual(
            page([{ id: "new" }, { id: "a" }, { id: "b" }, { id: "c" }], true, "c"),
        );
    });

    it("has no more than there is, once all of it is on the first page", () => {
        const all = page([{ id: "a" }]);
        expect(freshValue(page([{ id: "a" }, { id: "gone" }]), all)).toEqual(all);
    });

    it("keeps the row that an address led to", () => {
        const alone = page([{ id: "far", state: "HELD" }]);
        const first = page([{ id: "a" }], true, "a");
        expect(freshValue(alone, first)).toEqual(
            page([{ id: "a" }, { id: "far", state: "HELD" }], true, "a"),
        );
    });

    it("has what came, what went to nothing, and lists in lists", () => {
        const old = { id: "1", note: "x", items: [{ id: 1, steps: [{ id: 2, at: null }] }] };
        const now = {
            id: "1",
            note: null,
            items: [{ id: 1, steps: [{ id: 2, at: "now" }] }],
            more: 3,
        };
        expect(freshValue(old, now)).toEqual(now);
        expect(freshValue(null, now)).toBe(now);
        expect(freshValue(old, null)).toBe(null);
    });
});
