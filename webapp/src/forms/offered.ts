/* offered: which of the actions that a layout names there are for this viewer, and what keeps them from being done. */

import type { Tab, TabAction } from "../core/documents.ts";
import { say } from "../core/format.ts";
import type { Action, Fill, Use } from "../core/layout.ts";
import { isThing, rowsOf, valueAt } from "../core/path.ts";
import { holds, type Scope } from "../core/rule.ts";

export interface Offered {
    tab: Tab;
    action: Action;
    fill: Fill;
}

/** The actions of a tab, as its layout has them, that the server does for this viewer. */
export function actionsOf(tab: Tab): Action[] {
    const all = isThing(tab.layout) ? tab.layout.actions : undefined;
    const known = new Set(tab.actions.map(({ key }) => key));
    return Array.isArray(all) ? (all as Action[]).filter(({ key }) => known.has(key)) : [];
}

/** "create" is the tab's own, "tickets.create" that of another tab. */
export function offeredBy(use: Use, tab: Tab, tabs: Tab[]): Offered | null {
    const [key = "", of] = use.action.split(".").reverse();
    const owner = of === undefined ? tab : tabs.find(one => one.key === of);
    const action = owner && actionsOf(owner).find(one => one.key === key);
    if (owner === undefined || action === undefined) return null;
    return { tab: owner, action, fill: { ...action.fill, ...use.fill } };
}

export function serverSide({ tab, action }: Omit<Offered, "fill">): TabAction {
    const found = tab.actions.find(({ key }) => key === action.key);
    if (found === undefined) throw new Error(`${tab.key}.${action.key} is not offered`);
    return found;
}

/** Where the `actions` are of the row, and of what the input names by its id: "account.id". */
function placesOf(fill: Fill): string[] {
    const ids = Object.values(fill).flat();
    return [
        "actions",
        ...ids.filter(path => path.endsWith(".id")).map(path => path.replace(/id$/, "actions")),
    ];
}

/** What the server says of the mutation and of the row, when the fragment asks for its `actions`. */
function reasonsOf({ mutation, fill = {} }: Action, row: unknown): string {
    const states = placesOf(fill).flatMap(place => rowsOf(valueAt(row, place)) ?? []);
    const state = states.find(one => valueAt(one, "mutation") === mutation);
    return (rowsOf(valueAt(state, "reasons")) ?? [])
        .map(reason => valueAt(reason, "label"))
        .filter(label => typeof label === "string")
        .join(" ");
}

/** Why it cannot be done now, in words; empty: it can. */
export function hindrance(action: Action, scope: Scope, language: string): string {
    const rule = action.unless?.find(({ when }) => holds(when, scope));
    return rule === undefined ? reasonsOf(action, scope.row) : say(rule.text, language);
}

/** Names one form: the same form of another row is another one. */
export function formName({ tab, action }: Omit<Offered, "fill">, row: unknown): string {
    const id = valueAt(row, "id");
    return `${tab.key}.${action.key} ${typeof id === "string" ? id : ""}`;
}
