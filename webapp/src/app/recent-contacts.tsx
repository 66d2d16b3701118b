/* recent-contacts: the customers whom the viewer was in touch with, by when that was. */

import { useEffect } from "preact/hooks";
import { show } from "../core/format.ts";
import { ask } from "../core/gql.ts";
import { type Interaction, recentInteractionsDocument } from "../core/later-documents.ts";
import { addressOf } from "../core/route.ts";
import { Badge } from "../ui/badge.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import { Arrows, MoreRows } from "./find-results.tsx";
import { HitName, HitNumber, kindIcon } from "./hit.tsx";
import { session, viewer } from "./state.ts";
import { usePages } from "./use-pages.ts";

const first = 50;
const tab = "interactions";

/** At that interaction, where the viewer has a tab for it. */
function addressOfInteraction({ id, customer }: Interaction): string {
    if (customer === null) return "";
    const shown = viewer.value?.tabs.some(({ key }) => key === tab) ?? false;
    const account = { page: "account", id: customer.id } as const;
    return addressOf(shown ? { ...account, tab, row: id } : { ...account, tab: null });
}

function Row({ interaction }: { interaction: Interaction }) {
    const messages = useMessages();
    const { locale } = useReading();
    const { startedAt, channel, direction, reason, result, customer } = interaction;
    const label = (type: string, value: string) => show(value, "enum", locale, type)?.text;
    const shown = show(result, "badge", locale, "InteractionResult");
    return (
        <tr role="row" class="hit-row">
            <th role="rowheader" scope="row">
                {customer !== null && (
                    <a class="row-link" href={addressOfInteraction(interaction)}>
                        <Icon name={kindIcon(customer.kind)} />
                        <HitName hit={customer} query="" />
                    </a>
                )}
            </th>
            <td role="cell" data-label={messages.columnNumber}>
                {customer !== null && <HitNumber hit={customer} query="" />}
            </td>
            <td role="cell" data-label={messages.columnWhen}>
                <time dateTime={startedAt}>{show(startedAt, "dateTime", locale)?.text}</time>
            </td>
            <td role="cell" data-label={messages.columnHow}>
                {label("InteractionChannel", channel)} · {label("InteractionDirection", direction)}
            </td>
            <td role="cell" data-label={messages.columnAbout}>
                {label("InteractionReason", reason)}
            </td>
            <td role="cell" data-label={messages.columnResult}>
                <Badge tone={shown?.tone ?? "neutral"}>{shown?.text}</Badge>
            </td>
        </tr>
    );
}

function InteractionTable({ rows }: { rows: Interaction[] }) {
    const messages = useMessages();
    const columns = [
        messages.columnName,
        messages.columnNumber,
        messages.columnWhen,
        messages.columnHow,
        messages.columnAbout,
        messages.columnResult,
    ];
    return (
        <div class="table-scroll">
            <table role="table" class="table hit-table" aria-label={messages.findContacts}>
                <thead role="rowgroup">
                    <tr role="row">
                        {columns.map(column => (
                            <th key={column} role="columnheader" scope="col">
                                {column}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows.map(row => (
                        <Row key={row.id} interaction={row} />
                    ))}
                </tbody>
            </table>
        </div>
    );
}

export function RecentContacts() {
    const messages = useMessages();
    const { pages, begin, goOn } = usePages<Interaction>();
    const { rows, failure } = pages;
    useEffect(() => {
        begin(async (after, signal) => {
            const asking = { session, signal };
            const { data } = await ask(asking, recentInteractionsDocument, { first, after });
            return data.recentInteractions;
        });
    }, []);
    useEffect(() => {
        if (rows !== null && rows.length <= first)
            document.querySelector<HTMLElement>(".row-link")?.focus({ preventScroll: true });
    }, [rows]);
    if (rows === null)
        return failure === null ? null : <FailureNotice failure={failure} onRetry={goOn} />;
    if (rows.length === 0)
        return (
            <Notice
                icon="phone"
                title={messages.findContactsNone}
                hint={messages.findContactsNoneHint}
            />
        );
    return (
        <Arrows field=".row-link">
            <section class="panel" aria-label={messages.findContacts}>
                <InteractionTable rows={rows} />
                <MoreRows pages={pages} onMore={goOn} />
            </section>
        </Arrows>
    );
}
