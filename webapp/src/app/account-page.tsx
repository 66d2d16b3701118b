/* account-page: one customer: who it is, and the tabs that the viewer's rights compose the account of. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Account, tabAnswer, tabChosen, tabsOf } from "../core/account.ts";
import { type Chosen, knownChosen, sameChosen } from "../core/chosen.ts";
import type { Tab } from "../core/documents.ts";
import type { Panel } from "../core/layout.ts";
import { firstAt, hasMore, isThing, rowsOf, valueAt } from "../core/path.ts";
import type { Problem } from "../core/shape.ts";
import { BrokenPart, Panels } from "../panels/index.tsx";
import { ShownRow } from "../panels/shown.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import { shortcutOf } from "./help.tsx";
import { Identity } from "./identity.tsx";
import { useShortcuts } from "./shortcuts.ts";
import {
    account,
    chooseValue,
    go,
    type OpenAccount,
    openAccount,
    place,
    readChosen,
    readMore,
    readRow,
    saveList,
    viewer,
} from "./state.ts";
import { Tabs } from "./tabs.tsx";
import { usePage } from "./use-place.ts";

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
            {problem !== null ? (
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
            )}
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
            {time !== undefined && <span class="quiet">{messages.updatedAt(time)}</span>}
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

interface ContentProps {
    open: OpenAccount;
    tabs: Tab[];
    current: Tab | undefined;
    row: string | null;
    onOpen: (key: string, replace: boolean) => void;
    onRead: () => void;
}

function Content({ open, tabs, current, row, onOpen, onRead }: ContentProps) {
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
                    tabs={tabs}
                    current={key ?? null}
                    account={open.account}
                    onOpen={onOpen}
                />
                <ReadAgain open={open} onRead={onRead} />
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
                        <TabPanel
                            key={`${open.id} ${tab.key}`}
                            tab={tab}
                            account={open.account}
                            shown={tab.key === key}
                            row={tab.key === key ? row : null}
                            onFound={() => onOpen(tab.key, false)}
                        />
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

function useTabKeys(id: string, tabs: Tab[], onRead: () => void): void {
    const to = (tab: Tab) => () => go({ page: "account", id, tab: tab.key });
    const shortcuts = tabs.flatMap((tab, index) => {
        const own = shortcutOf(tab);
        const number = index < 9 ? [{ keys: String(index + 1), run: to(tab) }] : [];
        return own === null ? number : [...number, { keys: own, run: to(tab) }];
    });
    useShortcuts([...shortcuts, { keys: "r", run: onRead }], [id, tabs]);
}

interface Props {
    id: string;
    tab: string | null;
    chosen: Chosen | undefined;
    row: string | undefined;
}

/** The address says what the tab's lists are narrowed to; where it says nothing, they stay as they are. */
function useChosen(
    open: OpenAccount | null,
    tab: Tab | undefined,
    { chosen, row }: Pick<Props, "chosen" | "row">,
) {
    const read = open?.state === "ready" ? open.account : null;
    const wanted = JSON.stringify(chosen);
    useEffect(() => {
        if (open === null || read === null || tab === undefined) return;
        const shown = tabChosen(read, tab.key);
        const { id } = open;
        const known = chosen && knownChosen(tab.layout, chosen);
        const said = known ?? shown;
        if (chosen === undefined ? !sameChosen(shown, {}) : !sameChosen(chosen, said))
            go({ page: "account", id, tab: tab.key, chosen: said, ...(row && { row }) }, true);
        if (!sameChosen(said, shown)) void readChosen(id, tab, said);
    }, [open?.id, read === null, tab?.key, wanted]);
}

export function AccountPage({ id, tab, chosen, row }: Props) {
    const messages = useMessages();
    const open = account.value?.id === id ? account.value : null;
    const read = open?.account ?? null;
    const all = viewer.value?.tabs ?? [];
    // The same list until something in it changes: effects hang on it.
    const tabs = useMemo(() => tabsOf(read, all, tab), [read, all, tab]);
    const current = tabs.find(({ key }) => key === tab);
    const readAgain = () => void openAccount(id);

    const shownId = account.value?.id;
    // Whoever goes back at once is here again before the effects of the page between have run.
    useEffect(() => {
        if (shownId !== id) readAgain();
    }, [id, shownId]);
    useEffect(() => {
        const first = tabs[0];
        const here = place.value; // somebody who went back at once is elsewhere by now
        const still = here.page === "account" && here.id === id && here.tab === null;
        if (still && first !== undefined) go({ page: "account", id, tab: first.key }, true);
    }, [id, tab]);
    useTabKeys(id, tabs, readAgain);
    useChosen(open, current, { chosen, row });
    const name = open?.account?.header.name ?? open?.hit?.name ?? messages.account;
    const title = current === undefined ? name : `${name} – ${current.title}`;
    usePage(open?.state === "missing" ? messages.missing : title, messages.appName, id);

    if (open === null) return null;
    if (open.state === "missing") return <Missing />;
    return (
        <div class="account">
            <Identity account={open.account} hit={open.hit} tabs={tabs} />
            <Content
                open={open}
                tabs={tabs}
                current={tab === null ? tabs[0] : current}
                row={row ?? null}
                onOpen={(key, replace) => go({ page: "account", id, tab: key }, replace)}
                onRead={readAgain}
            />
        </div>
    );
}
