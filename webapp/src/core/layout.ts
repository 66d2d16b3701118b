/* layout: the vocabulary, version 1, in which a tab says how its answer is shown (docs/tab-layout.md). */

import {
    anyString,
    anything,
    boolean,
    either,
    type Json,
    listOf,
    named,
    object,
    oneOf,
    optional,
    pattern,
    recordOf,
    type Shape,
    tagged,
    whole,
} from "./shape.ts";

export const formats = [
    "text",
    "multiline",
    "code",
    "words",
    "int",
    "decimal",
    "percent",
    "bytes",
    "duration",
    "money",
    "balance",
    "size",
    "date",
    "dateTime",
    "moment",
    "relative",
    "due",
    "month",
    "bool",
    "enum",
    "badge",
    "phone",
    "email",
    "contact",
    "country",
    "lang",
    "labels",
] as const;

export const tones = ["neutral", "ok", "warn", "bad", "info"] as const;

export const panelKinds = [
    "kv",
    "stat",
    "table",
    "tree",
    "list",
    "chart",
    "choose",
    "text",
    "document",
    "ask",
    "group",
] as const;

export type Format = (typeof formats)[number];
export type Tone = (typeof tones)[number];
export type PanelKind = (typeof panelKinds)[number];

/** A text for people: one for all languages, or one per language with English at least. */
export type Text = string | Record<string, string>;

/** An expression such as ["==", ["get", "status"], "ACTIVE"]; see rule.ts. */
export type Rule = unknown[];

export interface Say {
    when?: Rule;
    text: Text;
    tone?: Tone;
}

/** One thing shown: a value (key), several in a line (parts), or words chosen by rules (says). */
export interface Field {
    label?: Text;
    visible?: Rule;
    before?: Text;
    after?: Text;
    key?: string | string[];
    fmt?: Format;
    enum?: string;
    copy?: boolean;
    /** The path of a customer's id: what is shown leads to their account. */
    opens?: string;
    parts?: Field[];
    at?: string;
    join?: string;
    says?: Say[];
    sub?: Field;
}

export interface Column extends Field {
    align?: "start" | "end";
    sort?: boolean;
    /** What it sorts by, where that is not what it shows. */
    by?: string;
    /** The rows come sorted by it. */
    first?: boolean;
    /** How much of the width, in percent. */
    w?: number;
}

export interface Group {
    id: string;
    title: Text;
    when?: Rule;
    quiet?: boolean;
}

export interface StatItem {
    label: Text;
    visible?: Rule;
    key: string | string[];
    fmt?: Format;
    enum?: string;
    of?: string;
    where?: Rule;
    agg?: "sum" | "count" | "min" | "max";
    also?: Format;
}

/** Members of an input, and the paths of the row that they are filled from. */
export type Fill = Record<string, string | string[]>;

/** An action that is offered somewhere: one of the tab's own, or tab.action of another. */
export interface Use {
    action: string;
    fill?: Fill;
    /** A rule on the row: whether it is offered at all. */
    visible?: Rule;
}

interface Common {
    id: string;
    title?: Text;
    hint?: Text;
    at?: string;
    span?: number;
    visible?: Rule;
    empty?: Text;
    /** What can be done with all of it. */
    actions?: Use[];
}

/** A column of the file that a list can be had as. */
export interface ExportColumn {
    label: Text;
    key: string | string[];
    /** Of amounts: the heading of a column of its own that says the currency. */
    currency?: Text;
    /** Written as the labels of this enum. */
    enum?: string;
}

/** One of what a list can be narrowed to. */
export interface Choice {
    id: string;
    title: Text;
    /** What the variable gets. */
    value: Json;
}

/** Narrows a list by a variable of the fragment: to one of a few choices, or to what has the words somebody types. */
export interface Filter {
    label: Text;
    variable: string;
    choices?: Choice[];
}

/** A panel over a connection: `more` names the fragment's variable that takes the cursor of the next page. */
interface Paged extends Common {
    more?: string;
    /** The whole list can be had as a file with these columns. */
    export?: ExportColumn[];
    filters?: Filter[];
    find?: Sought;
    /** What can be done with one of its rows. */
    rowActions?: Use[];
}

/** What `find` says: by what the server finds rows of the list, each a list of paths in its filter. */
export interface Sought {
    /** The fragment's variable that takes the filter. */
    variable: string;
    /** Texts that are looked for from their beginning. */
    numbers?: string[];
    /** Telephone numbers, of which the last digits are enough. */
    phones?: string[];
    words?: string[];
    amounts?: string[];
    days?: string[];
    moments?: string[];
}

/** What `history` says: of what type the panel's things are, whose versions can be looked at. */
export interface Traced {
    type: string;
    /** The path of a thing's id; without it the thing is the customer. */
    key?: string;
    /** How fields read that the panel does not show, or not by themselves. */
    also?: Field[];
}

export interface KvPanel extends Common {
    kind: "kv";
    history?: Traced;
    items: Field[];
}

export interface StatPanel extends Common {
    kind: "stat";
    items: StatItem[];
}

export interface Detail {
    open?: Rule;
    /** The fragment's variable that takes a row's key: then lists below the row can be read on, for it alone. */
    row?: string;
    panels: Panel[];
}

export interface TablePanel extends Paged {
    kind: "table" | "tree";
    history?: Traced;
    rowKey: string;
    columns: Column[];
    groups?: Group[];
    detail?: Detail;
    parentKey?: string;
}

/** How much of something: a bar. */
export interface Meter {
    part: string;
    of: string;
}

export interface Series {
    label: Text;
    key: string;
    fmt?: Format;
}

export interface ListPanel extends Paged {
    kind: "list";
    history?: Traced;
    lead: Field;
    lines?: Field[];
    tag?: Field;
    meter?: Meter;
    unfolds?: Unfolding;
}

/** What a row holds, to be opened where there is more to it than the row says. */
export interface Unfolding {
    when?: Rule;
    label: Field;
    panels: Panel[];
}

/** Bars over days: one row of them for each series, as each has a unit of its own. */
export interface ChartPanel extends Common {
    kind: "chart";
    /** The path of a row's day. */
    x: string;
    series: Series[];
}

/** Asks for the tab again with another value of one of its variables. */
export interface ChoosePanel extends Common {
    kind: "choose";
    label: Text;
    /** The path of a choice's value, and how it reads. */
    key: string;
    fmt?: Format;
    variable: string;
    /** The path of the value that is shown now. */
    now: string;
}

export interface TextPanel extends Common {
    kind: "text";
    text: Text;
    tone?: Tone;
}

/** A PDF of the server's, shown by the browser. */
export interface DocumentPanel extends Common {
    kind: "document";
    /** The paths of its address. */
    key: string | string[];
    /** The path of what it is called when it is saved. */
    name?: string;
}

/** Asks a document of the app when somebody wants to know, and draws panels over its answer. */
export interface AskPanel extends Common {
    kind: "ask";
    document: string;
    /** The document's variables: paths of their values, and values. */
    from?: Record<string, string>;
    values?: Record<string, unknown>;
    /** Asked when it is to be seen, without a button. */
    now?: boolean;
    button: Text;
    panels: Panel[];
}

export interface GroupPanel extends Common {
    kind: "group";
    panels: Panel[];
}

export type Panel =
    | KvPanel
    | StatPanel
    | TablePanel
    | ListPanel
    | ChartPanel
    | ChoosePanel
    | TextPanel
    | DocumentPanel
    | AskPanel
    | GroupPanel;

export interface Badge {
    key: string;
    label: Text;
    tone?: Tone;
}

/** What can be chosen: values or things at a path of what was asked for, or else of the row. */
export interface Choices {
    asked?: boolean;
    at: string;
    /** Of things: the path of what is sent, and the paths of what people read. */
    key?: string;
    label?: string | string[];
}

/** A member of the input that people fill in. */
export interface FormField {
    key: string;
    label: Text;
    /** In place of what the schema says of the member. */
    help?: Text;
    /** The paths of the row where its value stands now. */
    from?: string | string[];
    /** Several lines, a text that the browser knows how to help with, or a language or a country to choose. */
    as?: "lines" | "email" | "phone" | "lang" | "country";
    /** Of an amount: the path of the row where its currency stands. */
    currency?: string;
    /** It has to be given where it is shown, though the input may be without it. */
    needed?: boolean;
    choices?: Choices;
    /** Values of an enum that are not offered. */
    without?: string[];
    visible?: Rule;
}

/** Paths in the payload: of what is shown, and for how many seconds. */
export interface Reveals {
    value: string;
    seconds: string;
}

/** Another action, after which this one is offered again. */
export interface First {
    code: string;
    action: string;
}

/** A field of what was tried: beside what the row has there, or else what the answer has at `was`. */
export type Shown = Field & { was?: string };

/** Something that can be done: a form over the input of a mutation. */
export interface Action {
    key: string;
    mutation: string;
    label: Text;
    hint?: Text;
    shortcut?: string;
    /** Whether it is offered for the whole account, too. */
    menu?: boolean;
    /** Whether it makes a customer: then it is offered where customers are looked for. */
    creates?: boolean;
    /** The member of the input that takes the customer's id. */
    customer?: string;
    fill?: Fill;
    /** None: there is nothing to be said, only to be confirmed. */
    fields: FormField[];
    /** What is to be read before the fields, of the row. */
    panels?: Panel[];
    /** Only what differs from the row is sent. */
    changes?: boolean;
    /** What has to be asked for so that people can choose. */
    choices?: string;
    /** What is read of the payload. */
    answer: string;
    /** The path of the thing in it that `from` and `shows` look into. */
    result?: string;
    /** What is shown of a dry run before anything is done. */
    shows?: Shown[];
    /** Rules under which it cannot be done, and why in words. */
    unless?: Say[];
    /** Shown as done at once; what is sent is this member. */
    soon?: string;
    /** Something of the answer that is read once and gone after so many seconds. */
    reveals?: Reveals;
    /** What has to be done before it, when it is refused with this code. */
    first?: First;
    send?: Text;
    done: Text;
}

/** Something of the tab that moves on without anybody's doing: while there is such a row, the tab is read again by itself. */
export interface Moves {
    /** The path of the rows; without it the rule is about the tab's whole answer. */
    at?: string;
    when: Rule;
}

export interface Layout {
    v: 1;
    shortcut?: string;
    badge?: Badge;
    moves?: Moves[];
    actions?: Action[];
    panels: Panel[];
}

const isString = (value: unknown) => typeof value === "string";
export const path = pattern(
    /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/,
    "a path of field names such as partner.name",
);
export const identifier = pattern(
    /^[a-z][a-z0-9-]*$/,
    "a name of small letters, digits and hyphens",
);
export const text = named<Text>("text", () =>
    either(anyString, isString, recordOf(anyString, ["en"])),
);
export const paths = named<string | string[]>("paths", () => either(path, isString, listOf(path)));
export const rule = named<Rule>("rule", () => listOf(anything));
const format = named<Format>("format", () => oneOf(formats));
export const tone = named<Tone>("tone", () => oneOf(tones));
const enumName = pattern(/^[A-Z]\w*$/, "the name of an enum of the GraphQL schema");

export const say: Shape<Say> = object<Say>({
    when: optional(rule),
    text: text,
    tone: optional(tone),
});

const fieldMembers = () => ({
    label: optional(text),
    visible: optional(rule),
    before: optional(text),
    after: optional(text),
    key: optional(paths),
    fmt: optional(format),
    enum: optional(enumName),
    copy: optional(boolean),
    opens: optional(path),
    parts: optional(listOf(field)),
    at: optional(path),
    join: optional(anyString),
    says: optional(listOf(say)),
    sub: optional(field),
});

export const field: Shape<Field> = named("field", () =>
    object<Field>(fieldMembers(), ["key", "parts", "says"]),
);

export const shown: Shape<Shown> = named("shown", () =>
    object<Shown>({ ...fieldMembers(), was: optional(path) }, ["key", "parts", "says"]),
);

const column: Shape<Column> = named("column", () =>
    object<Column>(
        {
            ...fieldMembers(),
            align: optional(oneOf(["start", "end"])),
            sort: optional(boolean),
            by: optional(path),
            first: optional(boolean),
            w: optional(whole(1, 100)),
        },
        ["key", "parts", "says"],
    ),
);

const statItem: Shape<StatItem> = object<StatItem>({
    label: text,
    visible: optional(rule),
    key: paths,
    fmt: optional(format),
    enum: optional(enumName),
    of: optional(path),
    where: optional(rule),
    agg: optional(oneOf(["sum", "count", "min", "max"])),
    also: optional(format),
});

const group: Shape<Group> = object<Group>({
    id: identifier,
    title: text,
    when: optional(rule),
    quiet: optional(boolean),
});

export const actionName = pattern(
    /^([a-z][a-z0-9]*\.)?[a-z]\w*$/,
    "an action such as tickets.create",
);

const use: Shape<Use> = named("use", () =>
    object<Use>({
        action: actionName,
        fill: optional(recordOf(paths)),
        visible: optional(rule),
    }),
);

const common = {
    actions: optional(listOf(use)),
    id: identifier,
    title: optional(text),
    hint: optional(text),
    at: optional(path),
    span: optional(whole(1, 12)),
    visible: optional(rule),
    empty: optional(text),
};

const traced: Shape<Traced> = named("traced", () =>
    object<Traced>({
        type: pattern(/^[A-Z]\w*$/, "the name of a type of the GraphQL schema"),
        key: optional(path),
        also: optional(listOf(field)),
    }),
);

const sought: Shape<Sought> = named("sought", () => {
    const filterPaths = optional(listOf(path));
    return object<Sought>({
        variable: path,
        numbers: filterPaths,
        phones: filterPaths,
        words: filterPaths,
        amounts: filterPaths,
        days: filterPaths,
        moments: filterPaths,
    });
});

const exportColumn: Shape<ExportColumn> = named("exportColumn", () =>
    object<ExportColumn>({
        label: text,
        key: paths,
        currency: optional(text),
        enum: optional(enumName),
    }),
);

const filter: Shape<Filter> = named("filter", () =>
    object<Filter>({
        label: text,
        variable: path,
        choices: optional(listOf(object<Choice>({ id: identifier, title: text, value: anything }))),
    }),
);

const paged = {
    ...common,
    more: optional(path),
    find: optional(sought),
    export: optional(listOf(exportColumn)),
    filters: optional(listOf(filter)),
    rowActions: optional(listOf(use)),
};

const panels = () => listOf(panel);

const detail: Shape<Detail> = named("detail", () =>
    object<Detail>({ open: optional(rule), row: optional(path), panels: panels() }),
);

const unfolding: Shape<Unfolding> = named("unfolding", () =>
    object<Unfolding>({ when: optional(rule), label: field, panels: panels() }),
);

const tableMembers = {
    ...paged,
    history: optional(traced),
    rowKey: path,
    columns: listOf(column),
    groups: optional(listOf(group)),
    detail: optional(detail),
};

const shapes: Record<PanelKind, Shape<unknown>> = {
    kv: object<KvPanel>({
        ...common,
        kind: oneOf(["kv"]),
        history: optional(traced),
        items: listOf(field),
    }),
    stat: object<StatPanel>({ ...common, kind: oneOf(["stat"]), items: listOf(statItem) }),
    table: object<TablePanel>({
        ...tableMembers,
        kind: oneOf(["table"]),
        parentKey: optional(path),
    }),
    tree: object<TablePanel & { parentKey: string }>({
        ...tableMembers,
        kind: oneOf(["tree"]),
        parentKey: path,
    }),
    list: object<ListPanel>({
        ...paged,
        kind: oneOf(["list"]),
        history: optional(traced),
        lead: field,
        lines: optional(listOf(field)),
        tag: optional(field),
        meter: optional(object<Meter>({ part: path, of: path })),
        unfolds: optional(unfolding),
    }),
    chart: object<ChartPanel>({
        ...common,
        kind: oneOf(["chart"]),
        x: path,
        series: listOf(object<Series>({ label: text, key: path, fmt: optional(format) })),
    }),
    choose: object<ChoosePanel>({
        ...common,
        kind: oneOf(["choose"]),
        label: text,
        key: path,
        fmt: optional(format),
        variable: path,
        now: path,
    }),
    text: object<TextPanel>({ ...common, kind: oneOf(["text"]), text, tone: optional(tone) }),
    document: object<DocumentPanel>({
        ...common,
        kind: oneOf(["document"]),
        key: paths,
        name: optional(path),
    }),
    ask: named("ask", () =>
        object<AskPanel>({
            ...common,
            kind: oneOf(["ask"]),
            document: enumName,
            from: optional(recordOf(path)),
            values: optional(recordOf(anything)),
            now: optional(boolean),
            button: text,
            panels: panels(),
        }),
    ),
    group: named("group", () =>
        object<GroupPanel>({ ...common, kind: oneOf(["group"]), panels: panels() }),
    ),
};

export const panel: Shape<Panel> = named("panel", () => tagged<Panel>("kind", shapes));
