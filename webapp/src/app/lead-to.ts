/* lead-to: scrolls to what is in no row of a table, in a tab that is just being drawn, and makes it stand out. */

import type { Place } from "./use-within.ts";

/** A tab that was not open before is drawn within a few frames, a large one within some more. */
const frames = 120;
const outstanding_ms = 4000;

function find({ tab, found }: Place): HTMLElement | null {
    const panel = `#tabpanel-${CSS.escape(tab.key)}:not([hidden]) [data-panel="${found.panel}"]`;
    const row = found.row === null ? "" : ` [data-row="${CSS.escape(found.row)}"]`;
    return document.querySelector<HTMLElement>(panel + row);
}

function show(element: HTMLElement): void {
    element.tabIndex = -1;
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
    element.classList.add("outstanding");
    setTimeout(() => element.classList.remove("outstanding"), outstanding_ms);
}

export function leadTo(place: Place, left = frames): void {
    const element = find(place);
    if (element !== null) requestAnimationFrame(() => show(find(place) ?? element));
    else if (left > 0) requestAnimationFrame(() => leadTo(place, left - 1));
}
