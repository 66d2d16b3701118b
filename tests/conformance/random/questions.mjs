/* questions: what is asked in one batch: a schema, wrong ones made of it, and documents. */
import { getIntrospectionQuery } from "graphql";
import { randomArguments, randomDocument } from "./document.mjs";
import { mutate } from "./mutate.mjs";
import { oracleAnswer, oracleSchema } from "./oracle.mjs";
import { randomSchema } from "./schema.mjs";
import { respace } from "./spacing.mjs";

const batchSize = 100;

function introspections(random, schema) {
    const options = {
        descriptions: random.chance(0.8),
        specifiedByUrl: random.chance(0.5),
        schemaDescription: random.chance(0.5),
        directiveIsRepeatable: random.chance(0.5),
        inputValueDeprecation: random.chance(0.7),
        oneOf: random.chance(0.5),
        typeDepth: random.between(1, 6),
    };
    return { op: "execute", schema, query: getIntrospectionQuery(options) };
}

function schemaQuestions(random, schema) {
    const questions = [
        { op: "schema", source: schema },
        introspections(random, schema),
        { op: "print", source: schema },
        { op: "print_schema", schema },
    ];
    for (let i = 0; i < 6; i++) {
        const source = mutate(random, schema);
        questions.push({ op: "schema", source });
        if (i === 0) questions.push({ op: "parse", source });
    }
    return questions;
}

function argumentsQuestions(random, schema, types) {
    const document = randomArguments(random, types);
    return document === undefined ? [] : [{ op: "arguments", schema, ...document }];
}

function documentQuestions(random, schema, types) {
    const subscribes = random.chance(0.1);
    const large = random.chance(0.03) ? { fields: 150, depth: 6 } : {};
    const { otherVariables, ...document } = randomDocument(
        random,
        types,
        subscribes ? { kinds: ["subscription"], ...large } : large,
    );
    const query = random.chance(0.3) ? respace(random, document.query) : document.query;
    const wrong = mutate(random, query);
    const questions = [
        { op: subscribes ? "validate" : "execute", schema, ...document, query },
        /* The plan is there already, and meets other values. */
        ...otherVariables.map(variables => ({
            op: "execute",
            schema,
            ...document,
            query,
            variables,
        })),
        { op: "validate", schema, query: random.chance(0.2) ? respace(random, wrong) : wrong },
    ];
    if (random.chance(0.1)) questions.push({ op: "print", source: query });
    if (random.chance(0.1)) questions.push({ op: "parse", source: mutate(random, wrong) });
    if (!subscribes && random.chance(0.1))
        questions.push({ op: "execute", schema, ...document, query: wrong });
    return questions;
}

/* As somebody who does not see all of the schema: what they see is all there is, to the last word. */
async function hiddenQuestions(random, schema, types, ask) {
    const hide = random.between(1, 1_000_000);
    const { text: seen } = await ask({ op: "print_schema", schema, hide });
    const seenTypes = seen === undefined ? undefined : oracleSchema(seen);
    if (seenTypes === undefined) return []; /* what is left makes no sense by itself */
    const asked = { schema, hide, seen };
    const questions = [{ ...introspections(random, schema), ...asked }];
    for (let i = 0; i < 3; i++) {
        const document = randomArguments(random, random.chance(0.5) ? types : seenTypes);
        if (document !== undefined) questions.push({ op: "arguments", ...asked, ...document });
    }
    for (let i = 0; i < 8; i++) {
        const { query } = randomDocument(random, random.chance(0.5) ? types : seenTypes);
        questions.push({
            op: "validate",
            ...asked,
            query: random.chance(0.3) ? mutate(random, query) : query,
        });
    }
    return questions;
}

/* `ask` asks us. */
export async function batchQuestions(random, ask) {
    let schema;
    do schema = randomSchema(random);
    while (oracleAnswer({ op: "schema", source: schema }).ok !== true && !random.chance(0.2));
    const types = oracleSchema(schema);
    if (types === undefined) return [{ op: "schema", source: schema }];
    const questions = [
        ...schemaQuestions(random, schema),
        ...(await hiddenQuestions(random, schema, types, ask)),
    ];
    while (questions.length < batchSize) {
        const make = random.chance(0.25) ? argumentsQuestions : documentQuestions;
        questions.push(...make(random, schema, types));
    }
    return questions;
}
