/* ask: what would take long to know is asked when somebody wants to know it. */

import { useContext, useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { say } from "../core/format.ts";
import type { Answer } from "../core/gql.ts";
import { isAborted } from "../core/http.ts";
import type { AskPanel } from "../core/layout.ts";
import { valueAt } from "../core/path.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { AskContext, useReading } from "../ui/words.ts";
import type { PanelProps } from "./registry.ts";

function variablesOf({ from = {}, values = {} }: AskPanel, value: unknown): object {
    const found = Object.entries(from).map(([name, path]) => [name, valueAt(value, path) ?? null]);
    return { ...Object.fromEntries(found), ...values };
}

/** What was answered, and the way to ask; a second answer takes the place of the first. */
function useAnswer(panel: AskPanel, value: unknown) {
    const askNamed = useContext(AskContext);
    const [answer, setAnswer] = useState<Answer<Record<string, unknown>> | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const [busy, setBusy] = useState(false);
    const gone = useRef(new AbortController());
    useEffect(() => () => gone.current.abort(), []);

    async function ask(): Promise<void> {
        if (busy || askNamed === null) return;
        setBusy(true);
        try {
            const variables = variablesOf(panel, value);
            setAnswer(await askNamed(panel.document, variables, gone.current.signal));
            setFailure(null);
        } catch (thrown) {
            if (isAborted(thrown)) return;
            setFailure(failureOfThrown(thrown));
        }
        setBusy(false);
    }
    useEffect(() => {
        if (panel.now) void ask();
    }, []);
    // When the tab was read anew, so is what was asked of it.
    const read = useRef(value);
    useEffect(() => {
        if (read.current === value) return;
        read.current = value;
        if (answer !== null) void ask();
    }, [value]);
    return { answer, failure, busy, ask };
}

export function Ask({ panel, value, within, label, renderPanels }: PanelProps<AskPanel>) {
    const { locale } = useReading();
    const { answer, failure, busy, ask } = useAnswer(panel, value);
    const [error] = answer?.errors ?? [];
    if (failure !== null) return <FailureNotice small failure={failure} onRetry={ask} />;
    return (
        <>
            {!panel.now && (
                <div class="panel-more">
                    <button
                        type="button"
                        class={`button${busy ? " busy" : ""}`}
                        aria-disabled={busy}
                        onClick={ask}
                    >
                        {say(panel.button, locale.language)}
                    </button>
                </div>
            )}
            {error !== undefined && (
                <p class="partly ink-warn" role="alert">
                    {error.message}
                </p>
            )}
            <div role="status" aria-busy={busy}>
                {answer !== null &&
                    renderPanels(panel.panels, answer.data, [value, ...within], label)}
            </div>
        </>
    );
}
