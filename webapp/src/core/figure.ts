/* figure: one number out of many rows: counted, summed up, or the least and the greatest. */

import type { StatItem } from "./layout.ts";
import { isMoney, type Money, sumByCurrency } from "./money.ts";
import { firstAt, spread } from "./path.ts";
import { holds, type Scope } from "./rule.ts";

export interface Figure {
    /** Several for money in several currencies. */
    values: unknown[];
    /** Whether rows were missing: the figure is of those that were read. */
    more: boolean;
}

function sum(values: unknown[]): unknown[] {
    const amounts = values.filter(isMoney);
    if (amounts.length > 0) return sumByCurrency(amounts satisfies Money[]);
    const numbers = values.filter(value => typeof value === "number");
    return numbers.length === 0 ? [] : [numbers.reduce((total, value) => total + value, 0)];
}

function least(values: unknown[], sign: 1 | -1): unknown[] {
    const known = values.filter(value => typeof value === "string" || typeof value === "number");
    const [first, ...rest] = known;
    if (first === undefined) return [];
    return [
        rest.reduce((found, value) => (sign * (value < found ? -1 : 1) < 0 ? value : found), first),
    ];
}

const aggregates: Record<NonNullable<StatItem["agg"]>, (values: unknown[]) => unknown[]> = {
    sum,
    count: values => [values.length],
    min: values => least(values, 1),
    max: values => least(values, -1),
};

export function figureOf(item: StatItem, scope: Scope): Figure {
    if (item.of === undefined) return { values: [firstAt(scope.row, item.key)], more: false };
    const { found, more } = spread(scope.row, item.of);
    const values = found
        .filter(({ row, within }) => holds(item.where, { ...scope, row, within }))
        .map(({ row }) => firstAt(row, item.key))
        .filter(value => value !== null && value !== undefined);
    return { values: aggregates[item.agg ?? "count"](values), more };
}
