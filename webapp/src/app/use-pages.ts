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

interface Asked<T> {
    ask: AskPage<T>;
    /** Where the last page that came ends. */
    end: string | null;
    /** Whether pages behind the first one are shown, or asked for. */
    further: boolean;
    mine: AbortController;
}

export function usePages<T>() {
    const [pages, setPages] = useState<Pages<T>>({
        rows: null,
        more: false,
        busy: false,
        failure: null,
    });
    const asked = useRef<Asked<T>>(null);
    const shown = useRef(pages);
    shown.current = pages;
    useEffect(() => () => asked.current?.mine.abort(), []);

    async function read(ask: AskPage<T>, after: string | null): Promise<void> {
        asked.current?.mine.abort();
        const mine = new AbortController();
        asked.current = { ask, end: after, further: after !== null, mine };
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
        const { rows, busy, failure } = shown.current;
        if (now === null || now.further || rows === null || busy || failure !== null) return false;
        try {
            const { nodes, pageInfo } = await now.ask(null, now.mine.signal);
            if (now !== asked.current || JSON.stringify(nodes) === JSON.stringify(rows))
                return false;
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
