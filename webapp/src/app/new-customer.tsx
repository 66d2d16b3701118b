/* new-customer: the form that makes somebody a customer; then their account opens. */

import { useRef } from "preact/hooks";
import { ask } from "../core/gql.ts";
import { valueAt } from "../core/path.ts";
import type { Acting } from "../forms/context.ts";
import type { Desk } from "../forms/desk.ts";
import { FormDialog } from "../forms/form-dialog.tsx";
import { actionsOf } from "../forms/offered.ts";
import { useWords } from "../forms/words/index.ts";
import { Notice } from "../ui/notice.tsx";
import { useMessages } from "../ui/words.ts";
import { go, openAccount, session, viewer } from "./state.ts";
import { usePage } from "./use-place.ts";
import { Ways } from "./ways.tsx";

/** The first action of the viewer's tabs that makes a customer. */
function creating(): Acting | null {
    const { tabs = [], language = "" } = viewer.value ?? {};
    for (const tab of tabs) {
        const action = actionsOf(tab).find(({ creates }) => creates);
        if (action !== undefined)
            return { tab, action, fill: action.fill ?? {}, row: { language }, name: "" };
    }
    return null;
}

function Form() {
    const words = useWords();
    const created = useRef(false);
    const acting = creating();
    if (acting === null) return <Notice icon="user" title={words.notYours} />;
    const desk: Desk = {
        login: viewer.value?.login ?? "",
        customer: "",
        ask: (document, variables) => ask({ session }, document, variables),
        again: result => {
            const id = valueAt(result, "id");
            if (typeof id !== "string") return;
            created.current = true;
            void openAccount(id);
            go({ page: "account", id, tab: null });
        },
    };
    const close = () => created.current || go({ page: "search", query: "" });
    return <FormDialog acting={acting} desk={desk} onClose={close} />;
}

export function NewCustomer() {
    const messages = useMessages();
    usePage(messages.findNew, messages.appName, "find new");
    return (
        <div class="page">
            <h1 class="page-title" tabIndex={-1}>
                {messages.findNew}
            </h1>
            <Ways current="new" />
            <Form />
        </div>
    );
}
