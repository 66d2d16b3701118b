/* shape: what a JSON value may look like, and whether one does; json-schema.ts says it to machines. */

export interface Problem {
    /** Where, as people write it: panels[2].columns[0].fmt */
    at: string;
    message: string;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type JsonSchema = { [keyword: string]: unknown };

interface Check {
    problems: Problem[];
    /** Whether an unknown key is a problem: yes when a tab is published, no when a newer one is shown. */
    strict: boolean;
}

/** What a shape is made of. */
export type Made =
    | { json: JsonSchema }
    | { list: Shape<unknown>; least: number }
    | { any: Shape<unknown>[] }
    | { record: Shape<unknown>; required: string[] }
    | { members: [string, unknown][]; required: string[]; exactlyOneOf: string[] }
    | { name: string; shape: () => Shape<unknown> };

export interface Shape<T> {
    check(value: unknown, at: string, check: Check): void;
    made: Made;
    /** Never there; carries T for the compiler. */
    readonly of?: T;
}

interface Optional<T> {
    optional: Shape<T>;
}

type Members<T> = {
    [K in keyof T]-?: undefined extends T[K] ? Optional<Exclude<T[K], undefined>> : Shape<T[K]>;
};

export function problemsOf<T>(shape: Shape<T>, value: unknown, strict: boolean): Problem[] {
    const check: Check = { problems: [], strict };
    shape.check(value, "", check);
    return check.problems;
}

function said(value: unknown): string {
    const text = JSON.stringify(value) ?? "nothing";
    return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function simple<T>(type: string, is: (value: unknown) => boolean, schema: JsonSchema): Shape<T> {
    return {
        check(value, at, { problems }) {
            if (!is(value))
                problems.push({ at, message: `must be ${type}, and is ${said(value)}` });
        },
        made: { json: schema },
    };
}

export const string: Shape<string> = simple(
    "a text that is not empty",
    value => typeof value === "string" && value !== "",
    { type: "string", minLength: 1 },
);

export const anyString: Shape<string> = simple("a text", value => typeof value === "string", {
    type: "string",
});

export const boolean: Shape<boolean> = simple(
    "true or false",
    value => typeof value === "boolean",
    { type: "boolean" },
);

export const anything: Shape<Json> = { check: () => {}, made: { json: {} } };

export function whole(least: number, most: number): Shape<number> {
    const is = (value: unknown) =>
        Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
    return simple(`a whole number from ${least} to ${most}`, is, {
        type: "integer",
        minimum: least,
        maximum: most,
    });
}

export function pattern(expression: RegExp, words: string): Shape<string> {
    return simple(words, value => typeof value === "string" && expression.test(value), {
        type: "string",
        pattern: expression.source,
    });
}

export function oneOf<const T extends string | number>(values: readonly T[]): Shape<T> {
    return simple(`one of ${values.join(", ")}`, value => values.includes(value as T), {
        enum: [...values],
    });
}

export function optional<T>(shape: Shape<T>): Optional<T> {
    return { optional: shape };
}

export function listOf<T>(shape: Shape<T>, least = 1): Shape<T[]> {
    return {
        check(value, at, check) {
            if (!Array.isArray(value) || value.length < least) {
                const message = `must be a list of at least ${least}, and is ${said(value)}`;
                check.problems.push({ at, message });
                return;
            }
            for (const [index, item] of value.entries())
                shape.check(item, `${at}[${index}]`, check);
        },
        made: { list: shape, least },
    };
}

/** A text or a list of texts and the like: the first shape whose JavaScript type fits is the one meant. */
export function either<A, B>(
    first: Shape<A>,
    isFirst: (value: unknown) => boolean,
    second: Shape<B>,
) {
    const shape: Shape<A | B> = {
        check(value, at, check) {
            (isFirst(value) ? first : second).check(value, at, check);
        },
        made: { any: [first, second] },
    };
    return shape;
}

export function recordOf<T>(shape: Shape<T>, required: string[] = []): Shape<Record<string, T>> {
    return {
        check(value, at, check) {
            if (typeof value !== "object" || value === null || Array.isArray(value)) {
                check.problems.push({ at, message: `must be an object, and is ${said(value)}` });
                return;
            }
            for (const key of required)
                if (!Object.hasOwn(value, key))
                    check.problems.push({ at, message: `needs ${key}` });
            for (const [key, member] of Object.entries(value))
                shape.check(member, at === "" ? key : `${at}.${key}`, check);
        },
        made: { record: shape, required },
    };
}

function isOptional(member: unknown): member is Optional<unknown> {
    return typeof member === "object" && member !== null && "optional" in member;
}

export function shapeOf(member: unknown): Shape<unknown> {
    return isOptional(member) ? member.optional : (member as Shape<unknown>);
}

/** `exactlyOneOf`: keys of which one and only one has to be there. */
export function object<T>(members: Members<T>, exactlyOneOf: (keyof T & string)[] = []): Shape<T> {
    const entries = Object.entries(members);
    const known = new Set(entries.map(([key]) => key));
    const required = entries.filter(([, member]) => !isOptional(member)).map(([key]) => key);
    return {
        check(value, at, check) {
            if (typeof value !== "object" || value === null || Array.isArray(value)) {
                check.problems.push({ at, message: `must be an object, and is ${said(value)}` });
                return;
            }
            const given = value as Record<string, unknown>;
            const under = (key: string) => (at === "" ? key : `${at}.${key}`);
            for (const key of required)
                if (!Object.hasOwn(given, key))
                    check.problems.push({ at, message: `needs ${key}` });
            if (exactlyOneOf.length > 0) {
                const found = exactlyOneOf.filter(key => Object.hasOwn(given, key));
                if (found.length !== 1) {
                    const message = `needs exactly one of ${exactlyOneOf.join(", ")}`;
                    check.problems.push({ at, message });
                }
            }
            for (const [key, member] of entries)
                if (Object.hasOwn(given, key)) shapeOf(member).check(given[key], under(key), check);
            if (!check.strict) return;
            for (const key of Object.keys(given))
                if (!known.has(key))
                    check.problems.push({ at: under(key), message: "is not known here" });
        },
        made: { members: entries, required, exactlyOneOf },
    };
}

/** An object whose member `tag` says which of the shapes it has. */
export function tagged<T>(tag: string, shapes: Record<string, Shape<unknown>>): Shape<T> {
    const kinds = Object.keys(shapes);
    return {
        check(value, at, check) {
            const kind = (value as Record<string, unknown> | null)?.[tag];
            const shape =
                typeof kind === "string" && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
            if (shape !== undefined) return shape.check(value, at, check);
            const place = at === "" ? tag : `${at}.${tag}`;
            const message = `must be one of ${kinds.join(", ")}, and is ${said(kind)}`;
            check.problems.push({ at: place, message });
        },
        made: { any: Object.values(shapes) },
    };
}

/** A shape with a name: written once in the schema, and free to contain itself. */
export function named<T>(name: string, shape: () => Shape<T>): Shape<T> {
    return {
        check(value, at, check) {
            shape().check(value, at, check);
        },
        made: { name, shape },
    };
}
