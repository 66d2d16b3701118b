/* lists: what narrows them, as the address, the request and the screen have it, and how they become files. */

import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chosenValues, knownChosen, sameChosen } from "../../src/core/chosen.ts";
import { fileNameOf } from "../../src/core/file.ts";
import type { Panel } from "../../src/core/layout.ts";
import { addressOf, placeOf } from "../../src/core/route.ts";
import { Panels } from "../../src/panels/index.tsx";
import { noReading, ReadingContext } from "../../src/ui/words.ts";

const table = {
    id: "entries",
    kind: "table",
    title: "Entries",
    at: "entries",
    rowKey: "id",
    columns: [{ key: "name", label: "Name" }],
    export: [{ key: "name", label: "Name" }],
    filters: [
        {
            variable: "kind",
            label: "Show",
            choices: [
                { id: "paid", title: "Payments", value: ["PAYMENT"] },
                { id: "open", title: "Open", value: false },
            ],
        },
        { variable: "words", label: "Subject has" },
    ],
};
const months = { id: "m", kind: "choose", variable: "month", fmt: "month", key: "k", now: "n" };
const layout = { v: 1, panels: [{ id: "g", kind: "group", panels: [table] }, months] };

describe("what is chosen", () => {
    it("is known when the layout offers it", () => {
        const chosen = { kind: "paid", words: "no signal", month: "2026-09-01" };
        expect(knownChosen(layout, chosen)).toEqual(chosen);
    });
    it.each<Record<string, string>>([
        { kind: "nonsense" },
        { words: "" },
        { words: "x".repeat(101) },
        { month: "2026-13-01" },
        { month: "2026-02-30" },
        { month: "yesterday" },
        { first: "9999" },
        { constructor: "x" },
    ])("%j is nothing", chosen => {
        expect(knownChosen(layout, chosen)).toEqual({});
    });
    it("becomes what the variables want", () => {
        expect(chosenValues(layout, { kind: "paid", words: "a" })).toEqual({
            kind: ["PAYMENT"],
            words: "a",
        });
        expect(chosenValues(layout, { kind: "open" })).toEqual({ kind: false });
    });
    it.each([null, {}, { panels: 1 }, { panels: [null, { filters: 1 }] }])(
        "a layout like %j offers nothing",
        broken => {
            expect(knownChosen(broken, { kind: "paid" })).toEqual({});
        },
    );
    it("is compared by what it says", () => {
        expect(sameChosen({ a: "1", b: "2" }, { b: "2", a: "1" })).toBe(true);
        expect(sameChosen({ a: "1" }, {})).toBe(false);
        expect(sameChosen({ a: "1" }, { b: "1" })).toBe(false);
    });
    it("stands in the address, and comes back from there", () => {
        const chosen = { kind: "paid", words: "ä & b=c" };
        const address = addressOf({ page: "account", id: "Q3/x", tab: "entries", chosen });
        const url = new URL(address, "http://localhost");
        expect(placeOf(url.pathname, url.search)).toEqual({
            page: "account",
            id: "Q3/x",
            tab: "entries",
            chosen,
        });
    });
});

describe("on the screen", () => {
    let root: HTMLElement;
    beforeEach(() => {
        root = document.createElement("div");
        document.body.append(root);
    });
    afterEach(() => {
        render(null, root);
        root.remove();
        vi.useRealTimers();
    });

    const onChoose = vi.fn(async () => null);
    const onExport = vi.fn(async () => null);

    async function draw(names: string[], chosen = {}) {
        const nodes = names.map(name => ({ id: name, name }));
        const answer = { data: { entries: { nodes } }, errors: [], chosen };
        onChoose.mockClear();
        onExport.mockClear();
        await act(() => {
            render(
                <ReadingContext.Provider value={noReading}>
                    <Panels panels={[table as Panel]} {...{ answer, onChoose, onExport }} />
                </ReadingContext.Provider>,
                root,
            );
        });
    }
    const select = () => root.querySelector("select") as HTMLSelectElement;
    const button = () => root.querySelector("button.export") as HTMLButtonElement;

    it("a list offers its choices, all of it first", async () => {
        await draw(["a"]);
        expect([...select().options].map(({ text }) => text)).toEqual(["All", "Payments", "Open"]);
        expect(select().value).toBe("");
        select().value = "paid";
        await act(() => void select().dispatchEvent(new Event("change", { bubbles: true })));
        expect(onChoose.mock.calls).toEqual([["kind", "paid"]]);
    });
    it("shows what was chosen", async () => {
        await draw(["a"], { kind: "open", words: "signal" });
        expect(select().value).toBe("open");
        expect(root.querySelector("input")?.value).toBe("signal");
    });
    it("says when nothing is left, and keeps the way back", async () => {
        await draw([], { kind: "open" });
        expect(root.textContent).toContain("Nothing is like that.");
        expect(select().value).toBe("open");
        expect(button()).toBeNull();
    });
    it("offers nothing over a list that is empty by itself", async () => {
        await draw([]);
        expect(root.querySelector("select")).toBeNull();
        expect(root.textContent).toContain("Nothing to show.");
    });
    it("asks for words once somebody has stopped typing", async () => {
        vi.useFakeTimers();
        await draw(["a"]);
        const input = root.querySelector("input") as HTMLInputElement;
        for (const typed of ["s", "si", "sig "]) {
            input.value = typed;
            await act(() => void input.dispatchEvent(new Event("input", { bubbles: true })));
        }
        expect(onChoose).not.toHaveBeenCalled();
        await act(async () => void (await vi.advanceTimersByTimeAsync(400)));
        expect(onChoose.mock.calls).toEqual([["words", "sig"]]);
    });
    it("is saved as a file by its panel's name", async () => {
        await draw(["a"]);
        await act(() => void button().click());
        expect(onExport.mock.calls).toEqual([["entries"]]);
    });
});

describe("a file's name", () => {
    const named = (header: string) =>
        fileNameOf(new Response("", { headers: { "content-disposition": header } }));
    it("is the one the server gives", () => {
        expect(named('attachment; filename="usage-events-1001.csv"')).toBe("usage-events-1001.csv");
    });
    it("is never a path", () => {
        expect(named('attachment; filename="../../x.csv"')).toBe("list.csv");
    });
});
