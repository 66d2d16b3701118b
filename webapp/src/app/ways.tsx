/* ways: how the ways to find a customer are called, and the keys that lead to them. */

import { addressOf, type Way, ways } from "../core/route.ts";
import { useMessages, useReading } from "../ui/words.ts";

export const wayKeys: Readonly<Record<Way, string>> = {
    basic: "s b",
    advanced: "s a",
    contacts: "s c",
    tickets: "s t",
    mails: "s e",
    new: "s n",
};

export function useWayNames(): Readonly<Record<Way, string>> {
    const messages = useMessages();
    return {
        basic: messages.findBasic,
        advanced: messages.findTitle,
        contacts: messages.findContacts,
        tickets: messages.findTickets,
        mails: messages.findMails,
        new: messages.findNew,
    };
}

/** Those that are this viewer's. */
export function useWays(): Way[] {
    const { rights } = useReading();
    const needed: Partial<Record<Way, string>> = {
        tickets: "notes:write",
        mails: "notes:write",
        new: "customer:write",
    };
    return ways.filter(way => rights.has(needed[way] ?? "account:read"));
}

export function Ways({ current }: { current: Way | null }) {
    const names = useWayNames();
    const messages = useMessages();
    return (
        <nav class="ways" aria-label={messages.findWays}>
            {useWays().map(way => (
                <a
                    key={way}
                    class="way"
                    href={addressOf({ page: "find", way })}
                    aria-current={way === current ? "page" : undefined}
                    title={`${names[way]} (${wayKeys[way]})`}
                >
                    {names[way]}
                </a>
            ))}
        </nav>
    );
}
