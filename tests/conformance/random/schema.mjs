/* schema: a random schema, as text, valid by construction. */
import { buildSchema, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { literal } from "./values.mjs";

const builtIn = ["Int", "Float", "String", "Boolean", "ID"];
const fieldNames = [
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "id",
    "name",
    "type",
    "on",
    "query",
    "_x",
    "constructor",
];
const inputNames = fieldNames.filter(
    name => name !== "constructor",
); /* the reference looks such names up in JavaScript's own objects */
const sharedNames = ["s0", "s1", "s2", "s3", "s4", "s5"];
const argumentNames = ["p", "q", "r", "first", "if", "input"];
const descriptions = [
    '"short"',
    '""',
    '"with \\"quotes\\", \\\\ and \\u00e9"',
    '"""block"""',
    '"""\n  first line\n    second line\n\n  third\n"""',
    `"""${"long words ".repeat(12)}"""`,
    '"😀 漢字"',
    '"""  leading space"""',
    '"""trailing backslash \\\n"""',
];
const reasons = ["", '(reason: "gone")', '(reason: "")', '(reason: """long\n  reason""")'];

const locations = {
    executable: [
        "QUERY",
        "MUTATION",
        "SUBSCRIPTION",
        "FIELD",
        "FRAGMENT_DEFINITION",
        "FRAGMENT_SPREAD",
        "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION",
    ],
    definitions: [
        "SCHEMA",
        "SCALAR",
        "OBJECT",
        "FIELD_DEFINITION",
        "ARGUMENT_DEFINITION",
        "INTERFACE",
        "UNION",
        "ENUM",
        "ENUM_VALUE",
        "INPUT_OBJECT",
        "INPUT_FIELD_DEFINITION",
    ],
};

function wrap(random, name, base = 0.35) {
    return random.weighted([
        [base * 10, name],
        [2, `${name}!`],
        [1.2, `[${name}]`],
        [0.8, `[${name}!]!`],
        [0.5, `[${name}!]`],
        [0.3, `[${name}]!`],
        [0.2, `[[${name}]]`],
        [0.1, `[[${name}!]!]!`],
    ]);
}

/* ---- what there is, by name ---- */

function createModel(random) {
    const model = {
        random,
        scalars: random.times(0, 2, i => `Scalar${i}`),
        enums: random.times(1, 2, i => ({
            name: `Enum${i}`,
            values: random
                .shuffle(["A", "B", "C", "RED", "on", "_1"])
                .slice(0, random.between(1, 4)),
        })),
        inputs: random.times(1, 3, i => ({ name: `Input${i}`, index: i })),
        interfaces: random.times(0, 3, i => ({ name: `Iface${i}`, index: i })),
        objects: random.times(2, 5, i => ({
            name: `${random.pick(["Obj", "Zebra", "Alpha"])}${i}`,
        })),
        unions: [],
        directives: random.times(0, 2, i => ({ name: `dir${i}`, repeatable: random.chance(0.4) })),
        shared: new Map(),
    };
    model.unions = random.times(0, 2, i => ({
        name: `Union${i}`,
        members: random
            .shuffle(model.objects)
            .slice(0, random.between(1, 3))
            .map(type => type.name),
    }));
    model.leaves = [...builtIn, ...model.scalars, ...model.enums.map(type => type.name)];
    model.composites = [...model.interfaces, ...model.objects, ...model.unions].map(
        type => type.name,
    );
    return model;
}

function inputType(model, { before = Number.POSITIVE_INFINITY } = {}) {
    const { random } = model;
    const inputs = model.inputs.filter(type => type.index < before).map(type => type.name);
    return inputs.length > 0 && random.chance(0.3)
        ? random.pick(inputs)
        : random.pick(model.leaves);
}

function outputType(model, { leafChance = 0.55 } = {}) {
    return model.random.pick(model.random.chance(leafChance) ? model.leaves : model.composites);
}

/* A default is only marked here; its text needs the types. */
function createArgument(model, name, { optional = false } = {}) {
    const { random } = model;
    const type = wrap(random, inputType(model));
    const argument = {
        name,
        type,
        description: describe(random),
        wantsDefault: random.chance(0.3),
    };
    if (optional && type.endsWith("!")) argument.wantsDefault = true;
    if (random.chance(0.1) && !type.endsWith("!")) argument.deprecated = random.pick(reasons);
    return argument;
}

function createArguments(model, probability = 0.3) {
    const { random } = model;
    if (!random.chance(probability)) return [];
    return random
        .shuffle(argumentNames)
        .slice(0, random.between(1, 3))
        .map(name => createArgument(model, name));
}

function describe(random) {
    return random.chance(0.12) ? random.pick(descriptions) : undefined;
}

function createField(model, name) {
    const { random } = model;
    const named = outputType(model);
    const composite = model.composites.includes(named);
    const field = {
        name,
        type: wrap(random, named, composite ? 0.6 : 0.35),
        arguments: createArguments(model),
        description: describe(random),
    };
    if (random.chance(0.1)) field.deprecated = random.pick(reasons);
    return field;
}

/* A field that interfaces declare has one signature in the whole schema. */
function sharedField(model, name) {
    if (!model.shared.has(name)) {
        const { random } = model;
        const named = outputType(model, { leafChance: 0.6 });
        const type = random.pick([named, `[${named}]`, `[${named}!]`]);
        model.shared.set(name, { name, type, arguments: createArguments(model, 0.2) });
    }
    return model.shared.get(name);
}

/* ---- members ---- */

function fillInput(model, input) {
    const { random } = model;
    input.description = describe(random);
    input.oneOf = random.chance(0.25);
    input.fields = random
        .shuffle(inputNames)
        .slice(0, random.between(1, 4))
        .map(name => {
            if (input.oneOf)
                return {
                    name,
                    type: random.pick([
                        inputType(model, { before: input.index }),
                        `[${inputType(model, { before: input.index })}!]`,
                    ]),
                    description: describe(random),
                };
            const recursive = random.chance(0.15);
            const named = recursive
                ? random.pick(model.inputs).name
                : inputType(model, { before: input.index });
            const type = recursive ? random.pick([named, `[${named}!]`]) : wrap(random, named);
            const field = {
                name,
                type,
                description: describe(random),
                wantsDefault: !recursive && random.chance(0.3),
            };
            if (random.chance(0.1) && !type.endsWith("!")) field.deprecated = random.pick(reasons);
            return field;
        });
}

/* An object may promise more than its interface does: a type that is possible where the field's is. */
function narrow(model, text) {
    const { random } = model;
    const [named] = text.match(/\w+/);
    const members = model.unions.find(type => type.name === named)?.members ?? [];
    return members.length > 0 && random.chance(0.3)
        ? text.replace(named, random.pick(members))
        : text;
}

/* Implements what its interfaces implement, too, and has their fields. */
function fillImplementing(model, type, candidates) {
    const { random } = model;
    const chosen = new Set();
    for (const each of random.some(candidates, 0.45)) {
        for (const name of [...each.implements, each.name]) chosen.add(name);
    }
    type.description = describe(random);
    type.implements = random.shuffle([...chosen]);
    type.shared = new Map();
    for (const each of candidates.filter(candidate => chosen.has(candidate.name))) {
        for (const [name, nonNull] of each.shared)
            type.shared.set(name, nonNull || type.shared.get(name) === true);
    }
    const isInterface = type.index !== undefined;
    if (isInterface) {
        for (const name of random.shuffle(sharedNames).slice(0, random.between(1, 3))) {
            if (!type.shared.has(name)) type.shared.set(name, false);
        }
    }
    for (const [name, nonNull] of type.shared) type.shared.set(name, nonNull || random.chance(0.2));
    type.fields = [...type.shared].map(([name, nonNull]) => {
        const field = sharedField(model, name);
        const narrowed = isInterface ? field.type : narrow(model, field.type);
        const extra =
            !isInterface && random.chance(0.1)
                ? [createArgument(model, "extra", { optional: true })]
                : [];
        return {
            ...field,
            type: nonNull ? `${narrowed}!` : narrowed,
            arguments: [...field.arguments, ...extra],
        };
    });
    if (isInterface) return;
    const own = random.shuffle(fieldNames).slice(0, random.between(1, 5));
    type.fields.push(...own.map(name => createField(model, name)));
}

function fill(model) {
    const { random } = model;
    for (const input of model.inputs) fillInput(model, input);
    for (const [i, type] of model.interfaces.entries()) {
        fillImplementing(model, type, model.interfaces.slice(0, i));
    }
    for (const type of model.objects) fillImplementing(model, type, model.interfaces);
    for (const type of model.interfaces) {
        if (model.objects.some(object => object.implements.includes(type.name))) continue;
        model.objects.push({
            name: `Of${type.name}`,
            implements: [...type.implements, type.name],
            shared: type.shared,
            fields: type.fields.map(field => ({ ...field })),
        });
    }
    for (const directive of model.directives) {
        directive.arguments = createArguments(model, 0.6).map(argument => ({
            ...argument,
            type: argument.type.replace(/!$/, ""),
        }));
        directive.locations = [
            ...random.some(locations.executable, 0.6),
            ...random.some(locations.definitions, 0.5),
        ];
        if (directive.locations.length === 0) directive.locations.push("FIELD");
        directive.description = describe(random);
    }
    model.query = {
        name: random.chance(0.2) ? "Root" : "Query",
        implements: [],
        fields: rootFields(model, 4, 8),
    };
    if (random.chance(0.5))
        model.mutation = { name: "Mutation", implements: [], fields: rootFields(model, 1, 4) };
    if (random.chance(0.3))
        model.subscription = {
            name: "Subscription",
            implements: [],
            fields: rootFields(model, 1, 3),
        };
    model.schemaDescription = describe(random);
}

function rootFields(model, low, high) {
    const { random } = model;
    const names = random.shuffle([...fieldNames, "node", "nodes", "any", "all", "one"]);
    return names.slice(0, random.between(low, high)).map(name => {
        const named = outputType(model, { leafChance: 0.3 });
        return { ...createField(model, name), type: wrap(random, named, 0.6) };
    });
}

/* ---- text ---- */

function printDescription(owner) {
    return owner.description === undefined ? "" : `${owner.description} `;
}

function printApplied(model, location) {
    const { random } = model;
    const fitting = model.directives.filter(directive => directive.locations.includes(location));
    if (fitting.length === 0 || !random.chance(0.1)) return "";
    return ` @${random.pick(fitting).name}`;
}

function printInput(model, input, path, location) {
    const text = model.defaults?.get(path);
    const deprecated = input.deprecated === undefined ? "" : ` @deprecated${input.deprecated}`;
    return `${printDescription(input)}${input.name}: ${input.type}${text === undefined ? "" : ` = ${text}`}${deprecated}${printApplied(model, location)}`;
}

function printArguments(model, list, path) {
    if (list.length === 0) return "";
    return `(${list.map(argument => printInput(model, argument, `${path}.${argument.name}`, "ARGUMENT_DEFINITION")).join(", ")})`;
}

function printField(model, owner, field) {
    const deprecated = field.deprecated === undefined ? "" : ` @deprecated${field.deprecated}`;
    return `  ${printDescription(field)}${field.name}${printArguments(model, field.arguments, `${owner}.${field.name}`)}: ${field.type}${deprecated}${printApplied(model, "FIELD_DEFINITION")}`;
}

function printFields(model, keyword, type) {
    const implemented =
        type.implements.length === 0 ? "" : ` implements ${type.implements.join(" & ")}`;
    const fields = type.fields.map(field => printField(model, type.name, field));
    const applied = printApplied(model, keyword === "type" ? "OBJECT" : "INTERFACE");
    const split =
        fields.length > 1 && model.split.has(type.name) ? fields.length - 1 : fields.length;
    const text = `${printDescription(type)}${keyword} ${type.name}${implemented}${applied} {\n${fields.slice(0, split).join("\n")}\n}`;
    return split === fields.length
        ? text
        : `${text}\n\nextend ${keyword} ${type.name} {\n${fields[split]}\n}`;
}

function printInputObject(model, type) {
    const fields = type.fields.map(
        field =>
            `  ${printInput(model, field, `${type.name}.${field.name}`, "INPUT_FIELD_DEFINITION")}`,
    );
    return `${printDescription(type)}input ${type.name}${type.oneOf ? " @oneOf" : ""}${printApplied(model, "INPUT_OBJECT")} {\n${fields.join("\n")}\n}`;
}

function printEnum(model, type) {
    const values = type.values.map(
        value =>
            `  ${value}${model.deprecatedValues.has(`${type.name}.${value}`) ? " @deprecated" : ""}${printApplied(model, "ENUM_VALUE")}`,
    );
    return `enum ${type.name}${printApplied(model, "ENUM")} {\n${values.join("\n")}\n}`;
}

function printDirective(model, directive) {
    const parts = printArguments(model, directive.arguments, `@${directive.name}`);
    return `${printDescription(directive)}directive @${directive.name}${parts}${directive.repeatable ? " repeatable" : ""} on ${directive.locations.join(" | ")}`;
}

function printSchemaDefinition(model) {
    const { query, mutation, subscription } = model;
    if (query.name === "Query" && model.schemaDescription === undefined) return [];
    const operations = [`query: ${query.name}`];
    if (mutation) operations.push(`mutation: ${mutation.name}`);
    if (subscription) operations.push(`subscription: ${subscription.name}`);
    return [
        `${printDescription({ description: model.schemaDescription })}schema { ${operations.join(" ")} }`,
    ];
}

function printParts(model) {
    return [
        ...printSchemaDefinition(model),
        ...model.scalars.map(
            name =>
                `scalar ${name}${model.specified.has(name) ? ` @specifiedBy(url: "https://example.com/${name}")` : ""}`,
        ),
        ...model.enums.map(type => printEnum(model, type)),
        ...model.inputs.map(type => printInputObject(model, type)),
        ...model.interfaces.map(type => printFields(model, "interface", type)),
        ...[model.query, model.mutation, model.subscription, ...model.objects]
            .filter(Boolean)
            .map(type => printFields(model, "type", type)),
        ...model.unions.map(
            type => `${printDescription(type)}union ${type.name} = ${type.members.join(" | ")}`,
        ),
        ...model.directives.map(directive => printDirective(model, directive)),
        ...model.extras,
    ];
}

/* ---- defaults ---- */

/* Every input that wants a default, by path, with the type the schema gives it. */
function inputsWantingDefaults(model, schema) {
    const wanting = [];
    const note = (path, input, type) => input.wantsDefault && wanting.push({ path, type });
    for (const input of model.inputs) {
        const fields = schema.getType(input.name)?.getFields();
        for (const field of input.fields)
            note(`${input.name}.${field.name}`, field, fields?.[field.name].type);
    }
    for (const type of Object.values(schema.getTypeMap())) {
        if (!isObjectType(type) && !isInterfaceType(type)) continue;
        const own = [
            ...model.interfaces,
            ...model.objects,
            model.query,
            model.mutation,
            model.subscription,
        ].find(each => each?.name === type.name);
        for (const field of own?.fields ?? []) {
            const args = type.getFields()[field.name].args;
            for (const argument of field.arguments)
                note(
                    `${type.name}.${field.name}.${argument.name}`,
                    argument,
                    args.find(each => each.name === argument.name).type,
                );
        }
    }
    for (const directive of model.directives) {
        const args = schema.getDirective(directive.name).args;
        for (const argument of directive.arguments)
            note(
                `@${directive.name}.${argument.name}`,
                argument,
                args.find(each => each.name === argument.name).type,
            );
    }
    return wanting.filter(each => each.type !== undefined);
}

/* Definitions that stand for themselves: extensions of what is there, and the directives of drafts. */
function createExtras(model) {
    const { random } = model;
    const extras = [];
    if (random.chance(0.15))
        extras.push(
            "directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT",
        );
    if (random.chance(0.15))
        extras.push(
            "directive @stream(initialCount: Int! = 0, if: Boolean! = true, label: String) on FIELD",
        );
    if (random.chance(0.15))
        extras.push(
            `extend enum ${random.pick(model.enums).name} { EXTRA @deprecated(reason: "late") }`,
        );
    if (random.chance(0.15))
        extras.push(`extend input ${random.pick(model.inputs).name} { extra: [Int] }`);
    if (random.chance(0.1) && model.unions.length > 0) {
        const union = random.pick(model.unions);
        const others = model.objects
            .map(type => type.name)
            .filter(name => !union.members.includes(name));
        if (others.length > 0) extras.push(`extend union ${union.name} = ${random.pick(others)}`);
    }
    if (random.chance(0.1) && model.scalars.length > 0)
        extras.push(
            `extend scalar ${random.pick(model.scalars)} @specifiedBy(url: "https://example.com/extended")`,
        );
    return extras;
}

export function randomSchema(random) {
    const model = createModel(random);
    fill(model);
    model.split = new Set(
        random.some(
            [...model.objects, ...model.interfaces].map(type => type.name),
            0.1,
        ),
    );
    model.specified = new Set(random.some(model.scalars, 0.4));
    model.extras = createExtras(model);
    model.deprecatedValues = new Set(
        model.enums.flatMap(type =>
            random.some(type.values, 0.15).map(value => `${type.name}.${value}`),
        ),
    );
    const bare = buildSchema(random.shuffle(printParts(model)).join("\n\n"), { assumeValid: true });
    /* An input object's default may say {} only where that is a value of it. */
    model.defaults = new Map();
    for (const { path, type } of inputsWantingDefaults(model, bare)) {
        model.defaults.set(path, literal(random, type, {}, isInputObjectType(type) ? 1 : 2));
    }
    return `${random.shuffle(printParts(model)).join("\n\n")}\n`;
}
