/* tabs: the row of an account's tabs; one stop of the Tab key, arrows between them. */

import { useEffect, useRef } from "preact/hooks";
import { type Account, tabAnswer } from "../core/account.ts";
import type { Tab } from "../core/documents.ts";
import { say } from "../core/format.ts";
import type { Badge as TabBadge } from "../core/layout.ts";
import { isThing, valueAt } from "../core/path.ts";
import { addressOf } from "../core/route.ts";
import { Icon, iconName } from "../ui/icon.tsx";
import { useReading } from "../ui/words.ts";

/** The number a tab's layout wants shown, and what it counts; null when there is none. */
export function countOf(tab: Tab, account: Account | null) {
    const badge = isThing(tab.layout) ? (tab.layout.badge as TabBadge | undefined) : undefined;
    if (account === null || !isThing(badge) || typeof badge.key !== "string") return null;
    const count = valueAt(tabAnswer(account, tab.key).data, badge.key);
    return typeof count === "number" ? { count, badge } : null;
}

/** The shortcut a tab asks for in its layout, if it asks for one. */
export function shortcutOf(tab: Tab): string | null {
    const shortcut = isThing(tab.layout) ? tab.layout.shortcut : undefined;
    return typeof shortcut === "string" && /^[a-z]( [a-z])?$/.test(shortcut) ? shortcut : null;
}

/** Beside the title; nothing when it is zero. */
function Count({ tab, account }: { tab: Tab; account: Account | null }) {
    const { locale } = useReading();
    const found = countOf(tab, account);
    if (found === null || found.count === 0) return null;
    return (
        <span class={`tab-count tone-${found.badge.tone ?? "neutral"}`}>
            {found.count}
            <span class="unseen"> {say(found.badge.label, locale.language)}</span>
        </span>
    );
}

interface Props {
    id: string;
    at: string | undefined;
    tabs: Tab[];
    current: string | null;
    account: Account | null;
    /** `replace`: leaves no trace in the history, as when arrows pass over tabs. */
    onOpen: (key: string, replace: boolean) => void;
}

const steps: Record<string, (at: number, count: number) => number> = {
    ArrowRight: (at, count) => (at + 1) % count,
    ArrowLeft: (at, count) => (at - 1 + count) % count,
    Home: () => 0,
    End: (_, count) => count - 1,
};

export function Tabs({ id, at, tabs, current, account, onOpen }: Props) {
    const { messages } = useReading();
    const row = useRef<HTMLDivElement>(null);
    const place = tabs.findIndex(({ key }) => key === current);

    // Again when the account is read: counts make tabs wider.
    const isRead = account !== null;
    useEffect(() => {
        const shown = row.current?.querySelector("[aria-selected=true]");
        shown?.scrollIntoView({ block: "nearest", inline: "nearest" });
    }, [current, isRead]);

    function onKeyDown(event: KeyboardEvent) {
        const focused = tabs.findIndex(({ key }) => `tab-${key}` === (event.target as Element).id);
        if (event.key === " ") {
            event.preventDefault();
            if (tabs[focused] !== undefined) onOpen(tabs[focused].key, false);
            return;
        }
        const to = tabs[steps[event.key]?.(focused, tabs.length) ?? -1];
        if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        onOpen(to.key, true);
        document.getElementById(`tab-${to.key}`)?.focus();
    }

    return (
        <div ref={row} class="tabs" role="tablist" aria-label={messages.tabs} onKeyDown={onKeyDown}>
            {tabs.map((tab, index) => (
                <a
                    key={tab.key}
                    id={`tab-${tab.key}`}
                    class="tab"
                    role="tab"
                    href={addressOf({ page: "account", id, tab: tab.key, at })}
                    aria-selected={tab.key === current}
                    aria-controls={tab.key === current ? `tabpanel-${tab.key}` : undefined}
                    tabIndex={index === Math.max(place, 0) ? 0 : -1}
                >
                    <Icon name={iconName(tab.icon)} />
                    <span class="tab-title">{tab.title}</span>
                    <Count tab={tab} account={account} />
                </a>
            ))}
        </div>
    );
}
