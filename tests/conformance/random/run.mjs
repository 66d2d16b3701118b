/* run: random schemas and documents, answered by us and by the reference implementation.
 *
 *     node tests/conformance/random/run.mjs --count 20000 --seed 1
 *
 *   --count N       how many questions (2000)
 *   --seed TEXT     which ones (1)
 *   --batch N       only this batch of them, as a difference names it
 *   --program PATH  conformance_pipe (the newest below build/)
 *   --record        adds each difference, made small, to ../data/found.jsonl
 *   --quick         does not make them small
 *
 * Prints each difference and a last line, "N passed, N failed"; ends with 1 when there is any.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { getIntrospectionQuery } from "graphql";
import { compare } from "./compare.mjs";
import { randomArguments, randomDocument } from "./document.mjs";
import { adoptEdition } from "./edition.mjs";
import { mutate } from "./mutate.mjs";
import { oracleAnswer, oracleSchema } from "./oracle.mjs";
import { openPipe } from "./pipe.mjs";
import { createRandom } from "./random.mjs";
import { record } from "./record.mjs";
import { randomSchema } from "./schema.mjs";
import { shrink } from "./shrink.mjs";
import { respace } from "./spacing.mjs";

const batchSize = 80;
const shownOfOneKind = 3;
const root = join(import.meta.dirname, "..", "..", "..");

/* ---- questions ---- */

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
    const document = randomDocument(
        random,
        types,
        subscribes ? { kinds: ["subscription"], ...large } : large,
    );
    const query = random.chance(0.3) ? respace(random, document.query) : document.query;
    const wrong = mutate(random, query);
    const questions = [
        { op: subscribes ? "validate" : "execute", schema, ...document, query },
        { op: "validate", schema, query: random.chance(0.2) ? respace(random, wrong) : wrong },
    ];
    if (random.chance(0.1)) questions.push({ op: "print", source: query });
    if (random.chance(0.1)) questions.push({ op: "parse", source: mutate(random, wrong) });
    if (!subscribes && random.chance(0.1))
        questions.push({ op: "execute", schema, ...document, query: wrong });
    return questions;
}

function batchQuestions(random) {
    let schema;
    do schema = randomSchema(random);
    while (oracleAnswer({ op: "schema", source: schema }).ok !== true && !random.chance(0.2));
    const types = oracleSchema(schema);
    if (types === undefined) return [{ op: "schema", source: schema }];
    const questions = schemaQuestions(random, schema);
    while (questions.length < batchSize) {
        const make = random.chance(0.25) ? argumentsQuestions : documentQuestions;
        questions.push(...make(random, schema, types));
    }
    return questions;
}

/* ---- answers ---- */

function newestProgram() {
    const build = join(root, "build");
    const candidates = (existsSync(build) ? readdirSync(build) : [])
        .map(folder => join(build, folder, "tests", "conformance", "conformance_pipe"))
        .filter(path => existsSync(path))
        .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    if (candidates.length > 0) return candidates[0];
    console.error(
        "conformance_pipe is not built below build/; build it, or name it with --program.",
    );
    process.exit(2);
}

async function compareOne(pipe, question) {
    const ours = pipe.ask(question);
    return compare(question, await ours, oracleAnswer(question));
}

/* Names and numbers of one question left out, so that one mistake of ours is told of once. */
function kindOf(question, difference) {
    const first = answer => (answer.errors?.[0] ?? answer.error)?.message ?? "";
    const plain = text => text.replace(/"(\\.|[^"\\])*"|\d+/g, "_");
    return `${question.op} ${difference.what} ${plain(first(difference.ours))} ${plain(first(difference.theirs))}`;
}

function show(batch, question, difference) {
    console.log(`# ${difference.what}, batch ${batch}`);
    for (const [key, value] of Object.entries(question)) {
        if (value !== undefined) console.log(`#   ${key}: ${JSON.stringify(value)}`);
    }
    console.log(`#   ours:   ${JSON.stringify(difference.ours)}`);
    console.log(`#   theirs: ${JSON.stringify(difference.theirs)}`);
}

async function tell(state, batch, question, difference) {
    const kind = kindOf(question, difference);
    const seen = state.kinds.get(kind) ?? 0;
    state.kinds.set(kind, seen + 1);
    if (seen >= shownOfOneKind) return;
    const differs = async candidate => {
        const still = await compareOne(state.pipe, candidate).catch(
            () => undefined,
        ); /* not a question for the reference */
        return (
            still !== undefined && still.reason === undefined && kindOf(candidate, still) === kind
        );
    };
    const small = state.quick ? question : await shrink(question, differs);
    const shown = (await compareOne(state.pipe, small)) ?? difference;
    show(batch, small, shown);
    if (state.record && seen === 0) record(small);
}

async function runBatch(state, batch) {
    const questions = batchQuestions(createRandom(`${state.seed}/${batch}`)).slice(0, state.left);
    state.left -= questions.length;
    const ours = questions.map(question => state.pipe.ask(question));
    const theirs = questions.map(question => oracleAnswer(question));
    for (const [i, question] of questions.entries()) {
        const difference = compare(question, await ours[i], theirs[i]);
        if (difference === undefined) state.passed++;
        else if (difference.reason !== undefined)
            state.meant.set(difference.reason, (state.meant.get(difference.reason) ?? 0) + 1);
        else {
            state.failed++;
            await tell(state, batch, question, difference);
        }
    }
}

async function main() {
    const { values } = parseArgs({
        options: {
            count: { type: "string", default: "2000" },
            seed: { type: "string", default: "1" },
            batch: { type: "string" },
            program: { type: "string" },
            record: { type: "boolean", default: false },
            quick: { type: "boolean", default: false },
        },
    });
    const state = {
        pipe: openPipe(values.program ?? newestProgram()),
        seed: values.seed,
        left: Number(values.count),
        record: values.record,
        quick: values.quick,
        passed: 0,
        failed: 0,
        kinds: new Map(),
        meant: new Map(),
    };
    const everything = "type Query { i: Int, f: Float, d: ID }";
    await adoptEdition(async query =>
        JSON.parse(await state.pipe.ask({ op: "execute", schema: everything, query })),
    );
    if (values.batch !== undefined) await runBatch(state, Number(values.batch));
    else for (let batch = 0; state.left > 0; batch++) await runBatch(state, batch);
    state.pipe.close();
    for (const [kind, times] of state.kinds) console.log(`# ${times} × ${kind}`);
    for (const [reason, times] of state.meant)
        console.log(`# ${times} differ on purpose: ${reason}`);
    console.log(`${state.passed} passed, ${state.failed} failed`);
    process.exitCode = state.failed === 0 && state.passed > 0 ? 0 : 1;
}

await main();
