/* server.test: graphql-conform answers what a suite outside of this repository asks.
 *
 *     GRAPHQL_CONFORM=build/dev/tests/conformance/graphql-conform node --test tests/conformance/server.test.mjs
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";

const program = process.env.GRAPHQL_CONFORM;
const data = join(import.meta.dirname, "data");
let server;
let url;

before(async () => {
    assert.ok(program, "set GRAPHQL_CONFORM to the program graphql-conform");
    server = spawn(program, ["--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await new Promise((resolve, reject) => {
        server.stdout.once("data", text => resolve([String(text)]));
        server.once("error", reject);
    });
    url = line.match(/http:\S+/)[0];
});

after(() => server.kill());

async function ask(path, question) {
    const response = await fetch(url + path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(question),
    });
    assert.equal(response.status, 200);
    return response.json();
}

/* Bytes as they are; the connection's whole answer, which has to end by itself. */
function exchange(bytes) {
    return new Promise((resolve, reject) => {
        const socket = connect(new URL(url).port, "127.0.0.1", () => socket.write(bytes));
        let received = "";
        socket.on("data", part => (received += part));
        socket.on("close", () => resolve(received));
        socket.on("error", reject);
    });
}

test("it says that it is well", async () => {
    assert.deepEqual(await (await fetch(`${url}/health`)).json(), { status: "ok" });
});

test("documents are parsed, or refused with a place", async () => {
    assert.deepEqual(await ask("/parse", { source: "{ a }" }), { ok: true });
    assert.deepEqual(await ask("/parse", { source: "{ a" }), {
        ok: false,
        error: {
            message: "Syntax Error: Expected Name, found <EOF>.",
            locations: [{ line: 1, column: 4 }],
        },
    });
});

test("schemas are built, or refused with reasons", async () => {
    assert.deepEqual(await ask("/schema", { source: "type Query { a: Int }" }), { ok: true });
    const { ok, errors } = await ask("/schema", { source: "type Query { a: Nope }" });
    assert.equal(ok, false);
    assert.deepEqual(errors[0].message, 'Unknown type "Nope".');
});

test("documents are validated against a schema", async () => {
    const schema = "type Query { a: Int }";
    assert.deepEqual(await ask("/validate", { schema, query: "{ a }" }), { errors: [] });
    assert.deepEqual((await ask("/validate", { schema, query: "{ b }" })).errors, [
        { message: 'Cannot query field "b" on type "Query".', locations: [{ line: 1, column: 3 }] },
    ]);
});

test("operations are executed over invented values", async () => {
    const schema = "type Query { a(x: Int): [Float] }";
    const query = "query A { a } query B($x: Int!) { b: a(x: $x) }";
    assert.deepEqual(
        await ask("/execute", { schema, query, operationName: "B", variables: { x: 1 } }),
        { data: { b: [3.14, 3.14] } },
    );
});

test("every case of data/execute gets the same answer over HTTP", async () => {
    const ids = readdirSync(join(data, "execute"))
        .filter(name => name.endsWith(".graphql"))
        .map(name => name.slice(0, -8));
    let cases = 0;
    for (const id of ids) {
        const schema = readFileSync(join(data, "execute", `${id}.graphql`), "utf8");
        for (const line of readFileSync(join(data, "execute", `${id}.cases.jsonl`), "utf8")
            .split("\n")
            .filter(Boolean)) {
            const { query, variables, expected } = JSON.parse(line);
            assert.equal(
                JSON.stringify(await ask("/execute", { schema, query, variables })),
                JSON.stringify(expected),
            );
            cases++;
        }
    }
    assert.equal(cases, 1328);
});

test("many ask at once and each gets its own answer", async () => {
    const answers = await Promise.all(
        Array.from({ length: 60 }, (_, i) =>
            ask("/execute", { schema: `type Query { f${i}: Int }`, query: `{ f${i} }` }),
        ),
    );
    assert.deepEqual(
        answers,
        Array.from({ length: 60 }, (_, i) => ({ data: { [`f${i}`]: 2 } })),
    );
});

test("a body may come in chunks and in several requests on one connection", async () => {
    const head = "POST /parse HTTP/1.1\r\nhost: x\r\n";
    const received = await exchange(
        `${head}transfer-encoding: chunked\r\n\r\n7;x=y\r\n{"sourc\r\nD\r\ne": "{ a b }"\r\n1\r\n}\r\n0\r\ntrailer: 1\r\n\r\n` +
            `${head}content-length: 15\r\nexpect: 100-continue\r\n\r\n{"source": "{"}GET /health HTTP/1.1\r\nconnection: close\r\n\r\n`,
    );
    assert.match(
        received,
        /^HTTP\/1\.1 200 OK.*\{"ok":true\}HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK.*"ok":false.*\{"status":"ok"\}$/s,
    );
});

for (const [name, bytes, status] of [
    ["nonsense", "nonsense\r\n\r\n", "400"],
    ["a length that is no number", "POST /parse HTTP/1.1\r\ncontent-length: 1x\r\n\r\n", "400"],
    [
        "a length beyond all measure",
        "POST /parse HTTP/1.1\r\ncontent-length: 99999999999999999999\r\n\r\n",
        "400",
    ],
    ["a body that is too large", "POST /parse HTTP/1.1\r\ncontent-length: 67108865\r\n\r\n", "413"],
    [
        "a chunk that is no number",
        "POST /parse HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        "400",
    ],
    [
        "an unknown transfer encoding",
        "POST /parse HTTP/1.1\r\ntransfer-encoding: gzip\r\n\r\n",
        "501",
    ],
    ["a head without end", `GET /health HTTP/1.1\r\nx: ${"y".repeat(70_000)}`, "431"],
    [
        "an unknown path",
        "POST /nothing HTTP/1.1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        "404",
    ],
    ["a method that does not ask", "GET /parse HTTP/1.1\r\nconnection: close\r\n\r\n", "405"],
    [
        "a body that is no JSON",
        "POST /parse HTTP/1.1\r\nconnection: close\r\ncontent-length: 1\r\n\r\nx",
        "400",
    ],
    [
        "a question without its source",
        "POST /parse HTTP/1.1\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}",
        "400",
    ],
    [
        "variables that are no object",
        'POST /execute HTTP/1.1\r\nconnection: close\r\ncontent-length: 71\r\n\r\n{"schema":"type Query { a: Int }", "query": "{ a }", "variables": [1]}  ',
        "400",
    ],
]) {
    test(`${name} is answered with ${status}`, async () =>
        assert.ok((await exchange(bytes)).startsWith(`HTTP/1.1 ${status} `)));
}

test("it is still well after all of that", async () => {
    assert.equal((await fetch(`${url}/health`)).status, 200);
});
