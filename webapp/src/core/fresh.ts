/* fresh: a tab as it is now, put where it was read before: rows that are the same stay the same, and what was read on stays read. */

import { type Account, tabAnswer } from "./account.ts";
import { hasMore, isThing, rowsOf } from "./path.ts";

const keyOf = (row: unknown) => (isThing(row) ? row.id : undefined);

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function freshRows(before: unknown[], now: unknown[]): unknown[] {
    const known = new Map(before.map(row => [keyOf(row), row]));
    known.delete(undefined);
    return now.map(row => freshValue(known.get(keyOf(row)), row));
}

/** Rows beyond the first page are still there, unless that page is all there is now. */
function freshConnection(before: Record<string, unknown>, now: Record<string, unknown>): unknown {
    const [old, first] = [rowsOf(before) ?? [], rowsOf(now) ?? []];
    const nodes = freshRows(old, first);
    const keys = new Set(first.map(keyOf));
    const rest = hasMore(now) ? old.filter(row => !keys.has(keyOf(row))) : [];
    const readOn = old.length > first.length;
    const pageInfo = readOn && rest.length > 0 ? before.pageInfo : now.pageInfo;
    return { ...now, nodes: [...nodes, ...rest], ...(pageInfo !== undefined && { pageInfo }) };
}

/** The value of now; the very one of before where nothing in it is different. */
export function freshValue(before: unknown, now: unknown): unknown {
    if (same(before, now)) return before;
    if (Array.isArray(before) && Array.isArray(now)) return freshRows(before, now);
    if (!isThing(before) || !isThing(now)) return now;
    if (Array.isArray(before.nodes) && Array.isArray(now.nodes)) {
        const found = freshConnection(before, now);
        return same(before, found) ? before : found;
    }
    return Object.fromEntries(
        Object.entries(now).map(([name, value]) => [name, freshValue(before[name], value)]),
    );
}

/** The account with one tab as another answer has it; the same account where the tab is as it was. */
export function withFresh(account: Account, key: string, page: Account): Account {
    const before = tabAnswer(account, key);
    const now = tabAnswer(page, key);
    const data = freshValue(before.data, now.data) as Record<string, unknown>;
    if (data === before.data && same(before.errors, now.errors)) return account;
    const { header, at } = page;
    const answer = { ...before, data, errors: now.errors };
    return { header, at, tabs: new Map(account.tabs).set(key, answer) };
}
