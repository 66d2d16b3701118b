/* forms: what stands in a form, what of it is sent, what is kept of it, and what others did meanwhile. */

import { beforeEach, describe, expect, it } from "vitest";
import type { Action } from "../../src/core/layout.ts";
import { draftPrefix } from "../../src/forms/context.ts";
import {
    cleanDrafts,
    type Draft,
    draftAt,
    draftName,
    dropDraft,
    keepDraft,
} from "../../src/forms/drafts.ts";
import {
    beginOf,
    changedKeys,
    faultOf,
    fieldsOf,
    inputOf,
    outcomeOf,
    rebased,
    resultOf,
    shownFields,
} from "../../src/forms/entry.ts";
import { type Member, readInputType } from "../../src/forms/input-type.ts";
import { hindrance, offeredBy } from "../../src/forms/offered.ts";
import { optionsOf } from "../../src/forms/options.ts";
import { noReading } from "../../src/ui/words.ts";

const named = (name: string, kind = "SCALAR") => ({ kind, name, enumValues: null });
const nonNull = (ofType: object) => ({ kind: "NON_NULL", name: null, ofType });
const field = (name: string, type: object, defaultValue: string | null = null) => ({
    name,
    description: `About ${name}.`,
    defaultValue,
    type,
});
const severity = {
    ...named("Severity", "ENUM"),
    enumValues: [
        { name: "MAJOR", description: "Much." },
        { name: "MINOR", description: "Little." },
    ],
};

const type = readInputType({
    inputFields: [
        field("id", nonNull(named("ID"))),
        field("expectedVersion", named("Int")),
        field("name", nonNull(named("String"))),
        field("given", named("String")),
        field("count", named("Int")),
        field("severity", nonNull(severity), "MINOR"),
        field("tags", { kind: "LIST", name: null, ofType: nonNull(named("String")) }),
        field("loud", nonNull(named("Boolean")), "true"),
    ],
});
if (type === null) throw new Error("the type is read");
const member = (name: string) => type.get(name) as Member;

const action: Action = {
    key: "edit",
    mutation: "updateThing",
    label: "Edit",
    customer: "id",
    fill: { expectedVersion: "version" },
    fields: [
        { key: "name", label: "Name", from: "name" },
        { key: "given", label: "Given", from: "given" },
        { key: "count", label: "Count", from: "count" },
        { key: "secret", label: "Secret", from: "secret" },
    ],
    changes: true,
    answer: "thing { version name given count }",
    result: "thing",
    done: "Done",
};
const row = { version: 3, name: "Anna", given: null, count: 7 };
const begin = beginOf(action, action.fill ?? {}, type, row, "C1");

describe("the type of an input", () => {
    it("says what is needed, what is a list, and what is taken when nothing is given", () => {
        expect([...type.values()].map(({ name, required }) => required && name)).toEqual([
            "id",
            false,
            "name",
            false,
            false,
            false,
            false,
            false,
        ]);
        expect(member("tags").list).toBe(true);
        expect(member("severity").values?.map(({ value }) => value)).toEqual(["MAJOR", "MINOR"]);
        expect(member("severity").otherwise).toBe("MINOR");
    });

    it("that the viewer does not see is none", () => {
        expect(readInputType(null)).toBeNull();
    });
});

describe("a form", () => {
    it("begins from the row, and has no field that the viewer's schema has not", () => {
        expect(fieldsOf(action, type).map(({ key }) => key)).toEqual(["name", "given", "count"]);
        expect(begin).toEqual({
            values: { name: "Anna", given: "", count: "7" },
            fixed: { expectedVersion: 3, id: "C1" },
        });
    });

    it("begins from defaults where the row has nothing", () => {
        const fields = ["severity", "loud", "tags"].map(key => ({ key, label: key }));
        const found = beginOf({ ...action, fields }, {}, type, {}, "C1");
        expect(found.values).toEqual({ severity: "MINOR", loud: true, tags: [] });
    });

    it("is filled by what the row offers, where people can change it", () => {
        const fill = { name: "number" };
        const found = beginOf(action, fill, type, { number: "R-1" }, "C1");
        expect([found.values.name, found.fixed]).toEqual(["R-1", { id: "C1" }]);
    });

    it("S1-24 sends only what is different, and null for what is emptied", () => {
        const values = { ...begin.values, given: "Maria", count: "" };
        expect(changedKeys(begin, values)).toEqual(["given", "count"]);
        expect(inputOf(action, type, begin, values, fieldsOf(action, type))).toEqual({
            id: "C1",
            expectedVersion: 3,
            given: "Maria",
            count: null,
        });
    });

    it("that makes something new leaves out what is empty", () => {
        const making = { ...action, changes: false };
        expect(inputOf(making, type, begin, begin.values, fieldsOf(making, type))).toEqual({
            id: "C1",
            expectedVersion: 3,
            name: "Anna",
            count: 7,
        });
    });

    it("S1-14 does not send what is not to be seen", () => {
        const fields = action.fields.map(field =>
            field.key === "given" ? { ...field, visible: ["==", ["get", "name"], "Anna"] } : field,
        );
        const hiding = { ...action, fields };
        const scope = { row, rights: new Set<string>(), today: "2026-10-01" };
        const sentWith = (name: string) => {
            const values = { ...begin.values, name, given: "Maria" };
            const shown = shownFields(hiding, type, values, scope);
            return inputOf(hiding, type, begin, values, shown);
        };
        expect(sentWith("Anna")).toMatchObject({ given: "Maria" });
        expect(sentWith("Anne")).not.toHaveProperty("given");
    });

    it("says by itself what is missing and what is no number", () => {
        expect(faultOf(" ", member("name"))).toBe("missing");
        expect(faultOf("", member("given"))).toBeNull();
        expect(faultOf("", member("given"), true)).toBe("missing");
        expect(faultOf("7 apples", member("count"))).toBe("noNumber");
        expect(faultOf("-7", member("count"))).toBeNull();
        expect(faultOf(false, member("loud"))).toBeNull();
    });

    it("R2 keeps what was written and follows what others changed besides", () => {
        const now = beginOf(
            action,
            action.fill ?? {},
            type,
            { ...row, version: 4, count: 8 },
            "C1",
        );
        const values = rebased(begin, now, { ...begin.values, given: "Maria" });
        expect(values).toEqual({ name: "Anna", given: "Maria", count: "8" });
        expect(inputOf(action, type, now, values, fieldsOf(action, type))).toMatchObject({
            expectedVersion: 4,
        });
    });

    it("reads errors with their members, and the thing they are about", () => {
        const outcome = outcomeOf({
            thing: { name: "Anne" },
            userErrors: [
                { code: "CONFLICT", field: ["input", "name"], message: "Changed." },
                { code: "OUT_OF_SCOPE", field: null, message: "Gone." },
            ],
        });
        expect(outcome.errors.map(({ key }) => key)).toEqual(["name", null]);
        expect(resultOf(action, outcome)).toEqual({ name: "Anne" });
    });
});

describe("what can be chosen", () => {
    const locale = {
        ...noReading.locale,
        label: (of: string, value: string) => ({ label: `${of} ${value}`, tone: "info" as const }),
    };
    const from = {
        asked: { teams: [{ id: "7", name: "Night" }] },
        row: { next: ["MINOR"] },
        locale,
    };

    it("are the values of an enum, called by their labels", () => {
        const found = optionsOf({ key: "severity", label: "S" }, member("severity"), "", from);
        expect(found?.map(({ label }) => label)).toEqual(["Severity MAJOR", "Severity MINOR"]);
    });

    it("are those values that the row allows", () => {
        const choices = { at: "next" };
        const found = optionsOf(
            { key: "severity", label: "S", choices },
            member("severity"),
            "",
            from,
        );
        expect(found).toEqual([{ value: "MINOR", label: "Severity MINOR" }]);
    });

    it("are things that were asked for", () => {
        const choices = { asked: true, at: "teams", label: "name" };
        const found = optionsOf({ key: "id", label: "T", choices }, member("id"), "", from);
        expect(found).toEqual([{ value: "7", label: "Night" }]);
    });

    it("are languages, the one that stands there among them", () => {
        const found = optionsOf(
            { key: "name", label: "L", as: "lang" },
            member("name"),
            "tlh",
            from,
        );
        expect(found?.map(({ value }) => value)).toContain("tlh");
    });
});

describe("drafts", () => {
    const store = window.localStorage;
    const name = draftName("anna", "C1", "customer.edit", "");
    const draft: Draft = { begin, values: { name: "Anne" }, key: "k", at: 1_000_000 };
    beforeEach(() => store.clear());

    it("are found again until they are dropped or a day old", () => {
        keepDraft(store, name, draft);
        expect(draftAt(store, name, draft.at + 1000)).toEqual(draft);
        expect(draftAt(store, name, draft.at + 25 * 3_600_000)).toBeNull();
        dropDraft(store, name);
        expect(draftAt(store, name, draft.at)).toBeNull();
    });

    it("of others, too old or unreadable are cleaned away, and nothing else", () => {
        keepDraft(store, name, draft);
        keepDraft(store, draftName("bert", "C1", "customer.edit", ""), draft);
        keepDraft(store, draftName("anna", "C2", "customer.edit", ""), { ...draft, at: 0 });
        store.setItem(`${draftPrefix}["anna","C3"]`, "{");
        store.setItem("dossier-preferences", "{}");
        cleanDrafts(store, "anna", draft.at + 24 * 3_600_000 - 1);
        const left = Array.from({ length: store.length }, (_, index) => store.key(index));
        expect(left.sort()).toEqual(["dossier-preferences", name].sort());
    });

    it("that somebody else wrote into the store are not believed", () => {
        for (const text of ["null", "7", "{}", '{"begin":{},"values":{},"key":"k","at":1}'])
            expect([store.setItem(name, text), draftAt(store, name, 1)]).toEqual([undefined, null]);
    });
});

describe("what is offered", () => {
    const offered = { key: "edit", mutation: "m", input: "I", document: "d", choices: null };
    const tab = (key: string, actions: (typeof offered)[]) => ({
        key,
        title: key,
        version: 1,
        icon: "flag",
        onlyFor: [],
        layout: { v: 1, actions: [action], panels: [] },
        document: "",
        actions,
    });
    const tabs = [tab("things", [offered]), tab("others", [])];

    it("S1-08 is the tab's own or that of another tab, filled from here", () => {
        const own = offeredBy({ action: "edit" }, tabs[0] as never, tabs);
        expect(own?.fill).toEqual({ expectedVersion: "version" });
        const other = offeredBy(
            { action: "things.edit", fill: { aboutId: "id" } },
            tabs[1] as never,
            tabs,
        );
        expect([other?.tab.key, other?.fill]).toEqual([
            "things",
            { expectedVersion: "version", aboutId: "id" },
        ]);
    });

    it("S4-05 is nothing that the viewer has no right to", () => {
        expect(offeredBy({ action: "edit" }, tabs[1] as never, tabs)).toBeNull();
        expect(offeredBy({ action: "nowhere.edit" }, tabs[0] as never, tabs)).toBeNull();
    });

    const scope = (of: unknown) => ({
        row: of,
        within: [],
        rights: new Set<string>(),
        today: "",
    });

    it("S1-04 says why something cannot be done", () => {
        const unless = [{ when: ["empty", ["get", "name"]], text: "There is no name." }];
        expect(hindrance({ ...action, unless }, scope({}), "en")).toBe("There is no name.");
        expect(hindrance({ ...action, unless }, scope({ name: "x" }), "en")).toBe("");
    });

    it("S1-04 what the server says of the mutation keeps it from being done, with all its reasons", () => {
        const reasons = [{ label: "It is active." }, { label: "Order 7 is about it." }];
        const row = { actions: [{ mutation: action.mutation, reasons }] };
        expect(hindrance(action, scope(row), "en")).toBe("It is active. Order 7 is about it.");
        const other = { actions: [{ mutation: "another", reasons }] };
        expect(hindrance(action, scope(other), "en")).toBe("");
        const open = { actions: [{ mutation: action.mutation, reasons: [] }] };
        expect(hindrance(action, scope(open), "en")).toBe("");
    });

    it("S1-04 what the server says of the thing that the input names counts for the row as well", () => {
        const reasons = [{ label: "It is paid before." }];
        const account = { id: "7", actions: [{ mutation: action.mutation, reasons }] };
        const filled = { ...action, fill: { id: "account.id" } };
        expect(hindrance(filled, scope({ account }), "en")).toBe("It is paid before.");
        expect(hindrance(action, scope({ account }), "en")).toBe("");
    });
});
