/* merging: which two customers are about to become one, and whom somebody was led to because they already did. */

import { signal } from "@preact/signals";
import type { Hit } from "../core/documents.ts";
import { go, viewer } from "./state.ts";

interface Merging {
    /** Whose account is open. */
    customer: string;
    /** Null: still to be looked for. */
    other: Hit | null;
}

export const merging = signal<Merging | null>(null);

export const mayMerge = () => viewer.value?.rights.includes("merge:write") ?? false;

/** Opens the account of the first, and both beside each other above it. */
export function compare(customer: Hit, other: Hit): void {
    merging.value = { customer: customer.id, other };
    go({ page: "account", id: customer.id, tab: null });
}

/** Who opened the account of the one came to that of the other. */
export const led = signal<{ to: string; number: string; name: string } | null>(null);
