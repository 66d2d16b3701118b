/* scope: what the rules and fields of a panel look into, from the row outwards. */

import { useMemo } from "preact/hooks";
import type { Scope } from "../core/rule.ts";
import { type Reading, useReading } from "../ui/words.ts";

export function scopeOf(reading: Reading, row: unknown, within: unknown[]): Scope {
    return { row, within, rights: reading.rights, today: reading.today };
}

export function useScope(row: unknown, within: unknown[] = []): Scope {
    const reading = useReading();
    return useMemo(() => scopeOf(reading, row, within), [reading, row, within]);
}
