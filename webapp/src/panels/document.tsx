/* document: a PDF of the server's, read when it is to be seen, shown by the browser itself. */

import { useEffect, useState } from "preact/hooks";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { isOwnAddress } from "../core/file.ts";
import { isAborted } from "../core/http.ts";
import type { DocumentPanel } from "../core/layout.ts";
import { firstAt, valueAt } from "../core/path.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { useMessages, useReadFile } from "../ui/words.ts";
import type { PanelProps } from "./registry.ts";

/** An address of the bytes in this window, for as long as they are shown. */
function useDocument(address: unknown) {
    const readFile = useReadFile();
    const [url, setUrl] = useState<string | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const [round, setRound] = useState(0);
    useEffect(() => {
        if (!isOwnAddress(address)) return undefined;
        const gone = new AbortController();
        let made: string | null = null;
        readFile(address, gone.signal).then(
            blob => {
                if (gone.signal.aborted) return;
                made = URL.createObjectURL(new Blob([blob], { type: "application/pdf" }));
                setFailure(null);
                setUrl(made);
            },
            thrown => {
                if (!gone.signal.aborted && !isAborted(thrown)) setFailure(failureOfThrown(thrown));
            },
        );
        return () => {
            gone.abort();
            setUrl(null);
            if (made !== null) URL.revokeObjectURL(made);
        };
    }, [address, round]);
    return { url, failure, retry: () => setRound(round + 1) };
}

function nameOf(words: unknown): string {
    const text = typeof words === "string" ? words : "";
    return `${text.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "document"}.pdf`;
}

/** Phones have no place for a PDF inside a page: there it opens in a window of its own. */
export function Document({ panel, value, label }: PanelProps<DocumentPanel>) {
    const messages = useMessages();
    const address = firstAt(value, panel.key);
    const { url, failure, retry } = useDocument(address);
    if (!isOwnAddress(address)) return <p class="empty">{messages.panelEmpty}</p>;
    if (failure !== null) return <FailureNotice small failure={failure} onRetry={retry} />;
    if (url === null)
        return (
            <div class="document bones" role="status">
                <span class="unseen">{messages.documentOpening}</span>
                <span class="bone short" />
                <span class="bone" />
            </div>
        );
    const name = nameOf(panel.name === undefined ? undefined : valueAt(value, panel.name));
    return (
        <div class="document">
            <p class="document-ways">
                <a class="button" href={url} target="_blank" rel="noopener">
                    {messages.documentOpen}
                </a>
                <a class="button" href={url} download={name}>
                    {messages.documentSave}
                </a>
            </p>
            {navigator.pdfViewerEnabled && <iframe src={url} title={label || name} />}
        </div>
    );
}
