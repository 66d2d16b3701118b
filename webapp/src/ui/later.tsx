/* later: parts of the app whose code arrives when they are wanted, and not with the first page. */

import { signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { FailureNotice } from "./failure-notice.tsx";
import { useMessages } from "./words.ts";

interface Props<T> {
    /** What is not to be seen yet may be fetched before it is. */
    wanted?: boolean;
    /** A part of a page, which is not waited for in words. */
    part?: boolean;
    /** What stands in its place until it has arrived. */
    meanwhile?: JSX.Element | null;
    /** Draws it with what has arrived. */
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
    function Later({ wanted = true, part = false, meanwhile = null, children }: Props<T>) {
        const messages = useMessages();
        const now = arrived.value;
        useEffect(() => {
            if (wanted && typeof arrived.value === "string") void fetch();
        }, [wanted]);
        if (now === "failed" && wanted)
            return (
                <FailureNotice
                    {...(part ? { small: true } : { level: 1 })}
                    failure={{ kind: "outdated", message: "" }}
                    onRetry={() => void fetch()}
                />
            );
        if (typeof now !== "string") return <>{children(now)}</>;
        return part ? meanwhile : <p class="late quiet page">{messages.starting}</p>;
    }
    /** Before anything of it is drawn; what fails is said where it is wanted. */
    return Object.assign(Later, { fetch });
}
