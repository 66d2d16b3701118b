/* trace: the way from a thing to what changed of it, where somebody has an answer to that. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Tracing } from "../core/history.ts";
import type { Panel, Traced } from "../core/layout.ts";
import { valueAt } from "../core/path.ts";
import { Icon } from "../ui/icon.tsx";
import { useMessages } from "../ui/words.ts";

/** Null where nobody shows histories. */
export const TraceContext = createContext<((tracing: Tracing) => void) | null>(null);

function tracing(panel: Panel, traced: Traced, row: unknown, name: string): Tracing {
    const id = traced.key === undefined ? null : String(valueAt(row, traced.key));
    return { type: traced.type, id, name, panel, traced };
}

interface Props {
    panel: Panel;
    traced: Traced | undefined;
    row: unknown;
    name: string;
    /** In words, where there is room; else an icon that says them. */
    worded?: boolean;
}

export function Trace({ panel, traced, row, name, worded = false }: Props) {
    const messages = useMessages();
    const onTrace = useContext(TraceContext);
    if (traced === undefined || onTrace === null) return null;
    const words = messages.historyOf(name);
    const open = () => onTrace(tracing(panel, traced, row, name));
    if (worded)
        return (
            <button type="button" class="ghost trace-words" aria-label={words} onClick={open}>
                <Icon name="history" size={14} />
                {messages.history}
            </button>
        );
    return (
        <button type="button" class="ghost trace" aria-label={words} title={words} onClick={open}>
            <Icon name="history" size={14} />
        </button>
    );
}
