/* history: what was different in each version of a thing from the one before, field by field. */

import { sentence } from "./format.ts";
import type { Field, Panel, Text, Traced } from "./layout.ts";
import { isThing, rowsOf } from "./path.ts";

/** A version as the server gives it: besides these its fields, by their names in the schema. */
export interface Version {
    validFrom: string;
    validUntil: string | null;
    changes: string[];
    [field: string]: unknown;
}

export interface VersionPage {
    nodes: Version[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface Change {
    name: string;
    label: Text;
    /** How its values read; missing where nobody said so. */
    field: Field | undefined;
}

/** Whose history is wanted. */
export interface Tracing {
    type: string;
    /** Null: that of the account itself. */
    id: string | null;
    /** What people call it. */
    name: string;
    /** Where it is shown, and what that says of its history. */
    panel: Panel;
    traced: Traced;
}

/** A field, what stands below it and the parts it is made of, as far as they are of the same row. */
function withParts(field: Field): Field[] {
    const parts = field.at === undefined ? (field.parts ?? []) : [];
    const all = [...parts, ...(field.sub === undefined ? [] : [field.sub])];
    return [field, ...all.flatMap(withParts)];
}

function shownIn(panel: Panel): Field[] {
    switch (panel.kind) {
        case "kv":
            return panel.items;
        case "table":
        case "tree": {
            const below = panel.detail?.panels ?? [];
            const ofRow = below.filter(({ at }) => at === undefined);
            return [...panel.columns, ...ofRow.flatMap(shownIn)];
        }
        case "list":
            return [panel.lead, ...(panel.lines ?? []), ...(panel.tag ? [panel.tag] : [])];
        default:
            return [];
    }
}

/** The fields that a panel's things are known by: those it names for their history first. */
export function tracedFields(panel: Panel, { also = [] }: Traced): Field[] {
    return [...also, ...shownIn(panel).flatMap(withParts)];
}

function pathOf(field: Field, name: string): string | undefined {
    const paths = typeof field.key === "string" ? [field.key] : (field.key ?? []);
    return paths.find(path => path === name || path.startsWith(`${name}.`));
}

/** What a changed field is called and how it reads, as the layout says; else by its name in the schema. */
export function changeOf(name: string, fields: Field[]): Change {
    const known = fields.filter(field => pathOf(field, name) !== undefined);
    const found = known.find(({ label }) => label !== undefined) ?? known[0];
    const words = sentence(name.replace(/[A-Z]/g, letter => `_${letter}`));
    const key = found && pathOf(found, name);
    if (found === undefined || key === undefined) return { name, label: words, field: undefined };
    const { fmt, enum: of } = found;
    const field = { key, ...(fmt && { fmt }), ...(of && { enum: of }) };
    return { name, label: found.label ?? words, field };
}

/** The page of versions in an answer of one of the documents that ask for a history. */
export function versionsOf(row: unknown): VersionPage | null {
    if (!isThing(row)) return null;
    const holder = row.list === undefined ? row : rowsOf(row.list)?.[0];
    const history = isThing(holder) ? holder.history : undefined;
    return isThing(history) ? (history as unknown as VersionPage) : null;
}

/** Both pages in one. */
export function joined(first: VersionPage, next: VersionPage): VersionPage {
    return { nodes: [...first.nodes, ...next.nodes], pageInfo: next.pageInfo };
}

/** What can be told of already: of the oldest version it takes the one before to say what changed. */
export function told({ nodes, pageInfo }: VersionPage): Version[] {
    return pageInfo.hasNextPage ? nodes.slice(0, -1) : nodes;
}
