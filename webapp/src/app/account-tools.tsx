/* account-tools: what can be opened above an account; its code arrives when the account is there. */

import { useEffect } from "preact/hooks";
import type { Tab } from "../core/documents.ts";
import { ask } from "../core/gql.ts";
import type { Tracing } from "../core/history.ts";
import { ActsMenu, actsOf, type MoreAct } from "../forms/acts-menu.tsx";
import type { Acting } from "../forms/context.ts";
import type { Desk } from "../forms/desk.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { formName, hindrance } from "../forms/offered.ts";
import { scopeOf } from "../panels/scope.ts";
import { useReading } from "../ui/words.ts";
import { contactWith, noteEnd, wrapping } from "./contact.ts";
import { wrappingUp } from "./contact-now.tsx";
import { HistoryDialog } from "./history-dialog.tsx";
import { leadTo } from "./lead-to.ts";
import { Merged } from "./merged.tsx";
import { mayMerge, merging } from "./merging.ts";
import { MomentDialog } from "./moment-dialog.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { addFound, type OpenAccount, openAccount, session, viewer } from "./state.ts";
import { UndoOffer } from "./undo-offer.tsx";
import type { Place } from "./use-within.ts";
import { WithinBox } from "./within-box.tsx";
import { useWords, type Words } from "./words/index.ts";

export { Acts } from "../forms/acts.tsx";
export { ContactNow } from "./contact-now.tsx";
export { Following } from "./following.tsx";
export { NewCustomer } from "./new-customer.tsx";

export type Tool =
    | { kind: "moment" }
    | { kind: "within" }
    | { kind: "acts" }
    | { kind: "act"; acting: Acting }
    | { kind: "history"; tracing: Tracing };

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
    onAct: (acting: Acting) => void;
    onClose: () => void;
}

function lead(place: Place, onTab: ToolProps["onTab"]): void {
    const { tab, at, from, found } = place;
    if (from !== null && at !== undefined && found.row !== null) addFound(tab, at, from, found.row);
    onTab(tab.key, found.inTable ? found.row : null);
    if (!found.inTable) leadTo(place);
}

/** The account is another one now. */
function readAgain(customer: string, result: unknown): void {
    noteEnd(result);
    void openAccount(customer);
}

function deskOf(customer: string): Desk {
    return {
        login: viewer.value?.login ?? "",
        customer,
        ask: (document, variables) => ask({ session }, document, variables),
        again: result => readAgain(customer, result),
    };
}

/** What can be done with the whole account that is no form of a tab. */
function moreActs(customer: string, words: Words): MoreAct[] {
    const run = () => {
        merging.value = { customer, other: null };
    };
    const merge = mayMerge() ? [{ keys: "a m", label: words.merge, run }] : [];
    if (wrappingUp(contactWith(customer), viewer.value?.tabs ?? []) === null) return merge;
    const wrapUp = () => {
        wrapping.value = customer;
    };
    return [{ keys: "a c", label: words.wrapUpContact, run: wrapUp }, ...merge];
}

/** The keys of what can be done; of an account as it was there is nothing. */
export function ActKeys({ open, at, tabs, onAct }: Omit<ToolProps, "tool">) {
    const reading = useReading();
    const words = useWords();
    const shown = at === null && open?.account ? open.account : null;
    const acts = shown === null ? [] : actsOf(shown, tabs);
    const shortcuts = acts.flatMap(acting => {
        const { action, row } = acting;
        const why = hindrance(action, scopeOf(reading, row, []), reading.locale.language);
        const run = () => onAct(acting);
        return action.shortcut === undefined || why ? [] : [{ keys: action.shortcut, run }];
    });
    const more = shown === null ? [] : moreActs(shown.header.id, words);
    const contact = shown === null ? null : contactWith(shown.header.id);
    useShortcuts([...shortcuts, ...more], [shown, tabs, reading, contact]);
    const wanted = wrapping.value;
    useEffect(() => {
        const form = shown?.header.id === wanted ? wrappingUp(contact, tabs) : null;
        if (form === null) return;
        wrapping.value = null;
        onAct(form);
    }, [wanted, contact, shown, tabs]);
    return shown === null ? null : <Merged customer={shown.header} />;
}

/** What was done just now; of an account as it was there is nothing to be taken back. */
export function Undoing({ id, at }: Pick<ToolProps, "id" | "at">) {
    return at === null ? <UndoOffer desk={deskOf(id)} /> : null;
}

export function AccountTool({ tool, open, id, tab, at, tabs, ...on }: ToolProps) {
    const { onClose, onMoment, onTab, onAct } = on;
    const words = useWords();
    switch (tool.kind) {
        case "act":
            return (
                <FormDialog
                    key={formName(tool.acting, tool.acting.row)}
                    acting={tool.acting}
                    desk={deskOf(id)}
                    tabs={tabs}
                    onAct={onAct}
                    onClose={onClose}
                />
            );
        case "acts": {
            const acts = open?.account ? actsOf(open.account, tabs) : [];
            const more = open?.account ? moreActs(id, words) : [];
            return <ActsMenu acts={acts} more={more} onAct={onAct} onClose={onClose} />;
        }
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
