/* panels: layouts drawn over answers: what is seen, what is said when something is wrong. */

import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { TabAnswer } from "../../src/core/account.ts";
import type { Panel } from "../../src/core/layout.ts";
import { Panels } from "../../src/panels/index.tsx";
import type { ChooseValue } from "../../src/panels/registry.ts";
import {
    AskContext,
    type AskNamed,
    noReading,
    type Reading,
    ReadingContext,
} from "../../src/ui/words.ts";

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
    choose?: ChooseValue,
    ask: AskNamed | null = null,
) {
    await act(() => {
        render(
            <ReadingContext.Provider value={reading}>
                <AskContext.Provider value={ask}>
                    <Panels
                        panels={panels as Panel[]}
                        answer={{ data, errors }}
                        onChoose={choose}
                    />
                </AskContext.Provider>
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
    it("S1-31 begins sorted by what the layout says, which need not be what it shows", async () => {
        const [name, ...others] = table.columns;
        const columns = [{ ...name, by: "price", first: true }, ...others];
        await draw([{ ...table, columns }], { things });
        const head = root.querySelectorAll("thead th")[0];
        expect(rows().map(row => cells(row)[0])).toEqual(["C", "B", "A"]);
        expect(head?.getAttribute("aria-sort")).toBe("ascending");
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

describe("S1-40 a chart", () => {
    const chart = {
        id: "days",
        kind: "chart",
        title: "By day",
        at: "period.days",
        x: "day",
        series: [
            { key: "bytes", label: "Data", fmt: "bytes" },
            { key: "count", label: "Messages", fmt: "int" },
        ],
    };
    const days = [
        { day: "2026-09-01", bytes: "2000000000", count: "1" },
        { day: "2026-09-04", bytes: "500000000", count: "0" },
    ];
    const heights = () =>
        [...root.querySelectorAll("figure")].map(figure =>
            [...figure.querySelectorAll(".bar")].map(bar => Number(bar.getAttribute("height"))),
        );

    it("has a bar for every day between the first and the last, the greatest being the highest", async () => {
        await draw([chart], { period: { nodes: [{ days }] } });
        await vi.waitFor(() => expect(root.querySelector("figure")).not.toBeNull());
        expect(heights()).toEqual([
            [64, 0, 0, 16],
            [64, 0, 0, 0],
        ]);
        expect(words()).toContain("2 GB");
    });

    it("says the same in a table", async () => {
        await draw([chart], { period: { nodes: [{ days }] } });
        await vi.waitFor(() => expect(root.querySelector("figure")).not.toBeNull());
        expect(rows().map(cells)).toEqual([
            ["1 Sept 2026", "2 GB", "1"],
            ["4 Sept 2026", "500 MB", "0"],
        ]);
    });
});

describe("S1-40 allowances", () => {
    it("are bars of how much, with a name", async () => {
        const buckets = [{ name: "Mobile S", used: "3000000000", total: "5000000000" }];
        const meter = { part: "used", of: "total" };
        await draw([{ id: "b", kind: "list", at: "buckets", lead: { key: "name" }, meter }], {
            buckets,
        });
        const bar = root.querySelector("progress");
        expect([bar?.value, bar?.max, bar?.getAttribute("aria-label")]).toEqual([
            3e9,
            5e9,
            "Mobile S",
        ]);
    });
});

describe("S1-07 a list", () => {
    it("holds what is behind a row where there is more to it than the row says", async () => {
        const things = [
            { name: "Ada", count: 2, changes: [{ at: "later" }, { at: "sooner" }] },
            { name: "Bob", count: 1, changes: [{ at: "once" }] },
        ];
        await draw(
            [
                {
                    id: "c",
                    kind: "list",
                    at: "things",
                    lead: { key: "name" },
                    unfolds: {
                        when: [">", ["get", "count"], 1],
                        label: { key: "count", after: "changes" },
                        panels: [{ id: "d", kind: "list", at: "changes", lead: { key: "at" } }],
                    },
                },
            ],
            { things },
        );
        const [unfolds, ...others] = root.querySelectorAll("details");
        expect(others).toEqual([]);
        expect(unfolds?.open).toBe(false);
        expect(unfolds?.closest("li")?.textContent).toContain("Ada");
        expect(unfolds?.querySelector("summary")?.textContent).toBe("2 changes");
        const leads = [...(unfolds?.querySelectorAll(".lead") ?? [])];
        expect(leads.map(({ textContent }) => textContent)).toEqual(["later", "sooner"]);
    });
});

describe("S1-41 a choice", () => {
    it("shows what is chosen now and asks for another", async () => {
        const asked: string[][] = [];
        const panel = {
            id: "month",
            kind: "choose",
            at: "months",
            key: "startDate",
            fmt: "month",
            variable: "month",
            now: "period.startDate",
            label: "Period",
        };
        const data = {
            months: { nodes: [{ startDate: "2026-10-01" }, { startDate: "2026-09-01" }] },
            period: { nodes: [{ startDate: "2026-09-01" }] },
        };
        const choose = async (...choice: string[]) => {
            asked.push(choice);
            return null;
        };
        await draw([panel], data, [], choose);
        const select = root.querySelector("select") as HTMLSelectElement;
        expect(select.value).toBe("2026-09-01");
        expect([...select.options].map(option => option.textContent)).toEqual([
            "October 2026",
            "September 2026",
        ]);
        select.value = "2026-10-01";
        await act(() => {
            select.dispatchEvent(new Event("change", { bubbles: true }));
        });
        expect(asked).toEqual([["month", "2026-10-01"]]);
    });
});

describe("S1-06 what is asked for itself", () => {
    const wanted = {
        id: "o",
        kind: "ask",
        document: "Offers",
        from: { customer: "id" },
        values: { category: "TV" },
        button: { en: "Check" },
        panels: [{ ...table, at: "offers", columns: [{ key: "name", label: "Name" }] }],
    };
    const arrived = () => vi.waitFor(() => expect(root.querySelector("button")).not.toBeNull());

    it("is not asked before somebody wants to know it, then with the values of the row", async () => {
        const asked: unknown[] = [];
        await draw([wanted], { id: "7" }, [], undefined, async (name, variables) => {
            asked.push([name, variables]);
            return { data: { offers: [{ id: "1", name: "TV Start" }] }, errors: [] };
        });
        await arrived();
        expect(asked).toEqual([]);
        await press(root.querySelector("button"));
        await vi.waitFor(() => expect(words()).toContain("TV Start"));
        expect(asked).toEqual([["Offers", { customer: "7", category: "TV" }]]);
    });

    it("says why it was not answered, and can be asked again", async () => {
        let times = 0;
        await draw([wanted], { id: "7" }, [], undefined, async () => {
            times++;
            throw new Error("gone");
        });
        await arrived();
        await press(root.querySelector("button"));
        await vi.waitFor(() => expect(root.querySelector('[role="alert"]')).not.toBeNull());
        await press(root.querySelector("button"));
        await vi.waitFor(() => expect(times).toBe(2));
    });

    it("shows what went wrong in a part of the answer", async () => {
        await draw([wanted], { id: "7" }, [], undefined, async () => ({
            data: { offers: [] },
            errors: [{ message: "The day is not one.", code: "", path: [] }],
        }));
        await arrived();
        await press(root.querySelector("button"));
        await vi.waitFor(() => expect(words()).toContain("The day is not one."));
    });
});

describe("what goes wrong", () => {
    const beside = { id: "ok", kind: "text", text: "Still here" };

    it("an unknown panel is named, with what there would be, and the rest goes on", async () => {
        await draw([{ id: "x", kind: "hologram" }, beside], {});
        expect(words()).toContain("This part cannot be shown.");
        expect(words()).toContain(
            "kind must be one of kv, stat, table, tree, list, chart, choose, text, document, ask, group",
        );
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

describe("S1-24 a field that opens an account", () => {
    const data = { parent: { id: "Q3VzdG9tZXI6NQ", name: "Hafenlicht" } };
    const item = { key: "parent.name", label: "Part of", opens: "parent.id" };

    it("leads to the customer's address", async () => {
        await draw([{ id: "k", kind: "kv", items: [item] }], data);
        expect(root.querySelector("a")?.getAttribute("href")).toBe("/c/Q3VzdG9tZXI6NQ");
        expect(root.querySelector("a")?.textContent).toBe("Hafenlicht");
    });
    it("leads nowhere else, whatever the id is", async () => {
        const evil = { parent: { id: "../../logout?javascript:", name: "Evil" } };
        await draw([{ id: "k", kind: "kv", items: [item] }], evil);
        expect(root.querySelector("a")?.getAttribute("href")).toMatch(/^\/c\/[^/?:]+$/);
    });
    it("is a text without an id", async () => {
        await draw([{ id: "k", kind: "kv", items: [item] }], { parent: { name: "Nobody" } });
        expect(root.querySelector("a")).toBeNull();
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
