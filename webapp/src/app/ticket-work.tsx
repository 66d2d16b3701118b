/* ticket-work: the tickets somebody has to work on, what comes first at the top; one key takes the next one. */

import { useEffect, useState } from "preact/hooks";
import type { Chosen } from "../core/chosen.ts";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { show } from "../core/format.ts";
import { ask, type Document } from "../core/gql.ts";
import { isAborted } from "../core/http.ts";
import {
    assignTicketDocument,
    type TakenTicket,
    type TicketTeams,
    type TicketToWorkOn,
    takeNextTicketDocument,
    takeTicketDocument,
    ticketTeamsDocument,
    ticketWorkDocument,
} from "../core/later-documents.ts";
import { addressOf, placeOf } from "../core/route.ts";
import { newKey } from "../forms/desk.ts";
import { announce } from "../ui/announcer.tsx";
import { Badge } from "../ui/badge.tsx";
import { Due } from "../ui/due.tsx";
import { EnumBadge } from "../ui/enum-badge.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Notice } from "../ui/notice.tsx";
import { useReading } from "../ui/words.ts";
import { Arrows, MoreRows } from "./find-results.tsx";
import { follow } from "./follow.ts";
import { useShortcuts } from "./shortcuts.ts";
import { go, session, viewer } from "./state.ts";
import { Narrowing, type Wanted, wantedOf } from "./ticket-work-narrowing.tsx";
import { usePages } from "./use-pages.ts";
import { useWords } from "./words/index.ts";
import "./ticket-work.css";

const first = 50;
const tab = "tickets";

/** In its customer's account, where the viewer has a tab for it. */
function addressOfTicket({ id, customer }: Pick<TicketToWorkOn, "id" | "customer">): string {
    if (customer === null) return "";
    const shown = viewer.value?.tabs.some(({ key }) => key === tab) ?? false;
    const account = { page: "account", id: customer.id } as const;
    return addressOf(shown ? { ...account, tab, row: id } : { ...account, tab: null });
}

/** Performs a mutation; null: it was refused, and `problem` says why. */
function useTaking(onDone: () => void) {
    const words = useWords();
    const [problem, setProblem] = useState<string | null>(null);
    const [busy, setBusy] = useState(false);
    async function take<Name extends string>(
        document: Document<Record<Name, TakenTicket>, { input: object }>,
        name: Name,
        input: object,
    ): Promise<TakenTicket["ticket"]> {
        if (busy) return null;
        setBusy(true);
        setProblem(null);
        try {
            const given = { idempotencyKey: newKey(), ...input };
            const { data } = await ask({ session }, document, { input: given });
            const { ticket, userErrors } = data[name];
            setBusy(false);
            onDone();
            if (userErrors.length === 0) return ticket;
            setProblem(userErrors.map(({ message }) => message).join(" "));
        } catch (thrown) {
            setProblem(failureOfThrown(thrown).message || words.workNotDone);
            setBusy(false);
        }
        return null;
    }
    return { take, problem, busy };
}

interface RowProps {
    ticket: TicketToWorkOn;
    onTake: () => void;
    onGiveBack: () => void;
}

function Act({ ticket, onTake, onGiveBack }: RowProps) {
    const words = useWords();
    const { own, assigneeName, number } = ticket;
    if (assigneeName !== null && !own) return null;
    const says = own ? words.workGiveBack : words.workTake;
    return (
        <button
            type="button"
            class="button small work-act"
            aria-label={`${says}: ${number}`}
            onClick={own ? onGiveBack : onTake}
        >
            {says}
        </button>
    );
}

function Row(props: RowProps) {
    const words = useWords();
    const { locale } = useReading();
    const { ticket } = props;
    const { number, subject, type, priority, nextDueAt, escalated, customer, team } = ticket;
    const priorityShown = show(priority, "badge", locale, "TicketPriority");
    return (
        <tr role="row" class="hit-row">
            <th role="rowheader" scope="row">
                <a class="row-link work-subject" href={addressOfTicket(ticket)}>
                    <bdi>{subject}</bdi>
                </a>
                <div class="sub">
                    {number} · {show(type, "enum", locale, "TicketType")?.text}
                </div>
            </th>
            <td role="cell" data-label={words.workCustomer}>
                <bdi>{customer?.name}</bdi>
                <div class="sub">{customer?.number}</div>
            </td>
            <td role="cell" data-label={words.workDue}>
                {nextDueAt === null ? (
                    <span class="quiet">{words.workNotPromised}</span>
                ) : (
                    <Due value={nextDueAt} locale={locale} />
                )}
            </td>
            <td role="cell" data-label={words.workPriority}>
                <Badge tone={priorityShown?.tone ?? "neutral"}>{priorityShown?.text}</Badge>
            </td>
            <td role="cell" data-label={words.workStatus}>
                <EnumBadge type="TroubleTicketStatus" value={ticket.status} />
                {escalated && <div class="sub">{words.workEscalated}</div>}
            </td>
            <td role="cell" data-label={words.workWho}>
                <bdi>{ticket.own ? words.workMe : (ticket.assigneeName ?? words.workNobody)}</bdi>
                <div class="sub">{team.name}</div>
            </td>
            <td role="cell">
                <Act {...props} />
            </td>
        </tr>
    );
}

interface TableProps {
    rows: TicketToWorkOn[];
    onTake: (ticket: TicketToWorkOn) => void;
    onGiveBack: (ticket: TicketToWorkOn) => void;
}

function TicketTable({ rows, onTake, onGiveBack }: TableProps) {
    const words = useWords();
    const columns = [
        words.workTicket,
        words.workCustomer,
        words.workDue,
        words.workPriority,
        words.workStatus,
        words.workWho,
    ];
    return (
        <div class="table-scroll">
            <table role="table" class="table hit-table work-table" aria-label={words.work}>
                <thead role="rowgroup">
                    <tr role="row">
                        {columns.map(column => (
                            <th key={column} role="columnheader" scope="col">
                                {column}
                            </th>
                        ))}
                        <th role="columnheader" scope="col">
                            <span class="unseen">{words.workActs}</span>
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows.map(ticket => (
                        <Row
                            key={ticket.id}
                            ticket={ticket}
                            onTake={() => onTake(ticket)}
                            onGiveBack={() => onGiveBack(ticket)}
                        />
                    ))}
                </tbody>
            </table>
        </div>
    );
}

/** Nothing to do is good news; nothing that is looked for is not. */
function None({ wanted }: { wanted: Wanted }) {
    const words = useWords();
    const narrowed = wanted.status !== null || wanted.priority !== null || wanted.overdue !== null;
    if (narrowed) return <Notice icon="flag" title={words.workNoneSuch} />;
    const title = wanted.holder === "VIEWER" ? words.workNoneMine : words.workNone;
    return <Notice icon="flag" title={title} hint={words.workNoneHint} />;
}

interface ToolsProps {
    wanted: Wanted;
    teams: TicketTeams;
    busy: boolean;
    /** Null: nobody knows of which team. */
    onNext: (() => void) | null;
    onRead: () => void;
}

function Tools({ wanted, teams, busy, onNext, onRead }: ToolsProps) {
    const words = useWords();
    return (
        <div class="work-tools">
            <Narrowing wanted={wanted} teams={teams}>
                <div class="work-next">
                    {onNext !== null && (
                        <button
                            type="button"
                            class={`button primary${busy ? " busy" : ""}`}
                            aria-disabled={busy}
                            onClick={onNext}
                        >
                            {words.workTakeNext} <Keys shortcut="n" />
                        </button>
                    )}
                    <button
                        type="button"
                        class="ghost"
                        aria-label={words.mailReadAgain}
                        onClick={onRead}
                    >
                        <Icon name="refresh" size={14} />
                    </button>
                </div>
            </Narrowing>
        </div>
    );
}

function Work({ wanted, teams }: { wanted: Wanted; teams: TicketTeams }) {
    const words = useWords();
    const { pages, begin, again, goOn } = usePages<TicketToWorkOn>();
    const { rows, failure } = pages;
    const read = () =>
        begin(async (after, signal) => {
            const variables = { ...wanted, first, after };
            return (await ask({ session, signal }, ticketWorkDocument, variables)).data.tickets;
        });
    useEffect(read, [JSON.stringify(wanted)]);
    useEffect(() => follow(again, () => announce(words.workMoved)), [JSON.stringify(wanted)]);
    const { take, problem, busy } = useTaking(read);
    const team = wanted.team ?? teams.viewer.team?.id ?? null;
    async function takeNext(): Promise<void> {
        if (team === null) return;
        const taken = await take(takeNextTicketDocument, "takeNextTicket", { teamId: team });
        if (taken === null) return;
        announce(words.workTaken(taken.number));
        const { pathname, search } = new URL(addressOfTicket(taken), location.href);
        go(placeOf(pathname, search));
    }
    async function takeOne({ id }: TicketToWorkOn): Promise<void> {
        const taken = await take(takeTicketDocument, "takeTicket", { id });
        if (taken !== null) announce(words.workTaken(taken.number));
    }
    async function giveBack({ id }: TicketToWorkOn): Promise<void> {
        const given = await take(assignTicketDocument, "assignTicket", { id });
        if (given !== null) announce(words.workGiven(given.number));
    }
    useShortcuts([{ keys: "n", run: () => void takeNext() }], [team, busy]);
    return (
        <>
            <Tools
                wanted={wanted}
                teams={teams}
                busy={busy}
                onNext={team === null ? null : () => void takeNext()}
                onRead={read}
            />
            <p class="problem" role="alert">
                {problem}
            </p>
            {failure !== null && rows === null && (
                <FailureNotice failure={failure} onRetry={goOn} />
            )}
            {rows?.length === 0 && <None wanted={wanted} />}
            {rows !== null && rows.length > 0 && (
                <Arrows field=".row-link">
                    <section class="panel" aria-label={words.work}>
                        <TicketTable rows={rows} onTake={takeOne} onGiveBack={giveBack} />
                        <MoreRows pages={pages} onMore={goOn} />
                    </section>
                </Arrows>
            )}
        </>
    );
}

export function TicketWork({ chosen }: { chosen: Chosen }) {
    const [teams, setTeams] = useState<TicketTeams | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const [attempt, setAttempt] = useState(0);
    useEffect(() => {
        const mine = new AbortController();
        setFailure(null);
        ask({ session, signal: mine.signal }, ticketTeamsDocument, {})
            .then(({ data }) => setTeams(data))
            .catch(thrown => isAborted(thrown) || setFailure(failureOfThrown(thrown)));
        return () => mine.abort();
    }, [attempt]);
    if (failure !== null)
        return <FailureNotice failure={failure} onRetry={() => setAttempt(attempt + 1)} />;
    return teams === null ? null : <Work wanted={wantedOf(chosen, teams)} teams={teams} />;
}
