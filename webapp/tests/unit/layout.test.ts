/* layout: what is wrong with a layout is said with its place and what would be right. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formats, panel, panelKinds } from "../../src/core/layout.ts";
import { operatorNames } from "../../src/core/rule.ts";
import { problemsOf } from "../../src/core/shape.ts";
import { layout } from "../../src/core/tab-file.ts";
import { repository, textOf } from "./files.ts";

const table = {
    id: "t",
    kind: "table",
    rowKey: "id",
    columns: [{ key: "name", label: "Name" }],
};

describe("a layout", () => {
    it("is right when it keeps to the vocabulary", () => {
        expect(problemsOf(layout, { v: 1, panels: [table] }, true)).toEqual([]);
    });

    it("of another version is refused", () => {
        expect(problemsOf(layout, { v: 2, panels: [table] }, true)).toEqual([
            { at: "v", message: "must be one of 1, and is 2" },
        ]);
    });

    it("without panels is refused", () => {
        const [problem] = problemsOf(layout, { v: 1, panels: [] }, true);
        expect(problem).toEqual({
            at: "panels",
            message: "must be a list of at least 1, and is []",
        });
    });
});

describe("a panel", () => {
    const said = (value: unknown, strict = true) =>
        problemsOf(panel, value, strict).map(({ at, message }) => `${at}: ${message}`);

    it("of an unknown kind is told which kinds there are", () => {
        expect(said({ id: "x", kind: "hologram" })).toEqual([
            `kind: must be one of ${panelKinds.join(", ")}, and is "hologram"`,
        ]);
    });

    it("with an unknown format is told where", () => {
        const columns = [{ key: "a" }, { key: "b", fmt: "sparkle" }];
        const [problem] = said({ ...table, columns });
        expect(problem).toMatch(/^columns\[1\]\.fmt: must be one of text, /);
    });

    it("with a field that is two things at once is refused", () => {
        const columns = [{ key: "a", says: [{ text: "b" }] }];
        expect(said({ ...table, columns })).toEqual([
            "columns[0]: needs exactly one of key, parts, says",
        ]);
    });

    it("with an unknown word is refused when published and shown when it comes from a newer server", () => {
        expect(said({ ...table, sparkle: 1 })).toEqual(["sparkle: is not known here"]);
        expect(said({ ...table, sparkle: 1 }, false)).toEqual([]);
    });

    it("that is a tree needs to know parts from wholes", () => {
        expect(said({ ...table, kind: "tree" })).toEqual([": needs parentKey"]);
    });

    it("inside another is checked as well", () => {
        const outer = { id: "g", kind: "group", panels: [{ id: "x", kind: "kv" }] };
        expect(said(outer)).toEqual(["panels[0]: needs items"]);
    });

    it.each([null, 7, "table", []])("that is %j is refused and nothing throws", value => {
        expect(said(value).length).toBeGreaterThan(0);
    });

    it("may not call anything by a name that objects inherit", () => {
        expect(said({ id: "x", kind: "constructor" })[0]).toMatch(/^kind: must be one of/);
    });
});

describe("docs/tab-layout.md", () => {
    const page = textOf(join(repository, "docs", "tab-layout.md"));
    it.each([...panelKinds, ...formats, ...operatorNames])("explains %s", word => {
        expect(page).toContain(`\`${word}\``);
    });
});
