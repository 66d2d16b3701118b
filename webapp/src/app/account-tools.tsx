/* account-tools: what can be opened above an account; its code arrives when the account is there. */

import type { Tab } from "../core/documents.ts";
import type { Tracing } from "../core/history.ts";
import { HistoryDialog } from "./history-dialog.tsx";
import { leadTo } from "./lead-to.ts";
import { MomentDialog } from "./moment-dialog.tsx";
import { addFound, type OpenAccount } from "./state.ts";
import type { Place } from "./use-within.ts";
import { WithinBox } from "./within-box.tsx";

export type Tool = { kind: "moment" } | { kind: "within" } | { kind: "history"; tracing: Tracing };

export interface ToolProps {
    tool: Tool;
    /** Null while there is none to be seen. */
    open: OpenAccount | null;
    id: string;
    tab: string | null;
    /** The moment that is shown; null for now. */
    at: string | null;
    tabs: Tab[];
    onTab: (tab: string, row: string | null) => void;
    onMoment: (at: string | null) => void;
    onClose: () => void;
}

function lead(place: Place, onTab: ToolProps["onTab"]): void {
    const { tab, at, from, found } = place;
    if (from !== null && at !== undefined && found.row !== null) addFound(tab, at, from, found.row);
    onTab(tab.key, found.inTable ? found.row : null);
    if (!found.inTable) leadTo(place);
}

export function AccountTool({ tool, open, id, tab, at, tabs, ...on }: ToolProps) {
    const { onClose, onMoment, onTab } = on;
    switch (tool.kind) {
        case "moment":
            return <MomentDialog at={at} onChoose={onMoment} onClose={onClose} />;
        case "history":
            return (
                <HistoryDialog
                    tracing={tool.tracing}
                    customer={id}
                    at={at}
                    tab={tab}
                    onClose={onClose}
                />
            );
        case "within":
            if (open?.account == null) return null;
            return (
                <WithinBox
                    open={open}
                    tabs={tabs}
                    onPick={place => lead(place, onTab)}
                    onClose={onClose}
                />
            );
    }
}
