/* explorer: where developers try queries, with the schema as they see it: the query, what came of it, the schema. */

import "./explorer.css";
import type { EditorView } from "@codemirror/view";
import { placeholder } from "@codemirror/view";
import { useSignal } from "@preact/signals";
import type { GraphQLSchema } from "graphql";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import type { Session } from "../core/session.ts";
import { announce } from "../ui/announcer.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Sheets, Toolbar } from "./bar.tsx";
import { Editor } from "./editor.tsx";
import { goTo, queryEditor } from "./query-editor.ts";
import { Result } from "./result.tsx";
import { readSchema } from "./schema.ts";
import { SchemaBrowser } from "./schema-browser.tsx";
import type { Place } from "./send.ts";
import { operationChanged, variablesEditor } from "./variables-editor.ts";
import { useWords } from "./words/index.ts";
import { type Given, type Pane, Workbench } from "./workbench.ts";

interface Props {
    session: Session;
    login: string;
    /** What a link asks for; it is shown, and runs only when somebody says so. */
    given: Given;
    onTaken: () => void;
}

type Bench = { bench: Workbench };

function Query({ bench, onRun }: Bench & { onRun: () => void }) {
    const words = useWords();
    const { id, document, variables } = bench.sheet.value;
    const query = useMemo(
        () => [
            queryEditor(bench.schema, words, spot => {
                bench.shown.value = spot;
                bench.pane.value = "schema";
            }),
            placeholder(words.queryPlaceholder),
        ],
        [bench, words],
    );
    const values = useMemo(
        () => variablesEditor(bench.schema, words, () => bench.operation.peek()),
        [bench, words],
    );
    const valuesView = useRef<EditorView | null>(null);
    const operation = bench.operation.value;
    useEffect(() => {
        if (valuesView.current !== null) operationChanged(valuesView.current);
    }, [operation]);
    return (
        <>
            <Editor
                key={`query ${id}`}
                label={words.query}
                text={document}
                extensions={query}
                phrases={words.phrases}
                onText={text => bench.change({ document: text })}
                onCursor={at => {
                    bench.cursor.value = at;
                }}
                onRun={onRun}
                onView={(view: EditorView | null) => {
                    bench.view = view;
                }}
            />
            <h2 class="pane-title">{words.variables}</h2>
            <div class="variables">
                <Editor
                    key={`variables ${id}`}
                    label={words.variables}
                    text={variables}
                    extensions={values}
                    phrases={words.phrases}
                    onText={text => bench.change({ variables: text })}
                    onRun={onRun}
                    onView={(view: EditorView | null) => {
                        valuesView.current = view;
                    }}
                />
            </div>
        </>
    );
}

/** Where there is room for one pane only. */
function Panes({ bench }: Bench) {
    const words = useWords();
    const panes: [Pane, string][] = [
        ["query", words.paneQuery],
        ["result", words.paneResult],
        ["schema", words.paneSchema],
    ];
    return (
        <fieldset class="panes">
            <legend class="unseen">{words.panes}</legend>
            <div class="segments">
                {panes.map(([pane, label]) => (
                    <label key={pane} class="segment">
                        <input
                            type="radio"
                            name="pane"
                            checked={bench.pane.value === pane}
                            onChange={() => {
                                bench.pane.value = pane;
                            }}
                        />
                        <span>{label}</span>
                    </label>
                ))}
            </div>
        </fieldset>
    );
}

const said_ms = 4000;

function AtWork({ bench }: Bench) {
    const words = useWords();
    const said = useSignal("");
    const message = said.value;
    const run = () =>
        void bench.start(words, ({ status, errors }) =>
            announce(words.answered(status, errors.length)),
        );
    const onPlace = ({ line, column }: Place) => {
        bench.pane.value = "query";
        // The pane may have to appear first.
        requestAnimationFrame(() => bench.view !== null && goTo(bench.view, line, column));
    };
    useEffect(() => {
        if (message === "") return undefined;
        const timer = setTimeout(() => {
            said.value = "";
        }, said_ms);
        return () => clearTimeout(timer);
    }, [message]);
    return (
        <div class="explorer" data-pane={bench.pane.value}>
            <h1 class="unseen" tabIndex={-1}>
                {words.title}
            </h1>
            <Panes bench={bench} />
            <section class="pane pane-query" aria-label={words.query}>
                <Sheets bench={bench} />
                <Toolbar
                    bench={bench}
                    onRun={run}
                    onSay={news => {
                        said.value = news;
                    }}
                />
                {message !== "" && <p class="said">{message}</p>}
                <Query bench={bench} onRun={run} />
            </section>
            <section class="pane pane-result" aria-label={words.result}>
                <Result run={bench.run.value} onPlace={onPlace} onRetry={run} />
            </section>
            <div class="pane pane-schema">
                <SchemaBrowser
                    schema={bench.schema}
                    shown={bench.shown.value}
                    onTry={(operation, field) => bench.tryField(operation, field)}
                />
            </div>
        </div>
    );
}

function useSchema(session: Session) {
    const [schema, setSchema] = useState<GraphQLSchema | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const read = async () => {
        try {
            setFailure(null);
            setSchema(await readSchema(session));
        } catch (thrown) {
            setFailure(failureOfThrown(thrown));
        }
    };
    useEffect(() => void read(), [session]);
    return { schema, failure, read };
}

export function Explorer({ session, login, given, onTaken }: Props) {
    const words = useWords();
    const { schema, failure, read } = useSchema(session);
    const bench = useMemo(
        () => (schema === null ? null : new Workbench(session, login, schema)),
        [session, login, schema],
    );
    useEffect(() => {
        if (bench === null || given.document === "") return;
        bench.begin(given);
        onTaken();
    }, [bench, given.document, given.variables]);
    if (failure !== null) return <FailureNotice level={1} failure={failure} onRetry={read} />;
    if (bench === null)
        return (
            <p class="late quiet page" role="status">
                {words.readingSchema}
            </p>
        );
    return <AtWork bench={bench} />;
}
