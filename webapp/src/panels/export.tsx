/* export: saves a whole list as a file, however much of it is shown. */

import { useState } from "preact/hooks";
import type { Failure } from "../core/failure.ts";
import { announce } from "../ui/announcer.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { useMessages } from "../ui/words.ts";

interface Props {
    what: string;
    onExport: () => Promise<Failure | null>;
}

export function Export({ what, onExport }: Props) {
    const messages = useMessages();
    const [busy, setBusy] = useState(false);
    const [failure, setFailure] = useState<Failure | null>(null);
    const save = async () => {
        if (busy) return;
        setBusy(true);
        const found = await onExport();
        setFailure(found);
        setBusy(false);
        if (found === null) announce(messages.exported(what));
    };
    if (failure !== null) return <FailureNotice small failure={failure} onRetry={save} />;
    return (
        <button
            type="button"
            class={`ghost export${busy ? " busy" : ""}`}
            aria-disabled={busy}
            aria-label={messages.exportWhat(what)}
            title={messages.exportWhat(what)}
            onClick={save}
        >
            <Icon name="download" size={14} />
            {messages.exportList}
        </button>
    );
}
