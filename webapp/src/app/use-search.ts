/* use-search: asks for customers while somebody types; what comes too late is thrown away. */

import { useEffect, useState } from "preact/hooks";
import { type Hit, searchCustomersDocument } from "../core/documents.ts";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { ask } from "../core/gql.ts";
import { isAborted } from "../core/http.ts";
import { isSearchable } from "../core/match.ts";
import { session } from "./state.ts";

export interface Found {
    state: "idle" | "searching" | "found" | "failed";
    /** What the hits are the answer to. */
    query: string;
    hits: Hit[];
    more: boolean;
    failure: Failure | null;
}

const idle: Found = { state: "idle", query: "", hits: [], more: false, failure: null };

async function search(query: string, first: number, signal: AbortSignal): Promise<Found> {
    const { data } = await ask({ session, signal }, searchCustomersDocument, {
        search: query,
        first,
    });
    const { nodes, pageInfo } = data.customers;
    return { state: "found", query, hits: nodes, more: pageInfo.hasNextPage, failure: null };
}

/** `attempt`: another number asks again. The hits before stay until the new ones are here. */
export function useSearch(text: string, first: number, pause_ms: number, attempt = 0): Found {
    const [found, setFound] = useState(idle);
    const query = text.trim();

    useEffect(() => {
        if (!isSearchable(query)) {
            setFound(idle);
            return undefined;
        }
        const mine = new AbortController();
        setFound(before => ({ ...before, state: "searching", failure: null }));
        const timer = setTimeout(async () => {
            try {
                const answer = await search(query, first, mine.signal);
                if (!mine.signal.aborted) setFound(answer);
            } catch (thrown) {
                if (isAborted(thrown) || mine.signal.aborted) return;
                setFound({ ...idle, state: "failed", query, failure: failureOfThrown(thrown) });
            }
        }, pause_ms);
        return () => {
            clearTimeout(timer);
            mine.abort();
        };
    }, [query, first, pause_ms, attempt]);

    return found;
}
