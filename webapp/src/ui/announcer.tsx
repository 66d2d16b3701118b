/* announcer: the one polite live region, in which screen readers hear what changed. */

import { signal } from "@preact/signals";

const said = signal("");

export function announce(message: string): void {
    // The same words twice are heard twice only if the text differs.
    said.value = said.value === message ? `${message}\u00a0` : message;
}

export function Announcer() {
    return (
        <div class="unseen" role="status" aria-live="polite">
            {said.value}
        </div>
    );
}
