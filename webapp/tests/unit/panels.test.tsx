/* panels: layouts drawn over answers: what is seen, what is said when something is wrong. */

import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TabAnswer } from "../../src/core/account.ts";
import type { Panel } from "../../src/core/layout.ts";
import { Panels } from "../../src/panels/index.tsx";
import { noReading, type Reading, ReadingContext } from "../../src/ui/words.ts";

let root: HTMLElement;

const reading: Reading = {
    ...noReading,
    rights: new Set(["orders:read"]),
    today: "2026-10-15",
    locale: {
        ...noReading.locale,
        language: "en-GB",
        timeZone: "UTC",
        label: (_, value) => (value === "HELD" ? { label: "On hold", tone: "warn" } : undefined),
    },
};

async function draw(
    panels: unknown[],
    data: Record<string, unknown>,
    errors: TabAnswer["errors"] = [],
) {
    await act(() => {
        render(
            <ReadingContext.Provider value={reading}>
                <Panels panels={panels as Panel[]} answer={{ data, errors }} />
            </ReadingContext.Provider>,
            root,
        );
    });
}

const words = () => root.textContent?.replaceAll(/[\u00a0\u202f]/g, " ") ?? "";
const cells = (row: Element | undefined) =>
    [...(row?.querySelectorAll("th, td") ?? [])].map(cell => cell.textContent);
const rows = () => [...root.querySelectorAll("tbody tr")];
const press = (button: Element | null | undefined) =>
    act(() => {
        button?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    });

beforeEach(() => {
    root = document.createElement("div");
    document.body.append(root);
});

afterEach(() => {
    render(null, root);
    root.remove();
});

const table = {
    id: "t",
    kind: "table",
    title: "Things",
    at: "things",
    rowKey: "id",
    columns: [
        { key: "name", label: "Name", sort: true },
        { key: "state", label: "State", fmt: "badge", enum: "State" },
        { key: "price", label: "Price", fmt: "money", align: "end", sort: true },
    ],
};
const euro = (minor: string) => ({ minor, currency: "EUR" });
const things = {
    nodes: [
        { id: "1", name: "B", state: "HELD", price: euro("1000"), parts: [{ id: "x", n: 1 }] },
        { id: "2", name: "A", state: "NEW_ONE", price: null, parts: [] },
        { id: "3", name: "C", state: null, price: euro("99"), parts: [] },
    ],
    pageInfo: { hasNextPage: true },
};

describe("a table", () => {
    it("shows values by their formats, labels and a dash for nothing", async () => {
        await draw([table], { things });
        expect(rows().map(cells)).toEqual([
            ["B", "On hold", "€10.00"],
            ["A", "New one", "–"],
            ["C", "–", "€0.99"],
        ]);
        expect(root.querySelector(".tone-warn")?.textContent).toBe("On hold");
    });
    it("says honestly that there is more than it shows", async () => {
        await draw([table], { things });
        expect(root.querySelector("header")?.textContent).toBe("ThingsThe first 3; there are more");
    });
    it("is sorted up, down and back, and says so to those who cannot see it", async () => {
        await draw([table], { things });
        const head = () => root.querySelectorAll("thead th")[0];
        const order = () =>
            rows()
                .map(row => cells(row)[0])
                .join("");
        await press(head()?.querySelector("button"));
        expect([order(), head()?.getAttribute("aria-sort")]).toEqual(["ABC", "ascending"]);
        await press(head()?.querySelector("button"));
        expect([order(), head()?.getAttribute("aria-sort")]).toEqual(["CBA", "descending"]);
        await press(head()?.querySelector("button"));
        expect([order(), head()?.getAttribute("aria-sort")]).toEqual(["BAC", "none"]);
    });
    it("divides its rows into groups, each with its number", async () => {
        const groups = [
            { id: "held", title: "Held", when: ["==", ["get", "state"], "HELD"] },
            { id: "rest", title: "Rest", quiet: true },
        ];
        await draw([{ ...table, groups }], { things });
        expect([...root.querySelectorAll(".group-row")].map(row => row.textContent)).toEqual([
            "Held1",
            "Rest2",
        ]);
    });
    it("opens what a rule says and what somebody asks for", async () => {
        const inner = {
            id: "p",
            kind: "table",
            at: "parts",
            rowKey: "id",
            columns: [{ key: "n" }],
        };
        const detail = { open: ["==", ["get", "state"], "HELD"], panels: [inner] };
        await draw([{ ...table, detail }], { things });
        const buttons = () => [...root.querySelectorAll(".toggle")];
        expect(buttons().map(button => button.getAttribute("aria-expanded"))).toEqual([
            "true",
            "false",
            "false",
        ]);
        expect(buttons()[1]?.getAttribute("aria-label")).toBe("Show details of A");
        await press(buttons()[1]);
        expect(words()).toContain("Nothing to show.");
        await press(buttons()[0]);
        expect(root.querySelectorAll(".detail-row")).toHaveLength(1);
    });
});

describe("S1-30 a tree", () => {
    it("shows parts below their wholes and says whose parts they are", async () => {
        const tree = { ...table, kind: "tree", parentKey: "parent", columns: [{ key: "name" }] };
        const nodes = [
            { id: "1", parent: "2", name: "Part" },
            { id: "2", parent: null, name: "Whole" },
        ];
        await draw([tree], { things: nodes });
        expect(rows().map(row => row.textContent)).toEqual(["Whole", "Part of Whole: Part"]);
    });
});

describe("figures", () => {
    it("S1-32 are sums of what fulfils a rule, and say when they are of a part only", async () => {
        const item = { label: "Held", of: "things", key: "price", agg: "sum", fmt: "money" };
        const where = ["==", ["get", "state"], "HELD"];
        await draw([{ id: "s", kind: "stat", items: [{ ...item, where }] }], { things });
        expect(words()).toBe("Held€10.00of what is listed");
    });
});

describe("names and values", () => {
    it("are hidden by rules and dashed when there is nothing", async () => {
        const items = [
            { key: "a", label: "A" },
            { key: "b", label: "B", visible: ["not", ["empty", ["get", "b"]]] },
            { key: "c", label: "C", visible: ["has", "orders:write"] },
            { label: "D", parts: [{ key: "d" }, { key: "e" }], join: ", " },
            { label: "E", says: [{ when: ["get", "b"], text: "no" }, { text: "yes" }] },
        ];
        const data = { a: null, b: "", c: "secret", d: "1", e: "2" };
        await draw([{ id: "k", kind: "kv", items }], data);
        expect(words()).toBe("A–D1, 2Eyes");
    });
});

describe("what goes wrong", () => {
    const beside = { id: "ok", kind: "text", text: "Still here" };

    it("an unknown panel is named, with what there would be, and the rest goes on", async () => {
        await draw([{ id: "x", kind: "hologram" }, beside], {});
        expect(words()).toContain("This part cannot be shown.");
        expect(words()).toContain("kind must be one of kv, stat, table, tree, list, text, group");
        expect(words()).toContain("Still here");
    });
    it("an unknown format is named with its place", async () => {
        await draw([{ ...table, columns: [{ key: "a", fmt: "sparkle" }] }, beside], { things });
        expect(words()).toContain("columns[0].fmt must be one of text");
        expect(words()).toContain("Still here");
    });
    it("a panel that is no object at all", async () => {
        await draw([null, beside], {});
        expect(words()).toContain("Still here");
    });
    it("a part of the answer that failed says so in its own place", async () => {
        const error = { message: "It took too long.", code: "TIMEOUT", path: ["things"] };
        await draw([table, beside], { things: null }, [error]);
        expect(words()).toContain("This part could not be read.");
        expect(words()).toContain("It took too long.");
        expect(words()).toContain("Still here");
    });
    it("a part that the viewer has no right to", async () => {
        const error = { message: "", code: "FORBIDDEN", path: ["things"] };
        await draw([table], { things: null }, [error]);
        expect(words()).toBe("ThingsYour rights do not open this part.");
    });
    it("a panel that breaks while it is drawn takes nothing along", async () => {
        const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
        const trap = {
            get nodes(): unknown[] {
                throw new Error("sprung");
            },
        };
        await draw([{ ...table, at: "trap.nodes" }, beside], { trap, things });
        expect(words()).toContain("Still here");
        expect(words()).toContain("sprung");
        expect(quiet).toHaveBeenCalled();
        quiet.mockRestore();
    });
    it("nothing at all says what the layout says", async () => {
        await draw([{ ...table, empty: { en: "No things yet.", de: "x" } }], { things: [] });
        expect(words()).toBe("ThingsNo things yet.");
    });
});

describe("C01 text that looks like markup", () => {
    const evil = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "javascript:alert(1)",
        '"><form id=submit>',
        "$" + "{alert(1)}",
        "\u202Egnp.exe",
    ];
    it.each(evil)("%s stays text in every panel", async text => {
        const data = { name: text, things: [{ id: text, name: text, state: text, price: text }] };
        const item = { key: "name", label: text, copy: true, sub: { key: "name", fmt: "contact" } };
        await draw(
            [
                { ...table, title: text },
                { id: "k", kind: "kv", items: [item] },
                { id: "l", kind: "list", at: "things", lead: { key: "name", fmt: "email" } },
                { id: "s", kind: "stat", items: [{ label: text, key: "name", fmt: "date" }] },
                { id: "t", kind: "text", text },
            ],
            data,
        );
        expect(words().split(text).length).toBeGreaterThan(7);
        expect(root.querySelector("script, img, form, [onerror], [onload]")).toBeNull();
        for (const link of root.querySelectorAll("a"))
            expect(link.getAttribute("href")).toMatch(/^(tel|mailto):/);
    });
});
