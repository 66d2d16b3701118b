/* catalogue: everything in the schema that has a name, to be searched and leafed through. */

import {
    astFromValue,
    type GraphQLArgument,
    type GraphQLEnumValue,
    type GraphQLField,
    type GraphQLInputField,
    type GraphQLNamedType,
    type GraphQLSchema,
    getNamedType,
    isEnumType,
    isInputObjectType,
    isInterfaceType,
    isObjectType,
    print,
} from "graphql";

/** What is looked at: the schema itself, one of its types, or one member of a type. */
export type Spot =
    | { kind: "schema" }
    | { kind: "type"; type: string }
    | { kind: "member"; type: string; member: string };

export interface Entry {
    spot: Spot;
    /** As the specification writes coordinates: Customer, Customer.name, Query.customers(search:). */
    coordinate: string;
    name: string;
    description: string;
    deprecated: boolean;
}

type Described = { description?: string | null | undefined };

function entry(coordinate: string, name: string, spot: Spot, described: Described): Entry {
    const deprecated = (described as { deprecationReason?: string | null }).deprecationReason;
    const description = described.description ?? "";
    return { spot, coordinate, name, description, deprecated: deprecated != null };
}

export function fieldsOf(
    type: GraphQLNamedType,
): (GraphQLField<unknown, unknown> | GraphQLInputField)[] {
    const has = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
    return has ? Object.values(type.getFields()) : [];
}

function membersOf(type: GraphQLNamedType): Entry[] {
    const spot = (member: string): Spot => ({ kind: "member", type: type.name, member });
    if (isEnumType(type))
        return type
            .getValues()
            .map(value => entry(`${type.name}.${value.name}`, value.name, spot(value.name), value));
    return fieldsOf(type).flatMap(field => {
        const coordinate = `${type.name}.${field.name}`;
        const args = "args" in field ? field.args : [];
        return [
            entry(coordinate, field.name, spot(field.name), field),
            ...args.map(arg =>
                entry(`${coordinate}(${arg.name}:)`, arg.name, spot(field.name), arg),
            ),
        ];
    });
}

/** The schema's own types by name; those of introspection are left out. */
export function typesOf(schema: GraphQLSchema): GraphQLNamedType[] {
    return Object.values(schema.getTypeMap())
        .filter(({ name }) => !name.startsWith("__"))
        .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

export function rootsOf(schema: GraphQLSchema): { operation: string; type: GraphQLNamedType }[] {
    const roots = [
        { operation: "query", type: schema.getQueryType() },
        { operation: "mutation", type: schema.getMutationType() },
        { operation: "subscription", type: schema.getSubscriptionType() },
    ];
    return roots.flatMap(({ operation, type }) => (type ? [{ operation, type }] : []));
}

export function catalogueOf(schema: GraphQLSchema): Entry[] {
    return typesOf(schema).flatMap(type => [
        entry(type.name, type.name, { kind: "type", type: type.name }, type),
        ...membersOf(type),
    ]);
}

/** How well an entry fits; 0 is not at all. Names count for more than descriptions, beginnings for more than middles. */
function rank(entry: Entry, wanted: string): number {
    const name = entry.name.toLowerCase();
    if (name === wanted) return 5;
    if (name.startsWith(wanted)) return 4;
    if (name.includes(wanted)) return 3;
    if (entry.coordinate.toLowerCase().includes(wanted)) return 2;
    return entry.description.toLowerCase().includes(wanted) ? 1 : 0;
}

export function find(catalogue: Entry[], search: string, most: number): Entry[] {
    const wanted = search.trim().toLowerCase();
    if (wanted === "") return [];
    return catalogue
        .map(found => ({ found, ranked: rank(found, wanted) }))
        .filter(({ ranked }) => ranked > 0)
        .sort(
            (a, b) => b.ranked - a.ranked || a.found.coordinate.length - b.found.coordinate.length,
        )
        .slice(0, most)
        .map(({ found }) => found);
}

export type Member = GraphQLField<unknown, unknown> | GraphQLInputField | GraphQLEnumValue;

/** The fields and arguments that give or take a type. */
export function usesOf(schema: GraphQLSchema, name: string): Entry[] {
    return typesOf(schema).flatMap(type =>
        fieldsOf(type)
            .filter(field => {
                const args = "args" in field ? field.args : [];
                return [field, ...args].some(used => getNamedType(used.type).name === name);
            })
            .map(field => {
                const spot: Spot = { kind: "member", type: type.name, member: field.name };
                return entry(`${type.name}.${field.name}`, field.name, spot, {});
            }),
    );
}

/** The value of an argument or input field that is not given, as GraphQL writes it. */
export function defaultOf(argument: GraphQLArgument | GraphQLInputField): string | null {
    const value = astFromValue(argument.defaultValue, argument.type);
    return argument.defaultValue === undefined || value == null ? null : print(value);
}
