/* enum-badge: a value of an enum by its label and in its tone. */

import { show } from "../core/format.ts";
import { Badge } from "./badge.tsx";
import { useReading } from "./words.ts";

export function EnumBadge({ type, value }: { type: string; value: string }) {
    const shown = show(value, "badge", useReading().locale, type);
    return <Badge tone={shown?.tone ?? "neutral"}>{shown?.text}</Badge>;
}
