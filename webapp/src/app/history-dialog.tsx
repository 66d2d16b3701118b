/* history-dialog: what changed of a thing, the newest first, and the way to the account as it was then. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { say, show } from "../core/format.ts";
import { ask } from "../core/gql.ts";
import {
    type Change,
    changeOf,
    joined,
    type Tracing,
    told,
    tracedFields,
    type Version,
    type VersionPage,
    versionsOf,
} from "../core/history.ts";
import { isAborted } from "../core/http.ts";
import { historyDocument } from "../core/later-documents.ts";
import type { Field } from "../core/layout.ts";
import { addressOf } from "../core/route.ts";
import { fieldText } from "../panels/field.tsx";
import { scopeOf } from "../panels/scope.ts";
import { DialogHead } from "../ui/dialog-head.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import { session } from "./state.ts";
import { useWords } from "./words/index.ts";

const first = 20;

interface Of {
    tracing: Tracing;
    /** How the fields of the thing are called and read. */
    fields: Field[];
    customer: string;
    at: string | null;
}

async function readVersions(of: Of, after: string | null, signal: AbortSignal) {
    const { tracing, customer, at } = of;
    const variables = { id: tracing.id ?? customer, customer, asOf: at, first, after };
    const { data } = await ask({ session, signal }, historyDocument(tracing.type), variables);
    return versionsOf(data.row);
}

/** The versions that were read, what is under way, and the way to more of them. */
function useVersions(of: Of) {
    const [page, setPage] = useState<VersionPage | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const mine = useRef(new AbortController());

    async function read(before: VersionPage | null): Promise<void> {
        try {
            setFailure(null);
            const after = before?.pageInfo.endCursor ?? null;
            const next = await readVersions(of, after, mine.current.signal);
            const empty = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
            setPage(before === null ? (next ?? empty) : joined(before, next ?? empty));
        } catch (thrown) {
            if (!isAborted(thrown)) setFailure(failureOfThrown(thrown));
        }
    }
    useEffect(() => {
        void read(null);
        return () => mine.current.abort();
    }, []);
    return { page, failure, read: () => read(page) };
}

/** What it was, and what it became. */
function Values({ change, before, after }: { change: Change; before: Version; after: Version }) {
    const reading = useReading();
    const { messages } = reading;
    const words = useWords();
    const { field } = change;
    if (field === undefined) return <span class="quiet">{words.changed}</span>;
    const text = (version: Version) =>
        fieldText(field, scopeOf(reading, version, []), reading) || messages.nothingThere;
    return (
        <>
            <del>{text(before)}</del>
            <span class="arrow" aria-hidden="true">
                →
            </span>
            <span class="unseen"> {messages.became} </span>
            <ins>{text(after)}</ins>
        </>
    );
}

interface VersionProps {
    of: Of;
    version: Version;
    before: Version | undefined;
    href: string;
    onLeave: () => void;
}

function VersionView({ of, version, before, href, onLeave }: VersionProps) {
    const { locale } = useReading();
    const words = useWords();
    const when = show(version.validFrom, "moment", locale)?.text;
    const changes = version.changes.map(name => changeOf(name, of.fields));
    return (
        <li class="version">
            <div class="version-head">
                <a class="link" href={href} title={words.showThen} onClick={onLeave}>
                    {when}
                </a>
                <span class="quiet">{show(version.validFrom, "relative", locale)?.text}</span>
            </div>
            {before === undefined || changes.length === 0 ? (
                <p class="quiet">{words.began}</p>
            ) : (
                <dl class="changes">
                    {changes.map(change => (
                        <div class="change" key={change.name}>
                            <dt>{say(change.label, locale.language)}</dt>
                            <dd>
                                <Values change={change} before={before} after={version} />
                            </dd>
                        </div>
                    ))}
                </dl>
            )}
        </li>
    );
}

interface Props extends Omit<Of, "fields"> {
    tab: string | null;
    onClose: () => void;
}

function Versions({ tab, onClose, ...of }: Props & Of) {
    const messages = useMessages();
    const words = useWords();
    const { page, failure, read } = useVersions(of);
    const { customer } = of;
    if (failure !== null) return <FailureNotice small failure={failure} onRetry={read} />;
    if (page === null) return <p class="history-note late quiet">{words.readingHistory}</p>;
    return (
        <>
            <ol class="history">
                {told(page).map((version, index) => (
                    <VersionView
                        key={version.validFrom}
                        of={of}
                        version={version}
                        before={page.nodes[index + 1]}
                        href={addressOf({
                            page: "account",
                            id: customer,
                            tab,
                            at: version.validFrom,
                        })}
                        onLeave={onClose}
                    />
                ))}
            </ol>
            {page.pageInfo.hasNextPage && (
                <div class="panel-more">
                    <button type="button" class="button" onClick={read}>
                        {messages.showMore}
                    </button>
                </div>
            )}
        </>
    );
}

/** Open as long as it is there. */
export function HistoryDialog(props: Props) {
    const messages = useMessages();
    const dialog = useRef<HTMLDialogElement>(null);
    const { panel, traced } = props.tracing;
    const fields = useMemo(() => tracedFields(panel, traced), [panel, traced]);
    useEffect(() => dialog.current?.showModal(), []);
    const close = () => dialog.current?.close();
    return (
        <dialog
            ref={dialog}
            class="dialog history-dialog"
            aria-labelledby="history-title"
            onClose={props.onClose}
        >
            <DialogHead id="history-title" onClose={close}>
                {messages.historyOf(props.tracing.name)}
            </DialogHead>
            <Versions {...props} fields={fields} />
        </dialog>
    );
}
