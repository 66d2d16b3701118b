/* bars: rows of days as heights between nothing and the greatest, days without a row being empty. */

import { firstAt, valueAt } from "./path.ts";

export interface Bar {
    day: string;
    value: unknown;
    /** 0 to 1, of the greatest. */
    height: number;
}

const oneDay = 86_400_000;
const most = 400;

/** All days from the first to the last of them. */
export function daysBetween(days: string[]): string[] {
    const times = days.map(day => Date.parse(day)).filter(time => !Number.isNaN(time));
    if (times.length === 0) return [];
    const [first, last] = [Math.min(...times), Math.max(...times)];
    const count = Math.min((last - first) / oneDay + 1, most);
    return Array.from({ length: count }, (_, at) =>
        new Date(first + at * oneDay).toISOString().slice(0, 10),
    );
}

/** Money counts by its minor units. */
function size(value: unknown): number {
    const number = Number(firstAt({ value }, ["value.minor", "value"]) ?? 0);
    return Number.isFinite(number) ? number : 0;
}

export function barsOf(rows: unknown[], x: string, key: string): Bar[] {
    const byDay = new Map(rows.map(row => [String(valueAt(row, x)), valueAt(row, key)]));
    const greatest = Math.max(0, ...[...byDay.values()].map(size));
    return daysBetween([...byDay.keys()]).map(day => ({
        day,
        value: byDay.get(day),
        height: greatest === 0 ? 0 : size(byDay.get(day)) / greatest,
    }));
}
