/* run: parsing and validating, ours against the reference implementation's, on the same documents in one run.
 *
 *     node tests/bench/language/run.mjs [--rounds N] [--build DIR] [--json] [--no-account]
 *
 * Both sides warm up, then take turns, so that both meet the same machine in the same state; medians over
 * the rounds are compared. Builds what it needs in DIR (build/release), which has to be a release build.
 * The account document's time until it is a plan is measured with a MariaDB in a temporary folder.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { buildSchema, parse, specifiedRules, validate, version } from "graphql";

const root = join(import.meta.dirname, "..", "..", "..");
const folder = join(root, "tests", "conformance", "data", "execute");
const warmUpRounds = 8;

function fail(message) {
    console.error(message);
    process.exit(2);
}

/* ---- ours ---- */

function buildPrograms(build) {
    let cache;
    try {
        cache = readFileSync(join(build, "CMakeCache.txt"), "utf8");
    } catch {
        fail(`${build} is no build folder; make it: cmake --preset release`);
    }
    if (
        !/^CMAKE_BUILD_TYPE:\w+=Release$/m.test(cache) ||
        /^DOSSIER_SANITIZE:\w+=ON$/m.test(cache)
    ) {
        fail(`${build} is no release build; make one: cmake --preset release`);
    }
    const { status, stdout } = spawnSync(
        "cmake",
        ["--build", build, "--target", "bench_language", "bench_account"],
        { encoding: "utf8" },
    );
    if (status !== 0) fail(stdout);
}

function openOurs(build) {
    const child = spawn(join(build, "tests", "bench", "language", "bench_language"), [folder], {
        stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return {
        async round() {
            child.stdin.write("round\n");
            const { value, done } = await lines.next();
            if (done) fail("bench_language ended before its time");
            return JSON.parse(value);
        },
        close: () => child.stdin.end(),
    };
}

function measureAccount(build) {
    const program = join(build, "tests", "bench", "language", "bench_account");
    const output = execFileSync(program, {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
    });
    return JSON.parse(output.trim().split("\n").at(-1));
}

/* ---- theirs ---- */

function readDocuments() {
    const ids = readdirSync(folder)
        .filter(name => name.endsWith(".graphql"))
        .map(name => name.slice(0, -".graphql".length));
    return ids.flatMap(id => {
        const schema = buildSchema(readFileSync(join(folder, `${id}.graphql`), "utf8"));
        const lines = readFileSync(join(folder, `${id}.cases.jsonl`), "utf8")
            .split("\n")
            .filter(line => line !== "");
        return lines.map(line => ({ schema, query: JSON.parse(line).query }));
    });
}

function theirRound(documents) {
    const round = { documents: documents.length, refused: 0, parse_ns: 0, validate_ns: 0 };
    for (const { schema, query } of documents) {
        const begin = process.hrtime.bigint();
        const document = parse(query);
        const parsed = process.hrtime.bigint();
        const errors = validate(schema, document, specifiedRules);
        round.validate_ns += Number(process.hrtime.bigint() - parsed);
        round.parse_ns += Number(parsed - begin);
        round.refused += errors.length > 0 ? 1 : 0;
    }
    return round;
}

/* ---- both ---- */

const median = numbers => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

async function measure(rounds, build) {
    const documents = readDocuments();
    const ours = openOurs(build);
    const measured = { ours: [], theirs: [] };
    for (let i = -warmUpRounds; i < rounds; i++) {
        const [our, their] = [await ours.round(), theirRound(documents)];
        if (our.documents !== their.documents || our.refused !== 0 || their.refused !== 0)
            fail(`not the same work: ${JSON.stringify({ our, their })}`);
        if (i < 0) continue;
        measured.ours.push(our);
        measured.theirs.push(their);
    }
    ours.close();
    return measured;
}

function summarise({ ours, theirs }) {
    const parts = {
        parse: each => each.parse_ns,
        validate: each => each.validate_ns,
        "parse + validate": each => each.parse_ns + each.validate_ns,
    };
    return Object.entries(parts).map(([name, take]) => {
        const [our, their] = [ours, theirs].map(
            rounds => median(rounds.map(take)) / rounds[0].documents / 1000,
        );
        return { name, ours_us: our, theirs_us: their, ratio: their / our };
    });
}

function printTable(result) {
    const cells = (...texts) =>
        texts.map((text, i) => (i === 0 ? text.padEnd(34) : text.padStart(14))).join("");
    console.log(
        cells(
            `${result.documents} documents, median of ${result.rounds}`,
            "Dossier",
            `graphql-js`,
            "times faster",
        ),
    );
    for (const { name, ours_us, theirs_us, ratio } of result.language) {
        console.log(
            cells(name, `${ours_us.toFixed(2)} µs`, `${theirs_us.toFixed(2)} µs`, ratio.toFixed(1)),
        );
    }
    if (result.account === undefined) return;
    const { bytes, fetches, ...times } = result.account;
    console.log(`\nan unseen account document: ${bytes} bytes, ${fetches} fetches`);
    for (const [name, ns] of Object.entries(times))
        console.log(cells(name.replace("_ns", ""), `${(ns / 1000).toFixed(2)} µs`));
}

const { values } = parseArgs({
    options: {
        rounds: { type: "string", default: "15" },
        build: { type: "string", default: join(root, "build", "release") },
        json: { type: "boolean", default: false },
        account: { type: "boolean", default: true },
    },
    allowNegative: true,
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) fail("--rounds takes a whole number from 1 on");
const build = resolve(values.build);
buildPrograms(build);
const measured = await measure(rounds, build);
const result = {
    reference: `graphql-js ${version}, Node.js ${process.version}`,
    documents: measured.ours[0].documents,
    rounds,
    language: summarise(measured),
    account: values.account ? measureAccount(build) : undefined,
};
if (values.json) console.log(JSON.stringify(result, null, 2));
else printTable(result);
