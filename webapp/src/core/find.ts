/* find: what is filled into the advanced search, as the server asks for it. */

import { typedFault } from "./typed.ts";

export interface SearchField {
    position: number;
    section: string;
    criterion: string;
    operators: string[];
    enabled: boolean;
    isDefault: boolean;
}

export interface SearchDefinition {
    hitLimit: number | null;
    fields: SearchField[];
}

/** What is filled in for one field. */
export interface Filled {
    operator: string;
    value: string;
}

/** Choices among the values of an enum, by criterion. */
export const choices: Record<string, string> = {
    ROLE: "AddressRole",
    PAYMENT_STATUS: "PaymentStatus",
    DUNNING_STATE: "DunningState",
    RATING_TYPE: "RatingType",
    PAYMENT_METHOD: "PaymentMethodKind",
    STATUS: "ProductStatus",
};

const rights: Record<string, string> = {
    ADDRESS: "customer:read",
    SUBSCRIPTION: "subscriptions:read",
    BIRTH_DATE: "customer:read",
    ORDER_NUMBER: "orders:read",
    TICKET_NUMBER: "tickets:read",
    BILL_NUMBER: "entries:read",
    TOKENS: "customer:read",
    CHARACTERISTIC: "customer:read",
};

/** The fields that are offered to somebody with these rights, in their order. */
export function offered(
    definition: SearchDefinition,
    held: { has(right: string): boolean },
): SearchField[] {
    const may = (name: string) => rights[name] === undefined || held.has(rights[name]);
    return definition.fields
        .filter(field => field.enabled && may(field.section) && may(field.criterion))
        .sort((a, b) => a.position - b.position);
}

/** Whether something can be looked for by it alone; which address is meant says nothing without one. */
export function isWhole({ section, criterion }: SearchField): boolean {
    return criterion !== "ROLE" && section !== "CHARACTERISTIC";
}

/** ORDER_NUMBER as the schema writes the member: orderNumber. */
function memberOf(criterion: string): string {
    return criterion.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

function inputOf(field: SearchField, { operator, value }: Filled): unknown {
    if (field.operators.length > 0) return { operator, value };
    if (!field.criterion.startsWith("BALANCE")) return value;
    const amount = Number(value.replace(",", "."));
    return Number.isFinite(amount) ? String(Math.round(amount * 100)) : value;
}

/** The first criterion for which something stands there that cannot be read; null: all of it can be. */
export function unreadOf(filled: ReadonlyMap<string, Filled>): string | null {
    const unread = [...filled].find(([, { value }]) => typedFault(value) !== null);
    return unread?.[0] ?? null;
}

/** CustomerSearch; null when nothing is filled in. */
export function searchOf(
    fields: SearchField[],
    filled: ReadonlyMap<string, Filled>,
): Record<string, Record<string, unknown>> | null {
    const search: Record<string, Record<string, unknown>> = {};
    for (const field of fields) {
        const given = filled.get(field.criterion);
        if (given === undefined || given.value.trim() === "") continue;
        const section = field.section.toLowerCase();
        search[section] = {
            ...search[section],
            [memberOf(field.criterion)]: inputOf(field, given),
        };
    }
    // One says what, the other what it is: either alone says nothing.
    const { key, value } = search.characteristic ?? {};
    if (key === undefined || value === undefined) delete search.characteristic;
    return Object.keys(search).length === 0 ? null : search;
}
