/* table: rows and columns, sorted on request, in groups, with details below a row. */

import type { ComponentChildren } from "preact";
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { say } from "../core/format.ts";
import type { Column, TablePanel } from "../core/layout.ts";
import { firstAt, rowsOf } from "../core/path.ts";
import {
    type Row,
    type Section,
    type Sorting,
    sectionsOf,
    sortRows,
    treeOf,
} from "../core/rows.ts";
import { holds } from "../core/rule.ts";
import { Icon } from "../ui/icon.tsx";
import { type Reading, useReading } from "../ui/words.ts";
import { Acts } from "./acts.tsx";
import { fieldOrDash, fieldText } from "./field.tsx";
import type { PanelProps, ReadMore } from "./registry.ts";
import { scopeOf } from "./scope.ts";
import { ShownRow } from "./shown.ts";
import { Trace } from "./trace.tsx";

type Props = PanelProps<TablePanel>;

/** What a column sorts by: the value itself, or the words for what has no order of its own. */
function sortValue(column: Column, row: unknown, within: unknown[], reading: Reading): unknown {
    if (column.by !== undefined) return firstAt(row, column.by);
    const value = column.key === undefined ? undefined : firstAt(row, column.key);
    const worded = column.key === undefined || column.fmt === "enum" || column.fmt === "badge";
    return worded ? fieldText(column, scopeOf(reading, row, within), reading) : value;
}

function useSections({ panel, value, within }: Props, sorting: Sorting | null): Section[] {
    const reading = useReading();
    return useMemo(() => {
        const rows = rowsOf(value) ?? [];
        const column = sorting === null ? undefined : panel.columns[sorting.column];
        const collator = new Intl.Collator(reading.locale.language, { numeric: true });
        const sorted =
            column === undefined || sorting === null
                ? rows
                : sortRows(
                      rows,
                      row => sortValue(column, row, within, reading),
                      sorting.down,
                      collator,
                  );
        const tree = treeOf(sorted, panel.rowKey, panel.parentKey);
        return sectionsOf(tree, panel.groups, scopeOf(reading, null, within));
    }, [panel, value, within, sorting, reading]);
}

/** By the column that says so; without one the order of the answer. */
function firstSorting({ columns }: TablePanel): Sorting | null {
    const column = columns.findIndex(({ first }) => first === true);
    return column < 0 ? null : { column, down: false };
}

/** Up, down, and back to the order the answer came in. */
function nextSorting(current: Sorting | null, column: number): Sorting | null {
    if (current?.column !== column) return { column, down: false };
    return current.down ? null : { column, down: true };
}

interface HeadProps {
    column: Column;
    sorted: "up" | "down" | null;
    onSort: () => void;
}

/** Through the style object, which the content security policy allows as it is not text. */
function widthOf(column: Column) {
    return column.w === undefined ? undefined : { width: `${column.w}%` };
}

function Head({ column, sorted, onSort }: HeadProps) {
    const { language } = useReading().locale;
    const label = say(column.label, language);
    const align = column.align === "end" ? "end" : undefined;
    if (!column.sort)
        return (
            <th scope="col" role="columnheader" class={align} style={widthOf(column)}>
                {label}
            </th>
        );
    const order = { up: "ascending", down: "descending" } as const;
    return (
        <th
            scope="col"
            role="columnheader"
            class={align}
            style={widthOf(column)}
            aria-sort={sorted === null ? "none" : order[sorted]}
        >
            <button type="button" class="sort" onClick={onSort}>
                {label}
                <Icon
                    name={sorted === null ? "sortable" : sorted === "up" ? "sortUp" : "sortDown"}
                    size={12}
                />
            </button>
        </th>
    );
}

function classOf(column: Column): string {
    const kinds = [column.align === "end" && "end", column.copy && "has-copy"];
    return kinds.filter(Boolean).join(" ");
}

interface RowProps extends Props {
    row: Row;
    name: string;
    parentName: string;
    /** Opens and closes the row's details; absent when rows have none. */
    toggle: { open: boolean; onToggle: () => void } | null;
    quiet: boolean;
}

/** Whether cells show or depend on what is around their row, which changes with every page that is read on. */
function looksUp(panel: TablePanel): boolean {
    return JSON.stringify(panel.columns).includes('["up"');
}

/** The cells of a row, made anew only when something they show is another: long tables stay quick to read on. */
function useCells({ panel, within, row, name, parentName }: RowProps): ComponentChildren {
    const reading = useReading();
    const around = useMemo(() => looksUp(panel), [panel]) ? within : null;
    return useMemo(() => {
        const { messages, locale } = reading;
        const scope = scopeOf(reading, row.row, around ?? []);
        const cell = (column: Column): ComponentChildren =>
            fieldOrDash(column, scope, reading, say(column.label, locale.language));
        const [first, ...rest] = panel.columns;
        return [
            first !== undefined && (
                <th key="first" role="rowheader" scope="row" class={classOf(first)}>
                    {row.depth > 0 && <span class="branch" aria-hidden="true" />}
                    {row.depth > 0 && <span class="unseen">{messages.partOf(parentName)}</span>}
                    {cell(first)}
                    {panel.detail === undefined && (
                        <>
                            <Trace panel={panel} traced={panel.history} row={row.row} name={name} />
                            <Acts uses={panel.rowActions} row={row.row} name={name} />
                        </>
                    )}
                </th>
            ),
            ...rest.map((column, index) => (
                <td
                    role="cell"
                    key={index}
                    class={classOf(column)}
                    data-label={say(column.label, locale.language)}
                >
                    {cell(column)}
                </td>
            )),
        ];
    }, [panel, row.row, row.depth, name, parentName, reading, around]);
}

/** Whether an address leads to the row, which then comes into sight with the focus on it. */
function useShown(key: string) {
    const shown = useContext(ShownRow) === key;
    const element = useRef<HTMLTableRowElement>(null);
    useEffect(() => {
        if (!shown) return;
        element.current?.scrollIntoView({ block: "center" });
        element.current?.querySelector("button")?.focus({ preventScroll: true });
    }, [shown]);
    return { shown, element };
}

function TableRow(props: RowProps) {
    const { row, name, toggle, quiet } = props;
    const { messages } = useReading();
    const cells = useCells(props);
    const { shown, element } = useShown(row.key);
    const kinds = [quiet && "quiet-row", shown && "shown-row", `depth-${Math.min(row.depth, 4)}`];
    return (
        <tr role="row" data-key={row.key} ref={element} class={kinds.filter(Boolean).join(" ")}>
            {toggle !== null && (
                <td role="cell" class="toggle-cell">
                    <button
                        type="button"
                        class="toggle"
                        aria-expanded={toggle.open}
                        aria-label={
                            toggle.open ? messages.hideDetail(name) : messages.showDetail(name)
                        }
                        onClick={toggle.onToggle}
                    >
                        <Icon name="chevron" size={12} />
                    </button>
                </td>
            )}
            {cells}
        </tr>
    );
}

/** Which rows are open: those the layout opened when they came, whatever became of them since, changed by what the
 *  viewer has clicked. */
function useOpen({ panel, within }: Props) {
    const reading = useReading();
    const [known, setKnown] = useState(() => new Map<string, boolean>());
    const { detail } = panel;
    const shown = useContext(ShownRow);
    const isOpen = ({ key, row }: Row) => {
        if (!known.has(key)) {
            if (key === shown) return true;
            const scope = scopeOf(reading, row, within);
            known.set(key, detail?.open !== undefined && holds(detail.open, scope));
        }
        return known.get(key) === true;
    };
    const toggle = (row: Row) => setKnown(new Map(known).set(row.key, !isOpen(row)));
    return { isOpen, toggle };
}

/** How lists below a row are read on; a tab that has no variable for the row has no way to. */
function moreBelow({ panel, onMore }: Props, row: Row): ReadMore | undefined {
    const variable = panel.detail?.row;
    const list = panel.at;
    if (onMore === undefined || variable === undefined || list === undefined) return undefined;
    const of = { list, rowKey: panel.rowKey, key: row.key, variable };
    return (at, cursor) => onMore(at, cursor, of);
}

interface SectionProps extends Props {
    section: Section;
    width: number;
    opening: ReturnType<typeof useOpen>;
}

function SectionRows({ opening, ...props }: SectionProps) {
    const { panel, within, section, width, renderPanels } = props;
    const reading = useReading();
    const { isOpen, toggle } = opening;
    const { group } = section;
    const names = new Map<string, string>();
    return (
        <tbody role="rowgroup">
            {group !== null && (
                <tr role="row" class="group-row">
                    <th role="rowheader" scope="rowgroup" colSpan={width}>
                        {say(group.title, reading.locale.language)}
                        <span class="count">{section.rows.length}</span>
                    </th>
                </tr>
            )}
            {section.rows.map(row => {
                const scope = scopeOf(reading, row.row, within);
                const name = panel.columns[0] ? fieldText(panel.columns[0], scope, reading) : "";
                names.set(row.key, name);
                const open = panel.detail !== undefined && isOpen(row);
                return [
                    <TableRow
                        {...props}
                        key={row.key}
                        row={row}
                        name={name}
                        parentName={names.get(row.parent ?? "") ?? ""}
                        toggle={panel.detail ? { open, onToggle: () => toggle(row) } : null}
                        quiet={group?.quiet === true}
                    />,
                    open && panel.detail !== undefined && (
                        <tr
                            role="row"
                            key={`${row.key}+`}
                            data-key={`${row.key}+`}
                            class="detail-row"
                        >
                            <td role="cell" colSpan={width}>
                                {renderPanels(
                                    panel.detail.panels,
                                    row.row,
                                    within,
                                    name,
                                    moreBelow(props, row),
                                )}
                                <Acts uses={panel.rowActions} row={row.row} name={name} />
                                <Trace
                                    worded
                                    panel={panel}
                                    traced={panel.history}
                                    row={row.row}
                                    name={name}
                                />
                            </td>
                        </tr>
                    ),
                ];
            })}
        </tbody>
    );
}

export function Table(props: Props) {
    const { panel, label } = props;
    const { messages } = useReading();
    const [sorting, setSorting] = useState(() => firstSorting(panel));
    const sections = useSections(props, sorting);
    const opening = useOpen(props);
    const width = panel.columns.length + (panel.detail ? 1 : 0);
    return (
        <div class="table-scroll">
            <table role="table" class="table" aria-label={label}>
                <thead role="rowgroup">
                    <tr role="row">
                        {panel.detail !== undefined && (
                            <th role="columnheader" scope="col" class="toggle-cell">
                                <span class="unseen">{messages.detailColumn}</span>
                            </th>
                        )}
                        {panel.columns.map((column, index) => (
                            <Head
                                key={index}
                                column={column}
                                sorted={
                                    sorting?.column === index
                                        ? sorting.down
                                            ? "down"
                                            : "up"
                                        : null
                                }
                                onSort={() => setSorting(nextSorting(sorting, index))}
                            />
                        ))}
                    </tr>
                </thead>
                {sections.map(section => (
                    <SectionRows
                        {...props}
                        key={section.group?.id ?? ""}
                        section={section}
                        width={width}
                        opening={opening}
                    />
                ))}
            </table>
        </div>
    );
}
