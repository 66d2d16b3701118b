/* text: words of the layout itself: a hint, a rule of the house, a warning. */

import { say } from "../core/format.ts";
import type { TextPanel } from "../core/layout.ts";
import { useReading } from "../ui/words.ts";
import type { PanelProps } from "./registry.ts";

export function Text({ panel }: PanelProps<TextPanel>) {
    const { language } = useReading().locale;
    return <p class={`prose ink-${panel.tone ?? "neutral"}`}>{say(panel.text, language)}</p>;
}
