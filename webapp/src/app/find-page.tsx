/* find-page: the ways to find a customer: by one thing, by all that is known, by the latest contacts. */

import { useEffect, useState } from "preact/hooks";
import type { Chosen } from "../core/chosen.ts";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import type { SearchDefinition } from "../core/find.ts";
import { ask } from "../core/gql.ts";
import { isAborted } from "../core/http.ts";
import { searchDefinitionDocument } from "../core/later-documents.ts";
import type { Way } from "../core/route.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages } from "../ui/words.ts";
import { AdvancedSearch } from "./advanced-search.tsx";
import { BasicSearch } from "./basic-search.tsx";
import { ReceivedMails } from "./received-mails.tsx";
import { RecentContacts } from "./recent-contacts.tsx";
import { chooseWay, go, rememberedWay, session } from "./state.ts";
import { TicketWork } from "./ticket-work.tsx";
import { usePage } from "./use-place.ts";
import { useWayNames, Ways } from "./ways.tsx";

/** Asked anew each time, so that another definition counts from the moment it is activated. */
function Defined({ way }: { way: "basic" | "advanced" }) {
    const messages = useMessages();
    const [definition, setDefinition] = useState<SearchDefinition | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
        const mine = new AbortController();
        setFailure(null);
        ask({ session, signal: mine.signal }, searchDefinitionDocument, {})
            .then(({ data }) =>
                setDefinition(data.activeSearchDefinitions[0] ?? { hitLimit: null, fields: [] }),
            )
            .catch(thrown => isAborted(thrown) || setFailure(failureOfThrown(thrown)));
        return () => mine.abort();
    }, [attempt]);
    if (failure !== null)
        return <FailureNotice failure={failure} onRetry={() => setAttempt(attempt + 1)} />;
    if (definition === null) return null;
    if (definition.fields.length === 0)
        return <Notice icon="search" title={messages.findNoFields} />;
    return way === "basic" ? (
        <BasicSearch definition={definition} />
    ) : (
        <AdvancedSearch definition={definition} />
    );
}

/** Behind each way. */
function Found({ way, chosen }: { way: Exclude<Way, "new">; chosen: Chosen }) {
    if (way === "contacts") return <RecentContacts />;
    if (way === "tickets") return <TicketWork chosen={chosen} />;
    return way === "mails" ? <ReceivedMails /> : <Defined key={way} way={way} />;
}

interface Props {
    way: Exclude<Way, "new"> | null;
    chosen: Chosen;
}

export function FindPage({ way, chosen }: Props) {
    const messages = useMessages();
    const names = useWayNames();
    useEffect(() => {
        if (way === null) go({ page: "find", way: rememberedWay() }, true);
        else if (way !== "mails" && way !== "tickets") chooseWay(way);
    }, [way]);
    usePage(way === null ? messages.titleSearch : names[way], messages.appName, `find ${way}`);
    if (way === null) return null;
    return (
        <div class="page">
            <h1 class="page-title" tabIndex={-1}>
                {names[way]}
            </h1>
            <Ways current={way} />
            <Found way={way} chosen={chosen} />
        </div>
    );
}
