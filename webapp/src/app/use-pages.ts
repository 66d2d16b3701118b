/* use-pages: a list that is asked for page by page; what a newer question overtakes is thrown away. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Page } from "../core/documents.ts";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { isAborted } from "../core/http.ts";

/** Asks for the page behind a cursor; null is the first one. */
export type AskPage<T> = (after: string | null, signal: AbortSignal) => Promise<Page<T>>;

export interface Pages<T> {
    /** Null before the first answer. */
    rows: T[] | null;
    more: boolean;
    busy: boolean;
    failure: Failure | null;
}

export function usePages<T>() {
    const [pages, setPages] = useState<Pages<T>>({
        rows: null,
        more: false,
        busy: false,
        failure: null,
    });
    const asked = useRef<{ ask: AskPage<T>; end: string | null; mine: AbortController }>(null);
    useEffect(() => () => asked.current?.mine.abort(), []);

    async function read(ask: AskPage<T>, after: string | null): Promise<void> {
        asked.current?.mine.abort();
        const mine = new AbortController();
        asked.current = { ask, end: after, mine };
        setPages(before => ({ ...before, busy: true, failure: null }));
        try {
            const { nodes, pageInfo } = await ask(after, mine.signal);
            if (mine.signal.aborted) return;
            asked.current.end = pageInfo.endCursor;
            setPages(before => ({
                rows: after === null ? nodes : [...(before.rows ?? []), ...nodes],
                more: pageInfo.hasNextPage,
                busy: false,
                failure: null,
            }));
        } catch (thrown) {
            if (isAborted(thrown) || mine.signal.aborted) return;
            setPages(before => ({ ...before, busy: false, failure: failureOfThrown(thrown) }));
        }
    }

    return {
        pages,
        begin: (ask: AskPage<T>) => void read(ask, null),
        /** The next page, or the one that failed. */
        goOn: () => asked.current && void read(asked.current.ask, asked.current.end),
    };
}
