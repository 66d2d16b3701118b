/* failure-notice: a failed request in words, tried again by itself when the server says when. */

import { useEffect, useState } from "preact/hooks";
import type { Failure } from "../core/failure.ts";
import { Notice } from "./notice.tsx";
import { useMessages } from "./words.ts";

interface Props {
    failure: Failure;
    onRetry: () => void;
    level?: 1 | 2;
    small?: boolean;
}

/** Seconds until the next attempt: as the server says, and a few for what heals by itself. */
function pause_s(failure: Failure): number | null {
    if (failure.retryAfterSeconds !== undefined) return Math.max(failure.retryAfterSeconds, 1);
    return failure.kind === "unavailable" || failure.kind === "offline" ? 5 : null;
}

function useCountdown(failure: Failure, onEnd: () => void): number | null {
    const [left, setLeft] = useState(pause_s(failure));
    useEffect(() => setLeft(pause_s(failure)), [failure]); // failed again: wait again
    useEffect(() => {
        if (left === null) return undefined;
        if (left <= 0) {
            onEnd();
            return undefined;
        }
        const timer = setTimeout(() => setLeft(left - 1), 1000);
        return () => clearTimeout(timer);
    }, [left]);
    return left;
}

export function FailureNotice({ failure, onRetry, level, small }: Props) {
    const messages = useMessages();
    const left = useCountdown(failure, onRetry);
    const outdated = failure.kind === "outdated";
    const ours = failure.kind === "broken" && failure.message !== "";
    return (
        <Notice
            icon="alert"
            role="alert"
            title={messages[failure.kind]}
            hint={messages[`${failure.kind}Hint`]}
            detail={ours ? messages.serverSaid(failure.message) : undefined}
            {...(level !== undefined && { level })}
            {...(small !== undefined && { small })}
        >
            <button
                type="button"
                class="button"
                onClick={outdated ? () => location.reload() : onRetry}
            >
                {outdated ? messages.reload : messages.tryAgain}
            </button>
            {left !== null && left > 0 && (
                <span class="quiet" aria-live="off">
                    {messages.tryingAgainIn(left)}
                </span>
            )}
        </Notice>
    );
}
