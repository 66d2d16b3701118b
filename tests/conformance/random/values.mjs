/* values: literals and JSON texts that fit an input type. */
import { isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";

const strings = [
    "",
    "a",
    "some text",
    'quo"te',
    "back\\slash",
    "tab\tand\nline",
    "\u0000\u001f\u007f",
    "é ß 漢字",
    "😀",
    "  indented\n    more\n  less",
    '"""',
    "\u2028\u2029\ufeff",
    "#no comment",
    "x".repeat(90),
];

const ints = ["0", "1", "-1", "42", "2147483647", "-2147483648", "-0"];
const floats = [
    "0.0",
    "1.5",
    "-2.25",
    "1e3",
    "6.02E+23",
    "1E-7",
    "3",
    "-0.0",
    "123456789.125",
    "9007199254740993",
];
const ids = ["7", "0", "-3", "9007199254740993", "123456789012345678901234567890"];
const blocks = [
    "",
    "one line",
    "\n    indented\n      more\n  ",
    'a \\""" b',
    "\r\n  x\r\n\r\n  y",
    "  \n\n   z  ",
];

function quoted(random, text) {
    const plain = JSON.stringify(text);
    if (!random.chance(0.15)) return plain;
    return plain.replace(/[a-zA-Z]/, letter => {
        const code = letter.codePointAt(0).toString(16);
        return random.pick([`\\u00${code}`, `\\u{${code}}`, `\\u{000${code.toUpperCase()}}`]);
    });
}

function stringLiteral(random) {
    if (random.chance(0.15)) return `"""${random.pick(blocks)}"""`;
    return quoted(random, random.pick(strings));
}

function anyLiteral(random, options, depth) {
    return random.weighted([
        [2, () => random.pick(ints)],
        [2, () => random.pick(floats)],
        [3, () => stringLiteral(random)],
        [1, () => random.pick(["true", "false", "SOME_ENUM"])],
        [
            depth > 0 ? 1 : 0,
            () =>
                `[${random.times(0, 2, () => anyLiteral(random, options, depth - 1)).join(", ")}]`,
        ],
        [
            depth > 0 ? 1 : 0,
            () =>
                `{${random.times(0, 2, i => `k${i}: ${anyLiteral(random, options, depth - 1)}`).join(" ")}}`,
        ],
    ])();
}

function inputObjectLiteral(random, type, options, depth) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
        const field = random.pick(fields);
        return `{${field.name}: ${givenLiteral(random, field.type, options, depth - 1)}}`;
    }
    const chosen = random
        .shuffle(fields)
        .filter(field => isRequired(field) || (depth > 0 && random.chance(0.5)));
    const members = chosen.map(
        field =>
            `${field.name}: ${literal(random, field.type, { ...options, hasDefault: hasDefault(field) }, depth - 1)}`,
    );
    return `{${members.join(random.pick([", ", " "]))}}`;
}

export function hasDefault(input) {
    return input.default !== undefined || input.defaultValue !== undefined;
}

export function isRequired(input) {
    return isNonNullType(input.type) && !hasDefault(input);
}

/* Not null, whatever the type allows. */
function givenLiteral(random, type, options, depth) {
    if (isNonNullType(type)) return givenLiteral(random, type.ofType, options, depth);
    if (isListType(type)) {
        if (random.chance(0.25)) return givenLiteral(random, type.ofType, options, depth);
        const items = random.times(0, depth > 0 ? 3 : 1, () =>
            literal(random, type.ofType, { ...options, hasDefault: false }, depth - 1),
        );
        return `[${items.join(", ")}]`;
    }
    if (isInputObjectType(type)) return inputObjectLiteral(random, type, options, depth);
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    switch (type.name) {
        case "Int":
            return random.pick(ints);
        case "Float":
            return random.pick([...floats, ...ints]);
        case "Boolean":
            return random.pick(["true", "false"]);
        case "ID":
            return random.chance(0.5) ? random.pick(ids) : stringLiteral(random);
        case "String":
            return stringLiteral(random);
        default:
            return anyLiteral(random, options, 2);
    }
}

/* `options.variable(type, hasDefault)` gives the name of a variable for that place, or undefined. */
export function literal(random, type, options = {}, depth = 3) {
    const variable = options.variable?.(type, options.hasDefault ?? false);
    if (variable !== undefined) return variable;
    if (!isNonNullType(type) && random.chance(0.1)) return "null";
    return givenLiteral(random, type, options, depth);
}

const jsonInts = ["0", "1", "-5", "2147483647", "-2147483648", "3.0", "1e2"];
const jsonFloats = ["0.5", "1", "-2.25", "1e21", "6.02E+23", "5e-324", "-0.0", "12345678901"];

function inputObjectJson(random, type, depth) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
        const field = random.pick(fields);
        return `{${JSON.stringify(field.name)}:${givenJson(random, field.type, depth - 1)}}`;
    }
    const chosen = random
        .shuffle(fields)
        .filter(field => isRequired(field) || (depth > 0 && random.chance(0.5)));
    const members = chosen.map(
        field => `${JSON.stringify(field.name)}:${json(random, field.type, depth - 1)}`,
    );
    return `{${members.join(",")}}`;
}

const anyJson = ["1", "-2.5", '"text"', "true", "[1,[2]]", '{"a":{"b":null}}', '""', "[]", "{}"];

function givenJson(random, type, depth) {
    if (isNonNullType(type)) return givenJson(random, type.ofType, depth);
    if (isListType(type)) {
        if (random.chance(0.25)) return givenJson(random, type.ofType, depth);
        return `[${random.times(0, depth > 0 ? 3 : 1, () => json(random, type.ofType, depth - 1)).join(",")}]`;
    }
    if (isInputObjectType(type)) return inputObjectJson(random, type, depth);
    if (isEnumType(type)) return JSON.stringify(random.pick(type.getValues()).name);
    switch (type.name) {
        case "Int":
            return random.pick(jsonInts);
        case "Float":
            return random.pick(jsonFloats);
        case "Boolean":
            return random.pick(["true", "false"]);
        case "ID":
            return random.pick(['"id"', '""', "7", "-7", "9007199254740991", '"漢"']);
        case "String":
            return JSON.stringify(random.pick(strings));
        default:
            return random.pick(anyJson);
    }
}

/* As text: JSON.parse() would not tell 3.0 from 3. */
export function json(random, type, depth = 3) {
    if (!isNonNullType(type) && random.chance(0.1)) return "null";
    return givenJson(random, type, depth);
}

/* Fits few types, or none. */
export function oddJson(random) {
    return random.pick([
        "null",
        "true",
        "false",
        "0",
        "1.5",
        "2147483648",
        "-2147483649",
        "1e40",
        '"x"',
        '"1"',
        '"true"',
        "[]",
        "[[]]",
        "[null]",
        '[1,"a",null]',
        "{}",
        '{"a":1}',
        '{"a":null,"b":2}',
        '{"unknown":true}',
        '"A"',
        '"NOT_A_VALUE"',
        "9007199254740991",
        "[{}]",
        JSON.stringify("x".repeat(200)),
        "[1,2,3,4,5,6,7,8,9,10,11,12,13]",
        '{"a":{"b":{"c":{"d":1}}}}',
    ]);
}
