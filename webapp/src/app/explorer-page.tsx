/* explorer-page: the explorer for who may use it; its code arrives only when it is opened. */

import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Viewer } from "../core/documents.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages } from "../ui/words.ts";
import { go, session, viewer } from "./state.ts";
import { usePage } from "./use-place.ts";

const right = "explorer:read";

type Loaded = typeof import("../explorer/explorer.tsx");

const loaded = signal<Loaded | "loading" | "failed">("loading");

export function mayExplore({ rights }: Viewer): boolean {
    return rights.includes(right);
}

async function load(): Promise<void> {
    try {
        loaded.value = await import("../explorer/explorer.tsx");
    } catch {
        // Not reachable, or no longer there since a newer app is: loading the page anew helps in both cases.
        loaded.value = "failed";
    }
}

function Explorer({ who, query, variables }: { who: Viewer; query: string; variables: string }) {
    const messages = useMessages();
    const now = loaded.value;
    useEffect(() => {
        if (typeof now === "string") void load();
    }, []);
    if (now === "failed")
        return (
            <FailureNotice
                level={1}
                failure={{ kind: "outdated", message: "" }}
                onRetry={() => void load()}
            />
        );
    if (now === "loading") return <p class="late quiet page">{messages.starting}</p>;
    return (
        <now.Explorer
            session={session}
            login={who.login}
            given={{ document: query, variables }}
            onTaken={() => go({ page: "explorer", query: "", variables: "" }, true)}
        />
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
