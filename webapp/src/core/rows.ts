/* rows: the order in which a table shows its rows: sorted, in groups, and parts below their wholes. */

import type { Group } from "./layout.ts";
import { isMoney } from "./money.ts";
import { firstAt, isThing } from "./path.ts";
import { holds, type Scope } from "./rule.ts";

export interface Row {
    key: string;
    row: unknown;
    /** 0 for what is no part of anything listed. */
    depth: number;
    /** The key of the whole that it is a part of, if that is listed. */
    parent: string | null;
}

export interface Section {
    group: Group | null;
    rows: Row[];
}

export interface Sorting {
    column: number;
    down: boolean;
}

/** Values in the order people expect: amounts by size, texts as a dictionary has them, nothing last. */
export function compareValues(a: unknown, b: unknown, collator: Intl.Collator): number {
    const isNothing = (value: unknown) => value === null || value === undefined || value === "";
    if (isNothing(a) || isNothing(b)) return Number(isNothing(a)) - Number(isNothing(b));
    if (isMoney(a) && isMoney(b)) {
        if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
        const [one, other] = [BigInt(a.minor), BigInt(b.minor)];
        return one < other ? -1 : one > other ? 1 : 0;
    }
    if (typeof a === "number" && typeof b === "number") return a - b;
    return collator.compare(String(a), String(b));
}

/** Sorted without moving what is equal; what has no value stays last in both directions. */
export function sortRows(
    rows: unknown[],
    sortedBy: (row: unknown) => unknown,
    down: boolean,
    collator: Intl.Collator,
): unknown[] {
    const isNothing = (row: unknown) => (sortedBy(row) ?? "") === "";
    const some = rows.filter(row => !isNothing(row));
    const order = down ? -1 : 1;
    some.sort((a, b) => order * compareValues(sortedBy(a), sortedBy(b), collator));
    return [...some, ...rows.filter(isNothing)];
}

function keyAt(row: unknown, path: string): string | null {
    const key = firstAt(row, path);
    return typeof key === "string" || typeof key === "number" ? String(key) : null;
}

/** Each part right below its whole. Parts of what is not listed, and of themselves, stand on their own. */
export function treeOf(rows: unknown[], rowKey: string, parentKey: string | undefined): Row[] {
    const all = rows.map((row, index) => ({
        key: keyAt(row, rowKey) ?? `#${index}`,
        parent: parentKey === undefined ? null : keyAt(row, parentKey),
        row,
    }));
    if (parentKey === undefined) return all.map(one => ({ ...one, depth: 0, parent: null }));
    const keys = new Set(all.map(({ key }) => key));
    const parts = Map.groupBy(all, one =>
        one.parent !== null && keys.has(one.parent) && one.parent !== one.key ? one.parent : "",
    );
    const ordered: Row[] = [];
    const done = new Set<string>();
    const add = (parent: string | null, depth: number) => {
        for (const one of parts.get(parent ?? "") ?? []) {
            if (done.has(one.key)) continue;
            done.add(one.key);
            ordered.push({ key: one.key, row: one.row, depth, parent });
            add(one.key, depth + 1);
        }
    };
    add(null, 0);
    for (const one of all) // what is a part of a circle would be lost
        if (!done.has(one.key))
            ordered.push({ key: one.key, row: one.row, depth: 0, parent: null });
    return ordered;
}

/** Rows by the first group whose rule they fulfil; parts go with their wholes; empty groups vanish. */
export function sectionsOf(rows: Row[], groups: Group[] | undefined, scope: Scope): Section[] {
    if (groups === undefined) return [{ group: null, rows }];
    const sections = [...groups, null].map(group => ({ group, rows: [] as Row[] }));
    let current: Section | undefined;
    for (const row of rows) {
        if (row.depth === 0 || current === undefined)
            current = sections.find(
                ({ group }) =>
                    group === null ||
                    (isThing(row.row) && holds(group.when, { ...scope, row: row.row })),
            );
        current?.rows.push(row);
    }
    return sections.filter(section => section.rows.length > 0);
}
