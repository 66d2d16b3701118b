/* find-results: the customers that a search found, page by page, walked through with the arrows. */

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Hit } from "../core/documents.ts";
import type { SearchDefinition } from "../core/find.ts";
import { ask } from "../core/gql.ts";
import { findCustomersDocument } from "../core/later-documents.ts";
import { announce } from "../ui/announcer.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages } from "../ui/words.ts";
import { HitTable } from "./hit-table.tsx";
import { session } from "./state.ts";
import { type Pages, usePages } from "./use-pages.ts";

const first = 50;

export function useFind(definition: SearchDefinition) {
    const { pages, begin, goOn } = usePages<Hit>();
    const find = (known: object) =>
        begin(async (after, signal) => {
            const variables = { known, limit: definition.hitLimit, first, after };
            return (await ask({ session, signal }, findCustomersDocument, variables)).data
                .findCustomers;
        });
    return { pages, find, goOn };
}

export function MoreRows({ pages, onMore }: { pages: Pages<unknown>; onMore: () => void }) {
    const messages = useMessages();
    if (pages.failure !== null && pages.rows !== null)
        return <FailureNotice small failure={pages.failure} onRetry={onMore} />;
    if (!pages.more) return null;
    return (
        <div class="panel-more">
            <button type="button" class="button" aria-disabled={pages.busy} onClick={onMore}>
                {messages.showMore}
            </button>
        </div>
    );
}

/** The arrows lead from the field to the rows, from row to row, and back. */
export function Arrows({ field, children }: { field: string; children: ComponentChildren }) {
    function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }) {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const from = event.target;
        const taken = from instanceof HTMLSelectElement || event.defaultPrevented;
        if (step === undefined || taken || event.altKey || event.ctrlKey || event.metaKey) return;
        const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(".row-link")];
        const at = rows.indexOf(from as HTMLElement);
        if (rows.length === 0 || (at < 0 && step < 0)) return;
        event.preventDefault();
        const to = Math.min(at + step, rows.length - 1);
        if (to < 0) event.currentTarget.querySelector<HTMLElement>(field)?.focus();
        else rows[to]?.focus();
    }
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: only moves the focus among what can have it
        <div class="found" onKeyDown={onKeyDown}>
            {children}
        </div>
    );
}

export function FoundCustomers({ pages, onMore }: { pages: Pages<Hit>; onMore: () => void }) {
    const messages = useMessages();
    const { rows, more, failure } = pages;
    useEffect(() => {
        if (rows !== null)
            announce(rows.length === 0 ? messages.findNone : messages.hits(rows.length, more));
    }, [rows, more]);
    if (rows === null)
        return failure === null ? null : <FailureNotice failure={failure} onRetry={onMore} />;
    if (rows.length === 0 && failure === null)
        return <Notice icon="search" title={messages.findNone} hint={messages.searchNoneHint} />;
    return (
        <section class="panel" aria-label={messages.titleSearch}>
            <header class="panel-head">
                <h2>{messages.hits(rows.length, more)}</h2>
            </header>
            <HitTable hits={rows} query="" label={messages.titleSearch} />
            <MoreRows pages={pages} onMore={onMore} />
        </section>
    );
}
