/* money: amounts as whole minor units in text, so that no cent is ever rounded away. */

import { isThing } from "./path.ts";

export interface Money {
    minor: string;
    currency: string;
}

/** ISO 4217 currencies whose minor unit is not a hundredth. The browser's own list follows habit instead. */
const digitsByCurrency: Record<string, number> = {
    ...Object.fromEntries(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
            .split(" ")
            .map(currency => [currency, 0]),
    ),
    ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map(currency => [currency, 3])),
    CLF: 4,
    UYW: 4,
};

export function isMoney(value: unknown): value is Money {
    return (
        isThing(value) &&
        typeof value.minor === "string" &&
        /^-?\d+$/.test(value.minor) &&
        typeof value.currency === "string"
    );
}

export function minorDigits(currency: string): number {
    return digitsByCurrency[currency] ?? 2;
}

/** 1250 EUR → "12.50", exactly, however large. */
export function toDecimal({ minor, currency }: Money): string {
    const digits = minorDigits(currency);
    const negative = minor.startsWith("-");
    const figures = minor.replace("-", "").padStart(digits + 1, "0");
    const whole = figures.slice(0, figures.length - digits);
    const part = figures.slice(figures.length - digits);
    return `${negative ? "-" : ""}${whole}${digits > 0 ? `.${part}` : ""}`;
}

/** One sum for each currency: money of two kinds is never added up. */
export function sumByCurrency(amounts: Money[]): Money[] {
    const sums = new Map<string, bigint>();
    for (const { minor, currency } of amounts)
        sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
    return [...sums].map(([currency, sum]) => ({ minor: String(sum), currency }));
}
