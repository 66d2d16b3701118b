/* offered: which of the actions that a layout names there are for this viewer, and what keeps them from being done. */

import type { Tab, TabAction } from "../core/documents.ts";
import type { Action, Fill, Use } from "../core/layout.ts";
import { isThing, valueAt } from "../core/path.ts";
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

/** The first of its rules that keeps it from being done. */
export function hindrance({ unless = [] }: Action, scope: Scope) {
    return unless.find(({ when }) => holds(when, scope));
}

/** Names one form: the same form of another row is another one. */
export function formName({ tab, action }: Omit<Offered, "fill">, row: unknown): string {
    const id = valueAt(row, "id");
    return `${tab.key}.${action.key} ${typeof id === "string" ? id : ""}`;
}
