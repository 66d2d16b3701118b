/* chosen: what people narrowed a tab's lists to: words in the address, values in the request. */

import type { Choice, Filter } from "./layout.ts";
import { isThing } from "./path.ts";

/** By the fragment's variable: the id of a choice, a row's value, or the words that were typed. */
export type Chosen = Readonly<Record<string, string>>;

export const nothingChosen: Chosen = {};

const longest = 100;

/** A calendar day that there is. */
function isDay(text: string): boolean {
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

interface Chooser {
    variable: string;
    accepts: (text: string) => boolean;
    read: (text: string) => unknown;
}

function choiceOf(filter: Filter, id: string): Choice | undefined {
    return filter.choices?.find(choice => choice.id === id);
}

function ofFilter(filter: Filter): Chooser {
    const { variable, choices } = filter;
    if (choices === undefined)
        return { variable, accepts: text => text.length <= longest, read: text => text };
    return {
        variable,
        accepts: text => choiceOf(filter, text) !== undefined,
        read: text => choiceOf(filter, text)?.value,
    };
}

/** All that can be chosen in the panels of a layout, which is data made by others. */
function choosersOf(panels: unknown): Chooser[] {
    if (!Array.isArray(panels)) return [];
    return panels.filter(isThing).flatMap(panel => {
        const inner = choosersOf(panel.panels);
        const filters = Array.isArray(panel.filters)
            ? (panel.filters as Filter[]).map(ofFilter)
            : [];
        if (panel.kind !== "choose" || typeof panel.variable !== "string")
            return [...filters, ...inner];
        const dated = panel.fmt === "month" || panel.fmt === "date";
        const accepts = (text: string) => !dated || isDay(text);
        return [{ variable: panel.variable, accepts, read: (text: string) => text }];
    });
}

function choosersIn(layout: unknown): Chooser[] {
    return isThing(layout) ? choosersOf(layout.panels) : [];
}

/** What of an address says something that this layout can be asked for. */
export function knownChosen(layout: unknown, chosen: Chosen): Chosen {
    const known = choosersIn(layout).filter(({ variable, accepts }) => {
        const text = chosen[variable];
        return text !== undefined && text !== "" && accepts(text);
    });
    return Object.fromEntries(known.map(({ variable }) => [variable, chosen[variable] as string]));
}

/** The variables of the request. */
export function chosenValues(layout: unknown, chosen: Chosen): Record<string, unknown> {
    const known = knownChosen(layout, chosen);
    const choosers = choosersIn(layout).filter(({ variable }) => known[variable] !== undefined);
    return Object.fromEntries(
        choosers.map(({ variable, read }) => [variable, read(known[variable] as string)]),
    );
}

export function sameChosen(a: Chosen, b: Chosen): boolean {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every(name => a[name] === b[name]);
}
