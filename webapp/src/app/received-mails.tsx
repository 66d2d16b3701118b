/* received-mails: e-mails that nobody has settled yet, to be read, given to a ticket, or put aside. */

import { useEffect, useState } from "preact/hooks";
import { failureOfThrown } from "../core/failure.ts";
import { show } from "../core/format.ts";
import { ask } from "../core/gql.ts";
import {
    discardReceivedMailDocument,
    type MailAnswer,
    type ReceivedMail,
    receivedMailsDocument,
} from "../core/later-documents.ts";
import { newKey } from "../forms/desk.ts";
import { announce } from "../ui/announcer.tsx";
import { EnumBadge } from "../ui/enum-badge.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { useReading } from "../ui/words.ts";
import { AssignMail } from "./assign-mail.tsx";
import { MoreRows } from "./find-results.tsx";
import { session, valuesOf } from "./state.ts";
import { usePages } from "./use-pages.ts";
import { useWords } from "./words/index.ts";
import "./received-mails.css";

const first = 20;
const states = ["WAITING", "FILED", "DISCARDED"] as const;
type State = (typeof states)[number];

/** Null: it is done; else why not, in words. */
export function problemOf({ userErrors }: MailAnswer): string | null {
    return userErrors.length === 0 ? null : userErrors.map(({ message }) => message).join(" ");
}

function Discard({ mail, onDone }: { mail: ReceivedMail; onDone: () => void }) {
    const words = useWords();
    const [as, setAs] = useState("");
    const [problem, setProblem] = useState<string | null>(null);
    const [busy, setBusy] = useState(false);
    const [key] = useState(newKey);
    async function discard(event: Event): Promise<void> {
        event.preventDefault();
        if (busy) return;
        if (as === "") return setProblem(words.mailDiscardWhy);
        setBusy(true);
        try {
            const input = { idempotencyKey: key, id: mail.id, discardedAs: as };
            const { data } = await ask({ session }, discardReceivedMailDocument, { input });
            const wrong = problemOf(data.discardReceivedMail);
            if (wrong === null) {
                announce(words.mailDiscarded);
                onDone();
            } else setProblem(wrong);
        } catch (thrown) {
            setProblem(failureOfThrown(thrown).message || words.mailNotDone);
        }
        setBusy(false);
    }
    const id = `discard-${mail.id}`;
    return (
        <form class="mail-discard" noValidate onSubmit={discard}>
            <label class="unseen" for={id}>
                {words.mailDiscardAs}
            </label>
            <select
                id={id}
                class="input"
                value={as}
                aria-invalid={problem !== null}
                aria-describedby={`${id}-problem`}
                onChange={event => {
                    setAs(event.currentTarget.value);
                    setProblem(null);
                }}
            >
                <option value="">{words.mailDiscardAs}</option>
                {valuesOf("ReceivedMailDiscard").map(({ value, label }) => (
                    <option key={value} value={value}>
                        {label}
                    </option>
                ))}
            </select>
            <button type="submit" class={`button${busy ? " busy" : ""}`} aria-disabled={busy}>
                {words.mailDiscard}
            </button>
            <span id={`${id}-problem`} class="problem" role="alert">
                {problem}
            </span>
        </form>
    );
}

/** What became of it, and who did that. */
function Settled({ mail }: { mail: ReceivedMail }) {
    const { locale } = useReading();
    const words = useWords();
    const parts = [
        mail.ticket && words.mailInTicket(mail.ticket.number, mail.ticket.subject),
        mail.discardedAs && show(mail.discardedAs, "enum", locale, "ReceivedMailDiscard")?.text,
        mail.settledBy,
        show(mail.settledAt, "dateTime", locale)?.text,
    ];
    return <p class="sub">{parts.filter(Boolean).join(" · ")}</p>;
}

/** More than that is shown when it is asked for. */
const most_lines = 8;
const most_letters = 600;

function MailText({ text }: { text: string }) {
    const words = useWords();
    const [whole, setWhole] = useState(false);
    const lines = text.split("\n");
    const long = lines.length > most_lines || text.length > most_letters;
    const shown =
        whole || !long ? text : lines.slice(0, most_lines).join("\n").slice(0, most_letters);
    return (
        <>
            <p class="multiline mail-text">{shown}</p>
            {long && (
                <button
                    type="button"
                    class="ghost mail-more"
                    aria-expanded={whole}
                    onClick={() => setWhole(!whole)}
                >
                    {whole ? words.mailLess : words.mailMore}
                </button>
            )}
        </>
    );
}

interface MailProps {
    mail: ReceivedMail;
    onAssign: () => void;
    onDone: () => void;
}

function Mail({ mail, onAssign, onDone }: MailProps) {
    const { locale } = useReading();
    const words = useWords();
    const { id, sender, subject, text, reason, state, receivedAt } = mail;
    return (
        <li class="panel mail" aria-labelledby={`mail-${id}`}>
            <header class="mail-head">
                <h2 id={`mail-${id}`} class="mail-subject">
                    <bdi>{subject || words.mailNoSubject}</bdi>
                </h2>
                {reason !== null && <EnumBadge type="ReceivedMailReason" value={reason} />}
            </header>
            <p class="sub">
                <bdi>{sender || words.mailNoSender}</bdi>
                {" · "}
                <time dateTime={receivedAt}>{show(receivedAt, "dateTime", locale)?.text}</time>
            </p>
            {text.trim() === "" ? (
                <p class="quiet">{words.mailNoText}</p>
            ) : (
                <MailText text={text} />
            )}
            {state === "WAITING" ? (
                <div class="mail-acts">
                    <button type="button" class="button primary" onClick={onAssign}>
                        {words.mailAssign}
                    </button>
                    <Discard mail={mail} onDone={onDone} />
                </div>
            ) : (
                <Settled mail={mail} />
            )}
        </li>
    );
}

function States({ state, onChoose }: { state: State; onChoose: (state: State) => void }) {
    const words = useWords();
    const labels = valuesOf("ReceivedMailState");
    return (
        <fieldset class="choices mail-states">
            <legend class="unseen">{words.mailStates}</legend>
            <div class="segments">
                {states.map(value => (
                    <label key={value} class="segment">
                        <input
                            type="radio"
                            name="mail-state"
                            checked={value === state}
                            onChange={() => onChoose(value)}
                        />
                        <span>{labels.find(one => one.value === value)?.label ?? value}</span>
                    </label>
                ))}
            </div>
        </fieldset>
    );
}

export function ReceivedMails() {
    const words = useWords();
    const { pages, begin, goOn } = usePages<ReceivedMail>();
    const [state, setState] = useState<State>("WAITING");
    const [assigned, setAssigned] = useState<ReceivedMail | null>(null);
    const read = () =>
        begin(async (after, signal) => {
            const variables = { state, first, after };
            const { data } = await ask({ session, signal }, receivedMailsDocument, variables);
            return data.receivedMails;
        });
    useEffect(read, [state]);
    const { rows, failure } = pages;
    return (
        <>
            <div class="mail-tools">
                <States state={state} onChoose={setState} />
                <button type="button" class="ghost" aria-label={words.mailReadAgain} onClick={read}>
                    <Icon name="refresh" size={14} />
                </button>
            </div>
            {failure !== null && rows === null && (
                <FailureNotice failure={failure} onRetry={goOn} />
            )}
            {rows?.length === 0 && (
                <Notice
                    icon="mail"
                    title={state === "WAITING" ? words.mailsNone : words.mailsNoneSuch}
                    {...(state === "WAITING" && { hint: words.mailsNoneHint })}
                />
            )}
            {rows !== null && rows.length > 0 && (
                <>
                    <ul class="mails" aria-label={words.mails}>
                        {rows.map(mail => (
                            <Mail
                                key={mail.id}
                                mail={mail}
                                onAssign={() => setAssigned(mail)}
                                onDone={read}
                            />
                        ))}
                    </ul>
                    <MoreRows pages={pages} onMore={goOn} />
                </>
            )}
            {assigned !== null && (
                <AssignMail
                    mail={assigned}
                    onClose={done => {
                        setAssigned(null);
                        if (done) read();
                    }}
                />
            )}
        </>
    );
}
