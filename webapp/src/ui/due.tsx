/* due: how long there is until a promised moment; it goes on counting while somebody looks. */

import { useEffect, useState } from "preact/hooks";
import { type Locale, show } from "../core/format.ts";
import { Badge } from "./badge.tsx";

const everyMs = 20_000;

export function Due({ value, locale }: { value: unknown; locale: Locale }) {
    const [, count] = useState(0);
    useEffect(() => {
        const timer = setInterval(() => count(counted => counted + 1), everyMs);
        return () => clearInterval(timer);
    }, []);
    const shown = show(value, "due", locale);
    if (shown === null) return null;
    if (shown.tone !== undefined) return <Badge tone={shown.tone}>{shown.text}</Badge>;
    return <bdi class="figure">{shown.text}</bdi>;
}
