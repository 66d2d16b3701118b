/* path: finds values in an answer by names such as offering.name; a connection stands for its nodes. */

type Thing = Record<string, unknown>;

export function isThing(value: unknown): value is Thing {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The rows of a list or a connection; null when it is neither. */
export function rowsOf(value: unknown): unknown[] | null {
    if (Array.isArray(value)) return value;
    if (isThing(value) && Array.isArray(value.nodes)) return value.nodes;
    return null;
}

/** Whether a connection says that there is more than it brought. */
export function hasMore(value: unknown): boolean {
    return isThing(value) && isThing(value.pageInfo) && value.pageInfo.hasNextPage === true;
}

/** Where a connection goes on; null when it does not. */
export function endOf(value: unknown): string | null {
    if (!hasMore(value) || !isThing(value) || !isThing(value.pageInfo)) return null;
    return typeof value.pageInfo.endCursor === "string" ? value.pageInfo.endCursor : null;
}

/** What has a member of that name: the thing, or the one node of a connection. */
function holderOf(value: unknown, name: string): Thing | null {
    if (!isThing(value) || Object.hasOwn(value, name)) return isThing(value) ? value : null;
    const nodes = Array.isArray(value.nodes) ? value.nodes : [];
    const [only] = nodes;
    return nodes.length === 1 && isThing(only) && Object.hasOwn(only, name) ? only : null;
}

/** The same things with another value at a path that is there already. */
export function withValueAt(from: Thing, path: string, value: unknown): Thing {
    const [name = "", ...rest] = path.split(".");
    const holder = holderOf(from, name);
    if (holder !== null && holder !== from)
        return { ...from, nodes: [withValueAt(holder, path, value)] };
    if (rest.length === 0) return { ...from, [name]: value };
    const inner = from[name];
    return isThing(inner) ? { ...from, [name]: withValueAt(inner, rest.join("."), value) } : from;
}

/** The value at a path, or undefined. Own members only: an answer cannot name what objects inherit. */
export function valueAt(from: unknown, path: string): unknown {
    let value = from;
    for (const name of path.split(".")) {
        const holder = holderOf(value, name);
        if (holder === null || !Object.hasOwn(holder, name)) return undefined;
        value = holder[name];
    }
    return value;
}

/** The first value of several paths that is there. */
export function firstAt(from: unknown, paths: string | string[]): unknown {
    if (typeof paths === "string") return valueAt(from, paths);
    for (const path of paths) {
        const value = valueAt(from, path);
        if (value !== null && value !== undefined) return value;
    }
    return undefined;
}

/** A row together with the things it was found in, nearest first. */
export interface Found {
    row: unknown;
    within: unknown[];
}

/** All rows below a path that leads through lists: products.prices gives every price of every product. */
export function spread(from: unknown, path: string): { found: Found[]; more: boolean } {
    let found: Found[] = [{ row: from, within: [] }];
    let more = false;
    for (const name of path.split(".")) {
        const next: Found[] = [];
        for (const { row, within } of found) {
            const value = valueAt(row, name);
            const around = [row, ...within];
            more ||= hasMore(value);
            const rows = rowsOf(value);
            if (rows !== null) for (const item of rows) next.push({ row: item, within: around });
            else if (isThing(value)) next.push({ row: value, within: around });
        }
        found = next;
    }
    return { found, more };
}
