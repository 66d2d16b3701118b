/* typed: days, times and amounts as people type them, read exactly as their language writes them, or refused with why. */

import { minorDigits, toDecimal } from "./money.ts";

export type TypedFault =
    | "noDay"
    | "noSuchDay"
    | "noTime"
    | "noAmount"
    | "signed"
    | "manyDecimals"
    | "unclear"
    | "tooLarge";

/** How something is typed, and what is sent of it. */
export interface Typing {
    /** What is sent for a text, or the text itself behind what is wrong with it. */
    read: (text: string) => string;
    /** The text for what is sent. */
    write: (value: string) => string;
    example: string;
}

/* ---- what cannot be read is kept as it was typed ---- */

const unreadPattern = /^\?([A-Za-z]+) ([\s\S]*)$/;

function unread(fault: TypedFault, text: string): string {
    return `?${fault} ${text}`;
}

export function typedFault(value: string): TypedFault | null {
    return (unreadPattern.exec(value)?.[1] ?? null) as TypedFault | null;
}

function typedText(value: string): string | null {
    return unreadPattern.exec(value)?.[2] ?? null;
}

function typing(
    read: (text: string) => { value: string } | { fault: TypedFault },
    write: (value: string) => string,
    example: string,
): Typing {
    return {
        read: text => {
            if (text.trim() === "") return "";
            const found = read(text.trim());
            return "value" in found ? found.value : unread(found.fault, text);
        },
        write: value => typedText(value) ?? (value === "" ? "" : write(value)),
        example,
    };
}

/* ---- amounts ---- */

/** As many figures as every number type on the way holds exactly. */
const mostFigures = 15;

/** Some languages set thousands of money apart in another way than those of numbers. */
function signs(language: string): { decimal: string; groups: string[] } {
    const formats = [{}, { style: "currency", currency: "EUR" } as const];
    const parts = formats.flatMap(options =>
        new Intl.NumberFormat(language, options).formatToParts(1234567.5),
    );
    const found = (type: string) =>
        parts.filter(part => part.type === type).map(({ value }) => value);
    const [decimal = "."] = found("decimal");
    return { decimal, groups: found("group").filter(sign => sign !== decimal) };
}

/** The currency may stand before or behind: its code, or its sign. */
function withoutCurrency(text: string, currency: string, language: string): string {
    const format = /^[A-Z]{3}$/.test(currency)
        ? new Intl.NumberFormat(language, { style: "currency", currency }).formatToParts(0)
        : [];
    const sign = format.find(({ type }) => type === "currency")?.value ?? currency;
    for (const word of [currency, sign]) {
        if (text.toUpperCase().startsWith(word.toUpperCase()))
            return text.slice(word.length).trim();
        if (text.toUpperCase().endsWith(word.toUpperCase()))
            return text.slice(0, -word.length).trim();
    }
    return text;
}

interface Figures {
    whole: string;
    part: string;
}

/** Thousands are set apart whole, and everywhere by the same sign. */
function wholeOf(text: string, groups: string[]): string | null {
    if (/^\d*$/.test(text)) return text;
    const sign = text.replace(/\d/g, "").charAt(0);
    const isGroup = groups.includes(sign) || /[\s'’]/.test(sign);
    const [first = "", ...others] = text.split(sign);
    const fits = /^\d{1,3}$/.test(first) && others.every(one => /^\d{3}$/.test(one));
    return isGroup && fits ? first + others.join("") : null;
}

function figuresOf(text: string, language: string, digits: number): Figures | TypedFault {
    const { decimal, groups } = signs(language);
    const [before = "", part, ...more] = text.split(decimal);
    const whole = wholeOf(before, groups);
    const isGrouped = /^\d{1,3}[.,]\d{3}$/.test(before) && part === undefined;
    if (isGrouped && digits === 3) return "unclear"; // a thousand, or one and nothing
    if (whole !== null && more.length === 0 && part !== "" && /^\d*$/.test(part ?? ""))
        return whole === "" && part === undefined ? "noAmount" : { whole, part: part ?? "" };
    // As other languages, and other programs, write decimals: only where nothing else can be meant.
    const other = /^(\d+)[.,](\d+)$/.exec(text);
    if (other === null) return "noAmount";
    const [, units = "", parts = ""] = other;
    if (parts.length === 3 && digits === 3) return "unclear";
    return { whole: units, part: parts };
}

/** Amounts in units of the currency as "1250,00"; in minor units, as whole numbers, as they are sent. */
export function amountTyping(currency: string, language: string): Typing {
    const digits = minorDigits(currency);
    const write = (minor: string) =>
        toDecimal({ minor, currency }).replace(".", signs(language).decimal);
    const read = (typed: string): { value: string } | { fault: TypedFault } => {
        const text = withoutCurrency(typed, currency, language);
        if (/^[-+−–]|[-−–]$/.test(text)) return { fault: "signed" };
        const figures = figuresOf(text, language, digits);
        if (typeof figures === "string") return { fault: figures };
        if (figures.part.length > digits) return { fault: "manyDecimals" };
        const minor = figures.whole + figures.part.padEnd(digits, "0");
        const value = minor.replace(/^0+(?=\d)/, "");
        return value.length > mostFigures ? { fault: "tooLarge" } : { value };
    };
    return typing(read, write, write(`125${"0".repeat(digits)}`));
}

/* ---- days ---- */

type Part = "day" | "month" | "year";

const dayFormat = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" } as const;

function partsOf(language: string, moment: Date): Intl.DateTimeFormatPart[] {
    return new Intl.DateTimeFormat(language, { ...dayFormat, calendar: "gregory" }).formatToParts(
        moment,
    );
}

function orderOf(language: string): Part[] {
    const order = partsOf(language, new Date(0)).map(({ type }) => type);
    return order.filter(
        (type): type is Part => type === "day" || type === "month" || type === "year",
    );
}

/** 3102026 has no places to part it; 03102026, 031026 and 0310 have. */
function apart(figures: string, order: Part[]): string[] | null {
    const parts = figures.length === 4 ? order.filter(part => part !== "year") : order;
    if (![4, 6, 8].includes(figures.length)) return null;
    const sizes = parts.map(part => (part === "year" && figures.length === 8 ? 4 : 2));
    let at = 0;
    return sizes.map(size => {
        at += size;
        return figures.slice(at - size, at);
    });
}

/** Without a year this one; of two figures, what is not much later than today. */
function yearOf(text: string | undefined, today: string): number | null {
    const now = Number(today.slice(0, 4));
    if (text === undefined) return now;
    if (text.length === 4) return Number(text);
    if (text.length > 2) return null;
    const year = Math.floor(now / 100) * 100 + Number(text);
    return year > now + 10 ? year - 100 : year;
}

function isoOf(year: number, month: number, day: number): string | null {
    const two = (number: number) => String(number).padStart(2, "0");
    const text = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
    const found = new Date(`${text}T00:00:00Z`);
    const exists = !Number.isNaN(found.getTime()) && found.toISOString().startsWith(text);
    return exists && year > 0 ? text : null;
}

function readDay(
    text: string,
    order: Part[],
    today: string,
): { value: string } | { fault: TypedFault } {
    const split = text.split(/[\s./-]+/).filter(one => one !== "");
    const [first = ""] = split;
    const parts = split.length === 1 ? apart(first, order) : split;
    if (parts === null || parts.length < 2 || parts.length > 3) return { fault: "noDay" };
    if (!parts.every(part => /^\d{1,4}$/.test(part))) return { fault: "noDay" };
    const isYearFirst = split.length === 3 && first.length === 4; // 2026-10-03, everywhere
    const all: Part[] = isYearFirst ? ["year", "month", "day"] : order;
    const names = parts.length === 2 ? all.filter(part => part !== "year") : all;
    const part = (name: Part) => parts[names.indexOf(name)];
    const year = yearOf(part("year"), today);
    const [month, day] = [part("month") ?? "", part("day") ?? ""];
    if (year === null || month.length > 2 || day.length > 2) return { fault: "noDay" };
    const value = isoOf(year, Number(month), Number(day));
    return value === null ? { fault: "noSuchDay" } : { value };
}

/** Days as the language writes them in figures, as 03.10.2026; 2026-10-03, as they are sent, is read everywhere. */
export function dayTyping(language: string, today: string): Typing {
    const order = orderOf(language);
    const write = (day: string) => {
        const moment = new Date(`${day}T00:00:00Z`);
        if (Number.isNaN(moment.getTime())) return day;
        return partsOf(language, moment)
            .map(({ value }) => value)
            .join("");
    };
    return typing(text => readDay(text, order, today), write, write(today));
}

/* ---- times of day ---- */

/** 9:30, 09.30, 0930 and 9, with seconds or without. */
const timePattern = /^(\d{1,2})(?:[:.]?(\d{2})(?:[:.]?(\d{2}))?)?$/;

function readTime(text: string): { value: string } | { fault: TypedFault } {
    const [, hour = "", minute = "00", second = "00"] = timePattern.exec(text) ?? [];
    const isTime = hour !== "" && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
    return isTime ? { value: `${hour.padStart(2, "0")}:${minute}:${second}` } : { fault: "noTime" };
}

/** Times of day as 09:30, with seconds where there are some; 09:30:00 is what they are. */
export function timeTyping(): Typing {
    return typing(readTime, time => time.replace(/:00$/, ""), "09:30");
}

/** The same day so many days later; what is no day stays what it is. */
export function laterDay(day: string, days: number): string {
    const moment = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(moment.getTime())) return day;
    moment.setUTCDate(moment.getUTCDate() + days);
    return moment.toISOString().slice(0, 10);
}
