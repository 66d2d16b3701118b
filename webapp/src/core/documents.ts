/* documents: what the app asks on its first page and of accounts, and what the answers hold; the texts are in
 * webapp/documents, what only parts ask that arrive later is in later-documents.ts. */

import { documentIds } from "virtual:documents";
import type { Label } from "./format.ts";
import type { Document } from "./gql.ts";
import type { Money } from "./money.ts";

export interface Tab {
    key: string;
    title: string;
    version: number;
    icon: string;
    /** Only for customers who hold something of these kinds; empty: for everybody. */
    onlyFor: string[];
    /** Data made by others: checked part by part before it is shown. */
    layout: unknown;
    /** The account with this tab alone, for more rows of one of its lists. */
    document: string;
    /** What the viewer can do from it. */
    actions: TabAction[];
}

export interface TabAction {
    key: string;
    mutation: string;
    /** The name of the type of its input. */
    input: string;
    document: string;
    /** Asks for what can be chosen in its form; null: nothing has to be asked for. */
    choices: string | null;
}

export interface Viewer {
    name: string;
    login: string;
    kind: string;
    language: string;
    rights: string[];
    accountDocument: string;
    tabs: Tab[];
}

export interface EnumLabel extends Label {
    type: string;
    value: string;
}

export interface ContactMedium {
    kind: string;
    value: string;
    preferred: boolean;
    /** Its days, where they are asked for and known. */
    validFor?: { until: string | null } | null;
}

export interface Hit {
    id: string;
    number: string;
    name: string;
    kind: string;
    status: string;
    contactMedia: ContactMedium[];
}

/** What a connection brings at once. */
export interface Page<T> {
    nodes: T[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** What every account's answer holds beside its tabs. */
export interface AccountHeader extends Hit {
    segment: string;
    language: string;
    customerSince: string;
    verificationState: string;
    partner: { name: string } | null;
    /** Who has everything that was theirs. */
    mergedInto: { id: string; number: string; name: string } | null;
    /** Those of the viewer's tabs that this customer's account has. */
    tabs: { key: string }[];
    /** The newest alone. */
    interactions: { nodes: { startedAt: string; channel: string; reason: string }[] };
    /** Those that nobody has said yet what came of. */
    running: { nodes: { id: string; startedAt: string; channel: string; own: boolean }[] };
    billingAccounts: {
        number: string;
        balance: Money;
        overdue: Money;
        paymentStatus: string;
        dunningState: string;
    }[];
}

type Language = { language: string };

export const viewerDocument: Document<{ viewer: Viewer; enumLabels: EnumLabel[] }, Language> = {
    id: documentIds.Viewer,
};

export const enumLabelsDocument: Document<{ enumLabels: EnumLabel[] }, Language> = {
    id: documentIds.EnumLabels,
};

export const searchCustomersDocument: Document<
    { customers: { nodes: Hit[]; pageInfo: { hasNextPage: boolean } } },
    { search: string; first: number }
> = { id: documentIds.SearchCustomers };

type AccountAnswer = { customer: (AccountHeader & Record<string, unknown>) | null };

/** `asOf`: the moment that the account is wanted as of; now when it is null or missing. */
type AccountVariables = { id: string; asOf?: string | null; [variable: string]: unknown };

/** Composed by the server from the fragments of the viewer's tabs. */
export function accountDocument(viewer: Viewer): Document<AccountAnswer, AccountVariables> {
    return { id: viewer.accountDocument };
}

export function tabDocument(tab: Tab): Document<AccountAnswer, AccountVariables> {
    return { id: tab.document };
}
