/* badge: a short word with a tone; the word says it all, the colour only helps the eye. */

import type { ComponentChildren } from "preact";
import type { Tone } from "../core/layout.ts";

export function Badge({
    tone = "neutral",
    children,
}: {
    tone?: Tone;
    children: ComponentChildren;
}) {
    return <span class={`badge tone-${tone}`}>{children}</span>;
}
