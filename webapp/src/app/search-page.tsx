/* search-page: the hits of an address such as /search?q=keller, or how to search. */

import { useEffect, useState } from "preact/hooks";
import type { Hit } from "../core/documents.ts";
import { isSearchable } from "../core/match.ts";
import { addressOf } from "../core/route.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages } from "../ui/words.ts";
import { HitContact, HitName, HitNumber, Kind, kindIcon, Status } from "./hit.tsx";
import { opened } from "./state.ts";
import { usePage } from "./use-place.ts";
import { useSearch } from "./use-search.ts";

const first = 50;

function HitTable({ hits, query, label }: { hits: Hit[]; query: string; label: string }) {
    const messages = useMessages();
    return (
        <div class="table-scroll">
            <table role="table" class="table hit-table" aria-label={label}>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">
                            {messages.columnName}
                        </th>
                        <th role="columnheader" scope="col">
                            {messages.columnNumber}
                        </th>
                        <th role="columnheader" scope="col">
                            {messages.columnContact}
                        </th>
                        <th role="columnheader" scope="col">
                            {messages.columnKind}
                        </th>
                        <th role="columnheader" scope="col">
                            {messages.columnStatus}
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {hits.map(hit => (
                        <tr role="row" key={hit.id} class="hit-row">
                            <th role="rowheader" scope="row">
                                <a
                                    class="row-link"
                                    href={addressOf({ page: "account", id: hit.id, tab: null })}
                                >
                                    <Icon name={kindIcon(hit.kind)} />
                                    <HitName hit={hit} query={query} />
                                </a>
                            </th>
                            <td role="cell" data-label={messages.columnNumber}>
                                <HitNumber hit={hit} query={query} />
                            </td>
                            <td role="cell" data-label={messages.columnContact}>
                                <HitContact hit={hit} query={query} />
                            </td>
                            <td role="cell" data-label={messages.columnKind}>
                                <Kind kind={hit.kind} />
                            </td>
                            <td role="cell" data-label={messages.columnStatus}>
                                <Status status={hit.status} />
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

function How() {
    const messages = useMessages();
    const ways: [IconName, string][] = [
        ["user", messages.searchHowName],
        ["phone", messages.searchHowPhone],
        ["clipboard", messages.searchHowNumber],
    ];
    return (
        <ul class="how">
            {ways.map(([icon, words]) => (
                <li key={icon}>
                    <Icon name={icon} />
                    <span>{words}</span>
                </li>
            ))}
        </ul>
    );
}

function Welcome() {
    const messages = useMessages();
    const recent = opened.value;
    usePage(messages.titleSearch, messages.appName, "search");
    useEffect(() => document.querySelector<HTMLInputElement>(".search-input")?.focus(), []);
    return (
        <div class="page">
            <h1 class="page-title" tabIndex={-1}>
                {messages.searchLabel}
            </h1>
            <p class="lead-text">{messages.searchLead}</p>
            <How />
            <section class="panel" aria-labelledby="recent">
                <header class="panel-head">
                    <h2 id="recent">{messages.recent}</h2>
                </header>
                {recent.length === 0 ? (
                    <p class="empty">{messages.recentNone}</p>
                ) : (
                    <HitTable hits={recent} query="" label={messages.recent} />
                )}
            </section>
        </div>
    );
}

function SkeletonRows() {
    return (
        <div class="skeleton-rows late" aria-hidden="true">
            {[1, 2, 3, 4].map(row => (
                <span class="bone" key={row} />
            ))}
        </div>
    );
}

function Results({ query }: { query: string }) {
    const messages = useMessages();
    const [attempt, setAttempt] = useState(0);
    const found = useSearch(query, first, 0, attempt);
    usePage(`${query} – ${messages.titleSearch}`, messages.appName, `search ${query}`);
    const current = found.query === query.trim() ? found : { ...found, hits: [] };
    return (
        <div class="page">
            <div class="page-head">
                <h1 class="page-title" tabIndex={-1}>
                    <bdi>{query}</bdi>
                </h1>
                {found.state === "found" && found.hits.length > 0 && (
                    <span class="quiet">{messages.hits(found.hits.length, found.more)}</span>
                )}
            </div>
            {!isSearchable(query) && <Notice small icon="search" title={messages.searchTooShort} />}
            {found.failure !== null && (
                <FailureNotice failure={found.failure} onRetry={() => setAttempt(attempt + 1)} />
            )}
            {found.state === "searching" && current.hits.length === 0 && <SkeletonRows />}
            {found.state === "found" && found.hits.length === 0 && (
                <Notice
                    icon="search"
                    title={messages.searchNone(query)}
                    hint={messages.searchNoneHint}
                />
            )}
            {current.hits.length > 0 && (
                <div class="panel">
                    <HitTable hits={current.hits} query={query} label={messages.titleSearch} />
                </div>
            )}
            {found.more && <p class="quiet more-note">{messages.searchMore}</p>}
        </div>
    );
}

export function SearchPage({ query }: { query: string }) {
    return query.trim() === "" ? <Welcome /> : <Results query={query} />;
}
