/* hit: a customer in a few words, marked with what was searched for. */

import type { Hit } from "../core/documents.ts";
import { show } from "../core/format.ts";
import { markDigits, markWords, mediumFor } from "../core/match.ts";
import { EnumBadge } from "../ui/enum-badge.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Marked } from "../ui/marked.tsx";
import { useReading } from "../ui/words.ts";

const icons: Record<string, IconName> = {
    RESIDENTIAL: "user",
    BUSINESS: "building",
    CALL_SHOP: "store",
};

export function kindIcon(kind: string): IconName {
    return icons[kind] ?? "user";
}

export function Kind({ kind }: { kind: string }) {
    const { locale } = useReading();
    return <>{show(kind, "enum", locale, "CustomerKind")?.text}</>;
}

export function Status({ status }: { status: string }) {
    return <EnumBadge type="CustomerStatus" value={status} />;
}

export function HitName({ hit, query }: { hit: Hit; query: string }) {
    return <Marked pieces={markWords(hit.name, query)} />;
}

export function HitNumber({ hit, query }: { hit: Hit; query: string }) {
    const pieces = markDigits(hit.number, query);
    return (
        <span class="code">
            <Marked pieces={pieces} />
        </span>
    );
}

export function HitContact({ hit, query }: { hit: Hit; query: string }) {
    const { locale } = useReading();
    const medium = mediumFor(hit.contactMedia, query);
    const text = show(medium?.value, "contact", locale)?.text;
    if (text === undefined || medium === undefined) return null;
    const pieces = medium.kind === "EMAIL" ? markWords(text, query) : markDigits(text, query);
    return <Marked pieces={pieces} />;
}

/** One line of the box below the search field. */
export function HitLine({ hit, query }: { hit: Hit; query: string }) {
    return (
        <>
            <span class="hit-kind">
                <Icon name={kindIcon(hit.kind)} />
                <span class="unseen">
                    <Kind kind={hit.kind} />
                </span>
            </span>
            <span class="hit-name">
                <HitName hit={hit} query={query} />
            </span>
            <span class="hit-contact quiet">
                <HitContact hit={hit} query={query} />
            </span>
            <span class="hit-number quiet">
                <HitNumber hit={hit} query={query} />
            </span>
            <span class="hit-status">
                <Status status={hit.status} />
            </span>
        </>
    );
}
