/* undo: what was done a moment ago, for as long as it is offered to be taken back. */

import { signal } from "@preact/signals";
import { valueAt } from "../core/path.ts";
import type { Outcome } from "./entry.ts";

export interface Undoable {
    customer: string;
    change: string;
    /** What was done, as it was said. */
    words: string;
    /** Milliseconds since 1970. */
    until: number;
}

export const undoable = signal<Undoable | null>(null);

const offered_ms = 10_000;

/** Nothing is offered where the server says of no time for it. */
export function offerUndo(customer: string, { payload }: Outcome, words: string): void {
    const change = valueAt(payload, "change.id");
    const until = valueAt(payload, "change.undoableUntil");
    undoable.value =
        typeof change === "string" && typeof until === "string"
            ? { customer, change, words, until: Date.now() + offered_ms }
            : null;
}
