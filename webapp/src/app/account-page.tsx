/* account-page: one customer: who it is, and the tabs that the viewer's rights compose the account of. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Account, tabAnswer, tabChosen, tabsOf } from "../core/account.ts";
import { knownChosen, sameChosen } from "../core/chosen.ts";
import type { Tab } from "../core/documents.ts";
import { show } from "../core/format.ts";
import type { Panel } from "../core/layout.ts";
import { momentProblem } from "../core/moment.ts";
import { firstAt, hasMore, isThing, rowsOf, valueAt } from "../core/path.ts";
import type { AccountPlace } from "../core/route.ts";
import type { Problem } from "../core/shape.ts";
import { type Acting, ActPlaceContext } from "../forms/context.ts";
import { ActsContext } from "../panels/acts.tsx";
import { ShownRow } from "../panels/shown.ts";
import { TraceContext } from "../panels/trace.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { later } from "../ui/later.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import type { Tool } from "./account-tools.tsx";
import { Identity } from "./identity.tsx";
import { LaterPanels } from "./later-panels.tsx";
import { LaterActs, LaterTool } from "./later-tool.tsx";
import { useShortcuts } from "./shortcuts.ts";
import {
    account,
    chooseValue,
    go,
    isOpen,
    type OpenAccount,
    openAccount,
    place,
    readChosen,
    readMore,
    readRow,
    saveList,
    viewer,
} from "./state.ts";
import { shortcutOf, Tabs } from "./tabs.tsx";
import { usePage } from "./use-place.ts";

const Band = later(() => import("./moment-band.tsx"));

/** The panels of a layout, or what keeps the whole tab from being shown. */
function panelsOf(layout: unknown): { panels: Panel[]; problem: Problem | null } {
    const wrong = (at: string, message: string) => ({ panels: [], problem: { at, message } });
    if (!isThing(layout)) return wrong("", "the layout is not an object");
    if (layout.v !== 1) return wrong("v", `must be 1, and is ${String(layout.v)}`);
    if (!Array.isArray(layout.panels)) return wrong("panels", "must be a list");
    return { panels: layout.panels as Panel[], problem: null };
}

function Skeleton({ tab }: { tab: Tab }) {
    const { panels } = panelsOf(tab.layout);
    return (
        <div class="panels late" aria-hidden="true">
            {panels.map((panel, index) => (
                <div key={index} class={`cell span-${isThing(panel) ? (panel.span ?? 12) : 12}`}>
                    <div class="panel bones">
                        <span class="bone short" />
                        <span class="bone" />
                        <span class="bone" />
                    </div>
                </div>
            ))}
        </div>
    );
}

/** Where the row that an address leads to is not among those that were read, it is asked for. */
function useRow(tab: Tab, read: Account | null, panels: Panel[], row: string | null): void {
    const list = panels.find(one => isThing(one) && one.kind === "table" && one.detail?.row);
    const ready = read !== null;
    useEffect(() => {
        if (row === null || read === null || list?.kind !== "table" || !list.at) return;
        const value = valueAt(tabAnswer(read, tab.key).data, list.at);
        const there = rowsOf(value)?.some(one => String(firstAt(one, list.rowKey)) === row);
        if (!there && list.detail?.row && hasMore(value)) void readRow(tab, list.detail.row, row);
    }, [row, ready]);
}

interface TabPanelProps {
    tab: Tab;
    account: Account | null;
    shown: boolean;
    /** The key of the row that the address leads to. */
    row: string | null;
    onFound: () => void;
}

/** Kept when another tab is shown: going back costs nothing, and the browser's own search finds its words. */
function TabPanel({ tab, account: read, shown, row, onFound }: TabPanelProps) {
    const messages = useMessages();
    const { panels, problem } = panelsOf(tab.layout);
    useRow(tab, read, panels, row);
    const element = useRef<HTMLDivElement>(null);
    useEffect(() => {
        element.current?.addEventListener("beforematch", onFound);
        return () => element.current?.removeEventListener("beforematch", onFound);
    }, [onFound]);
    return (
        <div
            ref={element}
            id={`tabpanel-${tab.key}`}
            class="tab-panel"
            role="tabpanel"
            aria-labelledby={`tab-${tab.key}`}
            hidden={shown ? false : "until-found"}
        >
            <h2 class="unseen">{tab.title}</h2>
            <LaterPanels part meanwhile={<Skeleton tab={tab} />}>
                {({ BrokenPart, Panels }) =>
                    problem !== null ? (
                        <BrokenPart title={messages.tabBroken} problems={[problem]} />
                    ) : read === null ? (
                        <Skeleton tab={tab} />
                    ) : (
                        <ShownRow.Provider value={row}>
                            <Panels
                                panels={panels}
                                answer={tabAnswer(read, tab.key)}
                                onMore={(at, variable, of) => readMore(tab, at, variable, of)}
                                onChoose={(variable, value) => chooseValue(tab, variable, value)}
                                onExport={panel => saveList(tab, panel)}
                            />
                        </ShownRow.Provider>
                    )
                }
            </LaterPanels>
        </div>
    );
}

function ReadAgain({ open, onRead }: { open: OpenAccount; onRead: () => void }) {
    const { messages, locale } = useReading();
    const busy = open.state === "reading";
    const options = { hour: "2-digit", minute: "2-digit" } as const;
    const time = open.account?.at.toLocaleTimeString(locale.language, options);
    return (
        <button
            type="button"
            class={`ghost read-again${busy ? " busy" : ""}`}
            aria-disabled={busy}
            title={`${messages.readAgain} (r)`}
            onClick={onRead}
        >
            {time !== undefined && (
                <span class="quiet">
                    <span class="unseen">{messages.updatedAt}</span> {time}
                </span>
            )}
            <span class="unseen">{messages.readAgain}</span>
            <Icon name="refresh" size={14} />
        </button>
    );
}

/** To the top of what another tab shows, and no higher: who scrolled past the name has read it. */
function toTop(element: HTMLElement | null): void {
    if (element === null) return;
    const margin = Number.parseFloat(getComputedStyle(element).scrollMarginBlockStart);
    const above = element.getBoundingClientRect().top - margin;
    if (above < 0) scrollBy({ top: above });
}

interface ToolButtonProps {
    icon: IconName;
    words: string;
    keys: string;
    onPress: () => void;
}

/** What can be done with the whole account, beside its tabs. */
function ToolButton({ icon, words, keys, onPress }: ToolButtonProps) {
    return (
        <button
            type="button"
            class="ghost tool"
            aria-label={words}
            title={`${words} (${keys})`}
            onClick={onPress}
        >
            <Icon name={icon} size={14} />
        </button>
    );
}

interface ContentProps {
    open: OpenAccount;
    tabs: Tab[];
    current: Tab | undefined;
    row: string | null;
    onOpen: (key: string, replace: boolean) => void;
    onRead: () => void;
    onMoment: () => void;
    onFind: () => void;
    onActs: () => void;
    onAct: (acting: Acting) => void;
}

function Content({ open, tabs, current, row, ...on }: ContentProps) {
    const { onOpen, onRead, onMoment, onFind, onActs, onAct } = on;
    const messages = useMessages();
    const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
    const key = current?.key;
    const main = useRef<HTMLDivElement>(null);
    useEffect(() => toTop(main.current), [key]);
    useEffect(() => {
        if (key !== undefined && !visited.has(key)) setVisited(new Set([...visited, key]));
    }, [key]);
    if (tabs.length === 0)
        return (
            <Notice icon="folder" level={2} title={messages.noTabs} hint={messages.noTabsHint} />
        );
    return (
        <div ref={main} class="account-main">
            <div class="tab-row">
                <Tabs
                    id={open.id}
                    at={open.at ?? undefined}
                    tabs={tabs}
                    current={key ?? null}
                    account={open.account}
                    onOpen={onOpen}
                />
                <div class="tools">
                    {open.at === null && (
                        <ToolButton
                            icon="plus"
                            words={messages.actions}
                            keys="a a"
                            onPress={onActs}
                        />
                    )}
                    <ToolButton
                        icon="search"
                        words={messages.withinTitle}
                        keys="/"
                        onPress={onFind}
                    />
                    <ToolButton
                        icon="clock"
                        words={messages.shortcutMoment}
                        keys="t"
                        onPress={onMoment}
                    />
                    <ReadAgain open={open} onRead={onRead} />
                </div>
            </div>
            {open.failure !== null && (
                <FailureNotice small failure={open.failure} onRetry={onRead} />
            )}
            {current === undefined && (
                <Notice icon="folder" title={messages.unknownTab} hint={messages.unknownTabHint} />
            )}
            {(open.state !== "failed" || open.account !== null) &&
                tabs
                    .filter(tab => tab.key === key || visited.has(tab.key))
                    .map(tab => (
                        <ActPlaceContext.Provider
                            key={`${open.id} ${open.at} ${tab.key}`}
                            value={{ tab, tabs, onAct }}
                        >
                            <TabPanel
                                tab={tab}
                                account={open.account}
                                shown={tab.key === key}
                                row={tab.key === key ? row : null}
                                onFound={() => onOpen(tab.key, false)}
                            />
                        </ActPlaceContext.Provider>
                    ))}
        </div>
    );
}

function Missing() {
    const messages = useMessages();
    usePage(messages.missing, messages.appName, "missing");
    return (
        <Notice level={1} icon="user" title={messages.missing} hint={messages.missingHint}>
            <a class="button" href="/search">
                {messages.toSearch}
            </a>
        </Notice>
    );
}

/** Nobody by that id then, which does not say that there is nobody now. */
function NotYet() {
    const messages = useMessages();
    return <Notice level={1} icon="clock" title={messages.notYet} hint={messages.notYetHint} />;
}

interface AccountKeys {
    onActs: () => void;
    tabs: Tab[];
    to: (tab: string) => void;
    onRead: () => void;
    onMoment: () => void;
    onNow: () => void;
    onFind: () => void;
}

function useAccountKeys(
    { tabs, to, onRead, onMoment, onNow, onFind, onActs }: AccountKeys,
    place: string,
): void {
    const shortcuts = tabs.flatMap((tab, index) => {
        const run = () => to(tab.key);
        const own = shortcutOf(tab);
        const number = index < 9 ? [{ keys: String(index + 1), run }] : [];
        return own === null ? number : [...number, { keys: own, run }];
    });
    const others = [
        { keys: "r", run: onRead },
        { keys: "t", run: onMoment },
        { keys: "n", run: onNow },
        { keys: "/", run: onFind },
        { keys: "a a", run: onActs },
    ];
    useShortcuts([...shortcuts, ...others], [place, tabs]);
}

/** Reads the account when it is another one, or as of another moment. */
function useRead(id: string, at: string | null, read: () => void): void {
    const shown = account.value;
    // Whoever goes back at once is here again before the effects of the page between have run.
    useEffect(() => {
        if (!isOpen(id, at)) read();
    }, [id, at, shown?.id, shown?.at]);
}

/** An account without a tab is its first tab. */
function useFirstTab(id: string, tab: string | null, tabs: Tab[], to: (tab: string) => void): void {
    useEffect(() => {
        const first = tabs[0];
        const here = place.value; // somebody who went back at once is elsewhere by now
        const still = here.page === "account" && here.id === id && here.tab === null;
        if (still && first !== undefined) to(first.key);
    }, [id, tab]);
}

/** The address says what the tab's lists are narrowed to; where it says nothing, they stay as they are. */
function useChosen(
    open: OpenAccount | null,
    tab: Tab | undefined,
    { chosen, row }: Pick<AccountPlace, "chosen" | "row">,
) {
    const read = open?.state === "ready" ? open.account : null;
    const wanted = JSON.stringify(chosen);
    useEffect(() => {
        if (open === null || read === null || tab === undefined) return;
        const shown = tabChosen(read, tab.key);
        const known = chosen && knownChosen(tab.layout, chosen);
        const said = known ?? shown;
        const here = {
            page: "account",
            id: open.id,
            tab: tab.key,
            at: open.at ?? undefined,
        } as const;
        if (chosen === undefined ? !sameChosen(shown, {}) : !sameChosen(chosen, said))
            go({ ...here, chosen: said, row }, true);
        if (!sameChosen(said, shown)) void readChosen(open, tab, said);
    }, [open?.id, open?.at, read === null, tab?.key, wanted]);
}

function useTitle(open: OpenAccount | null, tab: Tab | undefined, id: string): void {
    const { messages, locale } = useReading();
    const name = open?.account?.header.name ?? open?.hit?.name ?? messages.account;
    const then = show(open?.at, "moment", locale)?.text;
    const parts = [name, tab?.title, then && messages.asItWas(then)].filter(Boolean);
    const missing = open?.state === "missing" && open.at === null;
    usePage(missing ? messages.missing : parts.join(" – "), messages.appName, id);
}

export function AccountPage({ id, tab, at, chosen, row }: AccountPlace) {
    const [tool, setTool] = useState<Tool | null>(null);
    const problem = at === undefined ? null : momentProblem(at, new Date());
    const then = at ?? null;
    const open = isOpen(id, then) ? account.value : null;
    const shown = open?.account ?? null;
    const all = viewer.value?.tabs ?? [];
    // The same list until something in it changes: effects hang on it.
    const tabs = useMemo(() => tabsOf(shown, all, tab), [shown, all, tab]);
    const current = tabs.find(({ key }) => key === tab);
    const read = () => {
        if (problem === null) void openAccount(id, null, then);
    };
    const toTab = (key: string, replace = false) =>
        go({ page: "account", id, tab: key, at }, replace);
    const toMoment = (moment: string | null) =>
        go({ page: "account", id, tab, at: moment ?? undefined });
    const onNow = () => toMoment(null);
    const onMoment = () => setTool({ kind: "moment" });
    const onFind = () => setTool({ kind: "within" });
    const onAct = (acting: Acting) => setTool({ kind: "act", acting });
    const onActs = () => {
        if (then === null) setTool({ kind: "acts" });
    };

    useRead(id, then, read);
    useFirstTab(id, tab, tabs, key => toTab(key, true));
    useAccountKeys(
        { tabs, to: toTab, onRead: read, onMoment, onNow, onFind, onActs },
        `${id} ${tab} ${at}`,
    );
    useChosen(open, current, { chosen, row });
    useTitle(open, current, id);

    if (open?.state === "missing" && then === null) return <Missing />;
    return (
        <div class={then === null ? "account" : "account past"}>
            {then !== null && (
                <Band part>
                    {({ MomentBand }) => (
                        <MomentBand at={then} problem={problem} onChange={onMoment} onNow={onNow} />
                    )}
                </Band>
            )}
            <LaterTool
                ready={open?.state === "ready"}
                tool={tool}
                open={open}
                id={id}
                tab={tab}
                at={problem === null ? then : null}
                tabs={tabs}
                onTab={(key, found) =>
                    go({ page: "account", id, tab: key, at, row: found ?? undefined })
                }
                onMoment={toMoment}
                onAct={onAct}
                onClose={() => setTool(null)}
            />
            {open?.state === "missing" && <NotYet />}
            {open !== null && open.state !== "missing" && (
                <TraceContext.Provider value={tracing => setTool({ kind: "history", tracing })}>
                    <ActsContext.Provider value={then === null ? LaterActs : null}>
                        <Identity account={open.account} hit={open.hit} tabs={tabs} />
                        <Content
                            open={open}
                            tabs={tabs}
                            current={tab === null ? tabs[0] : current}
                            row={row ?? null}
                            onOpen={toTab}
                            onRead={read}
                            onMoment={onMoment}
                            onFind={onFind}
                            onActs={onActs}
                            onAct={onAct}
                        />
                    </ActsContext.Provider>
                </TraceContext.Provider>
            )}
        </div>
    );
}
