/* tab-file: a whole tab as it is published: its layout, what can be done from it, and what tells tabs apart. */

import { schemaOf } from "./json-schema.ts";
import {
    type Action,
    actionName,
    type Badge,
    type Choices,
    type First,
    type FormField,
    identifier,
    type Layout,
    type Moves,
    panel,
    path,
    paths,
    type Reveals,
    rule,
    say,
    shown,
    text,
    tone,
} from "./layout.ts";
import {
    anything,
    boolean,
    type Json,
    type JsonSchema,
    listOf,
    named,
    object,
    oneOf,
    optional,
    pattern,
    recordOf,
    type Shape,
    string,
    whole,
} from "./shape.ts";

const badge: Shape<Badge> = object<Badge>({
    key: path,
    label: text,
    tone: optional(tone),
});

const shortcut = pattern(/^[a-z]( [a-z])?$/, "one or two small letters with a space between");

const errorCode = pattern(/^[A-Z]+(_[A-Z]+)*$/, "a code of user errors such as NOT_VERIFIED");
const member = pattern(/^[a-z]\w*$/, "the name of a member of the input");
const fill = optional(recordOf(paths));

const choices: Shape<Choices> = object<Choices>({
    asked: optional(boolean),
    at: path,
    key: optional(path),
    label: optional(paths),
});

const formField: Shape<FormField> = object<FormField>({
    key: member,
    label: text,
    help: optional(text),
    from: optional(paths),
    as: optional(oneOf(["lines", "email", "phone", "lang", "country"])),
    currency: optional(path),
    needed: optional(boolean),
    choices: optional(choices),
    without: optional(listOf(pattern(/^[A-Z]\w*$/, "a value of an enum"))),
    visible: optional(rule),
});

const action: Shape<Action> = named("action", () =>
    object<Action>({
        key: member,
        mutation: member,
        label: text,
        hint: optional(text),
        shortcut: optional(shortcut),
        menu: optional(boolean),
        creates: optional(boolean),
        customer: optional(member),
        fill,
        fields: listOf(formField, 0),
        panels: optional(listOf(panel)),
        changes: optional(boolean),
        choices: optional(string),
        answer: string,
        result: optional(path),
        shows: optional(listOf(shown)),
        unless: optional(listOf(say)),
        soon: optional(member),
        reveals: optional(object<Reveals>({ value: path, seconds: path })),
        first: optional(object<First>({ code: errorCode, action: actionName })),
        send: optional(text),
        done: text,
    }),
);

export const layout: Shape<Layout> = object<Layout>({
    v: oneOf([1]),
    shortcut: optional(shortcut),
    badge: optional(badge),
    moves: optional(listOf(object<Moves>({ at: optional(path), when: rule }))),
    actions: optional(listOf(action)),
    panels: listOf(panel),
});

/** A tab as it is kept in db/tabs/<key>/tab.json. */
export interface TabFile {
    key: string;
    title: Record<string, string>;
    icon: string;
    order: number;
    right: string;
    /** Only for customers who hold something of these kinds. */
    onlyFor?: string[];
    vars: Record<string, { type: string; default: Json }>;
    layout: Layout;
}

export const tabFile: Shape<TabFile> = object<TabFile>({
    key: pattern(/^[a-z][a-z0-9]*$/, "small letters and digits"),
    title: recordOf(string, ["en", "de"]),
    icon: identifier,
    order: whole(0, 10_000),
    right: pattern(/^[a-z]+:(read|write)$/, "a right such as account:read"),
    onlyFor: optional(listOf(pattern(/^[A-Z_]+$/, "a kind such as FIBRE"))),
    vars: recordOf(object<{ type: string; default: Json }>({ type: string, default: anything })),
    layout,
});

export function jsonSchema(): JsonSchema {
    const definitions = new Map<string, JsonSchema>();
    const root = schemaOf(layout, definitions);
    return {
        $schema: "https://json-schema.org/draft/2020-12/schema",
        title: "The layout of a tab, version 1",
        ...root,
        $defs: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
}
