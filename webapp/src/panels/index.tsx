/* panels: draws a layout over an answer, each panel behind its own boundary. */

import type { ComponentChildren, ComponentType } from "preact";
import { useId, useMemo, useState } from "preact/hooks";
import { errorAt, type TabAnswer } from "../core/account.ts";
import { nothingChosen } from "../core/chosen.ts";
import type { Failure } from "../core/failure.ts";
import { say } from "../core/format.ts";
import { type Filter, type Panel, type PanelKind, panel as panelShape } from "../core/layout.ts";
import { endOf, hasMore, isThing, rowsOf, valueAt } from "../core/path.ts";
import { holds } from "../core/rule.ts";
import { type Problem, problemsOf } from "../core/shape.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { later } from "../ui/later.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import { Acts } from "./acts.tsx";
import { Boundary } from "./boundary.tsx";
import { Choose } from "./choose.tsx";
import { Export } from "./export.tsx";
import { Filters } from "./filters.tsx";
import { Kv } from "./kv.tsx";
import { List } from "./list.tsx";
import type { ChooseValue, PanelProps, ReadMore, SaveList } from "./registry.ts";
import { scopeOf } from "./scope.ts";
import { Stat } from "./stat.tsx";
import { Table } from "./table.tsx";
import { Text } from "./text.tsx";
import { Trace } from "./trace.tsx";

// biome-ignore lint/suspicious/noExplicitAny: the shape check has found that kind and panel belong together
type AnyPanel = ComponentType<PanelProps<any>>;

function Group({ panel, value, within, label, renderPanels }: PanelProps<Panel>) {
    return panel.kind === "group" ? renderPanels(panel.panels, value, within, label) : null;
}

/** What few tabs have comes when one of them is drawn. */
function arriving<Name extends string>(load: () => Promise<Record<Name, AnyPanel>>, name: Name) {
    const Later = later(load);
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (props: PanelProps<any>) => (
        <Later part>
            {code => {
                const Loaded: AnyPanel = code[name];
                return <Loaded {...props} />;
            }}
        </Later>
    );
}

const Chart = arriving(() => import("./chart.tsx"), "Chart");
const Document = arriving(() => import("./document.tsx"), "Document");
const Ask = arriving(() => import("./ask.tsx"), "Ask");

const kinds: Record<PanelKind, AnyPanel> = {
    kv: Kv,
    stat: Stat,
    table: Table,
    tree: Table,
    list: List,
    chart: Chart,
    choose: Choose,
    text: Text,
    document: Document,
    ask: Ask,
    group: Group,
};

const checked = new WeakMap<object, Problem[]>();

/** What keeps a panel from being shown; found once, as layouts do not change while the app runs. */
function problemsOfPanel(panel: unknown): Problem[] {
    if (!isThing(panel)) return problemsOf(panelShape, panel, false);
    const known = checked.get(panel) ?? problemsOf(panelShape, panel, false);
    checked.set(panel, known);
    return known;
}

export function BrokenPart({ title, problems }: { title: string; problems: Problem[] }) {
    const messages = useMessages();
    const detail = problems
        .slice(0, 3)
        .map(({ at, message }) => (at === "" ? message : `${at} ${message}`))
        .join("; ");
    return (
        <Notice small icon="alert" title={title} hint={messages.panelBrokenHint} detail={detail} />
    );
}

interface ViewProps {
    panel: Panel;
    answer: TabAnswer;
    within: unknown[];
    /** Inside another panel: without a frame of its own. */
    inner?: string | undefined;
    onMore?: ReadMore | undefined;
    onChoose?: ChooseValue | undefined;
    onExport?: SaveList | undefined;
}

function isNothing(panel: Panel, value: unknown): boolean {
    const rows = rowsOf(value);
    if (rows !== null) return rows.length === 0;
    return panel.at !== undefined && (value === null || value === undefined);
}

function filtersOf(panel: Panel): Filter[] {
    return ("filters" in panel && panel.filters) || [];
}

function isNarrowed(panel: Panel, { chosen = nothingChosen }: TabAnswer): boolean {
    return filtersOf(panel).some(({ variable }) => chosen[variable] !== undefined);
}

/** The panel itself, or in words why there is nothing to see. */
function Body({ panel, answer, within, inner, onMore, onChoose }: ViewProps) {
    const { messages, locale } = useReading();
    const value = panel.at === undefined ? answer.data : valueAt(answer.data, panel.at);
    const error = panel.at === undefined ? undefined : errorAt(answer, panel.at);
    if (isNothing(panel, value) && panel.kind !== "text") {
        if (error?.code === "FORBIDDEN") return <Notice small title={messages.panelRefused} />;
        if (error !== undefined)
            return (
                <Notice
                    small
                    icon="alert"
                    title={messages.panelFailed}
                    hint={messages.panelFailedHint}
                    detail={error.message}
                />
            );
        if (isNarrowed(panel, answer)) return <p class="empty">{messages.narrowedToNothing}</p>;
        return <p class="empty">{say(panel.empty, locale.language) || messages.panelEmpty}</p>;
    }
    const Kind = kinds[panel.kind];
    const around = panel.at === undefined ? within : [answer.data, ...within];
    return (
        <>
            {error !== undefined && (
                <p class="partly ink-warn" role="status">
                    {messages.panelFailed} {error.message}
                </p>
            )}
            <Kind
                panel={panel}
                value={value}
                within={around}
                label={say(panel.title, locale.language) || (inner ?? "")}
                renderPanels={renderPanels}
                onMore={onMore}
                onChoose={onChoose}
            />
        </>
    );
}

function renderPanels(
    panels: Panel[],
    data: unknown,
    within: unknown[],
    of: string,
    onMore?: ReadMore,
): ComponentChildren {
    const answer: TabAnswer = { data: isThing(data) ? data : {}, errors: [] };
    return <Panels panels={panels} answer={answer} within={within} inner={of} onMore={onMore} />;
}

/** The way to the rest of a list that came in pages. */
function More({ count, onRead }: { count: number; onRead: () => Promise<Failure | null> }) {
    const messages = useMessages();
    const [busy, setBusy] = useState(false);
    const [failure, setFailure] = useState<Failure | null>(null);
    const read = async () => {
        if (busy) return;
        setBusy(true);
        setFailure(await onRead());
        setBusy(false);
    };
    if (failure !== null) return <FailureNotice small failure={failure} onRetry={read} />;
    return (
        <div class="panel-more">
            <button
                type="button"
                class={`button${busy ? " busy" : ""}`}
                aria-disabled={busy}
                onClick={read}
            >
                {messages.showMore}
            </button>
            <span class="quiet" role="status">
                {messages.shownOnly(count)}
            </span>
        </div>
    );
}

/** What shows further rows: null when there are none, or no way to them. */
function moreOf({ panel, onMore }: ViewProps, value: unknown): ComponentChildren {
    const variable =
        panel.kind === "table" || panel.kind === "tree" || panel.kind === "list"
            ? panel.more
            : undefined;
    const { at } = panel;
    if (variable === undefined || at === undefined || onMore === undefined || endOf(value) === null)
        return null;
    return <More count={rowsOf(value)?.length ?? 0} onRead={() => onMore(at, variable)} />;
}

function Frame(props: ViewProps) {
    const { panel, answer } = props;
    const { messages, locale } = useReading();
    const heading = useId();
    const title = say(panel.title, locale.language);
    const hint = say(panel.hint, locale.language);
    const value = panel.at === undefined ? undefined : valueAt(answer.data, panel.at);
    const count = rowsOf(value)?.length ?? 0;
    const more = moreOf(props, value);
    const { onExport, onChoose } = props;
    const filters = count > 0 || isNarrowed(panel, answer) ? filtersOf(panel) : [];
    const body = (
        <>
            <Body {...props} />
            {more}
        </>
    );
    if (title === "") return <div class={`panel kind-${panel.kind}`}>{body}</div>;
    return (
        <section
            class={`panel kind-${panel.kind}`}
            role={props.inner === undefined ? undefined : "group"}
            aria-labelledby={heading}
        >
            <header class="panel-head">
                <h3 id={heading}>{title}</h3>
                {hasMore(value) && more === null && (
                    <span class="quiet">{messages.shownOnly(count)}</span>
                )}
                {"export" in panel && count > 0 && onExport !== undefined && (
                    <Export what={title} onExport={() => onExport(panel.id)} />
                )}
                <Acts uses={panel.actions} row={value ?? answer.data} name="" />
                {panel.kind === "kv" && (
                    <Trace worded panel={panel} traced={panel.history} row={value} name={title} />
                )}
            </header>
            {hint !== "" && <p class="panel-hint">{hint}</p>}
            {filters.length > 0 && onChoose !== undefined && (
                <Filters
                    filters={filters}
                    chosen={answer.chosen ?? nothingChosen}
                    onChoose={onChoose}
                />
            )}
            {body}
        </section>
    );
}

function PanelView(props: ViewProps) {
    const messages = useMessages();
    const reading = useReading();
    const problems = problemsOfPanel(props.panel);
    const broken = (found: Problem[]) => (
        <div class="panel">
            <BrokenPart title={messages.panelBroken} problems={found} />
        </div>
    );
    if (problems.length > 0) return broken(problems);
    if (!holds(props.panel.visible, scopeOf(reading, props.answer.data, props.within))) return null;
    return (
        <Boundary broken={error => broken([{ at: props.panel.id, message: error.message }])}>
            <Frame {...props} />
        </Boundary>
    );
}

interface Props {
    panels: Panel[];
    answer: TabAnswer;
    within?: unknown[];
    inner?: string;
    onMore?: ReadMore | undefined;
    onChoose?: ChooseValue | undefined;
    onExport?: SaveList | undefined;
}

const nothing: unknown[] = [];

/** Each in as many of twelve columns as it asks for, where there is room for them. */
export function Panels({ panels, answer, within = nothing, inner, ...ways }: Props) {
    const cells = useMemo(() => panels.map(panel => (isThing(panel) ? panel.span : 12)), [panels]);
    return (
        <div class={inner === undefined ? "panels" : "panels inner"}>
            {panels.map((panel, index) => (
                <div
                    key={isThing(panel) ? panel.id : index}
                    class={`cell span-${cells[index] ?? 12}`}
                    data-panel={isThing(panel) ? panel.id : undefined}
                >
                    <PanelView {...{ panel, answer, within, inner, ...ways }} />
                </div>
            ))}
        </div>
    );
}
