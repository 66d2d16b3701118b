/* sheets: the queries that are open and those that ran; the browser keeps their documents, and nothing else of them. */

import { isThing } from "../core/path.ts";

export interface Sheet {
    id: number;
    document: string;
    /** Kept while the window is open: values are often those of a customer. */
    variables: string;
}

/** What the browser keeps; for one who signed in, and gone when another does. */
export interface Kept {
    open: string[];
    /** Documents that ran, the latest first. */
    ran: string[];
}

const key = "dossier-explorer";
const most_open = 20;
const most_ran = 50;
const longest_bytes = 50_000;

type Storing = Pick<Storage, "getItem" | "setItem" | "removeItem">;

function documents(value: unknown, most: number): string[] {
    if (!Array.isArray(value)) return [];
    return value.filter(text => typeof text === "string").slice(0, most);
}

/** What is kept may have been written by anybody, and for somebody else. */
export function readKept(storage: Storing, login: string): Kept {
    let kept: unknown;
    try {
        kept = JSON.parse(storage.getItem(key) ?? "{}");
    } catch {
        kept = {};
    }
    if (!isThing(kept) || kept.login !== login) {
        storage.removeItem(key);
        return { open: [], ran: [] };
    }
    return { open: documents(kept.open, most_open), ran: documents(kept.ran, most_ran) };
}

export function keep(storage: Storing, login: string, kept: Kept): void {
    const short = (texts: string[]) => texts.filter(text => text.length <= longest_bytes);
    const value = { login, open: short(kept.open), ran: short(kept.ran) };
    try {
        storage.setItem(key, JSON.stringify(value));
    } catch {
        // Storage is full or forbidden: the queries then last as long as the window.
    }
}

/** With a document that ran in front, each once. */
export function withRun(ran: string[], document: string): string[] {
    return [document, ...ran.filter(text => text !== document)].slice(0, most_ran);
}

/** What a sheet is called: its first operation's name, else its first field. */
export function titleOf(document: string): string | null {
    const bare = document.replaceAll(/"""[\s\S]*?"""|"[^"\n]*"|#[^\n]*/g, " ");
    const named = /\b(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/.exec(bare);
    const field = /\{\s*([_A-Za-z]\w*)/.exec(bare);
    return named?.[1] ?? field?.[1] ?? null;
}
