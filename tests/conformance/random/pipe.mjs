/* pipe: questions to the program conformance_pipe, which is started again when it dies of one. */
import { spawn } from "node:child_process";

/* By hand: the variables are JSON text already, and have to stay as written. */
function questionLine({ variables, seen: _theirs, ...rest }) {
    const line = JSON.stringify(rest);
    return variables === undefined ? line : `${line.slice(0, -1)},"variables":${variables}}`;
}

/* At line feeds only: node's readline would split at U+2028, too. */
function splitLines(stream, onLine) {
    let parts = [];
    stream.on("data", data => {
        let from = 0;
        for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
            parts.push(data.subarray(from, end));
            onLine(Buffer.concat(parts).toString());
            parts = [];
            from = end + 1;
        }
        parts.push(data.subarray(from));
    });
}

export function openPipe(program) {
    let child;
    let waiting = [];
    let lastWords = "";

    function onLine(line) {
        waiting.shift().resolve(line);
    }

    /* Whoever waited first was asking when it died; the others ask again. */
    function onExit(code, signal) {
        const [first, ...others] = waiting;
        waiting = [];
        child = undefined;
        first?.resolve(
            JSON.stringify({ died: signal ?? code, lastWords: lastWords.slice(0, 4000) }),
        );
        for (const each of others) ask(each.question).then(each.resolve);
    }

    function start() {
        lastWords = "";
        child = spawn(program, { stdio: ["pipe", "pipe", "pipe"] });
        child.stderr.on("data", data => (lastWords += data));
        child.stdin.on("error", () => {}); /* told by its end */
        splitLines(child.stdout, onLine);
        child.on("error", error => {
            throw new Error(
                `${program} cannot be started: ${error.message}. Build it: ninja conformance_pipe`,
            );
        });
        child.on("close", onExit);
    }

    /* The answer as text. */
    function ask(question) {
        if (child === undefined) start();
        return new Promise(resolve => {
            waiting.push({ question, resolve });
            child.stdin.write(`${questionLine(question)}\n`);
        });
    }

    return { ask, close: () => child?.stdin.end() };
}
