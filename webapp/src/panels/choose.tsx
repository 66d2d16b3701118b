/* choose: which of several the tab shows; another choice asks for the tab again. */

import { useId, useState } from "preact/hooks";
import type { Failure } from "../core/failure.ts";
import { say, show } from "../core/format.ts";
import type { ChoosePanel } from "../core/layout.ts";
import { rowsOf, valueAt } from "../core/path.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { useReading } from "../ui/words.ts";
import type { PanelProps } from "./registry.ts";

export function Choose({ panel, value, within, onChoose }: PanelProps<ChoosePanel>) {
    const { locale } = useReading();
    const id = useId();
    const [busy, setBusy] = useState(false);
    const [failed, setFailed] = useState<{ failure: Failure; choice: string } | null>(null);
    const choices = (rowsOf(value) ?? []).map(row => String(valueAt(row, panel.key)));
    const choose = async (choice: string) => {
        if (onChoose === undefined) return;
        setBusy(true);
        const failure = await onChoose(panel.variable, choice);
        setBusy(false);
        setFailed(failure && { failure, choice });
    };
    return (
        <div class="choose">
            <label for={id}>{say(panel.label, locale.language)}</label>
            <select
                id={id}
                class={busy ? "busy" : ""}
                aria-busy={busy}
                value={String(valueAt(within[0], panel.now))}
                onChange={event => void choose(event.currentTarget.value)}
            >
                {choices.map(choice => (
                    <option key={choice} value={choice}>
                        {show(choice, panel.fmt, locale)?.text}
                    </option>
                ))}
            </select>
            {failed !== null && (
                <FailureNotice
                    small
                    failure={failed.failure}
                    onRetry={() => void choose(failed.choice)}
                />
            )}
        </div>
    );
}
