/* pending: what was written and shown as done, while the server is still to say so. */

import { signal } from "@preact/signals";

export interface Pending {
    /** The form it was written in. */
    place: string;
    text: string;
    /** Why it was not done, in words; null while it is being sent. */
    refused: string | null;
}

export const pending = signal<readonly Pending[]>([]);

export function setPending(place: string, of: Omit<Pending, "place"> | null): void {
    const others = pending.value.filter(one => one.place !== place);
    pending.value = of === null ? others : [...others, { place, ...of }];
}
