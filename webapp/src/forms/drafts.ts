/* drafts: what was written and not sent, kept in this browser for who wrote it, and not for long. */

import { isThing } from "../core/path.ts";
import { draftPrefix } from "./context.ts";
import type { Begin, Values } from "./entry.ts";

export interface Draft {
    begin: Begin;
    values: Values;
    /** The idempotency key of the form: what was sent and not answered is not done twice. */
    key: string;
    /** When it was last written to, in milliseconds since 1970. */
    at: number;
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const kept_ms = 24 * 3600 * 1000;

/** Of one agent, for one customer and what is done to which row. */
export function draftName(login: string, customer: string, action: string, row: string): string {
    return draftPrefix + JSON.stringify([login, customer, action, row]);
}

/** What is stored may have been written by anybody. */
function readDraft(text: string | null): Draft | null {
    try {
        const found: unknown = JSON.parse(text ?? "null");
        if (!isThing(found) || !isThing(found.begin) || !isThing(found.values)) return null;
        if (!isThing(found.begin.values) || !isThing(found.begin.fixed)) return null;
        if (typeof found.key !== "string" || typeof found.at !== "number") return null;
        return found as unknown as Draft;
    } catch {
        return null;
    }
}

export function draftAt(store: Store, name: string, now: number): Draft | null {
    const draft = readDraft(store.getItem(name));
    return draft === null || now - draft.at > kept_ms ? null : draft;
}

/** False where nothing can be kept. */
export function keepDraft(store: Store, name: string, draft: Draft): boolean {
    try {
        store.setItem(name, JSON.stringify(draft));
        return true;
    } catch {
        return false; // full or forbidden
    }
}

export function dropDraft(store: Store, name: string): void {
    store.removeItem(name);
}

/** Removes what is too old, what cannot be read, and what somebody else wrote here. */
export function cleanDrafts(store: Store, login: string, now: number): void {
    const names = Array.from({ length: store.length }, (_, index) => store.key(index) ?? "");
    const own = `${draftPrefix}${JSON.stringify([login]).slice(0, -1)},`;
    for (const name of names.filter(one => one.startsWith(draftPrefix)))
        if (!name.startsWith(own) || draftAt(store, name, now) === null) store.removeItem(name);
}
