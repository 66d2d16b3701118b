/* state: what the app knows right now, and the few things that change it. */

import { batch, computed, signal } from "@preact/signals";
import {
    type Account,
    Accounts,
    around,
    type RowOf,
    readAccount,
    tabAnswer,
    tabChosen,
    withFound,
    withMore,
    withTab,
} from "../core/account.ts";
import { type Chosen, chosenValues, knownChosen, nothingChosen } from "../core/chosen.ts";
import {
    accountDocument,
    type EnumLabel,
    enumLabelsDocument,
    type Hit,
    type Tab,
    tabDocument,
    type Viewer,
    viewerDocument,
} from "../core/documents.ts";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { readFile, readList, saveFile } from "../core/file.ts";
import { dayOf, type Label, type Locale } from "../core/format.ts";
import { ask, withToken } from "../core/gql.ts";
import { isAborted } from "../core/http.ts";
import { momentProblem } from "../core/moment.ts";
import { endOf, valueAt } from "../core/path.ts";
import {
    type Density,
    keepPreferences,
    type Preferences,
    readPreferences,
    type Theme,
    withWay,
} from "../core/preferences.ts";
import { addressOf, type Place, placeOf, type Way } from "../core/route.ts";
import { openSession, type Standing } from "../core/session.ts";
import { draftPrefix } from "../forms/context.ts";
import { en, type Messages, messagesIn, spoken } from "../i18n/index.ts";
import type { AskNamed, Reading } from "../ui/words.ts";

/* ---- how this browser likes it ---- */

export const preferences = signal<Preferences>(readPreferences(localStorage));

function prefer(change: Partial<Preferences>): void {
    preferences.value = { ...preferences.value, ...change };
    keepPreferences(localStorage, preferences.value);
    applyPreferences();
}

export function applyPreferences(): void {
    const { theme, density } = preferences.value;
    document.documentElement.dataset.theme = theme;
    document.documentElement.dataset.density = density;
}

export const chooseTheme = (theme: Theme) => prefer({ theme });
export const chooseDensity = (density: Density) => prefer({ density });
export const chooseSingleKeys = (singleKeys: boolean) => prefer({ singleKeys });

/* ---- where we are ---- */

export const place = signal<Place>(placeOf(location.pathname, location.search));

/** Who was looked for is being helped from now on: by whom, and since when, is written down. */
export function help(customer: string): void {
    if (viewer.value?.rights.includes("notes:write"))
        void import("./helping.ts").then(({ beginHelping }) => beginHelping(customer));
}

/** Whoever works off tickets is not in touch with their customers by that. */
function isLooking(from: Place): boolean {
    return from.page === "search" || (from.page === "find" && from.way !== "tickets");
}

export function go(to: Place, replace = false): void {
    if (to.page === "account" && isLooking(place.value)) help(to.id);
    const address = addressOf(to);
    if (address === location.pathname + location.search) replace = true;
    history[replace ? "replaceState" : "pushState"](null, "", address);
    place.value = to;
}

/* ---- who is there ---- */

export const standing = signal<Standing>({ state: "starting" });
export const viewer = signal<Viewer | null>(null);
export const viewerFailure = signal<Failure | null>(null);
export const messages = signal<Messages>(en);
const labels = signal<ReadonlyMap<string, Label>>(new Map());

export const session = openSession(next => {
    batch(() => {
        standing.value = next;
        if (next.state === "in") void learnViewer();
        if (next.state === "out") forgetEverything();
        if (next.state === "out" && next.why !== "ended" && next.why !== "never") forgetDrafts();
    });
});

/** Whoever signs out leaves nothing of customers behind; a session that has ended is taken up again. */
function forgetDrafts(): void {
    for (const name of Object.keys(localStorage))
        if (name.startsWith(draftPrefix)) localStorage.removeItem(name);
}

function forgetEverything(): void {
    viewer.value = null;
    viewerFailure.value = null;
    accounts.clear();
    account.value = null;
    opened.value = [];
}

/** Before anybody has signed in: what the last viewer spoke here, else what the browser speaks. */
export function guessedLanguage(): string {
    return preferences.value.language || navigator.language || "en";
}

export async function speak(language: string): Promise<void> {
    messages.value = await messagesIn(language);
    document.documentElement.lang = spoken(language);
}

function keepLabels(found: EnumLabel[]): void {
    labels.value = new Map(found.map(label => [`${label.type}.${label.value}`, label]));
}

export async function learnViewer(): Promise<void> {
    try {
        viewerFailure.value = null;
        const language = guessedLanguage();
        const { data } = await ask({ session }, viewerDocument, { language });
        const known = data.viewer;
        let found = data.enumLabels;
        if (spoken(known.language) !== spoken(language)) {
            const variables = { language: known.language };
            found = (await ask({ session }, enumLabelsDocument, variables)).data.enumLabels;
        }
        await speak(known.language);
        prefer({ language: known.language });
        batch(() => {
            keepLabels(found);
            viewer.value = known;
            if (place.value.page === "sign-in") go({ page: "search", query: "" }, true);
        });
    } catch (thrown) {
        if (standing.value.state === "in") viewerFailure.value = failureOfThrown(thrown);
    }
}

/* ---- how this viewer looks for customers ---- */

export function rememberedWay(): Way {
    const known = Object.entries(preferences.value.ways);
    return known.find(([login]) => login === viewer.value?.login)?.[1] ?? "basic";
}

export function chooseWay(way: Way): void {
    const login = viewer.value?.login;
    if (login !== undefined) prefer({ ways: withWay(preferences.value.ways, login, way) });
}

/* ---- how values are read ---- */

/** The moment that an account is shown as of; null for now. Then overdue is what was overdue then. */
export const moment = computed<string | null>(() => {
    const here = place.value;
    const at = here.page === "account" ? here.at : undefined;
    return at === undefined || momentProblem(at, new Date()) !== null ? null : at;
});

/** "en" says too little about dates: the browser knows whether it is American or British English. */
function regional(language: string): string {
    return navigator.languages.find(tag => tag.startsWith(`${language}-`)) ?? language;
}

export const reading = computed<Reading>(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const texts = messages.value;
    const known = labels.value;
    const then = moment.value;
    const now = () => (then === null ? new Date() : new Date(then));
    const locale: Locale = {
        language: regional(viewer.value?.language ?? guessedLanguage()),
        timeZone,
        now,
        texts,
        label: (type, value) => known.get(`${type}.${value}`),
    };
    return {
        messages: texts,
        rights: new Set(viewer.value?.rights ?? []),
        today: dayOf(now(), locale),
        locale,
    };
});

/** The values of an enum and what they are called, in the order of their definition. */
export function valuesOf(type: string): { value: string; label: string }[] {
    return [...labels.value.keys()]
        .filter(key => key.startsWith(`${type}.`))
        .map(key => key.slice(type.length + 1))
        .map(value => ({ value, label: labels.value.get(`${type}.${value}`)?.label ?? value }));
}

/* ---- the account on screen ---- */

export interface OpenAccount {
    id: string;
    /** The moment it is as of; null for now. */
    at: string | null;
    /** What a hit already told, to be shown while the account is on its way. */
    hit: Hit | null;
    account: Account | null;
    state: "reading" | "ready" | "missing" | "failed";
    failure: Failure | null;
}

const most_kept = 10;
const accounts = new Accounts(most_kept);

export const account = signal<OpenAccount | null>(null);
/** The customers opened since signing in, the latest first. */
export const opened = signal<Hit[]>([]);

let reader: AbortController | undefined;

function remember(hit: Hit): void {
    opened.value = [hit, ...opened.value.filter(({ id }) => id !== hit.id)].slice(0, most_kept);
}

type Variables = Record<string, unknown>;

/** As the account documents name the variables of a tab. */
function named(tab: Tab, values: Variables): Variables {
    const entries = Object.entries(values);
    return Object.fromEntries(entries.map(([name, value]) => [`${tab.key}_${name}`, value]));
}

/** The tab that the address shows, and what it says its lists are narrowed to. */
function tabAtPlace(id: string): { tab: Tab; chosen: Chosen } | null {
    const here = place.value;
    if (here.page !== "account" || here.id !== id) return null;
    const tab = viewer.value?.tabs.find(({ key }) => key === here.tab);
    const chosen = here.chosen ?? nothingChosen;
    return tab === undefined ? null : { tab, chosen: knownChosen(tab.layout, chosen) };
}

const keptAs = (id: string, at: string | null) => (at === null ? id : `${id} ${at}`);

export function isOpen(id: string, at: string | null): boolean {
    return account.value?.id === id && account.value.at === at;
}

/** Asks for the whole account, once. What was read before stays on screen until the answer is here. */
export async function openAccount(
    id: string,
    hit: Hit | null = null,
    at: string | null = null,
): Promise<void> {
    const who = viewer.value;
    if (who === null) return;
    reader?.abort();
    const mine = new AbortController();
    reader = mine;
    const kept = accounts.get(keptAs(id, at)) ?? null;
    const known = isOpen(id, at) ? (account.value?.hit ?? null) : null;
    const base: OpenAccount = {
        id,
        at,
        hit: hit ?? known,
        account: kept,
        state: "reading",
        failure: null,
    };
    account.value = base;
    try {
        const asking = { session, signal: mine.signal };
        const here = tabAtPlace(id);
        const chosen = here && named(here.tab, chosenValues(here.tab.layout, here.chosen));
        const variables = { ...chosen, id, asOf: at };
        const { data, errors } = await ask(asking, accountDocument(who), variables);
        if (reader !== mine) return;
        if (data.customer === null) {
            account.value = { ...base, account: null, state: "missing" };
            return;
        }
        const whole = readAccount(data.customer, errors, new Date());
        const read = here === null ? whole : withTab(whole, here.tab.key, whole, here.chosen);
        accounts.put(keptAs(id, at), read);
        batch(() => {
            if (at === null) remember(read.header);
            account.value = { ...base, account: read, state: "ready" };
        });
    } catch (thrown) {
        if (isAborted(thrown) || reader !== mine) return;
        account.value = { ...base, state: "failed", failure: failureOfThrown(thrown) };
    }
}

/** Asks for a tab alone and puts what comes into the account, if that is still the one on screen. */
export async function readTab(
    { id, at }: OpenAccount,
    tab: Tab,
    values: Variables,
    join: (now: Account, page: Account) => Account,
): Promise<Failure | null> {
    try {
        const variables = { ...named(tab, values), id, asOf: at };
        const { data, errors } = await ask({ session }, tabDocument(tab), variables);
        const now = account.value;
        if (data.customer === null || !isOpen(id, at) || !now?.account) return null;
        const joined = join(now.account, readAccount(data.customer, errors, new Date()));
        accounts.put(keptAs(id, at), joined);
        account.value = { ...now, account: joined };
        return null;
    } catch (thrown) {
        return isAborted(thrown) ? null : failureOfThrown(thrown);
    }
}

/** The account with its lists narrowed by these variables: for finding what is not on the page. */
export async function findInAccount(
    { id, at }: OpenAccount,
    variables: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
): Promise<Account | null> {
    const who = viewer.value;
    if (who === null) return null;
    const asked = { ...variables, id, asOf: at };
    const { data, errors } = await ask({ session, signal }, accountDocument(who), asked);
    return data.customer === null ? null : readAccount(data.customer, errors, new Date());
}

/** Puts a row that was found elsewhere into its list on the page. */
export function addFound(tab: Tab, at: string, from: Account, row: string): void {
    const open = account.value;
    if (open === null || open.account === null) return;
    account.value = { ...open, account: withFound(open.account, tab.key, at, from, row) };
}

/** A file that the server gives to this viewer. */
export function readOwnFile(address: string, signal: AbortSignal): Promise<Blob> {
    return withToken(session, token => readFile(address, token, signal));
}

/** What a panel asks for itself. */
export const askNamed: AskNamed = async (name, variables, signal) => {
    const { namedDocument } = await import("../core/later-documents.ts");
    return ask({ session, signal }, namedDocument(name), variables);
};

/** Saves a list of the open account as a file, whole and as it is narrowed; null, or what went wrong. */
export async function saveList(tab: Tab, panel: string): Promise<Failure | null> {
    const open = account.value;
    if (open === null || open.account === null) return null;
    const variables = chosenValues(tab.layout, tabChosen(open.account, tab.key));
    const list = { customer: open.id, tab: tab.key, panel, variables, asOf: open.at };
    try {
        saveFile(await withToken(session, token => readList(list, token)));
        return null;
    } catch (thrown) {
        return failureOfThrown(thrown);
    }
}

/** Reads the next page of a list of the open account; null, or what went wrong. */
export async function readMore(
    tab: Tab,
    at: string,
    variable: string,
    of?: RowOf,
): Promise<Failure | null> {
    const open = account.value;
    if (open === null || open.account === null) return null;
    const after = endOf(valueAt(around(tabAnswer(open.account, tab.key), of), at));
    if (after === null) return null;
    const row = of && { [of.variable]: of.key };
    const chosen = chosenValues(tab.layout, tabChosen(open.account, tab.key));
    return readTab(open, tab, { ...chosen, [variable]: after, ...row }, (now, page) =>
        withMore(now, tab.key, at, page, of),
    );
}

/** The choice whose answer is on its way; another one makes it void. */
let choosing: { of: string; answer: Promise<Failure | null> } | undefined;

/** Shows a tab as its lists were narrowed; asks once, however many want it. */
export function readChosen(open: OpenAccount, tab: Tab, chosen: Chosen): Promise<Failure | null> {
    const of = JSON.stringify([open.id, open.at, tab.key, chosen]);
    if (choosing?.of === of) return choosing.answer;
    const isLast = () => choosing?.of === of;
    const values = chosenValues(tab.layout, chosen);
    const answer = readTab(open, tab, values, (now, page) =>
        isLast() ? withTab(now, tab.key, page, chosen) : now,
    );
    choosing = { of, answer };
    return answer.finally(() => {
        if (isLast()) choosing = undefined;
    });
}

/** Shows one row of a tab's table alone, by the variable that takes its key; null, or what went wrong. */
export async function readRow(tab: Tab, variable: string, row: string): Promise<Failure | null> {
    const open = account.value;
    if (open === null) return null;
    return readTab(open, tab, { [variable]: row }, (now, page) => withTab(now, tab.key, page, {}));
}

/** Narrows a list of a tab by one of its variables, in the address, too; null, or what went wrong. */
export async function chooseValue(
    tab: Tab,
    variable: string,
    value: string,
): Promise<Failure | null> {
    const open = account.value;
    if (open === null || open.account === null) return null;
    const here = place.value;
    const before =
        here.page === "account" && here.tab === tab.key && here.chosen !== undefined
            ? here.chosen
            : tabChosen(open.account, tab.key);
    const chosen = knownChosen(tab.layout, { ...before, [variable]: value });
    go({ page: "account", id: open.id, tab: tab.key, at: open.at ?? undefined, chosen }, true);
    return readChosen(open, tab, chosen);
}
