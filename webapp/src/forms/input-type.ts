/* input-type: what a mutation's input is made of, as the server describes it to this viewer. */

import { isThing } from "../core/path.ts";

export interface Member {
    name: string;
    description: string;
    /** The name of its type: String, Int, Date, TicketType. */
    type: string;
    list: boolean;
    /** It has to be given, and has no default. */
    required: boolean;
    /** Null cannot be sent for it. */
    nonNull: boolean;
    /** The values of an enum; null when it is none. */
    values: { value: string; description: string }[] | null;
    /** What the server takes when nothing is given, as the schema writes it; null: nothing. */
    otherwise: string | null;
}

export type InputType = ReadonlyMap<string, Member>;

function words(value: unknown): string {
    return typeof value === "string" ? value : "";
}

function valuesOf(type: Record<string, unknown>): Member["values"] {
    if (type.kind !== "ENUM" || !Array.isArray(type.enumValues)) return null;
    return type.enumValues.filter(isThing).map(({ name, description }) => ({
        value: words(name),
        description: words(description),
    }));
}

/** Through [ ] and ! to what has a name. */
function named(use: unknown): { type: Record<string, unknown>; list: boolean } {
    let type = isThing(use) ? use : {};
    let list = false;
    while (isThing(type.ofType)) {
        list ||= type.kind === "LIST";
        type = type.ofType;
    }
    return { type, list };
}

function memberOf(field: Record<string, unknown>): Member {
    const { type, list } = named(field.type);
    const nonNull = isThing(field.type) && field.type.kind === "NON_NULL";
    const otherwise = typeof field.defaultValue === "string" ? field.defaultValue : null;
    return {
        name: words(field.name),
        description: words(field.description),
        type: words(type.name),
        list,
        required: nonNull && otherwise === null,
        nonNull,
        values: valuesOf(type),
        otherwise,
    };
}

/** The answer to the document InputType; null: the viewer sees no such type. */
export function readInputType(type: unknown): InputType | null {
    if (!isThing(type) || !Array.isArray(type.inputFields)) return null;
    const members = type.inputFields.filter(isThing).map(memberOf);
    return new Map(members.map(member => [member.name, member]));
}
