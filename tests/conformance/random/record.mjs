/* record: a question with the reference implementation's answer, kept in ../data/found.jsonl for good.
 *
 *     node tests/conformance/random/record.mjs < questions.jsonl
 *
 * A question that is there already is not added again.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { plainAnswer } from "./compare.mjs";
import { oracleAnswer } from "./oracle.mjs";

const file = join(import.meta.dirname, "..", "data", "found.jsonl");

/* `question.variables` is JSON text, as in all of random/; in the file it is JSON. */
export function record(question) {
    const { variables, seen: _theirs, ...rest } = question;
    const kept = JSON.stringify(
        variables === undefined ? rest : { ...rest, variables: JSON.parse(variables) },
    );
    const known = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    if (known.some(line => line.startsWith(`{"question":${kept},`))) return false;
    appendFileSync(
        file,
        `{"question":${kept},"expected":${JSON.stringify(plainAnswer(oracleAnswer(question)))}}\n`,
    );
    return true;
}

if (process.argv[1] === import.meta.filename) {
    const lines = (await text(process.stdin)).split("\n").filter(line => line !== "");
    const added = lines.filter(line => {
        const { variables, ...question } = JSON.parse(line);
        return record(
            variables === undefined
                ? question
                : { ...question, variables: JSON.stringify(variables) },
        );
    });
    console.log(`${added.length} of ${lines.length} added`);
}
