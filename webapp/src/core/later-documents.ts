/* later-documents: what parts of the app ask that arrive when they are wanted; so do the hashes of these texts. */

import { documentIds } from "virtual:later-documents";
import type { Hit, Page } from "./documents.ts";
import type { SearchDefinition } from "./find.ts";
import type { Document } from "./gql.ts";

export const inputTypeDocument: Document<{ __type: unknown }, { name: string }> = {
    id: documentIds.InputType,
};

/** What another system of the operator found. */
export interface ExternalSearch {
    source: string;
    answered: boolean;
    hits: { name: string; number: string | null; contact: string | null; url: string | null }[];
}

export const externalCustomersDocument: Document<
    { externalCustomers: ExternalSearch | null },
    { search: string }
> = { id: documentIds.ExternalCustomers };

export const searchDefinitionDocument: Document<
    { activeSearchDefinitions: SearchDefinition[] },
    Record<string, never>
> = { id: documentIds.SearchDefinition };

export const findCustomersDocument: Document<
    { findCustomers: Page<Hit> },
    { known: object; limit: number | null; first: number; after: string | null }
> = { id: documentIds.FindCustomers };

/** A time the viewer was in touch with a customer. */
export interface Interaction {
    id: string;
    startedAt: string;
    channel: string;
    direction: string;
    reason: string;
    result: string;
    customer: Hit | null;
}

export const recentInteractionsDocument: Document<
    { recentInteractions: Page<Interaction> },
    { first: number; after: string | null }
> = { id: documentIds.RecentInteractions };

export const startInteractionDocument: Document<
    {
        startInteraction: {
            interaction:
                | (Omit<Interaction, "customer"> & {
                      customer: { id: string; name: string } | null;
                  })
                | null;
            userErrors: { message: string }[];
        } | null;
    },
    { input: { idempotencyKey: string; customerId: string } }
> = { id: documentIds.StartInteraction };

/** An e-mail that came. */
export interface ReceivedMail {
    id: string;
    receivedAt: string;
    sender: string;
    subject: string;
    text: string;
    state: string;
    reason: string | null;
    discardedAs: string | null;
    settledAt: string | null;
    settledBy: string | null;
    ticket: { id: string; number: string; subject: string } | null;
}

export const receivedMailsDocument: Document<
    { receivedMails: Page<ReceivedMail> },
    { state: string; first: number; after: string | null }
> = { id: documentIds.ReceivedMails };

export interface OpenTicket {
    id: string;
    number: string;
    subject: string;
}

export const openTicketsDocument: Document<
    { customer: { tickets: Page<OpenTicket> } | null },
    { id: string }
> = { id: documentIds.OpenTickets };

export interface MailAnswer {
    userErrors: { code: string; message: string }[];
}

type MailInput<More> = { input: { idempotencyKey: string; id: string } & More };

export const fileReceivedMailDocument: Document<
    { fileReceivedMail: MailAnswer },
    MailInput<{ ticketId: string }>
> = { id: documentIds.FileReceivedMail };

export const createTicketFromMailDocument: Document<
    { createTicketFromMail: MailAnswer },
    MailInput<{ customerId: string; type: string; severity: string; subject?: string }>
> = { id: documentIds.CreateTicketFromMail };

export const discardReceivedMailDocument: Document<
    { discardReceivedMail: MailAnswer },
    MailInput<{ discardedAs: string }>
> = { id: documentIds.DiscardReceivedMail };

/** A ticket that somebody has to work on. */
export interface TicketToWorkOn {
    id: string;
    number: string;
    subject: string;
    type: string;
    status: string;
    priority: string;
    nextDueAt: string | null;
    escalated: boolean;
    own: boolean;
    assigneeName: string | null;
    team: { id: string; name: string };
    customer: { id: string; number?: string; name?: string } | null;
}

export const ticketWorkDocument: Document<
    { tickets: Page<TicketToWorkOn> },
    {
        team: string | null;
        holder: string | null;
        status: string | null;
        priority: string | null;
        overdue: boolean | null;
        first: number;
        after: string | null;
    }
> = { id: documentIds.TicketWork };

export interface TicketTeams {
    viewer: { team: { id: string } | null };
    teams: { id: string; name: string }[];
}

export const ticketTeamsDocument: Document<TicketTeams, Record<string, never>> = {
    id: documentIds.TicketTeams,
};

/** What came of taking a ticket, or of giving it back. */
export interface TakenTicket {
    ticket: Pick<TicketToWorkOn, "id" | "number" | "customer"> | null;
    userErrors: { code: string; message: string }[];
}

export const takeTicketDocument: Document<{ takeTicket: TakenTicket }, { input: object }> = {
    id: documentIds.TakeTicket,
};

export const takeNextTicketDocument: Document<{ takeNextTicket: TakenTicket }, { input: object }> =
    { id: documentIds.TakeNextTicket };

export const assignTicketDocument: Document<{ assignTicket: TakenTicket }, { input: object }> = {
    id: documentIds.AssignTicket,
};

/** What becomes of two customers who are made one. */
export interface Merge {
    survivorVersion: number | null;
    duplicateVersion: number | null;
    moved: { kind: string; count: string }[];
    differences: {
        field: string;
        survivor: string | null;
        duplicate: string;
        taken: boolean;
    }[];
    settled: { rule: string; count: number; what: string | null }[];
    userErrors: { code: string; message: string }[];
}

export interface MergeInput {
    idempotencyKey: string;
    dryRun: boolean;
    survivorId: string;
    survivorVersion?: number | null;
    duplicateId: string;
    duplicateVersion?: number | null;
    /** The fields of which the duplicate's value counts. */
    take: string[];
}

export const mergeCustomersDocument: Document<{ mergeCustomers: Merge }, { input: MergeInput }> = {
    id: documentIds.MergeCustomers,
};

export const undoChangeDocument: Document<
    { undoChange: { userErrors: { message: string }[] } },
    { input: { idempotencyKey: string; changeId: string } }
> = { id: documentIds.UndoChange };

/** Something the operator knows of customers beyond the rest. */
export interface Specification {
    key: string;
    labels: Record<string, string>;
    searchable: boolean;
}

export const specificationsDocument: Document<
    { characteristicSpecifications: Specification[] },
    Record<string, never>
> = { id: documentIds.CharacteristicSpecifications };

type HistoryVariables = {
    id: string;
    customer: string;
    asOf: string | null;
    first: number;
    after: string | null;
};

/** By its name; what has no document has no id, and the server says so. */
export function namedDocument<Data, Variables>(name: string): Document<Data, Variables> {
    const ids: Record<string, string> = documentIds;
    return { id: ids[name] ?? "" };
}

/** The versions of a thing of that type. */
export function historyDocument(type: string): Document<{ row: unknown }, HistoryVariables> {
    return namedDocument(`${type}History`);
}
