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
    const shown = useRef(pages);
    shown.current = pages;
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

    /** Reads the first page once more, where no other is shown; whether it is another one now. */
    async function again(): Promise<boolean> {
        const now = asked.current;
        const before = shown.current;
        if (now === null || before.rows === null || before.busy || before.failure !== null)
            return false;
        try {
            const { nodes, pageInfo } = await now.ask(null, now.mine.signal);
            const same = JSON.stringify(nodes) === JSON.stringify(shown.current.rows);
            const further =
                shown.current.rows !== before.rows || before.rows.length > nodes.length + 1;
            if (now !== asked.current || shown.current.busy || same || further) return false;
            now.end = pageInfo.endCursor;
            setPages({ rows: nodes, more: pageInfo.hasNextPage, busy: false, failure: null });
            return true;
        } catch {
            return false; // whoever looks at it has rows, and is told when they ask for more
        }
    }

    return {
        pages,
        again,
        begin: (ask: AskPage<T>) => void read(ask, null),
        /** The next page, or the one that failed. */
        goOn: () => asked.current && void read(asked.current.ask, asked.current.end),
    };
}
