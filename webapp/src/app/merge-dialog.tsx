/* merge-dialog: two customers who are the same, beside each other, and what would become of them as one. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Hit } from "../core/documents.ts";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { type Locale, show } from "../core/format.ts";
import { ask } from "../core/gql.ts";
import { isAborted } from "../core/http.ts";
import { type Merge, type MergeInput, mergeCustomersDocument } from "../core/later-documents.ts";
import type { Format } from "../core/layout.ts";
import { newKey } from "../forms/desk.ts";
import { announce } from "../ui/announcer.tsx";
import { DialogHead } from "../ui/dialog-head.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { useReading } from "../ui/words.ts";
import { go, openAccount, session } from "./state.ts";
import { useSearch } from "./use-search.ts";
import { useWords } from "./words/index.ts";
import "./merge.css";

const shown = 6;
const pause_ms = 200;

interface Pair {
    survivor: Hit;
    duplicate: Hit;
}

/** How a value reads that the server gives as text. */
const formats: Record<string, Format> = {
    BIRTH_DATE: "date",
    CUSTOMER_SINCE: "date",
    LANGUAGE: "lang",
    SEGMENT: "words",
    PREFERRED_CONTACT: "contact",
};

function textOf(field: string, value: string | null, locale: Locale): string | undefined {
    return show(value, formats[field] ?? "text", locale)?.text;
}

/* ---- who it is ---- */

function Choose({ self, onChoose }: { self: string; onChoose: (hit: Hit) => void }) {
    const { locale } = useReading();
    const words = useWords();
    const [text, setText] = useState("");
    const [attempt, setAttempt] = useState(0);
    const found = useSearch(text, shown + 1, pause_ms, attempt);
    const hits = found.hits.filter(({ id }) => id !== self).slice(0, shown);
    return (
        <>
            <label class="field">
                <span class="label">{words.mergeFind}</span>
                <input
                    class="input"
                    type="search"
                    autoComplete="off"
                    spellcheck={false}
                    value={text}
                    aria-describedby="merge-how"
                    onInput={event => setText(event.currentTarget.value)}
                />
                <span id="merge-how" class="quiet">
                    {words.mergeFindHow}
                </span>
            </label>
            {found.failure !== null && (
                <FailureNotice
                    small
                    failure={found.failure}
                    onRetry={() => setAttempt(attempt + 1)}
                />
            )}
            {found.state === "found" && hits.length === 0 && (
                <p class="quiet">{words.mergeNone(found.query)}</p>
            )}
            {hits.length > 0 && (
                <ul class="merge-hits">
                    {hits.map(hit => (
                        <li key={hit.id}>
                            <button type="button" class="merge-hit" onClick={() => onChoose(hit)}>
                                <bdi>{hit.name}</bdi>
                                <span class="quiet">
                                    {show(hit.contactMedia[0]?.value, "contact", locale)?.text}
                                </span>
                                <span class="code quiet">{hit.number}</span>
                            </button>
                        </li>
                    ))}
                </ul>
            )}
        </>
    );
}

/* ---- what would become of them ---- */

interface Preview {
    answer: Merge | null;
    failure: Failure | null;
    busy: boolean;
}

function inputOf({ survivor, duplicate }: Pair, take: string[]): MergeInput {
    return {
        idempotencyKey: newKey(),
        dryRun: true,
        survivorId: survivor.id,
        duplicateId: duplicate.id,
        take,
    };
}

/** Asked anew for each choice: what is shown is what the server would do. */
function usePreview(pair: Pair, take: string[], attempt: number): Preview {
    const [preview, setPreview] = useState<Preview>({ answer: null, failure: null, busy: true });
    useEffect(() => {
        const mine = new AbortController();
        setPreview(before => ({ ...before, failure: null, busy: true }));
        ask({ session, signal: mine.signal }, mergeCustomersDocument, {
            input: inputOf(pair, take),
        })
            .then(({ data }) => {
                if (!mine.signal.aborted)
                    setPreview({ answer: data.mergeCustomers, failure: null, busy: false });
            })
            .catch(thrown => {
                if (isAborted(thrown) || mine.signal.aborted) return;
                setPreview({ answer: null, failure: failureOfThrown(thrown), busy: false });
            });
        return () => mine.abort();
    }, [pair.survivor.id, pair.duplicate.id, take, attempt]);
    return preview;
}

function Who({ hit, role }: { hit: Hit; role: string }) {
    const { locale } = useReading();
    return (
        <div class="merge-who">
            <span class="quiet">{role}</span>
            <strong>
                <bdi>{hit.name}</bdi>
            </strong>
            <span class="code quiet">{hit.number}</span>
            <span class="quiet">{show(hit.status, "enum", locale, "CustomerStatus")?.text}</span>
        </div>
    );
}

interface ChoicesProps {
    pair: Pair;
    answer: Merge;
    take: string[];
    onTake: (field: string, taken: boolean) => void;
}

function Choices({ pair, answer, take, onTake }: ChoicesProps) {
    const { locale, messages } = useReading();
    const words = useWords();
    const choice = (field: string, value: string | null, taken: boolean, checked: boolean) => (
        <label class="merge-choice">
            <input
                type="radio"
                name={`merge-${field}`}
                checked={checked}
                disabled={value === null}
                onChange={() => onTake(field, taken)}
            />
            <span>{textOf(field, value, locale) ?? messages.nothingThere}</span>
        </label>
    );
    return (
        <table role="table" class="merge-table">
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">
                        <span class="unseen">{words.mergeField}</span>
                    </th>
                    <th role="columnheader" scope="col">
                        <Who hit={pair.survivor} role={words.mergeStays} />
                    </th>
                    <th role="columnheader" scope="col">
                        <Who hit={pair.duplicate} role={words.mergeGoes} />
                    </th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                {answer.differences.map(({ field, survivor, duplicate }) => {
                    // At once, not when the server has said so: what is pressed changes.
                    const taken = survivor === null || take.includes(field);
                    return (
                        <tr role="row" key={field}>
                            <th role="rowheader" scope="row">
                                {show(field, "enum", locale, "MergeField")?.text}
                            </th>
                            <td role="cell">{choice(field, survivor, false, !taken)}</td>
                            <td role="cell">{choice(field, duplicate, true, taken)}</td>
                        </tr>
                    );
                })}
            </tbody>
        </table>
    );
}

function Moves({ answer }: { answer: Merge }) {
    const { locale } = useReading();
    const words = useWords();
    return (
        <section>
            <h3>{words.mergeMoves}</h3>
            {answer.moved.length === 0 && <p class="quiet">{words.mergeMovesNothing}</p>}
            <ul class="merge-moves">
                {answer.moved.map(({ kind, count }) => (
                    <li key={kind}>
                        {show(kind, "enum", locale, "MergedKind")?.text}{" "}
                        <strong>{show(count, "int", locale)?.text}</strong>
                    </li>
                ))}
            </ul>
        </section>
    );
}

function Rules({ answer }: { answer: Merge }) {
    const { locale } = useReading();
    const words = useWords();
    if (answer.settled.length === 0) return null;
    return (
        <section>
            <h3>{words.mergeRules}</h3>
            <ul class="merge-rules">
                {answer.settled.map(({ rule, count, what }) => (
                    <li key={rule}>
                        {show(rule, "enum", locale, "MergeRule")?.text}
                        <span class="quiet"> ({what ?? show(count, "int", locale)?.text})</span>
                    </li>
                ))}
            </ul>
        </section>
    );
}

/* ---- done ---- */

interface CompareProps {
    first: Pair;
    onOther: () => void;
    onDone: (survivor: string) => void;
}

function Compare({ first, onOther, onDone }: CompareProps) {
    const words = useWords();
    const [pair, setPair] = useState(first);
    const [take, setTake] = useState<string[]>([]);
    const [attempt, setAttempt] = useState(0);
    const [refused, setRefused] = useState<string[]>([]);
    const [failure, setFailure] = useState<Failure | null>(null);
    const [isSending, setSending] = useState(false);
    // A merge that is sent again is the same one: what was not heard of may have been done.
    const key = useRef(newKey());
    const preview = usePreview(pair, take, attempt);
    const { answer } = preview;
    const reasons = refused.length > 0 ? refused : answer?.userErrors.map(one => one.message);
    const isReady = answer !== null && answer.userErrors.length === 0 && !preview.busy;

    function change(next: Pair, taken: string[]): void {
        key.current = newKey();
        setRefused([]);
        setPair(next);
        setTake(taken);
    }
    async function merge(): Promise<void> {
        if (!isReady || isSending) return;
        const { survivorVersion, duplicateVersion } = answer;
        const input = {
            ...inputOf(pair, take),
            idempotencyKey: key.current,
            dryRun: false,
            survivorVersion,
            duplicateVersion,
        };
        setSending(true);
        setFailure(null);
        try {
            const { data } = await ask({ session }, mergeCustomersDocument, { input });
            const { userErrors } = data.mergeCustomers;
            if (userErrors.length === 0) return onDone(pair.survivor.id);
            key.current = newKey();
            setRefused(userErrors.map(({ message }) => message));
            setAttempt(attempt + 1);
        } catch (thrown) {
            setFailure(failureOfThrown(thrown));
        }
        setSending(false);
    }
    const taking = (field: string, taken: boolean) =>
        change(pair, taken ? [...take, field] : take.filter(one => one !== field));
    const swap = () => change({ survivor: pair.duplicate, duplicate: pair.survivor }, []);
    return (
        <>
            <p class="quiet">{words.mergeHint}</p>
            {reasons?.map(reason => (
                <p key={reason} class="problem" role="alert">
                    <Icon name="alert" size={14} />
                    <span>{reason}</span>
                </p>
            ))}
            {answer === null && preview.failure === null && (
                <p class="late quiet">{words.mergeReading}</p>
            )}
            {answer !== null && <Choices {...{ pair, answer, take }} onTake={taking} />}
            {isReady && answer.differences.length === 0 && <p class="quiet">{words.mergeSame}</p>}
            {answer !== null && answer.userErrors.length === 0 && (
                <>
                    <Moves answer={answer} />
                    <Rules answer={answer} />
                </>
            )}
            {(failure ?? preview.failure) !== null && (
                <FailureNotice
                    small
                    failure={(failure ?? preview.failure) as Failure}
                    onRetry={failure === null ? () => setAttempt(attempt + 1) : merge}
                />
            )}
            <div class="dialog-actions">
                <button type="button" class="button" onClick={onOther}>
                    {words.mergeOther}
                </button>
                <button type="button" class="button" onClick={swap}>
                    {words.mergeSwap}
                </button>
                <button
                    type="button"
                    class="button primary"
                    aria-disabled={!isReady || isSending}
                    onClick={merge}
                >
                    {words.mergeDo}
                </button>
            </div>
        </>
    );
}

interface Props {
    /** Whose account is open. */
    self: Hit;
    other: Hit | null;
    onClose: () => void;
}

/** Open as long as it is there. */
export function MergeDialog({ self, other, onClose }: Props) {
    const words = useWords();
    const dialog = useRef<HTMLDialogElement>(null);
    const [duplicate, setDuplicate] = useState(other);
    useEffect(() => {
        dialog.current?.showModal();
        dialog.current?.querySelector("input")?.focus(); // not what closes it
    }, []);
    const close = () => dialog.current?.close();
    function done(survivor: string): void {
        close();
        announce(words.mergeDone);
        if (survivor === self.id) void openAccount(survivor);
        else go({ page: "account", id: survivor, tab: null });
    }
    return (
        <dialog
            ref={dialog}
            class="dialog merge-dialog"
            aria-labelledby="merge-title"
            onClose={onClose}
        >
            <DialogHead id="merge-title" onClose={close}>
                {words.mergeTitle}
            </DialogHead>
            <div class="merge">
                {duplicate === null ? (
                    <Choose self={self.id} onChoose={setDuplicate} />
                ) : (
                    <Compare
                        first={{ survivor: self, duplicate }}
                        onOther={() => setDuplicate(null)}
                        onDone={done}
                    />
                )}
            </div>
        </dialog>
    );
}
