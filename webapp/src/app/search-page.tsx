/* search-page: the hits of an address such as /search?q=keller, or how to search. */

import { useEffect, useState } from "preact/hooks";
import { isSearchable } from "../core/match.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { later } from "../ui/later.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages } from "../ui/words.ts";
import { HitTable } from "./hit-table.tsx";
import { opened } from "./state.ts";
import { usePage } from "./use-place.ts";
import { useSearch } from "./use-search.ts";
import { Ways } from "./ways.tsx";

const External = later(() => import("./external-hits.tsx"));

const first = 50;

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
            <Ways current={null} />
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
            {found.state === "found" && (
                <External part>
                    {({ ExternalHits }) => <ExternalHits query={found.query} own={current.hits} />}
                </External>
            )}
        </div>
    );
}

export function SearchPage({ query }: { query: string }) {
    return query.trim() === "" ? <Welcome /> : <Results query={query} />;
}
