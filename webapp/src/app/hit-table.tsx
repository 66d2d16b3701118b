/* hit-table: customers that were found, a line each. */

import type { Hit } from "../core/documents.ts";
import { addressOf } from "../core/route.ts";
import { Icon } from "../ui/icon.tsx";
import { useMessages } from "../ui/words.ts";
import { HitContact, HitName, HitNumber, Kind, kindIcon, Status } from "./hit.tsx";

export function HitTable({ hits, query, label }: { hits: Hit[]; query: string; label: string }) {
    const messages = useMessages();
    return (
        <div class="table-scroll">
            <table role="table" class="table hit-table" aria-label={label}>
                <thead role="rowgroup">
                    <tr role="row">
                        <th role="columnheader" scope="col">
                            {messages.columnName}
                        </th>
                        <th role="columnheader" scope="col">
                            {messages.columnNumber}
                        </th>
                        <th role="columnheader" scope="col">
                            {messages.columnContact}
                        </th>
                        <th role="columnheader" scope="col">
                            {messages.columnKind}
                        </th>
                        <th role="columnheader" scope="col">
                            {messages.columnStatus}
                        </th>
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {hits.map(hit => (
                        <tr role="row" key={hit.id} class="hit-row">
                            <th role="rowheader" scope="row">
                                <a
                                    class="row-link"
                                    href={addressOf({ page: "account", id: hit.id, tab: null })}
                                >
                                    <Icon name={kindIcon(hit.kind)} />
                                    <HitName hit={hit} query={query} />
                                </a>
                            </th>
                            <td role="cell" data-label={messages.columnNumber}>
                                <HitNumber hit={hit} query={query} />
                            </td>
                            <td role="cell" data-label={messages.columnContact}>
                                <HitContact hit={hit} query={query} />
                            </td>
                            <td role="cell" data-label={messages.columnKind}>
                                <Kind kind={hit.kind} />
                            </td>
                            <td role="cell" data-label={messages.columnStatus}>
                                <Status status={hit.status} />
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
