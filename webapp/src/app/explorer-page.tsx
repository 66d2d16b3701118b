/* explorer-page: the explorer for who may use it; its code arrives only when it is opened. */

import type { Viewer } from "../core/documents.ts";
import { later } from "../ui/later.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages } from "../ui/words.ts";
import { go, session, viewer } from "./state.ts";
import { usePage } from "./use-place.ts";

const right = "explorer:read";

const Later = later(() => import("../explorer/explorer.tsx"));

export function mayExplore({ rights }: Viewer): boolean {
    return rights.includes(right);
}

function Explorer({ who, query, variables }: { who: Viewer; query: string; variables: string }) {
    return (
        <Later>
            {({ Explorer: Loaded }) => (
                <Loaded
                    session={session}
                    login={who.login}
                    given={{ document: query, variables }}
                    onTaken={() => go({ page: "explorer", query: "", variables: "" }, true)}
                />
            )}
        </Later>
    );
}

export function ExplorerPage({ query, variables }: { query: string; variables: string }) {
    const messages = useMessages();
    const who = viewer.value;
    usePage(messages.explorer, messages.appName, "explorer");
    if (who === null) return null;
    if (mayExplore(who)) return <Explorer who={who} query={query} variables={variables} />;
    return (
        <Notice
            level={1}
            icon="code"
            title={messages.explorerRefused}
            hint={messages.explorerRefusedHint}
        >
            <a class="button" href="/search">
                {messages.toSearch}
            </a>
        </Notice>
    );
}
