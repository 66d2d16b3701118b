/* mutate: a document or schema with something wrong in it, mostly. */
import { Kind, parse, print } from "graphql";
import { tokensOf } from "./spacing.mjs";

/* ---- characters ---- */

const strange = [
    "\u0000",
    "\u0007",
    "\ufeff",
    "é",
    "漢",
    "😀",
    "?",
    "~",
    "`",
    "%",
    "^",
    "*",
    "'",
    "\\",
    '"',
    '"""',
    "#",
    "..",
    ".",
    "-",
    "+",
    "0",
    "01",
    "1.",
    ".5",
    "1e",
    "0x1",
    "1_0",
    "\\u12",
    "\u2028",
    ";",
    "<",
    "\u007f",
    "\u00a0",
];
const badStrings = [
    '"\\x"',
    '"\\u12G4"',
    '"\\u{}"',
    '"\\u{110000}"',
    '"\\uD800"',
    '"\\uD83D\\uDE00"',
    '"\\u{1F600}"',
    '"\\uDE00"',
    '"\n"',
    '"a',
    '"""a',
    '"\u0001"',
    '"\\',
    '"\\u{0000041}"',
    '"\\u{FFFFFFFFF}"',
    '"""\u0002"""',
];
const badNumbers = [
    "00",
    "-",
    "1.e3",
    "1.5.",
    "1a",
    "0xF",
    "-01",
    "2147483648",
    "-2147483649",
    "1e400",
    "1.0",
    "1_000",
    "12345678901234567890",
    "+1",
    "1e+",
    "0.5e-3x",
];

function changeCharacters(random, text) {
    const characters = [
        ...text,
    ]; /* never half of a surrogate pair: JSON in UTF-8 cannot carry it */
    const at = random.below(characters.length + 1);
    const [before, after] = [characters.slice(0, at).join(""), characters.slice(at).join("")];
    return random.weighted([
        [4, () => before + random.pick(strange) + after],
        [3, () => before + characters.slice(at + 1).join("")],
        [1, () => before],
        [1, () => before + characters.slice(at, at + random.between(1, 9)).join("") + after],
    ])();
}

/* ---- tokens ---- */

const punctuators = [
    "!",
    "$",
    "&",
    "(",
    ")",
    "...",
    ":",
    "=",
    "@",
    "[",
    "]",
    "{",
    "|",
    "}",
    ".",
    "?",
];
const words = [
    "on",
    "query",
    "mutation",
    "subscription",
    "fragment",
    "true",
    "false",
    "null",
    "type",
    "input",
    "extend",
    "schema",
    "implements",
    "repeatable",
    "directive",
    "a",
    "Query",
    "Int",
    "String",
    "__typename",
    "__schema",
    "if",
];

function changeToken(random, tokens) {
    const at = random.below(tokens.length + 1);
    const other = random.below(tokens.length + 1);
    const fresh = random.weighted([
        [4, () => random.pick(punctuators)],
        [4, () => random.pick(words)],
        [4, () => random.pick(tokens)],
        [1, () => random.pick(badStrings)],
        [1, () => random.pick(badNumbers)],
        [1, () => random.pick(["0", "1", "-1.5", '"s"', '"""s"""'])],
    ])();
    const changed = [...tokens];
    random.weighted([
        [3, () => changed.splice(at, 1)],
        [3, () => changed.splice(at, 0, fresh)],
        [4, () => changed.splice(at, 1, fresh)],
        [1, () => changed.splice(at, 0, changed[at] ?? fresh)],
        [
            2,
            () => ([changed[at], changed[other]] = [changed[other] ?? fresh, changed[at] ?? fresh]),
        ],
        [1, () => changed.splice(at, random.between(1, 6))],
    ])();
    return changed;
}

function changeTokens(random, text) {
    let tokens = tokensOf(text);
    if (tokens === undefined || tokens.length === 0) return changeCharacters(random, text);
    for (
        let i = random.weighted([
            [6, 1],
            [2, 2],
            [1, 4],
        ]);
        i > 0 && tokens.length > 0;
        i--
    )
        tokens = changeToken(random, tokens);
    return tokens.join(" ");
}

/* ---- nodes ---- */

/* Every node with the place it stands in: { node, owner, key } and, in a list, its index. */
function placesOf(root) {
    const places = [];
    const walk = (node, owner, key, index) => {
        if (node === null || typeof node !== "object" || typeof node.kind !== "string") return;
        places.push({ node, owner, key, index });
        for (const [name, value] of Object.entries(node)) {
            if (name === "loc") continue;
            if (!Array.isArray(value)) walk(value, node, name, undefined);
            else for (const [i, each] of value.entries()) walk(each, node, name, i);
        }
    };
    walk(root);
    return places;
}

function remove({ owner, key, index }) {
    if (index === undefined) owner[key] = undefined;
    else owner[key].splice(index, 1);
}

function replace({ owner, key, index }, node) {
    if (index === undefined) owner[key] = node;
    else owner[key][index] = node;
}

const name = value => ({ kind: Kind.NAME, value });
const namedType = value => ({ kind: Kind.NAMED_TYPE, name: name(value) });
const field = (value, alias) => ({
    kind: Kind.FIELD,
    name: name(value),
    alias: alias && name(alias),
    arguments: [],
    directives: [],
});
const clone = node =>
    JSON.parse(JSON.stringify(node, (key, value) => (key === "loc" ? undefined : value)));

function oddValue(random, typeNames) {
    return random.pick([
        { kind: Kind.INT, value: random.pick(["1", "2147483648", "-1", "99999999999999999999"]) },
        { kind: Kind.FLOAT, value: random.pick(["1.5", "1e50", "-0.0", "1e999"]) },
        {
            kind: Kind.STRING,
            value: random.pick(["s", "", "A", "true", 'q"q']),
            block: random.chance(0.2),
        },
        { kind: Kind.BOOLEAN, value: random.chance(0.5) },
        { kind: Kind.NULL },
        { kind: Kind.ENUM, value: random.pick(["A", "NOT_A_VALUE", ...typeNames.slice(0, 1)]) },
        { kind: Kind.LIST, values: [] },
        {
            kind: Kind.LIST,
            values: [
                { kind: Kind.NULL },
                { kind: Kind.INT, value: "3" },
                { kind: Kind.STRING, value: "x" },
            ],
        },
        { kind: Kind.OBJECT, fields: [] },
        {
            kind: Kind.OBJECT,
            fields: [
                {
                    kind: Kind.OBJECT_FIELD,
                    name: name(random.pick(["a", "b", "zzz"])),
                    value: { kind: Kind.INT, value: "1" },
                },
            ],
        },
        { kind: Kind.VARIABLE, name: name(random.pick(["v0", "undefinedOne", "b"])) },
    ]);
}

function oddType(random, typeNames) {
    const named = namedType(
        random.pick([...typeNames, "Int", "String", "Boolean", "Unknown", "__Type"]),
    );
    return random.weighted([
        [4, () => named],
        [3, () => ({ kind: Kind.NON_NULL_TYPE, type: named })],
        [2, () => ({ kind: Kind.LIST_TYPE, type: named })],
        [
            1,
            () => ({
                kind: Kind.NON_NULL_TYPE,
                type: { kind: Kind.LIST_TYPE, type: { kind: Kind.NON_NULL_TYPE, type: named } },
            }),
        ],
    ])();
}

const isValue = node =>
    [
        Kind.INT,
        Kind.FLOAT,
        Kind.STRING,
        Kind.BOOLEAN,
        Kind.NULL,
        Kind.ENUM,
        Kind.LIST,
        Kind.OBJECT,
        Kind.VARIABLE,
    ].includes(node.kind);
const isType = node => [Kind.NAMED_TYPE, Kind.LIST_TYPE, Kind.NON_NULL_TYPE].includes(node.kind);

const changes = [
    [
        5,
        function rename(random, places, names) {
            const place = random.pick(places.filter(({ node }) => node.kind === Kind.NAME));
            if (place)
                place.node.value = random.pick([
                    ...names,
                    "unknownName",
                    "__typename",
                    "a",
                    "if",
                    "id",
                    "name",
                ]);
        },
    ],
    [
        4,
        function removeNode(random, places) {
            const place = random.pick(
                places.filter(
                    ({ owner, key, index }) =>
                        owner &&
                        (index !== undefined ||
                            [
                                "selectionSet",
                                "alias",
                                "typeCondition",
                                "defaultValue",
                                "name",
                            ].includes(key)),
                ),
            );
            if (place && !(place.key === "name" && place.owner.kind !== Kind.OPERATION_DEFINITION))
                remove(place);
        },
    ],
    [
        3,
        function repeatNode(random, places) {
            const place = random.pick(places.filter(({ index }) => index !== undefined));
            if (place) place.owner[place.key].splice(place.index, 0, clone(place.node));
        },
    ],
    [
        3,
        function moveNode(random, places) {
            const from = random.pick(places.filter(({ index }) => index !== undefined));
            const to =
                from &&
                random.pick(
                    places.filter(({ index, key }) => index !== undefined && key === from.key),
                );
            if (to) to.owner[to.key].splice(to.index, 0, clone(from.node));
        },
    ],
    [
        4,
        function changeValue(random, places, names) {
            const place = random.pick(
                places.filter(({ node, key }) => isValue(node) && key !== "description"),
            );
            if (place) replace(place, oddValue(random, names));
        },
    ],
    [
        4,
        function changeType(random, places, names) {
            const place = random.pick(
                places.filter(
                    ({ node, owner }) => isType(node) && owner.kind !== Kind.NON_NULL_TYPE,
                ),
            );
            const bare = place && ["typeCondition", "interfaces", "types"].includes(place.key);
            if (place)
                replace(
                    place,
                    bare
                        ? namedType(random.pick([...names, "Unknown", "Int", "__Schema"]))
                        : oddType(random, names),
                );
        },
    ],
    [
        2,
        function addField(random, places, names) {
            const place = random.pick(
                places.filter(({ node }) => node.kind === Kind.SELECTION_SET),
            );
            if (place)
                place.node.selections.push(
                    field(
                        random.pick([...names, "__typename", "__schema", "nope"]),
                        random.chance(0.6) ? random.pick(names) : undefined,
                    ),
                );
        },
    ],
    [
        2,
        function addSelections(random, places, names) {
            const place = random.pick(places.filter(({ node }) => node.kind === Kind.FIELD));
            if (place)
                place.node.selectionSet = {
                    kind: Kind.SELECTION_SET,
                    selections: [field(random.pick([...names, "__typename"]))],
                };
        },
    ],
    [
        2,
        function addArgument(random, places, names) {
            const place = random.pick(
                places.filter(
                    ({ node }) => node.kind === Kind.FIELD || node.kind === Kind.DIRECTIVE,
                ),
            );
            if (place)
                place.node.arguments = [
                    ...(place.node.arguments ?? []),
                    {
                        kind: Kind.ARGUMENT,
                        name: name(random.pick(["if", "p", "q", "input", "zzz"])),
                        value: oddValue(random, names),
                    },
                ];
        },
    ],
    [
        2,
        function addDirective(random, places, names) {
            const place = random.pick(places.filter(({ node }) => Array.isArray(node.directives)));
            const args = random.chance(0.6)
                ? [{ kind: Kind.ARGUMENT, name: name("if"), value: oddValue(random, names) }]
                : [];
            const directive = {
                kind: Kind.DIRECTIVE,
                name: name(
                    random.pick([
                        "include",
                        "skip",
                        "deprecated",
                        "oneOf",
                        "specifiedBy",
                        "dir0",
                        "dir1",
                        "nope",
                    ]),
                ),
                arguments: args,
            };
            if (place)
                place.node.directives.splice(
                    random.below(place.node.directives.length + 1),
                    0,
                    directive,
                );
        },
    ],
    [
        2,
        function addVariable(random, places, names) {
            const place = random.pick(
                places.filter(({ node }) => node.kind === Kind.OPERATION_DEFINITION),
            );
            const variable = {
                kind: Kind.VARIABLE,
                name: name(random.pick(["v0", "b", "unused"])),
            };
            if (place)
                place.node.variableDefinitions = [
                    ...(place.node.variableDefinitions ?? []),
                    {
                        kind: Kind.VARIABLE_DEFINITION,
                        variable,
                        type: oddType(random, names),
                        defaultValue: random.chance(0.3) ? oddValue(random, names) : undefined,
                        directives: [],
                    },
                ];
        },
    ],
    [
        2,
        function addSpread(random, places, names) {
            const place = random.pick(
                places.filter(({ node }) => node.kind === Kind.SELECTION_SET),
            );
            const fragments = places
                .filter(({ node }) => node.kind === Kind.FRAGMENT_DEFINITION)
                .map(({ node }) => node.name.value);
            const spread = {
                kind: Kind.FRAGMENT_SPREAD,
                name: name(random.pick([...fragments, "NoSuchFragment"])),
                directives: [],
            };
            const inline = {
                kind: Kind.INLINE_FRAGMENT,
                typeCondition: namedType(random.pick([...names, "Query"])),
                directives: [],
                selectionSet: { kind: Kind.SELECTION_SET, selections: [field("__typename")] },
            };
            if (place) place.node.selections.push(random.chance(0.6) ? spread : inline);
        },
    ],
    [
        1,
        function addDefinition(random, places) {
            const text = random.pick([
                "{ __typename }",
                "query Again { __typename }",
                "mutation { __typename }",
                "subscription { __typename }",
                "fragment Unused on Query { __typename }",
                "fragment Loop on Query { ...Loop }",
                "type Query { a: Int }",
                "extend type Query { zzz: Int }",
                "scalar Int",
                "schema { query: Query }",
                "extend schema { mutation: Query }",
                "directive @skip on FIELD",
                "enum Empty { true }",
                "union U = Int",
                "interface I implements I { a: Int }",
                "input Ring { ring: Ring! }",
                "input One @oneOf { a: Int! }",
                "directive @d(a: Int @d) on ARGUMENT_DEFINITION",
                "extend enum Nope { A }",
                "type __Own { a: Int }",
            ]);
            places[0].node.definitions.splice(
                random.below(places[0].node.definitions.length + 1),
                0,
                clone(parse(text).definitions[0]),
            );
        },
    ],
    [
        1,
        function changeOperation(random, places) {
            const place = random.pick(
                places.filter(({ node }) => node.kind === Kind.OPERATION_DEFINITION),
            );
            if (place) place.node.operation = random.pick(["query", "mutation", "subscription"]);
        },
    ],
];

function changeNodes(random, text) {
    const document = clone(parse(text));
    for (
        let i = random.weighted([
            [6, 1],
            [3, 2],
            [1, 3],
        ]);
        i > 0;
        i--
    ) {
        const places = placesOf(document);
        const names = [
            ...new Set(
                places.filter(({ node }) => node.kind === Kind.NAME).map(({ node }) => node.value),
            ),
        ];
        random.weighted(changes)(random, places, names.length > 0 ? names : ["a"]);
    }
    return print(document);
}

export function mutate(random, text) {
    const how = random.weighted([
        [6, changeNodes],
        [3, changeTokens],
        [1, changeCharacters],
    ]);
    try {
        return how(random, text);
    } catch {
        return changeTokens(random, text); /* it was no document, or cannot be printed any more */
    }
}
