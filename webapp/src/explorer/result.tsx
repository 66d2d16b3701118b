/* result: what came of a query: status, time, size, errors with their places, and the answer itself. */

import { json } from "@codemirror/lang-json";
import { useMemo } from "preact/hooks";
import type { Failure } from "../core/failure.ts";
import { show } from "../core/format.ts";
import { announce } from "../ui/announcer.tsx";
import { Badge } from "../ui/badge.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { useReading } from "../ui/words.ts";
import { Editor } from "./editor.tsx";
import type { AnsweredError, Outcome, Place } from "./send.ts";
import { useWords } from "./words/index.ts";

export type Run =
    | { state: "none" }
    | { state: "asking" }
    | { state: "stopped" }
    | { state: "refused"; message: string }
    | { state: "failed"; failure: Failure }
    | { state: "answered"; outcome: Outcome };

type Going = { onPlace: (place: Place) => void };

function ErrorItem({ error, onPlace }: Going & { error: AnsweredError }) {
    const words = useWords();
    return (
        <li>
            <Icon name="alert" size={14} />
            <div>
                <p class="error-words">{error.message}</p>
                <p class="quiet error-marks">
                    {error.code !== "" && <code>{error.code}</code>}
                    {error.path !== "" && <span>{words.atPath(error.path)}</span>}
                    {error.places.map(place => (
                        <button
                            key={`${place.line}:${place.column}`}
                            type="button"
                            class="doc-link"
                            onClick={() => onPlace(place)}
                        >
                            {words.atPlace(place.line, place.column)}
                        </button>
                    ))}
                </p>
            </div>
        </li>
    );
}

function Figures({ outcome }: { outcome: Outcome }) {
    const words = useWords();
    const { locale } = useReading();
    const { status, milliseconds, bytes, errors } = outcome;
    const time = new Intl.NumberFormat(locale.language, { maximumFractionDigits: 0 });
    const copy = async () => {
        await navigator.clipboard.writeText(outcome.text);
        announce(words.copied);
    };
    return (
        <div class="result-figures">
            <Badge tone={status < 400 ? "ok" : "bad"}>{status}</Badge>
            <span class="quiet figure">{words.milliseconds(time.format(milliseconds))}</span>
            <span class="quiet figure">{show(bytes, "bytes", locale)?.text}</span>
            {errors.length > 0 && <Badge tone="bad">{words.errors(errors.length)}</Badge>}
            <button type="button" class="ghost result-copy" onClick={copy}>
                <Icon name="copy" size={14} />
                {words.copyAnswer}
            </button>
        </div>
    );
}

function Answered({ outcome, onPlace }: Going & { outcome: Outcome }) {
    const words = useWords();
    const extensions = useMemo(() => [json()], []);
    return (
        <>
            <Figures outcome={outcome} />
            {outcome.errors.length > 0 && (
                <ul class="result-errors">
                    {outcome.errors.map((error, index) => (
                        <ErrorItem key={index} error={error} onPlace={onPlace} />
                    ))}
                </ul>
            )}
            <Editor
                label={words.answer}
                text={outcome.text}
                extensions={extensions}
                phrases={words.phrases}
                readOnly
            />
        </>
    );
}

export function Result({ run, onPlace, onRetry }: Going & { run: Run; onRetry: () => void }) {
    const words = useWords();
    switch (run.state) {
        case "none":
            return <Notice small title={words.resultNone} hint={words.resultNoneHint} />;
        case "asking":
            return <p class="result-note late quiet">{words.asking}</p>;
        case "stopped":
            return <Notice small title={words.stopped} />;
        case "refused":
            return <Notice small icon="alert" role="alert" title={run.message} />;
        case "failed":
            return <FailureNotice small failure={run.failure} onRetry={onRetry} />;
        case "answered":
            return <Answered outcome={run.outcome} onPlace={onPlace} />;
    }
}
