/* format: what a value of an answer reads like, in the viewer's language and by the browser's own rules. */

import type { Format, Text, Tone } from "./layout.ts";
import { isMoney, type Money, minorDigits, toDecimal } from "./money.ts";
import { isPhone, readable } from "./phone.ts";

export interface Label {
    label: string;
    tone: Tone;
}

export interface Texts {
    yes: string;
    no: string;
    today: string;
    credit: string;
    owed: string;
    overdue: string;
}

/** What formatting depends on; one for a viewer, made by whoever knows them. */
export interface Locale {
    language: string;
    timeZone: string | undefined;
    now: () => Date;
    texts: Texts;
    label: (type: string, value: string) => Label | undefined;
}

export interface Shown {
    text: string;
    /** How it should look, when the value says so itself. */
    tone?: Tone;
    /** Where a click leads: tel: or mailto:, never anything an answer made up. */
    href?: string;
    /** The exact value for machines and for copying, where it differs. */
    exact?: string;
    /** What a closer look tells. */
    title?: () => string;
}

type Formatter = (value: unknown, locale: Locale, enumName: string | undefined) => Shown | null;

/** Intl objects are dear to make and safe to keep: one for each set of options, language and time zone. */
function perLocale<T>(make: (locale: Locale) => T): (locale: Locale) => T {
    const known = new Map<string, T>();
    return locale => {
        const key = `${locale.language} ${locale.timeZone}`;
        const made = known.get(key) ?? make(locale);
        known.set(key, made);
        return made;
    };
}

function numbers(options: Intl.NumberFormatOptions) {
    return perLocale(({ language }) => new Intl.NumberFormat(language, options));
}

function dates(options: Intl.DateTimeFormatOptions) {
    return perLocale(
        ({ language, timeZone }) => new Intl.DateTimeFormat(language, { timeZone, ...options }),
    );
}

function plain(value: unknown): string | null {
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    return null;
}

function text(value: unknown): Shown | null {
    const found = plain(value);
    return found === null ? null : { text: found };
}

/** Exact for whole numbers of any size: BigInt comes as text. */
function number(options: Intl.NumberFormatOptions): Formatter {
    const format = numbers(options);
    return (value, locale) => {
        const found = plain(value);
        if (found === null || !/^-?\d+(\.\d+)?$/.test(found)) return text(value);
        return { text: format(locale).format(found as Intl.StringNumericLiteral) };
    };
}

const byteFormats = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"].map(
    (unit, step) => numbers({ style: "unit", unit, maximumFractionDigits: step < 2 ? 0 : 1 }),
);

function bytes(value: unknown, locale: Locale): Shown | null {
    const count = Number(plain(value) ?? Number.NaN);
    if (!Number.isFinite(count)) return text(value);
    const power = count === 0 ? 0 : Math.floor(Math.log10(Math.abs(count)) / 3);
    const step = Math.min(Math.max(power, 0), byteFormats.length - 1);
    const format = byteFormats[step]?.(locale);
    return format === undefined
        ? text(value)
        : { text: format.format(count / 1000 ** step), exact: String(count) };
}

function duration(value: unknown): Shown | null {
    const seconds = Number(plain(value) ?? Number.NaN);
    if (!Number.isFinite(seconds) || seconds < 0) return text(value);
    const two = (count: number) => String(Math.floor(count)).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const rest = `${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
    return { text: hours > 0 ? `${hours}:${rest}` : rest };
}

const currencies = new Map<string, (locale: Locale) => Intl.NumberFormat>();

function currencyFormat(currency: string, locale: Locale): Intl.NumberFormat {
    const digits = minorDigits(currency);
    const known =
        currencies.get(currency) ??
        numbers({
            style: "currency",
            currency,
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
        });
    currencies.set(currency, known);
    return known(locale);
}

export function moneyText(amount: Money, locale: Locale): string {
    const decimal = toDecimal(amount) as Intl.StringNumericLiteral;
    if (!/^[A-Z]{3}$/.test(amount.currency)) return `${decimal} ${amount.currency}`;
    return currencyFormat(amount.currency, locale).format(decimal);
}

function money(value: unknown, locale: Locale): Shown | null {
    if (!isMoney(value)) return text(value);
    return { text: moneyText(value, locale), exact: `${toDecimal(value)} ${value.currency}` };
}

function withoutSign(amount: Money): Money {
    return { ...amount, minor: amount.minor.replace("-", "") };
}

/** For columns whose heading says which way money went. */
function size(value: unknown, locale: Locale): Shown | null {
    return money(isMoney(value) ? withoutSign(value) : value, locale);
}

/** What somebody owes is positive, what they have in credit negative: said in words, never by a sign alone. */
function balance(value: unknown, locale: Locale): Shown | null {
    if (!isMoney(value)) return text(value);
    const credit = value.minor.startsWith("-");
    const owing = withoutSign(value);
    const amount = moneyText(owing, locale);
    const exact = `${toDecimal(value)} ${value.currency}`;
    if (/^0*$/.test(owing.minor)) return { text: amount, exact };
    const words = credit ? locale.texts.credit : locale.texts.owed;
    return { text: `${amount} ${words}`, exact, ...(credit && { tone: "ok" as const }) };
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

function moment(value: unknown): Date | null {
    if (typeof value !== "string") return null;
    const found = new Date(value);
    return Number.isNaN(found.getTime()) ? null : found;
}

/** A calendar day is the same day everywhere; a moment is shown in the viewer's own time zone. */
function zoned(value: unknown, locale: Locale): Locale {
    const isDay = typeof value === "string" && dayPattern.test(value);
    return isDay ? { ...locale, timeZone: "UTC" } : locale;
}

const fullDay = dates({ dateStyle: "full" });

function when(options: Intl.DateTimeFormatOptions): Formatter {
    const format = dates(options);
    return (value, locale) => {
        const found = moment(value);
        if (found === null) return text(value);
        const there = zoned(value, locale);
        return {
            text: format(there).format(found),
            exact: String(value),
            title: () => fullDay(there).format(found),
        };
    };
}

/** From how many days on a unit is used, and how many it has: months up to two years, as "next year" says too little. */
const relativeUnits: [Intl.RelativeTimeFormatUnit, number, number][] = [
    ["year", 730, 365.25],
    ["month", 60, 30.44],
    ["day", 0, 1],
];

const isoDay = perLocale(
    ({ timeZone }) =>
        new Intl.DateTimeFormat("en-CA", {
            timeZone,
            year: "numeric",
            month: "2-digit",
            day: "2-digit",
        }),
);

/** The day a moment falls on where the viewer is, as 2026-10-01. */
export function dayOf(date: Date, locale: Locale): string {
    return isoDay(locale).format(date);
}

const inWords = perLocale(
    ({ language }) => new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
);
const inNumbers = perLocale(({ language }) => new Intl.RelativeTimeFormat(language));

function relative(value: unknown, locale: Locale): Shown | null {
    const found = moment(value);
    if (found === null) return text(value);
    const day = Date.parse(dayOf(found, zoned(value, locale)));
    const days = (day - Date.parse(dayOf(locale.now(), locale))) / 86_400_000;
    const [unit, , length] = relativeUnits.find(([, from]) => Math.abs(days) >= from) ?? [
        "day",
        0,
        1,
    ];
    const format = unit === "day" ? inWords(locale) : inNumbers(locale);
    return { text: format.format(Math.trunc(days / length), unit), exact: String(value) };
}

const soonHours = 4;

/** How long there is until a promised moment, or in words and colour that it is over. */
function due(value: unknown, locale: Locale): Shown | null {
    const found = moment(value);
    if (found === null) return text(value);
    const minutes = Math.trunc((found.getTime() - locale.now().getTime()) / 60_000);
    const size = Math.abs(minutes);
    const [unit, length]: [Intl.RelativeTimeFormatUnit, number] =
        size < 60 ? ["minute", 1] : size < 48 * 60 ? ["hour", 60] : ["day", 1440];
    const words = inNumbers(locale).format(Math.trunc(minutes / length), unit);
    const exact = String(value);
    if (found.getTime() < locale.now().getTime())
        return { text: `${locale.texts.overdue}, ${words}`, tone: "bad", exact };
    return { text: words, exact, ...(minutes < soonHours * 60 && { tone: "warn" as const }) };
}

function labelled(look: (shown: Label) => Shown): Formatter {
    return (value, locale, enumName) => {
        if (typeof value !== "string") return text(value);
        const label = enumName === undefined ? undefined : locale.label(enumName, value);
        return look(label ?? { label: sentence(value), tone: "neutral" });
    };
}

/** A value nobody has named yet reads better as words: IN_PROGRESS → In progress. */
export function sentence(value: string): string {
    const words = value.toLowerCase().replaceAll("_", " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
}

function phone(value: unknown): Shown | null {
    if (typeof value !== "string" || !isPhone(value)) return text(value);
    return { text: readable(value), href: `tel:${value}`, exact: value };
}

function email(value: unknown): Shown | null {
    if (typeof value !== "string" || !/^[^\s@]+@[^\s@]+$/.test(value)) return text(value);
    return { text: value, href: `mailto:${encodeURIComponent(value).replace("%40", "@")}` };
}

function contact(value: unknown): Shown | null {
    if (typeof value !== "string") return text(value);
    return value.includes("@") ? email(value) : phone(value);
}

function named(type: "region" | "language", valid: RegExp): Formatter {
    const names = perLocale(
        ({ language }) => new Intl.DisplayNames([language], { type, fallback: "code" }),
    );
    return (value, locale) => {
        if (typeof value !== "string" || !valid.test(value)) return text(value);
        return { text: names(locale).of(value) ?? value, exact: value };
    };
}

function yesNo(value: unknown, locale: Locale): Shown | null {
    if (typeof value !== "boolean") return text(value);
    return { text: value ? locale.texts.yes : locale.texts.no };
}

/** A text in several languages, as a tab's title has them. */
function labels(value: unknown, { language }: Locale): Shown | null {
    if (typeof value !== "object" || value === null) return text(value);
    return { text: say(value as Record<string, string>, language) };
}

const day = { day: "numeric", month: "short", year: "numeric" } as const;

const formatters: Record<Format, Formatter> = {
    text,
    multiline: text,
    code: text,
    words: value => (typeof value === "string" ? { text: sentence(value) } : text(value)),
    int: number({ maximumFractionDigits: 0 }),
    decimal: number({ maximumFractionDigits: 6 }),
    percent: number({ style: "percent", maximumFractionDigits: 1 }),
    bytes,
    duration,
    money,
    balance,
    size,
    date: when(day),
    dateTime: when({ ...day, hour: "2-digit", minute: "2-digit" }),
    moment: when({ ...day, hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    relative,
    due,
    month: when({ month: "long", year: "numeric" }),
    bool: yesNo,
    enum: labelled(({ label }) => ({ text: label })),
    badge: labelled(({ label, tone }) => ({ text: label, tone })),
    phone,
    email,
    contact,
    country: named("region", /^[A-Z]{2}$/),
    labels,
    lang: named("language", /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
};

/** Null when there is nothing to show. */
export function show(
    value: unknown,
    format: Format | undefined,
    locale: Locale,
    enumName?: string,
): Shown | null {
    if (value === null || value === undefined || value === "") return null;
    return formatters[format ?? "text"](value, locale, enumName);
}

/** A layout's text in the viewer's language, in English where it has none. */
export function say(words: Text | undefined, language: string): string {
    if (words === undefined) return "";
    if (typeof words === "string") return words;
    const short = language.split("-")[0] ?? "en";
    return words[language] ?? words[short] ?? words.en ?? "";
}
