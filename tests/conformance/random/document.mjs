/* document: a random executable document, mostly valid, with variables that mostly fit. */
import {
    GraphQLNonNull,
    getNamedType,
    getNullableType,
    isAbstractType,
    isCompositeType,
    isNonNullType,
    isUnionType,
} from "graphql";
import { hasDefault, isRequired, json, literal, oddJson } from "./values.mjs";

const aliases = [
    "a",
    "b",
    "x",
    "y",
    "alias",
    "data",
    "errors",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "_",
    "on",
    "true",
];

/* Everything the parts of one document share. */
function createContext(random, schema, limits) {
    return {
        random,
        schema,
        budget: limits.fields,
        depth: limits.depth,
        keys: new Map() /* response key → what it stands for, so that fields merge */,
        variables: new Map() /* name → { name, type, text, defaultText } */,
        fragments: [],
        building:
            [] /* definitions being written, the innermost last: their variables and spreads */,
        names: 0,
    };
}

/* ---- variables ---- */

function useVariable(context, variable) {
    context.building.at(-1).variables.add(variable.name);
    return `$${variable.name}`;
}

function fits(variable, type, placeHasDefault) {
    if (String(variable.type) === String(type)) return true;
    if (String(variable.type) === `${type}!`) return true;
    const nonNullDefault = variable.defaultText !== undefined && variable.defaultText !== "null";
    return (
        isNonNullType(type) &&
        String(variable.type) === String(type.ofType) &&
        (nonNullDefault || placeHasDefault)
    );
}

function createVariable(context, type, placeHasDefault) {
    const { random } = context;
    const variable = { name: random.pick(["v", "in", "input", "arg"]) + context.names++, type };
    if (!isNonNullType(type) && random.chance(0.2)) variable.type = new GraphQLNonNull(type);
    if (isNonNullType(type) && random.chance(0.3)) {
        variable.type = getNullableType(type);
        if (!placeHasDefault || random.chance(0.5)) {
            do variable.defaultText = literal(random, type, {}, 2);
            while (variable.defaultText === "null");
        }
    } else if (random.chance(0.3)) {
        variable.defaultText = literal(random, variable.type, {}, 2);
    }
    context.variables.set(variable.name, variable);
    return variable;
}

function someVariable(context, type, placeHasDefault, probability) {
    const { random } = context;
    if (!random.chance(probability)) return undefined;
    const known = [...context.variables.values()].filter(variable =>
        fits(variable, type, placeHasDefault),
    );
    if (known.length > 0 && random.chance(0.6)) return useVariable(context, random.pick(known));
    return useVariable(context, createVariable(context, type, placeHasDefault));
}

/* ---- arguments and directives ---- */

function printArguments(context, definitions) {
    const { random } = context;
    const given = random
        .shuffle(definitions)
        .filter(argument => isRequired(argument) || random.chance(0.5));
    if (given.length === 0) return "";
    const options = {
        variable: (type, placeHasDefault) => someVariable(context, type, placeHasDefault, 0.3),
    };
    const texts = given.map(
        argument =>
            `${argument.name}: ${literal(random, argument.type, { ...options, hasDefault: hasDefault(argument) }, 2)}`,
    );
    return `(${texts.join(", ")})`;
}

function condition(context) {
    const { random, schema } = context;
    if (random.chance(0.25)) return random.pick(["true", "false"]);
    return someVariable(context, new GraphQLNonNull(schema.getType("Boolean")), false, 1);
}

/* A name that introspection knows in this schema, or not. */
function typeNameArgument(context) {
    const { random, schema } = context;
    if (random.chance(0.2))
        return someVariable(context, new GraphQLNonNull(schema.getType("String")), false, 1);
    return JSON.stringify(random.pick([...Object.keys(schema.getTypeMap()), "Unknown", ""]));
}

function printDirectives(context, location) {
    const { random, schema } = context;
    const parts = [];
    if (["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"].includes(location)) {
        if (random.chance(0.15)) parts.push(`@include(if: ${condition(context)})`);
        if (random.chance(0.12)) parts.push(`@skip(if: ${condition(context)})`);
    }
    for (const directive of schema.getDirectives()) {
        if (["skip", "include"].includes(directive.name) || !directive.locations.includes(location))
            continue;
        if (!random.chance(0.06)) continue;
        const times = directive.isRepeatable && random.chance(0.4) ? 2 : 1;
        for (let i = 0; i < times; i++)
            parts.push(`@${directive.name}${printArguments(context, directive.args)}`);
    }
    return random
        .shuffle(parts)
        .map(part => ` ${part}`)
        .join("");
}

/* ---- selections ---- */

function sameThing(context, key, meaning) {
    const known = context.keys.get(key);
    if (known === undefined) context.keys.set(key, meaning);
    return known === undefined || known === meaning;
}

/* An alias under which this field can stand wherever it stands in the document. */
function chooseAlias(context, name, meaning) {
    const { random } = context;
    const wanted = random.chance(0.2) ? random.pick(aliases) : name;
    if (random.chance(0.03)) return wanted; /* perhaps a conflict */
    if (sameThing(context, wanted, meaning)) return wanted;
    for (let i = 0; ; i++) {
        if (sameThing(context, `${name}_${i}`, meaning)) return `${name}_${i}`;
    }
}

function printField(context, field, depth) {
    context.budget--;
    const args =
        field.name === "__type"
            ? `(name: ${typeNameArgument(context)})`
            : printArguments(context, field.args);
    const key = chooseAlias(context, field.name, `${field.name}${args}: ${field.type}`);
    const named = getNamedType(field.type);
    const head = `${key === field.name ? "" : `${key}: `}${field.name}${args}`;
    return {
        again: () => {
            const selections = isCompositeType(named)
                ? ` ${printSelections(context, named, depth - 1)}`
                : "";
            return `${head}${printDirectives(context, "FIELD")}${selections}`;
        },
    };
}

function metaField(name, type) {
    return { name, type, args: [] };
}

function chooseField(context, type, depth) {
    const { random, schema } = context;
    const typename = metaField("__typename", new GraphQLNonNull(schema.getType("String")));
    if (isUnionType(type)) return typename;
    if (type === schema.getQueryType() && random.chance(0.05))
        return metaField("__schema", new GraphQLNonNull(schema.getType("__Schema")));
    if (type === schema.getQueryType() && random.chance(0.06))
        return metaField("__type", schema.getType("__Type"));
    const fields = Object.values(type.getFields());
    const reachable = fields.filter(
        field => (depth > 1 && context.budget > 0) || !isCompositeType(getNamedType(field.type)),
    );
    if (reachable.length === 0 || random.chance(0.07)) return typename;
    return random.pick(reachable);
}

function overlapping(schema, type) {
    const possible = each => (isAbstractType(each) ? schema.getPossibleTypes(each) : [each]);
    const own = new Set(possible(type));
    const composites = Object.values(schema.getTypeMap()).filter(
        each => isCompositeType(each) && each.name.startsWith("__") === type.name.startsWith("__"),
    );
    return composites.filter(each => possible(each).some(object => own.has(object)));
}

function chooseCondition(context, type) {
    const { random, schema } = context;
    return random.chance(0.35) ? type : (random.pick(overlapping(schema, type)) ?? type);
}

function printInlineFragment(context, type, depth) {
    if (context.random.chance(0.25))
        return `...${printDirectives(context, "INLINE_FRAGMENT")} ${printSelections(context, type, depth)}`;
    const on = chooseCondition(context, type);
    return `... on ${on.name}${printDirectives(context, "INLINE_FRAGMENT")} ${printSelections(context, on, depth)}`;
}

function createFragment(context, type, depth) {
    const { random } = context;
    const fragment = {
        name: random.pick(["F", "Frag", "fields", "name", "type"]) + context.names++,
        type: chooseCondition(context, type),
        depth,
        variables: new Set(),
        spreads: new Set(),
    };
    context.building.push(fragment);
    const directives = printDirectives(context, "FRAGMENT_DEFINITION");
    fragment.text = `fragment ${fragment.name} on ${fragment.type.name}${directives} ${printSelections(context, fragment.type, depth)}`;
    context.building.pop();
    context.fragments.push(fragment);
    return fragment;
}

function printSpread(context, type, depth) {
    const { random, schema } = context;
    const fitting = new Set(overlapping(schema, type));
    const known = context.fragments.filter(
        fragment => fitting.has(fragment.type) && fragment.depth <= depth,
    );
    const fragment =
        known.length > 0 && random.chance(0.6)
            ? random.pick(known)
            : createFragment(context, type, depth);
    context.building.at(-1).spreads.add(fragment);
    return `...${fragment.name}${printDirectives(context, "FRAGMENT_SPREAD")}`;
}

function printSelections(context, type, depth) {
    const { random } = context;
    const selections = [];
    const fields = [];
    const wanted = random.between(1, context.budget > 0 ? 4 : 1);
    for (let i = 0; i < wanted; i++) {
        const nested = depth > 0 && context.budget > 0 && i > 0;
        const kind = random.weighted([
            [74, "field"],
            [nested ? 12 : 0, "inline"],
            [nested ? 12 : 0, "spread"],
            [fields.length > 0 ? 10 : 0, "again"],
        ]);
        if (kind === "field") {
            fields.push(printField(context, chooseField(context, type, depth), depth));
            selections.push(fields.at(-1).again());
        } else if (kind === "inline") {
            selections.push(printInlineFragment(context, type, depth - 1));
        } else if (kind === "spread") {
            selections.push(printSpread(context, type, depth - 1));
        } else {
            selections.push(random.pick(fields).again());
        }
    }
    return `{ ${random.shuffle(selections).join(" ")} }`;
}

/* ---- operations ---- */

function variablesOf(definition, seen = new Set()) {
    const names = new Set(definition.variables);
    for (const fragment of definition.spreads) {
        if (seen.has(fragment)) continue;
        seen.add(fragment);
        for (const name of variablesOf(fragment, seen)) names.add(name);
    }
    return names;
}

function printVariableDefinitions(context, operation) {
    const { random } = context;
    const texts = [...variablesOf(operation)].map(name => {
        const variable = context.variables.get(name);
        const defaultText = variable.defaultText === undefined ? "" : ` = ${variable.defaultText}`;
        context.building.push({ variables: new Set(), spreads: new Set() });
        const constant = random.chance(0.03) ? printDirectives(context, "VARIABLE_DEFINITION") : "";
        const usesVariables = context.building.pop().variables.size > 0;
        return `$${name}: ${variable.type}${defaultText}${usesVariables ? "" : constant}`;
    });
    return texts.length === 0 ? "" : `(${texts.join(", ")})`;
}

function createOperation(context, name, kinds) {
    const { random, schema } = context;
    const roots = {
        query: schema.getQueryType(),
        mutation: schema.getMutationType(),
        subscription: schema.getSubscriptionType(),
    };
    const possible = kinds.filter(each => roots[each]);
    const kind = possible.length > 0 ? random.pick(possible) : "query";
    const operation = { name, kind, variables: new Set(), spreads: new Set() };
    context.building.push(operation);
    const directives = printDirectives(context, kind.toUpperCase());
    operation.selections =
        kind === "subscription" && random.chance(0.8)
            ? `{ ${printField(context, chooseSubscription(context, roots[kind]), context.depth).again()} }`
            : printSelections(context, roots[kind], context.depth);
    context.building.pop();
    operation.directives = directives;
    return operation;
}

function chooseSubscription(context, type) {
    return context.random.pick(Object.values(type.getFields()));
}

function printOperation(context, operation) {
    const definitions = printVariableDefinitions(context, operation);
    const bare =
        operation.kind === "query" &&
        operation.name === "" &&
        definitions === "" &&
        operation.directives === "";
    if (bare && context.random.chance(0.7)) return operation.selections;
    return `${operation.kind} ${operation.name}${definitions}${operation.directives} ${operation.selections}`;
}

/* Every variable that has to be given is, mostly; as the text of a JSON object. */
function printVariables(context) {
    const { random } = context;
    const members = [];
    for (const variable of context.variables.values()) {
        const optional = !isNonNullType(variable.type) || variable.defaultText !== undefined;
        if (random.chance(optional ? 0.35 : 0.02)) continue;
        const text = random.chance(0.04) ? oddJson(random) : json(random, variable.type);
        members.push(`${JSON.stringify(variable.name)}:${text}`);
    }
    if (random.chance(0.05)) members.push('"unheardOf":[1,{"a":null}]');
    return `{${random.shuffle(members).join(",")}}`;
}

/* One field of the query root, for the values of its arguments; undefined when none takes any. */
export function randomArguments(random, schema) {
    const context = createContext(random, schema, { fields: 0, depth: 0 });
    const fields = Object.values(schema.getQueryType().getFields()).filter(
        field => field.args.length > 0,
    );
    if (fields.length === 0) return undefined;
    const field = random.pick(fields);
    const operation = {
        name: "",
        kind: "query",
        directives: "",
        variables: new Set(),
        spreads: new Set(),
    };
    context.building.push(operation);
    const selections = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
    operation.selections = `{ ${field.name}${printArguments(context, field.args)}${selections} }`;
    context.building.pop();
    return { query: printOperation(context, operation), variables: printVariables(context) };
}

export function randomDocument(
    random,
    schema,
    { kinds = ["query", "query", "query", "mutation"], fields = 30, depth = 4 } = {},
) {
    const context = createContext(random, schema, { fields, depth });
    const count = random.chance(0.1) ? 2 : 1;
    const operations = Array.from({ length: count }, (_, i) =>
        createOperation(context, count > 1 || random.chance(0.4) ? `Op${i}` : "", kinds),
    );
    const parts = [
        ...operations.map(operation => printOperation(context, operation)),
        ...context.fragments.map(fragment => fragment.text),
    ];
    const chosen = random.pick(operations).name;
    const again =
        kinds.includes("subscription") || context.variables.size === 0 ? 0 : random.between(0, 2);
    return {
        query: (random.chance(0.5) ? parts : random.shuffle(parts)).join("\n"),
        variables: printVariables(context),
        otherVariables: random.times(again, again, () => printVariables(context)),
        operationName: chosen !== "" && (count > 1 || random.chance(0.3)) ? chosen : undefined,
    };
}
