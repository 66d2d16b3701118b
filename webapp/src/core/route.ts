/* route: places of the app as addresses and back. */

import type { Chosen } from "./chosen.ts";

/** The ways to find a customer, beside the one field on every page, and to one who is not there yet. */
export const ways = ["basic", "advanced", "contacts", "tickets", "mails", "new"] as const;
export type Way = (typeof ways)[number];

export interface AccountPlace {
    page: "account";
    id: string;
    tab: string | null;
    /** As it was at that moment, as the address has it; else as it is now. */
    at?: string | undefined;
    /** What the tab's lists are narrowed to; absent: the address does not say. */
    chosen?: Chosen | undefined;
    /** The key of the row that it leads to. */
    row?: string | undefined;
}

export interface FindPlace {
    page: "find";
    way: Way | null;
    /** What the way's list is narrowed to; absent: the address does not say. */
    chosen?: Chosen | undefined;
}

export type Place =
    | { page: "sign-in" }
    | { page: "search"; query: string }
    | FindPlace
    | { page: "open"; query: string }
    | AccountPlace
    | { page: "explorer"; query: string; variables: string }
    | { page: "nowhere"; path: string };

/** Nothing is called by a name with a NUL, and the server takes none. */
function decoded(part: string): string | null {
    try {
        const text = decodeURIComponent(part);
        return text.includes("\0") ? null : text;
    } catch {
        return null; // %E0%A4%A: typed by hand or cut off
    }
}

/** A plus sign is a plus sign here, whether the caller encoded it or not. */
function msisdnOf(search: string): string {
    return new URLSearchParams(search.replaceAll("+", "%2B")).get("msisdn") ?? "";
}

export function placeOf(path: string, typed: string): Place {
    const search = typed.replaceAll("%00", "");
    const parts = path.split("/").filter(part => part !== "");
    const [first, id, tab] = parts.map(decoded);
    if (parts.length === 0) return { page: "search", query: "" };
    if (first === "sign-in" && parts.length === 1) return { page: "sign-in" };
    if (first === "search" && parts.length === 1)
        return { page: "search", query: new URLSearchParams(search).get("q") ?? "" };
    if (first === "find" && parts.length === 1) return { page: "find", way: null };
    const way = ways.find(one => one === id);
    if (first === "find" && way !== undefined && parts.length === 2) {
        const chosen = Object.fromEntries(new URLSearchParams(search));
        return { page: "find", way, ...(Object.keys(chosen).length > 0 && { chosen }) };
    }
    if (first === "open" && parts.length === 1) return { page: "open", query: msisdnOf(search) };
    if (first === "explorer" && parts.length === 1) {
        const given = new URLSearchParams(search);
        const of = (name: string) => given.get(name) ?? "";
        return { page: "explorer", query: of("query"), variables: of("variables") };
    }
    if (first === "c" && id && (parts.length === 2 || (tab && parts.length === 3))) {
        const { at, row, ...chosen } = Object.fromEntries(new URLSearchParams(search));
        const then = at !== undefined && { at };
        if (!tab) return { page: "account", id, tab: null, ...then };
        const says = Object.keys(chosen).length > 0;
        return { page: "account", id, tab, ...then, ...(says && { chosen }), ...(row && { row }) };
    }
    return { page: "nowhere", path };
}

function addressOfFind({ way, chosen = {} }: FindPlace): string {
    if (way === null) return "/find";
    const search = new URLSearchParams(chosen).toString();
    return `/find/${way}${search === "" ? "" : `?${search}`}`;
}

export function addressOf(place: Place): string {
    switch (place.page) {
        case "sign-in":
            return "/sign-in";
        case "search":
            return place.query === "" ? "/search" : `/search?q=${encodeURIComponent(place.query)}`;
        case "find":
            return addressOfFind(place);
        case "open":
            return `/open?msisdn=${encodeURIComponent(place.query)}`;
        case "account": {
            const account = `/c/${encodeURIComponent(place.id)}`;
            const given = new URLSearchParams(place.at === undefined ? {} : { at: place.at });
            if (place.tab !== null)
                for (const [name, value] of Object.entries(place.chosen ?? {}))
                    given.set(name, value);
            if (place.tab !== null && place.row !== undefined) given.set("row", place.row);
            const tab = place.tab === null ? "" : `/${encodeURIComponent(place.tab)}`;
            // Colons may stand in a query as they are, and read better.
            const search = given.toString().replaceAll("%3A", ":");
            return account + tab + (search === "" ? "" : `?${search}`);
        }
        case "explorer": {
            const { query, variables } = place;
            const given = Object.entries({ query, variables }).filter(([, text]) => text !== "");
            return given.length === 0 ? "/explorer" : `/explorer?${new URLSearchParams(given)}`;
        }
        case "nowhere":
            return place.path;
    }
}
