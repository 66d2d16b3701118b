/* examples: a first query for each field of the schema's root, made from nothing but the schema. */

import {
    type GraphQLArgument,
    type GraphQLField,
    type GraphQLInputType,
    type GraphQLOutputType,
    type GraphQLSchema,
    getNamedType,
    isEnumType,
    isInputObjectType,
    isLeafType,
    isListType,
    isNonNullType,
    isObjectType,
    isRequiredArgument,
} from "graphql";

export interface Example {
    name: string;
    description: string;
    document: string;
    variables: string;
}

type Field = GraphQLField<unknown, unknown>;

const indent = "  ";
const most_deep = 3;
const most_fields = 8;
const page = 5;

function needsNothing({ args }: Field): boolean {
    return !args.some(isRequiredArgument);
}

/** A list comes as it is written: pages by their nodes, not by their edges as well. */
function isWorthAsking(field: Field, siblings: ReadonlySet<string>): boolean {
    if (field.deprecationReason != null || !needsNothing(field)) return false;
    if (getNamedType(field.type).name === "JSON") return false; // as long as it likes
    return !(field.name === "edges" && siblings.has("nodes"));
}

/** One page is enough for a look. */
function pageOf({ args }: Field): string {
    return args.some(({ name }) => name === "first") ? `(first: ${page})` : "";
}

function linesOf(type: GraphQLOutputType, depth: number): string[] {
    const named = getNamedType(type);
    if (!isObjectType(named)) return ["__typename"];
    const fields = Object.values(named.getFields());
    const names = new Set(fields.map(({ name }) => name));
    const worth = fields.filter(field => isWorthAsking(field, names));
    const leaves = worth.filter(field => isLeafType(getNamedType(field.type)));
    const lines = leaves.slice(0, most_fields).map(({ name }) => name);
    if (depth >= most_deep) return lines.length > 0 ? lines : ["__typename"];
    const objects = worth.filter(field => isObjectType(getNamedType(field.type)));
    const isPage = names.has("nodes");
    // Below the first things asked for, one more layer shows how it goes on; all of it would be a wall.
    const shown = isPage ? objects : depth === 0 ? objects.slice(0, 2) : [];
    const simple = isPage ? [] : lines;
    const nested = shown.flatMap(field => {
        const inner = linesOf(field.type, isPage ? depth : depth + 1);
        return [`${field.name}${pageOf(field)} {`, ...inner.map(line => indent + line), "}"];
    });
    const all = [...simple, ...nested];
    return all.length > 0 ? all : ["__typename"];
}

/** A value to begin with: what is to be filled in is empty, what can be chosen is chosen. */
function valueFor(type: GraphQLInputType, name: string): unknown {
    if (isNonNullType(type)) return valueFor(type.ofType, name);
    if (isListType(type)) return [valueFor(type.ofType, name)];
    if (isEnumType(type)) return type.getValues()[0]?.name ?? "";
    if (isInputObjectType(type)) {
        const required = Object.values(type.getFields()).filter(
            field => isNonNullType(field.type) && field.defaultValue === undefined,
        );
        return Object.fromEntries(
            required.map(field => [field.name, valueFor(field.type, field.name)]),
        );
    }
    if (type.name === "Boolean") return false;
    if (type.name === "Int" || type.name === "Float") return name === "first" ? page : 0;
    return "";
}

/** What must be said, and how many of a list. */
function isAsked(argument: GraphQLArgument): boolean {
    return isRequiredArgument(argument) || argument.name === "first";
}

function capital(name: string): string {
    return name.charAt(0).toUpperCase() + name.slice(1);
}

/** One line for each: editors wrap it where they have to. */
function comment(description: string): string[] {
    const line = description.replaceAll(/\s+/g, " ").trim();
    return line === "" ? [] : [`# ${line}`];
}

export function exampleOf(field: Field, operation = "query"): Example {
    const asked = field.args.filter(isAsked);
    const declared = asked.map(({ name, type }) => `$${name}: ${type}`).join(", ");
    const given = asked.map(({ name }) => `${name}: $${name}`).join(", ");
    const named = `${operation} ${capital(field.name)}${declared && `(${declared})`} {`;
    const described = asked.flatMap(({ name, description }) =>
        description ? comment(`$${name}: ${description}`) : [],
    );
    const inner = isLeafType(getNamedType(field.type)) ? [] : linesOf(field.type, 0);
    const head = `${indent}${field.name}${given && `(${given})`}`;
    const body =
        inner.length === 0
            ? [head]
            : [`${head} {`, ...inner.map(line => indent.repeat(2) + line), `${indent}}`];
    const values = Object.fromEntries(asked.map(({ name, type }) => [name, valueFor(type, name)]));
    return {
        name: field.name,
        description: field.description ?? "",
        document: [...comment(field.description ?? ""), ...described, named, ...body, "}", ""].join(
            "\n",
        ),
        variables: asked.length === 0 ? "" : JSON.stringify(values, null, 2),
    };
}

/** Those that run as they are come first: they are what a first visit begins with. */
export function examplesOf(schema: GraphQLSchema): Example[] {
    const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
    const worth = fields.filter(field => field.deprecationReason == null);
    const ready = (field: Field) => (needsNothing(field) ? 0 : 1);
    return worth.sort((a, b) => ready(a) - ready(b)).map(field => exampleOf(field));
}
