/* entry: what stands in a form: what it began from, what was written since, and what of it is sent. */

import type { Action, Fill, FormField } from "../core/layout.ts";
import { firstAt, isThing } from "../core/path.ts";
import { holds, type Scope } from "../core/rule.ts";
import { type TypedFault, typedFault } from "../core/typed.ts";
import type { InputType, Member } from "./input-type.ts";

/** As fields hold it: a text, whether it is ticked, or what is chosen of a list. */
export type Value = string | boolean | string[];
export type Values = Readonly<Record<string, Value>>;

/** What a form begins from: values as they are now, and members that nobody fills in. */
export interface Begin {
    values: Values;
    fixed: Readonly<Record<string, unknown>>;
}

/** "MINOR" as the schema writes a default: "MINOR", true, "de". */
function otherwise(member: Member): Value {
    const text = member.otherwise;
    if (member.type === "Boolean") return text === "true";
    if (member.list) return [];
    return text === null || text === "null" ? "" : text.replace(/^"|"$/g, "");
}

function startOf(given: unknown, member: Member): Value {
    if (given === undefined || given === null) return otherwise(member);
    if (member.type === "Boolean" && !member.list) return given === true;
    if (Array.isArray(given)) return given.map(String);
    return String(given);
}

/** The members that the viewer has; what they have no right to does not exist for them. */
export function fieldsOf(action: Action, type: InputType): FormField[] {
    return action.fields.filter(({ key }) => type.has(key));
}

export function beginOf(
    action: Action,
    fill: Fill,
    type: InputType,
    row: unknown,
    customer: string,
): Begin {
    const known = Object.entries(fill).filter(([name]) => type.has(name));
    const filled = Object.fromEntries(known.map(([name, path]) => [name, firstAt(row, path)]));
    const own = action.customer === undefined ? {} : { [action.customer]: customer };
    const values: Record<string, Value> = {};
    for (const { key, from } of fieldsOf(action, type)) {
        const member = type.get(key);
        const given = filled[key] ?? (from === undefined ? undefined : firstAt(row, from));
        if (member !== undefined) values[key] = startOf(given, member);
        delete filled[key]; // people see it and may change it
    }
    return { values, fixed: { ...filled, ...own } };
}

export function same(one: Value | undefined, other: Value | undefined): boolean {
    return JSON.stringify(one ?? "") === JSON.stringify(other ?? "");
}

export function changedKeys(begin: Begin, values: Values): string[] {
    return Object.keys(values).filter(key => !same(values[key], begin.values[key]));
}

/** The values after something else became what the form begins from: what was not touched follows. */
export function rebased(before: Begin, after: Begin, values: Values): Values {
    const touched = changedKeys(before, values);
    const kept = Object.entries(values).filter(([key]) => touched.includes(key));
    return { ...after.values, ...Object.fromEntries(kept) };
}

/* ---- sending ---- */

export type Fault = "missing" | "noNumber" | TypedFault;

function isEmpty(value: Value): boolean {
    if (typeof value === "boolean") return !value;
    return typeof value === "string" ? value.trim() === "" : value.length === 0;
}

/** Of these what is typed is not what is sent. */
function isTyped({ type }: Member): boolean {
    return type === "Date" || type === "MinorUnits";
}

/** What can be said without the server. */
export function faultOf(value: Value, member: Member, needed = false): Fault | null {
    if (isEmpty(value))
        return (needed || member.required) && member.type !== "Boolean" ? "missing" : null;
    if (typeof value !== "string") return null;
    const number = /^-?\d+$/;
    if (member.type === "Int" && !number.test(value.trim())) return "noNumber";
    return isTyped(member) ? typedFault(value) : null;
}

function sent(value: Value, member: Member): unknown {
    if (typeof value === "boolean" || Array.isArray(value)) return value;
    if (value.trim() === "") return null;
    return member.type === "Int" || member.type === "Float" ? Number(value) : value;
}

/** The fields that are to be seen with what stands in the form: the others are not sent. */
export function shownFields(
    action: Action,
    type: InputType,
    values: Values,
    scope: Scope,
): FormField[] {
    const within = { ...scope, row: { ...Object(scope.row), ...values } };
    return fieldsOf(action, type).filter(({ visible }) => holds(visible, within));
}

/** The input without key and dryRun, of the fields that are shown. What is empty takes away, or is left to the server where it may not. */
export function inputOf(
    { changes = false }: Action,
    type: InputType,
    begin: Begin,
    values: Values,
    shown: FormField[],
): Record<string, unknown> {
    const seen = new Set(shown.map(({ key }) => key));
    const all = changes ? changedKeys(begin, values) : Object.keys(values);
    const keys = all.filter(key => seen.has(key));
    const given: Record<string, unknown> = {};
    for (const key of keys) {
        const member = type.get(key);
        if (member === undefined) continue;
        const value = sent(values[key] ?? "", member);
        if (value !== null || (changes && !member.nonNull)) given[key] = value;
    }
    return { ...begin.fixed, ...given };
}

/* ---- the answer ---- */

export interface UserError {
    code: string;
    /** The member it is about; null: none of them. */
    key: string | null;
    message: string;
}

/** What a mutation said: its payload, and why nothing was done. */
export interface Outcome {
    payload: Record<string, unknown>;
    errors: UserError[];
}

export function outcomeOf(payload: unknown): Outcome {
    const known = isThing(payload) ? payload : {};
    const errors = Array.isArray(known.userErrors) ? known.userErrors.filter(isThing) : [];
    return {
        payload: known,
        errors: errors.map(({ code, field, message }) => ({
            code: String(code),
            key: Array.isArray(field) ? String(field[1] ?? field[0] ?? "") : null,
            message: String(message),
        })),
    };
}

/** The thing that the answer is about. */
export function resultOf({ result }: Action, { payload }: Outcome): unknown {
    return result === undefined ? payload : firstAt(payload, result);
}
