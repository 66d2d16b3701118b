/* contact: the contacts that the viewer is in now, one with each customer at most, until they are wrapped up. */

import { signal } from "@preact/signals";
import type { Account } from "../core/account.ts";
import { isThing } from "../core/path.ts";
import { viewer } from "./state.ts";

export interface Contact {
    id: string;
    startedAt: string;
    channel: string;
    customer: { id: string; name: string };
}

interface Begun extends Contact {
    /** Whose contact it is: others may sign in to the same window. */
    login: string | undefined;
}

/** By the customer's id; what began in this window is known before an account says so. */
const begun = signal<ReadonlyMap<string, Begun>>(new Map());
/** Those that were wrapped up, whatever was read of them before. */
const ended = signal<ReadonlySet<string>>(new Set());

/** The customer whose contact is to be wrapped up, as soon as their account can show the form. */
export const wrapping = signal<string | null>(null);

/** Nobody is on the line for longer than that; what is older stays open, and is wrapped up in the log. */
const longest_ms = 12 * 3_600_000;

const isGoingOn = ({ id, startedAt }: Pick<Contact, "id" | "startedAt">) =>
    !ended.value.has(id) && Date.now() - Date.parse(startedAt) < longest_ms;

export function noteBegun(contact: Contact): void {
    const login = viewer.value?.login;
    const known = begun.value.get(contact.customer.id);
    if (known?.id === contact.id && known.login === login) return;
    begun.value = new Map(begun.value).set(contact.customer.id, { ...contact, login });
}

/** What was done with a form: where it wrapped up a contact, that one is over. */
export function noteEnd(result: unknown): void {
    if (isThing(result) && typeof result.id === "string" && typeof result.endedAt === "string")
        ended.value = new Set(ended.value).add(result.id);
}

/** What the account says of it, the newest first. */
export function noteRead({ header }: Account): void {
    const { id, name } = header;
    const own = header.running.nodes.find(one => one.own && isGoingOn(one));
    if (own !== undefined) noteBegun({ ...own, customer: { id, name } });
}

/** All of them, the latest first. */
export function contactsGoingOn(): Contact[] {
    const login = viewer.value?.login;
    const all = [...begun.value.values()].filter(one => one.login === login && isGoingOn(one));
    return all.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}

export function contactWith(customer: string): Contact | null {
    return contactsGoingOn().find(one => one.customer.id === customer) ?? null;
}
