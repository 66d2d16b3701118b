/* copy: a button that puts one value on the clipboard and says so. */

import { useEffect, useState } from "preact/hooks";
import { announce } from "./announcer.tsx";
import { Icon } from "./icon.tsx";
import { useMessages } from "./words.ts";

const shown_ms = 1500;

export function Copy({ value, what }: { value: string; what: string }) {
    const messages = useMessages();
    const [done, setDone] = useState(false);

    useEffect(() => {
        if (!done) return undefined;
        const timer = setTimeout(() => setDone(false), shown_ms);
        return () => clearTimeout(timer);
    }, [done]);

    async function copy(event: MouseEvent) {
        event.stopPropagation();
        await navigator.clipboard.writeText(value);
        setDone(true);
        announce(messages.copied);
    }

    return (
        <button
            type="button"
            class={`copy${done ? " done" : ""}`}
            aria-label={messages.copy(what)}
            title={done ? messages.copied : messages.copy(what)}
            onClick={copy}
        >
            <Icon name={done ? "check" : "copy"} size={14} />
        </button>
    );
}
