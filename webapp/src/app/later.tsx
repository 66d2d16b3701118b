/* later: a page whose code arrives only when it is opened. */

import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { useMessages } from "../ui/words.ts";

interface Props<T> {
    /** Draws the page with what has arrived. */
    children: (code: T) => ComponentChildren;
}

export function later<T extends object>(load: () => Promise<T>) {
    const arrived = signal<T | "loading" | "failed">("loading");
    async function fetch(): Promise<void> {
        try {
            arrived.value = await load();
        } catch {
            // Not reachable, or no longer there since a newer app is: loading the page anew helps in both cases.
            arrived.value = "failed";
        }
    }
    return function Later({ children }: Props<T>) {
        const messages = useMessages();
        const now = arrived.value;
        useEffect(() => {
            if (typeof now === "string") void fetch();
        }, []);
        if (now === "failed")
            return (
                <FailureNotice
                    level={1}
                    failure={{ kind: "outdated", message: "" }}
                    onRetry={() => void fetch()}
                />
            );
        if (now === "loading") return <p class="late quiet page">{messages.starting}</p>;
        return <>{children(now)}</>;
    };
}
