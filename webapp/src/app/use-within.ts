/* use-within: looks for things in the open account: at once in what is here, and with one request in what is not. */

import { useEffect, useMemo, useState } from "preact/hooks";
import { type Account, tabAnswer } from "../core/account.ts";
import type { Tab } from "../core/documents.ts";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { isAborted } from "../core/http.ts";
import type { Panel, Sought } from "../core/layout.ts";
import { isThing } from "../core/path.ts";
import { filterFor, fitness, isEnough, type Wanted, wantedIn } from "../core/wanted.ts";
import { type Findable, findablesOf } from "../panels/findable.ts";
import { type Reading, useReading } from "../ui/words.ts";
import { findInAccount, type OpenAccount } from "./state.ts";

/** Something that fits, and where it is. */
export interface Place {
    tab: Tab;
    /** The path of the list it is in. */
    at: string | undefined;
    found: Findable;
    /** Whether its list is looked through as a whole; others show a part of what is elsewhere. */
    whole: boolean;
    /** The answer that has its row, where that is not the one on the page. */
    from: Account | null;
}

const pause_ms = 150;
const most = 40;

export function panelsIn(tab: Tab): Panel[] {
    const panels = isThing(tab.layout) ? tab.layout.panels : undefined;
    return Array.isArray(panels) ? (panels as Panel[]) : [];
}

function soughtBy(panel: Panel): Sought | undefined {
    const lists = panel.kind === "table" || panel.kind === "tree" || panel.kind === "list";
    return lists ? panel.find : undefined;
}

function placesIn(account: Account, tab: Tab, panels: Panel[], reading: Reading): Place[] {
    const { data } = tabAnswer(account, tab.key);
    const byId = new Map(panels.map(panel => [panel.id, panel]));
    return findablesOf(panels, data, reading).map(found => {
        const panel = byId.get(found.panel);
        const whole = panel !== undefined && soughtBy(panel) !== undefined;
        return { tab, at: panel?.at, found, whole, from: null };
    });
}

/** What of several things fits, the surest first, in whole lists before parts of them; the rest in the order of the tabs. */
function fitting(places: Place[], wanted: Wanted): Place[] {
    return places
        .map(place => ({ place, fits: fitness(place.found.facts, wanted) }))
        .filter(({ fits }) => fits > 0)
        .sort((a, b) => b.fits - a.fits || Number(b.place.whole) - Number(a.place.whole))
        .map(({ place }) => place);
}

const keyOf = ({ tab, found }: Place) => `${tab.key} ${found.panel} ${found.row}`;

/** What the variables of all tabs have to be for the lists to hold what is wanted. */
function variablesFor(tabs: Tab[], wanted: Wanted): Record<string, object> {
    return Object.fromEntries(
        tabs.flatMap(tab =>
            panelsIn(tab).flatMap(panel => {
                const sought = soughtBy(panel);
                if (sought === undefined) return [];
                return [[`${tab.key}_${sought.variable}`, filterFor(sought, wanted)] as const];
            }),
        ),
    );
}

interface Asked {
    text: string;
    account: Account | null;
    failure: Failure | null;
}

/** What the server has that fits; null until it has answered. */
function useAsked(open: OpenAccount, tabs: Tab[], wanted: Wanted): Asked | null {
    const [asked, setAsked] = useState<Asked | null>(null);
    useEffect(() => {
        if (!isEnough(wanted)) return undefined;
        const mine = new AbortController();
        const { text } = wanted;
        const timer = setTimeout(async () => {
            try {
                const account = await findInAccount(open, variablesFor(tabs, wanted), mine.signal);
                setAsked({ text, account, failure: null });
            } catch (thrown) {
                if (isAborted(thrown)) return;
                setAsked({ text, account: null, failure: failureOfThrown(thrown) });
            }
        }, pause_ms);
        return () => {
            clearTimeout(timer);
            mine.abort();
        };
    }, [wanted.text, open.id, open.at]);
    return asked?.text === wanted.text ? asked : null;
}

export interface Within {
    wanted: Wanted;
    places: Place[];
    more: boolean;
    searching: boolean;
    failure: Failure | null;
}

export function useWithin(open: OpenAccount, tabs: Tab[], search: string): Within {
    const reading = useReading();
    const { account } = open;
    const { today, locale } = reading;
    const wanted = useMemo(() => wantedIn(search, today, locale.language), [search, reading]);
    const here = useMemo(
        () =>
            account === null
                ? []
                : tabs.flatMap(tab => placesIn(account, tab, panelsIn(tab), reading)),
        [account, tabs, reading],
    );
    const asked = useAsked(open, tabs, wanted);
    return useMemo(() => {
        const enough = isEnough(wanted);
        const near = enough ? fitting(here, wanted) : [];
        const known = new Set(here.map(keyOf));
        const from = asked?.account ?? null;
        const far = from === null ? [] : tabs.flatMap(tab => foundBy(from, tab, reading));
        const all = [...near, ...far.filter(place => !known.has(keyOf(place)))];
        return {
            wanted,
            places: all.slice(0, most),
            more: all.length > most,
            searching: enough && asked === null,
            failure: asked?.failure ?? null,
        };
    }, [here, wanted, asked]);
}

/** Rows of the lists that the server has narrowed: all of them fitness, for it can look where the app cannot. */
function foundBy(from: Account, tab: Tab, reading: Reading): Place[] {
    const panels = panelsIn(tab).filter(panel => soughtBy(panel) !== undefined);
    const rows = placesIn(from, tab, panels, reading).map(place => ({ ...place, from }));
    const seen = new Set<string>();
    return rows.filter(place => !seen.has(keyOf(place)) && seen.add(keyOf(place)));
}
