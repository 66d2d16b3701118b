/* rule: small expressions such as ["==", ["get", "status"], "ACTIVE"], interpreted and never run as code. */

import { isThing, valueAt } from "./path.ts";

export interface Scope {
    /** What ["get", …] looks into. */
    row: unknown;
    /** What ["up", …] looks into: the things around the row, nearest first. */
    within?: unknown[];
    /** The rights that ["has", …] asks for, as tab:level. */
    rights: ReadonlySet<string>;
    /** Today's date, as 2026-10-01. */
    today: string;
}

/** Thrown by what a rule cannot say; whoever asked takes the rule as not fulfilled. */
class Unknown extends Error {}

function isEmpty(value: unknown): boolean {
    if (value === null || value === undefined || value === "" || value === false) return true;
    if (Array.isArray(value)) return value.length === 0;
    return isThing(value) && Array.isArray(value.nodes) && value.nodes.length === 0;
}

function lookUp(scope: Scope, path: unknown): unknown {
    for (const thing of scope.within ?? []) {
        const value = valueAt(thing, String(path));
        if (value !== undefined) return value;
    }
    return undefined;
}

/** Numbers by size, texts (and so dates) by their letters; nothing else has an order. */
function compare(a: unknown, b: unknown): number | null {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
    return null;
}

function ordered(fits: (order: number) => boolean) {
    return (scope: Scope, args: unknown[]) => {
        const order = compare(evaluate(args[0], scope), evaluate(args[1], scope));
        return order !== null && fits(order);
    };
}

function equal(scope: Scope, args: unknown[]): boolean {
    return (evaluate(args[0], scope) ?? null) === (evaluate(args[1], scope) ?? null);
}

type Operator = (scope: Scope, args: unknown[]) => unknown;

const operators: Record<string, Operator> = {
    and: (scope, args) => args.every(arg => truth(arg, scope)),
    or: (scope, args) => args.some(arg => truth(arg, scope)),
    not: (scope, args) => !truth(args[0], scope),
    "==": equal,
    "!=": (scope, args) => !equal(scope, args),
    "<": ordered(order => order < 0),
    "<=": ordered(order => order <= 0),
    ">": ordered(order => order > 0),
    ">=": ordered(order => order >= 0),
    in: (scope, args) => Array.isArray(args[1]) && args[1].includes(evaluate(args[0], scope)),
    empty: (scope, args) => isEmpty(evaluate(args[0], scope)),
    get: (scope, args) => valueAt(scope.row, String(args[0])),
    up: (scope, args) => lookUp(scope, args[0]),
    has: (scope, args) => scope.rights.has(String(args[0])),
    today: scope => scope.today,
};

export const operatorNames = Object.keys(operators);

function evaluate(expression: unknown, scope: Scope): unknown {
    if (!Array.isArray(expression)) return expression;
    const [name, ...args] = expression;
    if (typeof name !== "string" || !Object.hasOwn(operators, name)) throw new Unknown();
    return operators[name]?.(scope, args);
}

function truth(expression: unknown, scope: Scope): boolean {
    return !isEmpty(evaluate(expression, scope));
}

/** Whether a rule holds. No rule holds always; one with an unknown operator never. */
export function holds(rule: unknown, scope: Scope): boolean {
    if (rule === undefined) return true;
    try {
        return truth(rule, scope);
    } catch (error) {
        if (error instanceof Unknown) return false;
        throw error;
    }
}

/** The paths a rule looks at, for checking that a tab asks for what it shows. */
export function pathsOf(rule: unknown, operator: "get" | "up"): string[] {
    if (!Array.isArray(rule)) return [];
    if (rule[0] === operator) return [String(rule[1])];
    return rule.slice(1).flatMap(part => pathsOf(part, operator));
}
