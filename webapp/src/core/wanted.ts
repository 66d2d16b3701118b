/* wanted: what somebody looks for within an account: words, a number, an amount, a day; and what fits it. */

import type { Sought } from "./layout.ts";
import { fold } from "./match.ts";

/** Days of the calendar, the last one included. */
export interface Days {
    from: string;
    until: string;
}

export interface Wanted {
    text: string;
    words: string[];
    /** The digits of a number; empty when it is none. */
    digits: string;
    /** In minor units, without a sign; null when it is no amount. */
    minor: string | null;
    days: Days | null;
}

/** What is known of a row for finding it. */
export interface Facts {
    /** All that is to be read of it, folded. */
    words: string;
    /** The digits of each text that has many. */
    digits: string[];
    /** Amounts in minor units, without a sign. */
    minors: ReadonlySet<string>;
    days: ReadonlySet<string>;
}

const least_digits = 3;
/** More would not fit into what one request may ask. */
const most_words = 4;

function digitsIn(text: string): string {
    if (!/^[\d\s+()/.-]+$/.test(text)) return "";
    // The trunk zero or the country's code may be written or not.
    const digits = text.replace(/\D/g, "").replace(/^0+/, "");
    return digits.length < least_digits ? "" : digits;
}

/** 1,234.50 and 1.234,5 and 20 EUR in cents; null for what is no amount. */
function minorIn(text: string): string | null {
    const amount = text.replace(/^[-−+]|[\p{Sc}\s]|\b[a-z]{3}\b/giu, "");
    const found = /^(\d{1,3}(?:[.,'’]?\d{3})*|\d+)(?:[.,](\d{1,2}))?$/.exec(amount);
    if (found === null || amount.length > 15) return null;
    const [, whole = "", cents = ""] = found;
    return String(BigInt(whole.replace(/\D/g, "") + cents.padEnd(2, "0")));
}

const two = (part: number | string) => String(part).padStart(2, "0");

function dayOf(year: number, month: number, day: number): string | null {
    const found = new Date(Date.UTC(year, month - 1, day));
    const real = found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
    return real && year > 1900 && year < 2200 ? `${year}-${two(month)}-${two(day)}` : null;
}

function oneDay(year: number, month: number, day: number): Days | null {
    const found = dayOf(year, month, day);
    return found === null ? null : { from: found, until: found };
}

function wholeMonth(year: number, month: number): Days | null {
    const from = dayOf(year, month, 1);
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return from === null ? null : { from, until: `${year}-${two(month)}-${two(last)}` };
}

/** The month whose name, long or short, begins so; 0 when there is none. */
function monthNamed(name: string, language: string): number {
    const wanted = fold(name);
    if (wanted.length < 3) return 0;
    for (let month = 1; month <= 12; month++)
        for (const style of ["long", "short"] as const) {
            const format = new Intl.DateTimeFormat(language, { month: style, timeZone: "UTC" });
            const known = fold(format.format(new Date(Date.UTC(2000, month - 1, 1))));
            if (known.startsWith(wanted)) return month;
        }
    return 0;
}

/** A day or a month as people write them; without a year the latest that has begun. */
function daysIn(text: string, today: string, language: string): Days | null {
    const given = (year: string | undefined, month: number, day = 1) => {
        if (year !== undefined) return Number(year.length === 2 ? `20${year}` : year);
        const now = Number(today.slice(0, 4));
        return (dayOf(now, month, day) ?? "") > today ? now - 1 : now;
    };
    const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(text);
    if (iso !== null) {
        const [year, month] = [Number(iso[1]), Number(iso[2])];
        return iso[3] === undefined ? wholeMonth(year, month) : oneDay(year, month, Number(iso[3]));
    }
    const figures = /^(\d{1,2})[./]\s?(\d{1,2})(?:[./]\s?(\d{4}|\d{2})?)?$/.exec(text);
    if (figures !== null) {
        const american = language === "en-US" && text.includes("/");
        const [one, other] = [Number(figures[1]), Number(figures[2])];
        const [day, month] = american ? [other, one] : [one, other];
        return oneDay(given(figures[3], month, day), month, day);
    }
    const worded = /^(?:(\d{1,2})\.?\s+)?(\p{L}+)\.?(?:\s+(\d{4}))?$/u.exec(text);
    const month = monthNamed(worded?.[2] ?? "", language);
    if (worded === null || month === 0) return null;
    if (worded[1] === undefined) return wholeMonth(given(worded[3], month), month);
    const day = Number(worded[1]);
    return oneDay(given(worded[3], month, day), month, day);
}

/** `today`: as 2026-10-01. */
export function wantedIn(search: string, today: string, language: string): Wanted {
    const text = search.trim();
    return {
        text,
        words: fold(text).split(/\s+/).filter(Boolean),
        digits: digitsIn(text),
        minor: minorIn(text),
        days: daysIn(text, today, language),
    };
}

/** One letter or digit is in everything. */
export function isEnough({ text }: Wanted): boolean {
    return (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 2;
}

/** How well a row fits: 0 not at all, more the surer it is that this one was meant. */
export function fitness(facts: Facts, { words, digits, minor, days }: Wanted): number {
    if (digits !== "" && facts.digits.some(one => one.replace(/^0+/, "") === digits)) return 4;
    if (minor !== null && facts.minors.has(minor)) return 3;
    if (days !== null && [...facts.days].some(day => day >= days.from && day <= days.until))
        return 3;
    if (words.length > 0 && words.every(word => facts.words.includes(word))) return 2;
    return digits !== "" && facts.digits.some(one => one.includes(digits)) ? 1 : 0;
}

/* ---- for the server ---- */

/** { a: { b: says } } for the path a.b */
function atPath(path: string, says: unknown): object {
    return path
        .split(".")
        .reduceRight<unknown>((inner, name) => ({ [name]: inner }), says) as object;
}

/** The first moment of a day where the viewer is. */
function beginning(day: string, later = 0): string {
    const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
    return new Date(year, month - 1, date + later).toISOString();
}

/** What the server is to narrow a list to; a list in which nothing can fit is narrowed to nothing. */
export function filterFor(sought: Sought, { digits, minor, days, text }: Wanted): object {
    const words = text.split(/\s+/); // as they were written: not every column is indifferent to capitals
    const { numbers = [], phones = [], amounts = [] } = sought;
    const figures = /\d/.test(text);
    const whole = text.replace(/\s/g, "");
    // One request may ask only so much: what is a day with figures is neither number nor words.
    const or: object[] =
        figures && days === null ? numbers.map(path => atPath(path, { startsWith: whole })) : [];
    if (digits !== "") or.push(...phones.map(path => atPath(path, { contains: digits })));
    if (minor !== null && minor !== "0")
        or.push(...amounts.map(path => atPath(path, { minor: { in: [minor, `-${minor}`] } })));
    if (days !== null) {
        const { from, until } = days;
        const moments = { from: beginning(from), before: beginning(until, 1) };
        or.push(...(sought.days ?? []).map(path => atPath(path, { from, until })));
        or.push(...(sought.moments ?? []).map(path => atPath(path, moments)));
    }
    const worded = words.length <= most_words && !(figures && days !== null);
    if (sought.words !== undefined && worded)
        or.push({
            and: words.map(word => ({
                or: sought.words?.map(path => atPath(path, { contains: word })),
            })),
        });
    return { or };
}
