/* alike: two of those who were found may be the same customer; whoever may merge them compares them. */

import type { Hit } from "../core/documents.ts";
import { compare, mayMerge } from "./merging.ts";
import { useWords } from "./words/index.ts";

const folded = (text: string) =>
    text
        .normalize("NFD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .split(/[^\p{L}\p{N}@.+]+/u)
        .toSorted()
        .join(" ");

function areAlike(one: Hit, other: Hit): boolean {
    if (one.kind !== other.kind) return false;
    const values = new Set(one.contactMedia.map(({ value }) => value.toLowerCase()));
    const shares = other.contactMedia.some(({ value }) => values.has(value.toLowerCase()));
    return shares || folded(one.name) === folded(other.name);
}

/** The first two of the hits that look like one customer; null: there are none. */
export function alikeAmong(hits: readonly Hit[]): [Hit, Hit] | null {
    const open = hits.filter(({ status }) => status !== "CLOSED");
    for (const [index, one] of open.entries()) {
        const other = open.slice(index + 1).find(each => areAlike(one, each));
        if (other !== undefined) return [one, other];
    }
    return null;
}

export function Alike({ hits }: { hits: Hit[] }) {
    const words = useWords();
    const pair = mayMerge() ? alikeAmong(hits) : null;
    if (pair === null) return null;
    const [one, other] = pair;
    return (
        <div class="merge-alike">
            <p>
                {words.mergeAlike} <bdi>{one.name}</bdi> <span class="code">{one.number}</span>,{" "}
                <bdi>{other.name}</bdi> <span class="code">{other.number}</span>
            </p>
            <button type="button" class="button" onClick={() => compare(one, other)}>
                {words.mergeCompare}
            </button>
        </div>
    );
}
