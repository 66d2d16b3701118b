/* assign-mail: whose an e-mail is, and which of their tickets it belongs to; or it becomes a new one. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Hit, searchCustomersDocument } from "../core/documents.ts";
import { failureOfThrown } from "../core/failure.ts";
import { ask } from "../core/gql.ts";
import {
    createTicketFromMailDocument,
    fileReceivedMailDocument,
    type OpenTicket,
    openTicketsDocument,
    type ReceivedMail,
} from "../core/later-documents.ts";
import { isSearchable } from "../core/match.ts";
import { newKey } from "../forms/desk.ts";
import { announce } from "../ui/announcer.tsx";
import { DialogHead } from "../ui/dialog-head.tsx";
import { Icon } from "../ui/icon.tsx";
import { problemOf } from "./received-mails.tsx";
import { session, valuesOf } from "./state.ts";
import { useWords } from "./words/index.ts";
import "../forms/forms.css";

const most_hits = 6;
const pause_ms = 200;

/** Those who fit; of the last thing that was written alone. */
function useHits(search: string): Hit[] | null {
    const [hits, setHits] = useState<Hit[] | null>(null);
    useEffect(() => {
        const mine = new AbortController();
        setHits(null);
        if (!isSearchable(search)) return;
        const timer = setTimeout(() => {
            const variables = { search, first: most_hits };
            ask({ session, signal: mine.signal }, searchCustomersDocument, variables)
                .then(({ data }) => mine.signal.aborted || setHits(data.customers.nodes))
                .catch(() => null); // sending says itself when the server is not there
        }, pause_ms);
        return () => {
            clearTimeout(timer);
            mine.abort();
        };
    }, [search]);
    return hits;
}

function useTickets(customer: string | null): OpenTicket[] | null {
    const [tickets, setTickets] = useState<OpenTicket[] | null>(null);
    useEffect(() => {
        const mine = new AbortController();
        setTickets(null);
        if (customer === null) return;
        ask({ session, signal: mine.signal }, openTicketsDocument, { id: customer })
            .then(
                ({ data }) => mine.signal.aborted || setTickets(data.customer?.tickets.nodes ?? []),
            )
            .catch(() => mine.signal.aborted || setTickets([]));
        return () => mine.abort();
    }, [customer]);
    return tickets;
}

interface ChoiceProps {
    name: string;
    checked: boolean;
    label: string;
    more: string;
    onChoose: () => void;
}

function Choice({ name, checked, label, more, onChoose }: ChoiceProps) {
    return (
        <label class="mail-choice">
            <input type="radio" name={name} checked={checked} onChange={onChoose} />
            <bdi>{label}</bdi>
            <span class="sub">{more}</span>
        </label>
    );
}

function Select({
    id,
    label,
    type,
    value,
    onChoose,
}: {
    id: string;
    label: string;
    type: string;
    value: string;
    onChoose: (value: string) => void;
}) {
    return (
        <div class="form-field">
            <label for={id}>{label}</label>
            <select
                id={id}
                class="input"
                value={value}
                onChange={event => onChoose(event.currentTarget.value)}
            >
                {valuesOf(type).map(one => (
                    <option key={one.value} value={one.value}>
                        {one.label}
                    </option>
                ))}
            </select>
        </div>
    );
}

/** What is to become of it; ticket null is a new one. */
interface Wanted {
    customer: string;
    ticket: string | null;
    type: string;
    severity: string;
}

async function send(mail: ReceivedMail, wanted: Wanted, key: string): Promise<string | null> {
    const common = { idempotencyKey: key, id: mail.id };
    const { customer: customerId, ticket: ticketId, type, severity } = wanted;
    if (ticketId !== null) {
        const input = { ...common, ticketId };
        const { data } = await ask({ session }, fileReceivedMailDocument, { input });
        return problemOf(data.fileReceivedMail);
    }
    const subject = mail.subject.trim() === "" ? { subject: mail.text.trim().slice(0, 80) } : {};
    const input = { ...common, customerId, type, severity, ...subject };
    const { data } = await ask({ session }, createTicketFromMailDocument, { input });
    return problemOf(data.createTicketFromMail);
}

interface Props {
    mail: ReceivedMail;
    /** done: it is settled, by this viewer or by somebody else. */
    onClose: (done: boolean) => void;
}

/** Open as long as it is there. */
export function AssignMail({ mail, onClose }: Props) {
    const words = useWords();
    const dialog = useRef<HTMLDialogElement>(null);
    const [search, setSearch] = useState(mail.sender);
    const [customer, setCustomer] = useState<Hit | null>(null);
    const [ticket, setTicket] = useState<string | null>(null);
    const [type, setType] = useState("FAULT");
    const [severity, setSeverity] = useState("MINOR");
    const [problem, setProblem] = useState<string | null>(null);
    const [busy, setBusy] = useState(false);
    const tried = useRef(false);
    const key = useRef({ of: "", key: "" });
    const hits = useHits(search);
    const tickets = useTickets(customer?.id ?? null);
    useEffect(() => dialog.current?.showModal(), []);
    const choose = (hit: Hit | null) => {
        setCustomer(hit);
        setTicket(null);
        setProblem(null);
    };

    async function submit(event: Event): Promise<void> {
        event.preventDefault();
        if (busy) return;
        if (customer === null) return setProblem(words.mailWhose);
        const wanted = { customer: customer.id, ticket, type, severity };
        const of = JSON.stringify(wanted);
        if (key.current.of !== of) key.current = { of, key: newKey() };
        setBusy(true);
        tried.current = true;
        try {
            const wrong = await send(mail, wanted, key.current.key);
            if (wrong === null) {
                announce(words.mailFiled);
                return onClose(true);
            }
            setProblem(wrong);
        } catch (thrown) {
            setProblem(failureOfThrown(thrown).message || words.mailNotDone);
        }
        setBusy(false);
    }
    return (
        <dialog
            ref={dialog}
            class="dialog form-dialog"
            aria-labelledby="assign-title"
            onClose={() => onClose(tried.current)}
        >
            <DialogHead id="assign-title" onClose={() => dialog.current?.close()}>
                {words.mailAssign}
            </DialogHead>
            <form class="form" noValidate onSubmit={submit}>
                {problem !== null && (
                    <p class="problem" role="alert">
                        <Icon name="alert" size={14} /> {problem}
                    </p>
                )}
                <div class="form-field">
                    <label for="assign-search">{words.mailCustomer}</label>
                    <input
                        id="assign-search"
                        class="input"
                        type="search"
                        autoComplete="off"
                        value={search}
                        onInput={event => {
                            setSearch(event.currentTarget.value);
                            choose(null);
                        }}
                    />
                </div>
                <fieldset class="mail-choices">
                    <legend class="unseen">{words.mailCustomer}</legend>
                    {hits?.map(hit => (
                        <Choice
                            key={hit.id}
                            name="assign-customer"
                            checked={customer?.id === hit.id}
                            label={hit.name}
                            more={hit.number}
                            onChoose={() => choose(hit)}
                        />
                    ))}
                    {hits?.length === 0 && <p class="quiet">{words.mailNobody(search)}</p>}
                </fieldset>
                {customer !== null && (
                    <fieldset class="mail-choices">
                        <legend>{words.mailTicket}</legend>
                        <Choice
                            name="assign-ticket"
                            checked={ticket === null}
                            label={words.mailNewTicket}
                            more=""
                            onChoose={() => setTicket(null)}
                        />
                        {tickets?.map(one => (
                            <Choice
                                key={one.id}
                                name="assign-ticket"
                                checked={ticket === one.id}
                                label={one.subject}
                                more={one.number}
                                onChoose={() => setTicket(one.id)}
                            />
                        ))}
                    </fieldset>
                )}
                {customer !== null && ticket === null && (
                    <>
                        <Select
                            id="assign-type"
                            label={words.mailType}
                            type="TicketType"
                            value={type}
                            onChoose={setType}
                        />
                        <Select
                            id="assign-severity"
                            label={words.mailSeverity}
                            type="TicketSeverity"
                            value={severity}
                            onChoose={setSeverity}
                        />
                    </>
                )}
                <div class="dialog-actions">
                    <button
                        type="submit"
                        class={`button primary${busy ? " busy" : ""}`}
                        aria-disabled={busy}
                    >
                        {ticket === null ? words.mailMakeTicket : words.mailFileHere}
                    </button>
                </div>
            </form>
        </dialog>
    );
}
