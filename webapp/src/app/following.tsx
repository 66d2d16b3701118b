/* following: while something of the tab on screen is under way, the tab moves on by itself.
 *
 * What is read again, and how it comes to the page, is one function, refresh(): whoever learns of a change calls it. Here that
 * is a clock, which asks for this tab alone, one request at a time, ever more seldom as long as nothing moves; not while the
 * window is hidden, and not when nothing is under way.
 */

import { useEffect, useRef } from "preact/hooks";
import { tabAnswer, tabChosen } from "../core/account.ts";
import { chosenValues, sameChosen } from "../core/chosen.ts";
import type { Tab } from "../core/documents.ts";
import { withFresh } from "../core/fresh.ts";
import type { Moves } from "../core/layout.ts";
import { isThing, spread } from "../core/path.ts";
import { holds } from "../core/rule.ts";
import { scopeOf } from "../panels/scope.ts";
import { announce } from "../ui/announcer.tsx";
import { type Reading, useReading } from "../ui/words.ts";
import { follow } from "./follow.ts";
import { type OpenAccount, readTab } from "./state.ts";
import { useWords } from "./words/index.ts";

const focusable = "button, a, input, select, textarea";

/** What gives the focus back to where it was in a row, when that row came to stand elsewhere, in another group. */
function keepFocus(): () => void {
    const before = document.activeElement;
    const row = before?.closest<HTMLElement>("tr[data-key]");
    if (!before || !row) return () => {};
    const place = [...row.querySelectorAll(focusable)].indexOf(before);
    return () => {
        if (before.isConnected || document.activeElement !== document.body) return;
        const now = `[role=tabpanel]:not([hidden]) tr[data-key="${CSS.escape(row.dataset.key ?? "")}"]`;
        const found = document.querySelector(now)?.querySelectorAll<HTMLElement>(focusable)[place];
        found?.focus({ preventScroll: true });
    };
}

/** Reads a tab again where the page has it; whether something in it has moved. */
export async function refresh(open: OpenAccount | null, tab: Tab): Promise<boolean> {
    if (open === null || open.account === null) return false;
    const chosen = tabChosen(open.account, tab.key);
    let moved = false;
    let giveBack = () => {};
    await readTab(open, tab, chosenValues(tab.layout, chosen), (now, page) => {
        if (!sameChosen(tabChosen(now, tab.key), chosen)) return now; // narrowed otherwise meanwhile
        const fresh = withFresh(now, tab.key, page);
        moved = fresh !== now;
        if (moved) giveBack = keepFocus();
        return fresh;
    });
    if (moved) setTimeout(() => giveBack(), 0); // once the page is drawn anew
    return moved;
}

/** Whether something of the tab is under way, as its layout says. */
function isMoving(open: OpenAccount, tab: Tab, reading: Reading): boolean {
    const moves = isThing(tab.layout) ? (tab.layout.moves as Moves[] | undefined) : undefined;
    if (moves === undefined || open.account === null || open.at !== null) return false;
    const { data } = tabAnswer(open.account, tab.key);
    return moves.some(({ at, when }) => {
        const rows = at === undefined ? [data] : spread(data, at).found.map(({ row }) => row);
        return rows.some(row => holds(when, scopeOf(reading, row, [])));
    });
}

interface Props {
    open: OpenAccount | null;
    tab: string | null;
    tabs: Tab[];
}

export function Following({ open, tab: key, tabs }: Props) {
    const tab = tabs.find(one => one.key === key);
    const reading = useReading();
    const words = useWords();
    const moving = open?.state === "ready" && tab !== undefined && isMoving(open, tab, reading);
    const newest = useRef(open);
    newest.current = open;
    useEffect(() => {
        if (!moving || tab === undefined) return;
        return follow(
            () => refresh(newest.current, tab),
            () => announce(words.moved(tab.title)),
        );
    }, [moving, open?.id, tab, words]);
    return null;
}
