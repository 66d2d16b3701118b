/* tabs: every shipped tab keeps to the vocabulary, asks for what it shows and speaks each language. */

import { join } from "node:path";
import {
    type FieldNode,
    type FragmentDefinitionNode,
    getNamedType,
    type InlineFragmentNode,
    isInputObjectType,
    isNonNullType,
    Kind,
    type OperationDefinitionNode,
    parse,
    validate,
} from "graphql";
import { describe, expect, it } from "vitest";
import type { Action, Column, Field, Panel, Rule, StatItem, Use } from "../../src/core/layout.ts";
import { pathsOf } from "../../src/core/rule.ts";
import { problemsOf } from "../../src/core/shape.ts";
import { jsonSchema, type TabFile, tabFile } from "../../src/core/tab-file.ts";
import { languages } from "../../src/i18n/index.ts";
import { iconName } from "../../src/ui/icon.tsx";
import { filesIn, shippedTabs, textOf, webapp } from "./files.ts";
import { publicSchema } from "./schema.ts";

const tabs = shippedTabs();
const schema = publicSchema();

/** The tree of names a fragment selects; the nodes of a connection stand for the connection. */
interface Selected {
    [name: string]: Selected;
}

function selectedBy(
    node: FragmentDefinitionNode | OperationDefinitionNode | FieldNode | InlineFragmentNode,
): Selected {
    const names: Selected = {};
    for (const field of node.selectionSet?.selections ?? []) {
        if (field.kind === Kind.FRAGMENT_SPREAD) throw new Error("tabs spread no fragments");
        if (field.kind === Kind.INLINE_FRAGMENT) {
            Object.assign(names, selectedBy(field));
            continue;
        }
        names[field.alias?.value ?? field.name.value] = selectedBy(field);
    }
    return names.nodes ? { ...names, ...names.nodes } : names;
}

function at(selected: Selected, path: string): Selected {
    return path.split(".").reduce((within, name) => {
        const found = within[name];
        if (found === undefined) throw new Error(`${path} is not asked for: ${name} is missing`);
        return found;
    }, selected);
}

function checkRule(rule: Rule | undefined, row: Selected, around: Selected[]): void {
    for (const path of pathsOf(rule, "get")) at(row, path);
    for (const path of pathsOf(rule, "up"))
        if (!around.some(one => (path.split(".")[0] as string) in one))
            throw new Error(`["up", "${path}"] finds nothing`);
}

function checkField(field: Field | Column, row: Selected, around: Selected[]): void {
    checkRule(field.visible, row, around);
    for (const path of [field.key ?? [], field.opens ?? []].flat()) at(row, path);
    for (const { when } of field.says ?? []) checkRule(when, row, around);
    if (field.sub) checkField(field.sub, row, around);
    const below = field.at === undefined ? row : at(row, field.at);
    for (const part of field.parts ?? []) checkField(part, below, [row, ...around]);
}

function checkStat(item: StatItem, row: Selected): void {
    const below = item.of === undefined ? row : at(row, item.of);
    for (const path of [item.key].flat()) at(below, path);
    checkRule(item.where, below, [row, ...Object.values(row)]);
    checkRule(item.visible, row, []);
}

/** A document of the app, of one operation. */
function queryOf(name: string): OperationDefinitionNode {
    const [definition] = parse(textOf(join(webapp, "documents", `${name}.graphql`))).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${name} is no operation`);
    return definition;
}

/** What a panel offers, and what it is filled from. */
type Offer = (use: Use, row: Selected) => void;

function checkPanel(panel: Panel, data: Selected, around: Selected[], offer: Offer): void {
    checkRule(panel.visible, data, around);
    const value = panel.at === undefined ? data : at(data, panel.at);
    for (const use of panel.actions ?? []) offer(use, panel.kind === "kv" ? value : data);
    if ("rowActions" in panel) for (const use of panel.rowActions ?? []) offer(use, value);
    const outside = panel.at === undefined ? around : [data, ...around];
    if (panel.kind === "kv") for (const item of panel.items) checkField(item, value, outside);
    if (panel.kind === "stat") for (const item of panel.items) checkStat(item, value);
    if (panel.kind === "list")
        for (const field of [panel.lead, ...(panel.lines ?? []), panel.tag])
            if (field) checkField(field, value, outside);
    if (panel.kind === "list" && panel.meter)
        for (const path of [panel.meter.part, panel.meter.of]) at(value, path);
    if (panel.kind === "chart")
        for (const path of [panel.x, ...panel.series.map(({ key }) => key)]) at(value, path);
    if ("export" in panel)
        for (const column of panel.export ?? [])
            for (const path of [column.key].flat()) at(value, path);
    if (panel.kind === "choose") {
        at(value, panel.key);
        at(data, panel.now);
    }
    if (panel.kind === "document")
        for (const path of [panel.key, panel.name].flat()) if (path) at(value, path);
    if (panel.kind === "ask") {
        for (const path of Object.values(panel.from ?? {})) at(value, path);
        const answer = selectedBy(queryOf(panel.document));
        for (const inner of panel.panels) checkPanel(inner, answer, [value, ...outside], offer);
    }
    if (panel.kind === "group")
        for (const inner of panel.panels) checkPanel(inner, value, outside, offer);
    if (panel.kind !== "table" && panel.kind !== "tree") return;
    at(value, panel.rowKey);
    if (panel.parentKey) at(value, panel.parentKey);
    for (const column of panel.columns) checkField(column, value, outside);
    for (const { when } of panel.groups ?? []) checkRule(when, value, outside);
    checkRule(panel.detail?.open, value, outside);
    for (const inner of panel.detail?.panels ?? []) checkPanel(inner, value, outside, offer);
}

/** The input of a mutation, by the names of its members. */
function membersOf(mutation: string) {
    const [argument] = schema.getMutationType()?.getFields()[mutation]?.args ?? [];
    const type = getNamedType(argument?.type);
    if (!isInputObjectType(type)) throw new Error(`there is no mutation ${mutation}`);
    return type.getFields();
}

/** What is read of an action's answer, at its result. */
function resultOf({ answer, result }: Action): Selected {
    const [operation] = parse(`{ ${answer} }`).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("must be a selection");
    const selected = selectedBy(operation as unknown as FieldNode);
    return result === undefined ? selected : at(selected, result);
}

function checkFields(action: Action): void {
    const members = membersOf(action.mutation);
    const given = [action.customer, ...Object.keys(action.fill ?? {}), "idempotencyKey", "dryRun"];
    const keys = [...action.fields.map(({ key }) => key), ...given].filter(
        key => key !== undefined,
    );
    for (const key of keys) expect(Object.keys(members)).toContain(key);
    for (const [name, { type, defaultValue }] of Object.entries(members))
        if (isNonNullType(type) && defaultValue === undefined) expect(keys).toContain(name);
    for (const { key, help } of action.fields)
        expect(help ?? members[key]?.description).toBeTruthy();
}

/** An action as it is offered for a row. */
function checkOffer(action: Action, fill: Use["fill"], row: Selected): void {
    for (const path of Object.values({ ...action.fill, ...fill }).flat()) at(row, path);
    for (const name of Object.keys(fill ?? {}))
        expect(Object.keys(membersOf(action.mutation))).toContain(name);
    for (const { from, visible, choices } of action.fields) {
        for (const path of [from ?? []].flat()) at(row, path);
        if (choices && !choices.asked) at(row, choices.at);
        checkRule(visible, { ...row, ...membersOf(action.mutation) } as Selected, []);
    }
    for (const { when } of action.unless ?? []) checkRule(when, row, []);
}

function fragmentOf(text: string): FragmentDefinitionNode {
    const [definition, ...more] = parse(text).definitions;
    if (definition?.kind !== Kind.FRAGMENT_DEFINITION || more.length > 0)
        throw new Error("must be one fragment and nothing else");
    return definition;
}

/** All texts for people of a layout: objects whose keys are languages. */
function textsOf(value: unknown): Record<string, string>[] {
    if (typeof value !== "object" || value === null) return [];
    if ("en" in value) return [value as Record<string, string>];
    return Object.values(value).flatMap(textsOf);
}

describe.each(tabs)("S1-10 tab $key", ({ key, file, fragment }) => {
    const tab = file as TabFile;

    it("keeps to the vocabulary, without an unknown word", () => {
        expect(problemsOf(tabFile, file, true)).toEqual([]);
    });

    it("lies in the folder of its key and has an icon that is drawn", () => {
        expect(tab.key).toBe(key);
        expect(iconName(tab.icon)).toBe(tab.icon);
    });

    it("asks for a valid fragment on Customer", () => {
        const { typeCondition, name } = fragmentOf(fragment);
        expect(typeCondition.name.value).toBe("Customer");
        const variables = Object.entries(tab.vars).map(
            ([variable, { type, default: value }]) =>
                `$${variable}: ${type} = ${JSON.stringify(value)}`,
        );
        const head = variables.length > 0 ? `(${variables.join(", ")})` : "";
        const query = `query Q${head} { customer(id: "1") { ...${name.value} } } ${fragment}`;
        expect(validate(schema, parse(query)).map(String)).toEqual([]);
    });

    it("selects everything that its layout shows", () => {
        const selected = selectedBy(fragmentOf(fragment));
        for (const panel of tab.layout.panels) checkPanel(panel, selected, [], () => {});
        if (tab.layout.badge) at(selected, tab.layout.badge.key);
        for (const moves of tab.layout.moves ?? [])
            checkRule(moves.when, moves.at === undefined ? selected : at(selected, moves.at), []);
    });

    it("S1-04 has actions that fit the schema, with help at every field", () => {
        for (const action of tab.layout.actions ?? []) {
            checkFields(action);
            const result = resultOf(action);
            for (const field of action.shows ?? []) checkField(field, result, []);
            if (action.changes)
                for (const { from } of action.fields)
                    for (const path of [from ?? []].flat()) at(result, path);
        }
    });

    it("S1-08 offers actions that there are, filled from what is asked for", () => {
        const selected = selectedBy(fragmentOf(fragment));
        const offer: Offer = ({ action: name, fill }, row) => {
            const [key, of = tab.key] = name.split(".").reverse();
            const owner = tabs.find(one => one.key === of)?.file as TabFile | undefined;
            const action = owner?.layout.actions?.find(one => one.key === key);
            if (action === undefined) throw new Error(`there is no action ${name}`);
            checkOffer(action, fill, row);
        };
        for (const panel of tab.layout.panels) checkPanel(panel, selected, [], offer);
        for (const action of tab.layout.actions ?? [])
            if (action.menu) checkOffer(action, {}, selected);
    });

    it("says every text in every language", () => {
        for (const text of textsOf(tab.layout))
            expect(Object.keys(text)).toEqual(expect.arrayContaining(languages));
    });

    it("names only enums of the schema", () => {
        for (const [, name] of JSON.stringify(tab.layout).matchAll(/"enum":"(\w+)"/g))
            expect(schema.getType(name as string)?.astNode?.kind).toBe(Kind.ENUM_TYPE_DEFINITION);
    });
});

describe("tabs together", () => {
    it("have keys, orders and shortcuts of their own", () => {
        const files = tabs.map(({ file }) => file as TabFile);
        const own: ((tab: TabFile) => unknown)[] = [
            tab => tab.key,
            tab => tab.order,
            tab => tab.layout.shortcut,
        ];
        for (const one of own) expect(new Set(files.map(one)).size).toBe(files.length);
        const keys = files.flatMap(({ layout }) =>
            (layout.actions ?? []).flatMap(({ shortcut }) => shortcut ?? []),
        );
        expect(new Set(["a a", ...keys]).size).toBe(keys.length + 1);
    });
});

describe("documents of the app", () => {
    it.each(filesIn(join(webapp, "documents"), ".graphql"))("%s is valid", file => {
        expect(validate(schema, parse(textOf(file))).map(String)).toEqual([]);
    });
});

describe("layout.schema.json", () => {
    it("is what the vocabulary says (npm run schema writes it)", () => {
        const written = JSON.parse(textOf(webapp, "schema", "layout.schema.json"));
        expect(written).toEqual(jsonSchema());
    });
});
