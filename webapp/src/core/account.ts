/* account: one customer's answer, taken apart into its header and the answers of its tabs. */

import { type Chosen, nothingChosen } from "./chosen.ts";
import type { AccountHeader, Tab } from "./documents.ts";
import type { FieldError } from "./gql.ts";
import { firstAt, isThing, rowsOf, valueAt, withValueAt } from "./path.ts";

export interface TabAnswer {
    /** The tab's fields under the names its fragment gave them. */
    data: Record<string, unknown>;
    errors: FieldError[];
    /** What its lists were narrowed to. */
    chosen?: Chosen;
}

export interface Account {
    header: AccountHeader;
    tabs: ReadonlyMap<string, TabAnswer>;
    /** When it was read. */
    at: Date;
}

const none: TabAnswer = { data: {}, errors: [] };

/** orders_openOrderCount → ["orders", "openOrderCount"]; keys of tabs have no underscore. */
function tabAndName(name: string): [string, string] | null {
    const cut = name.indexOf("_");
    return cut > 0 ? [name.slice(0, cut), name.slice(cut + 1)] : null;
}

export function readAccount(
    customer: AccountHeader & Record<string, unknown>,
    errors: FieldError[],
    at: Date,
): Account {
    const tabs = new Map<string, TabAnswer>();
    const answerOf = (key: string) => {
        const found = tabs.get(key) ?? { data: {}, errors: [] };
        tabs.set(key, found);
        return found;
    };
    for (const [name, value] of Object.entries(customer)) {
        const split = tabAndName(name);
        if (split !== null) answerOf(split[0]).data[split[1]] = value;
    }
    for (const error of errors) {
        // The path of a tab's field: customer, <key>_<name>, and on from there.
        const split = tabAndName(String(error.path[1] ?? ""));
        if (error.path[0] !== "customer" || split === null) continue;
        answerOf(split[0]).errors.push({ ...error, path: [split[1], ...error.path.slice(2)] });
    }
    return { header: customer, tabs, at };
}

export function tabAnswer(account: Account, key: string): TabAnswer {
    return account.tabs.get(key) ?? none;
}

/** The tabs this account has. While it is on its way: what every customer has, and the one that is wanted. */
export function tabsOf(account: Account | null, tabs: Tab[], wanted: string | null): Tab[] {
    if (account === null)
        return tabs.filter(({ key, onlyFor }) => onlyFor.length === 0 || key === wanted);
    const own = new Set(account.header.tabs.map(({ key }) => key));
    return tabs.filter(({ key }) => own.has(key));
}

function keyOf(row: unknown): unknown {
    return isThing(row) ? row.id : undefined;
}

/** A row of one of a tab's lists, and the variable that takes its key so that only it is asked for. */
export interface RowOf {
    list: string;
    rowKey: string;
    key: string;
    variable: string;
}

/** What lists are looked for in: the tab's answer, or one row of it. */
export function around(answer: TabAnswer, of: RowOf | undefined): unknown {
    if (of === undefined) return answer.data;
    const rows = rowsOf(valueAt(answer.data, of.list)) ?? [];
    return rows.find(row => String(firstAt(row, of.rowKey)) === of.key);
}

type Thing = Record<string, unknown>;

/** The same with the next page of the list at a path; null when there is no such list. */
function longer(from: unknown, at: string, page: unknown): Thing | null {
    const before = valueAt(from, at);
    const next = valueAt(page, at);
    const old = rowsOf(before);
    const more = rowsOf(next);
    if (old === null || more === null || !isThing(before) || !isThing(next) || !isThing(from))
        return null;
    const known = new Set(old.map(keyOf));
    known.delete(undefined);
    const nodes = [...old, ...more.filter(row => !known.has(keyOf(row)))];
    return withValueAt(from, at, { ...before, nodes, pageInfo: next.pageInfo });
}

function withRow(data: Thing, of: RowOf, from: unknown, row: Thing): Thing {
    const list = valueAt(data, of.list);
    const rows = (rowsOf(list) ?? []).map(one => (one === from ? row : one));
    return withValueAt(data, of.list, isThing(list) ? { ...list, nodes: rows } : rows);
}

/** The account with the next page of one of its lists; rows that are there already are not repeated. */
export function withMore(
    account: Account,
    key: string,
    at: string,
    page: Account,
    of?: RowOf,
): Account {
    const answer = tabAnswer(account, key);
    const from = around(answer, of);
    const found = longer(from, at, around(tabAnswer(page, key), of));
    if (found === null) return account;
    const data = of === undefined ? found : withRow(answer.data, of, from, found);
    return { ...account, tabs: new Map(account.tabs).set(key, { ...answer, data }) };
}

function nodesOf(value: unknown): unknown[] {
    return rowsOf(value) ?? [];
}

/** The account with one row more of a list, found in another answer; the list goes on where it did. */
export function withFound(
    account: Account,
    key: string,
    at: string,
    from: Account,
    row: string,
): Account {
    const answer = tabAnswer(account, key);
    const list = valueAt(answer.data, at);
    const other = nodesOf(valueAt(tabAnswer(from, key).data, at));
    const found = other.find(one => keyOf(one) === row);
    if (found === undefined || !isThing(list) || nodesOf(list).some(one => keyOf(one) === row))
        return account;
    const data = withValueAt(answer.data, at, { ...list, nodes: [...nodesOf(list), found] });
    return { ...account, tabs: new Map(account.tabs).set(key, { ...answer, data }) };
}

/** The account with one tab as it is in another answer, for what was chosen there. */
export function withTab(account: Account, key: string, page: Account, chosen: Chosen): Account {
    const answer = { ...tabAnswer(page, key), chosen };
    return { ...account, tabs: new Map(account.tabs).set(key, answer) };
}

export function tabChosen(account: Account | null, key: string): Chosen {
    return (account && tabAnswer(account, key).chosen) ?? nothingChosen;
}

/** The first error at or below a path of a tab's answer. */
export function errorAt(answer: TabAnswer, path: string | undefined): FieldError | undefined {
    const names = path === undefined ? [] : path.split(".");
    return answer.errors.find(error => {
        const fields = error.path.filter(step => typeof step === "string" && step !== "nodes");
        return names.every((name, index) => fields[index] === name || fields[index] === undefined);
    });
}

/** The accounts read last, so that going back shows them at once while they are read again. */
export class Accounts {
    readonly #kept = new Map<string, Account>();
    readonly #most: number;

    constructor(most: number) {
        this.#most = most;
    }

    get(id: string): Account | undefined {
        const found = this.#kept.get(id);
        if (found === undefined) return undefined;
        this.#kept.delete(id);
        this.#kept.set(id, found);
        return found;
    }

    put(id: string, account: Account): void {
        this.#kept.delete(id);
        this.#kept.set(id, account);
        const oldest = this.#kept.keys().next().value;
        if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest);
    }

    /** The latest first. */
    all(): Account[] {
        return [...this.#kept.values()].reverse();
    }

    clear(): void {
        this.#kept.clear();
    }
}
