/* findable: everything that a layout shows of an answer, row by row, in words that can be looked through. */

import { dayOf, say } from "../core/format.ts";
import type { Field, ListPanel, Panel, TablePanel, Text } from "../core/layout.ts";
import { fold } from "../core/match.ts";
import { isMoney } from "../core/money.ts";
import { firstAt, isThing, rowsOf, valueAt } from "../core/path.ts";
import { holds } from "../core/rule.ts";
import type { Facts } from "../core/wanted.ts";
import type { Reading } from "../ui/words.ts";
import { fieldText } from "./field.tsx";
import { scopeOf } from "./scope.ts";

export interface Findable {
    panel: string;
    /** What its panel is called. */
    title: string;
    /** The key of its row, or of the row it is below; null for what is in no row. */
    row: string | null;
    /** Whether that is a row of a table, which can be led to by its key. */
    inTable: boolean;
    name: string;
    /** The rest of what is to be read of it. */
    line: string;
    facts: Facts;
}

/** Amounts, days and long numbers anywhere in a row, whatever is shown of them. */
function collect(
    value: unknown,
    reading: Reading,
    into: { minors: Set<string>; days: Set<string> },
) {
    if (isMoney(value)) into.minors.add(value.minor.replace("-", ""));
    else if (typeof value === "string") {
        if (/^\d{4}-\d{2}-\d{2}$/.test(value)) into.days.add(value);
        else if (/^\d{4}-\d{2}-\d{2}T/.test(value))
            into.days.add(dayOf(new Date(value), reading.locale));
    } else if (isThing(value) && rowsOf(value) === null)
        for (const inner of Object.values(value)) collect(inner, reading, into);
}

function factsOf(texts: string[], row: unknown, reading: Reading): Facts {
    const found = { minors: new Set<string>(), days: new Set<string>() };
    collect(row, reading, found);
    const digits = texts.map(text => text.replace(/\D/g, "")).filter(one => one.length >= 3);
    return { words: fold(texts.join(" ")), digits, ...found };
}

function withSub(field: Field): Field[] {
    return field.sub === undefined ? [field] : [field, ...withSub(field.sub)];
}

interface Around {
    panel: Panel;
    within: unknown[];
    reading: Reading;
    /** The row that all of it is below. */
    below: { row: string; name: string; panel: string; title: string } | null;
}

function findable(fields: Field[], row: unknown, key: string | null, around: Around): Findable {
    const { panel, within, reading, below } = around;
    const scope = scopeOf(reading, row, within);
    const texts = fields
        .flatMap(withSub)
        .map(field => fieldText({ ...field, sub: undefined } as Field, scope, reading))
        .filter(text => text !== "");
    const [name = "", ...rest] = texts;
    return {
        panel: below?.panel ?? panel.id,
        title: below?.title ?? titleOf(panel.title, reading),
        row: below?.row ?? key,
        inTable: below !== null || panel.kind === "table" || panel.kind === "tree",
        name: below === null ? name : below.name,
        line: (below === null ? rest : texts).join(" · "),
        facts: factsOf(texts, row, reading),
    };
}

function titleOf(title: Text | undefined, { locale }: Reading): string {
    return say(title, locale.language);
}

function ofTable(panel: TablePanel, rows: unknown[], around: Around): Findable[] {
    return rows.flatMap((row, index) => {
        const key = String(firstAt(row, panel.rowKey) ?? `#${index}`);
        const own = findable(panel.columns, row, key, around);
        const below = around.below ?? {
            row: key,
            name: own.name,
            panel: panel.id,
            title: own.title,
        };
        const inner = { ...around, within: [row, ...around.within], below };
        const details = (panel.detail?.panels ?? []).filter(({ at }) => at !== undefined);
        return [own, ...ofPanels(details, row, inner)];
    });
}

function ofList(panel: ListPanel, rows: unknown[], around: Around): Findable[] {
    const fields = [panel.lead, ...(panel.lines ?? []), ...(panel.tag ? [panel.tag] : [])];
    return rows.map((row, index) => findable(fields, row, String(index), around));
}

function ofPanel(panel: Panel, data: unknown, around: Around): Findable[] {
    const value = panel.at === undefined ? data : valueAt(data, panel.at);
    const rows = rowsOf(value) ?? [];
    if (panel.kind === "table" || panel.kind === "tree") return ofTable(panel, rows, around);
    if (panel.kind === "list") return ofList(panel, rows, around);
    if (panel.kind === "group") return ofPanels(panel.panels, value, around);
    if (panel.kind !== "kv") return [];
    const scope = scopeOf(around.reading, value, around.within);
    return panel.items
        .filter(item => holds(item.visible, scope))
        .map(item => {
            const found = findable([item], value, null, around);
            const label = titleOf(item.label, around.reading);
            const facts = { ...found.facts, words: `${fold(label)} ${found.facts.words}` };
            const parts = factsOf([], firstAt(value, item.key ?? []), around.reading);
            const { minors, days } = parts;
            return { ...found, name: label, line: found.name, facts: { ...facts, minors, days } };
        });
}

function ofPanels(panels: Panel[], data: unknown, around: Omit<Around, "panel">): Findable[] {
    return panels
        .filter(panel => isThing(panel))
        .filter(panel => holds(panel.visible, scopeOf(around.reading, data, around.within)))
        .flatMap(panel => {
            const within = panel.at === undefined ? around.within : [data, ...around.within];
            return ofPanel(panel, data, { ...around, panel, within });
        });
}

export function findablesOf(panels: Panel[], data: unknown, reading: Reading): Findable[] {
    return ofPanels(panels, data, { within: [], reading, below: null });
}
