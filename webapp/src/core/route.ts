/* route: places of the app as addresses and back. */

import type { Chosen } from "./chosen.ts";

/** The ways to find a customer, beside the one field on every page. */
export const ways = ["basic", "advanced", "contacts"] as const;
export type Way = (typeof ways)[number];

export type Place =
    | { page: "sign-in" }
    | { page: "search"; query: string }
    | { page: "find"; way: Way | null }
    | { page: "open"; query: string }
    /** `chosen`: what the tab's lists are narrowed to; absent: the address does not say. `row`: the key of one. */
    | { page: "account"; id: string; tab: string | null; chosen?: Chosen; row?: string }
    | { page: "explorer"; query: string; variables: string }
    | { page: "nowhere"; path: string };

function decoded(part: string): string | null {
    try {
        return decodeURIComponent(part);
    } catch {
        return null; // %E0%A4%A: typed by hand or cut off
    }
}

/** A plus sign is a plus sign here, whether the caller encoded it or not. */
function msisdnOf(search: string): string {
    return new URLSearchParams(search.replaceAll("+", "%2B")).get("msisdn") ?? "";
}

export function placeOf(path: string, search: string): Place {
    const parts = path.split("/").filter(part => part !== "");
    const [first, id, tab] = parts.map(decoded);
    if (parts.length === 0) return { page: "search", query: "" };
    if (first === "sign-in" && parts.length === 1) return { page: "sign-in" };
    if (first === "search" && parts.length === 1)
        return { page: "search", query: new URLSearchParams(search).get("q") ?? "" };
    if (first === "find" && parts.length === 1) return { page: "find", way: null };
    const way = ways.find(one => one === id);
    if (first === "find" && way !== undefined && parts.length === 2) return { page: "find", way };
    if (first === "open" && parts.length === 1) return { page: "open", query: msisdnOf(search) };
    if (first === "explorer" && parts.length === 1) {
        const given = new URLSearchParams(search);
        const of = (name: string) => given.get(name) ?? "";
        return { page: "explorer", query: of("query"), variables: of("variables") };
    }
    if (first === "c" && id && parts.length === 2) return { page: "account", id, tab: null };
    if (first === "c" && id && tab && parts.length === 3) {
        const { row, ...chosen } = Object.fromEntries(new URLSearchParams(search));
        const says = Object.keys(chosen).length > 0;
        return { page: "account", id, tab, ...(says && { chosen }), ...(row && { row }) };
    }
    return { page: "nowhere", path };
}

export function addressOf(place: Place): string {
    switch (place.page) {
        case "sign-in":
            return "/sign-in";
        case "search":
            return place.query === "" ? "/search" : `/search?q=${encodeURIComponent(place.query)}`;
        case "find":
            return place.way === null ? "/find" : `/find/${place.way}`;
        case "open":
            return `/open?msisdn=${encodeURIComponent(place.query)}`;
        case "account": {
            const account = `/c/${encodeURIComponent(place.id)}`;
            if (place.tab === null) return account;
            const given = { ...place.chosen, ...(place.row !== undefined && { row: place.row }) };
            const search = new URLSearchParams(given).toString();
            const tab = `${account}/${encodeURIComponent(place.tab)}`;
            return search === "" ? tab : `${tab}?${search}`;
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
