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
import { compare, firstDifference } from "./compare.mjs";
import { adoptEdition } from "./edition.mjs";
import { oracleAnswer } from "./oracle.mjs";
import { openPipe } from "./pipe.mjs";
import { batchQuestions } from "./questions.mjs";
import { createRandom } from "./random.mjs";
import { record } from "./record.mjs";
import { shrink } from "./shrink.mjs";

const shownOfOneKind = 3;
const root = join(import.meta.dirname, "..", "..", "..");

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
        if (value !== undefined && key !== "seen")
            console.log(`#   ${key}: ${JSON.stringify(value)}`);
    }
    if (difference.what === "data")
        console.log(
            `#   first:  ${firstDifference(difference.ours.data, difference.theirs.data).slice(0, 1000)}`,
        );
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
    const random = createRandom(`${state.seed}/${batch}`);
    const ask = async question => JSON.parse(await state.pipe.ask(question));
    const questions = (await batchQuestions(random, ask)).slice(0, state.left);
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
