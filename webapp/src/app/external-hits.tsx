/* external-hits: whom another system of the operator finds by the same words, below those who were found here. */

import { useEffect, useState } from "preact/hooks";
import type { Hit } from "../core/documents.ts";
import { ask } from "../core/gql.ts";
import { type ExternalSearch, externalCustomersDocument } from "../core/later-documents.ts";
import { Badge } from "../ui/badge.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages } from "../ui/words.ts";
import { Alike } from "./alike.tsx";
import { session } from "./state.ts";

/** Null until the answer is here, and where no other system is asked. */
function useExternal(query: string): ExternalSearch | null {
    const [found, setFound] = useState<ExternalSearch | null>(null);
    useEffect(() => {
        const mine = new AbortController();
        setFound(null);
        ask({ session, signal: mine.signal }, externalCustomersDocument, { search: query })
            .then(({ data }) => mine.signal.aborted || setFound(data.externalCustomers))
            .catch(() => null); // the page says itself when the server is not there
        return () => mine.abort();
    }, [query]);
    return found;
}

/** `own`: who was found here is not said twice. */
function Found({ query, own }: { query: string; own: Hit[] }) {
    const messages = useMessages();
    const found = useExternal(query);
    if (found === null) return null;
    const { source, answered } = found;
    const numbers = new Set(own.map(({ number }) => number));
    const hits = found.hits.filter(({ number }) => number === null || !numbers.has(number));
    if (!answered)
        return <Notice small icon="alert" role="status" title={messages.externalSilent(source)} />;
    if (hits.length === 0) return null;
    return (
        <section class="panel external" aria-label={messages.externalHits(source)}>
            <header class="panel-head">
                <h2>{messages.externalHits(source)}</h2>
            </header>
            <ul class="list">
                {hits.map(({ name, number, contact, url }, index) => (
                    <li key={index}>
                        <div class="list-words">
                            <div class="lead">
                                {url === null ? (
                                    <bdi>{name}</bdi>
                                ) : (
                                    <a class="link" href={url} target="_blank" rel="noreferrer">
                                        <bdi>{name}</bdi>
                                    </a>
                                )}
                            </div>
                            <div class="sub">
                                <bdi>{[number, contact].filter(Boolean).join(" · ")}</bdi>
                            </div>
                        </div>
                        <div class="tag">
                            <Badge tone="neutral">{source}</Badge>
                        </div>
                    </li>
                ))}
            </ul>
        </section>
    );
}

/** What is said below the hits once they are there. */
export function ExternalHits({ query, own }: { query: string; own: Hit[] }) {
    return (
        <>
            <Alike hits={own} />
            <Found query={query} own={own} />
        </>
    );
}
