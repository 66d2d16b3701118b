/* format: what a value of an answer reads like, in the viewer's language and by the browser's own rules. */

import type { Format, Text, Tone } from "./layout.ts";
import { isMoney, type Money, toDecimal } from "./money.ts";
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
    title?: string;
}

type Formatter = (value: unknown, locale: Locale, enumName: string | undefined) => Shown | null;

const cache = new Map<string, unknown>();

/** Intl objects are dear to make and safe to keep. */
function kept<T>(kind: string, language: string, options: object, make: () => T): T {
    const key = `${kind}\n${language}\n${JSON.stringify(options)}`;
    const known = cache.get(key) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    cache.set(key, made);
    return made;
}

function numbers(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return kept(
        "n",
        locale.language,
        options,
        () => new Intl.NumberFormat(locale.language, options),
    );
}

function dates(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return kept(
        "d",
        locale.language,
        options,
        () => new Intl.DateTimeFormat(locale.language, options),
    );
}

function names(locale: Locale, type: "region" | "language"): Intl.DisplayNames {
    const options: Intl.DisplayNamesOptions = { type, fallback: "code" };
    return kept(
        "names",
        locale.language,
        options,
        () => new Intl.DisplayNames([locale.language], options),
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
    return (value, locale) => {
        const found = plain(value);
        if (found === null || !/^-?\d+(\.\d+)?$/.test(found)) return text(value);
        return { text: numbers(locale, options).format(found as Intl.StringNumericLiteral) };
    };
}

const byteUnits = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"];

function bytes(value: unknown, locale: Locale): Shown | null {
    const count = Number(plain(value) ?? Number.NaN);
    if (!Number.isFinite(count)) return text(value);
    const power = count === 0 ? 0 : Math.floor(Math.log10(Math.abs(count)) / 3);
    const step = Math.min(Math.max(power, 0), byteUnits.length - 1);
    const unit = byteUnits[step] ?? "byte";
    const options = { style: "unit", unit, maximumFractionDigits: step < 2 ? 0 : 1 } as const;
    return { text: numbers(locale, options).format(count / 1000 ** step), exact: String(count) };
}

function duration(value: unknown): Shown | null {
    const seconds = Number(plain(value) ?? Number.NaN);
    if (!Number.isFinite(seconds) || seconds < 0) return text(value);
    const two = (count: number) => String(Math.floor(count)).padStart(2, "0");
    const hours = Math.floor(seconds / 3600);
    const rest = `${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
    return { text: hours > 0 ? `${hours}:${rest}` : rest };
}

export function moneyText(amount: Money, locale: Locale): string {
    const decimal = toDecimal(amount) as Intl.StringNumericLiteral;
    const digits = decimal.split(".")[1]?.length ?? 0;
    if (!/^[A-Z]{3}$/.test(amount.currency)) return `${decimal} ${amount.currency}`;
    const options: Intl.NumberFormatOptions = {
        style: "currency",
        currency: amount.currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
    };
    return numbers(locale, options).format(decimal);
}

function money(value: unknown, locale: Locale): Shown | null {
    if (!isMoney(value)) return text(value);
    return { text: moneyText(value, locale), exact: `${toDecimal(value)} ${value.currency}` };
}

/** What somebody owes is positive, what they have in credit negative: said in words, never by a sign alone. */
function balance(value: unknown, locale: Locale): Shown | null {
    if (!isMoney(value)) return text(value);
    const credit = value.minor.startsWith("-");
    const size: Money = { ...value, minor: value.minor.replace("-", "") };
    const amount = moneyText(size, locale);
    const exact = `${toDecimal(value)} ${value.currency}`;
    if (/^0*$/.test(size.minor)) return { text: amount, exact };
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
function zone(value: unknown, locale: Locale): string | undefined {
    return typeof value === "string" && dayPattern.test(value) ? "UTC" : locale.timeZone;
}

function when(options: Intl.DateTimeFormatOptions): Formatter {
    return (value, locale) => {
        const found = moment(value);
        if (found === null) return text(value);
        const timeZone = zone(value, locale);
        const full = dates(locale, { timeZone, dateStyle: "full" }).format(found);
        const shown = dates(locale, { timeZone, ...options }).format(found);
        return { text: shown, exact: String(value), title: full };
    };
}

const relativeUnits: [Intl.RelativeTimeFormatUnit, number][] = [
    ["year", 365.25],
    ["month", 30.44],
    ["day", 1],
];

/** The day a moment falls on where the viewer is, as 2026-10-01. */
export function dayOf(date: Date, timeZone: string | undefined): string {
    const options = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
    return kept("day", "en-CA", options, () => new Intl.DateTimeFormat("en-CA", options)).format(
        date,
    );
}

function relative(value: unknown, locale: Locale): Shown | null {
    const found = moment(value);
    if (found === null) return text(value);
    const day = dayOf(found, zone(value, locale));
    const days = (Date.parse(day) - Date.parse(dayOf(locale.now(), locale.timeZone))) / 86_400_000;
    const format = kept(
        "relative",
        locale.language,
        {},
        () => new Intl.RelativeTimeFormat(locale.language, { numeric: "auto" }),
    );
    const [unit, length] = relativeUnits.find(([, size]) => Math.abs(days) >= size) ?? ["day", 1];
    return { text: format.format(Math.trunc(days / length), unit), exact: String(value) };
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
    return (value, locale) => {
        if (typeof value !== "string" || !valid.test(value)) return text(value);
        return { text: names(locale, type).of(value) ?? value, exact: value };
    };
}

function yesNo(value: unknown, locale: Locale): Shown | null {
    if (typeof value !== "boolean") return text(value);
    return { text: value ? locale.texts.yes : locale.texts.no };
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
    date: when(day),
    dateTime: when({ ...day, hour: "2-digit", minute: "2-digit" }),
    relative,
    month: when({ month: "long", year: "numeric" }),
    bool: yesNo,
    enum: labelled(({ label }) => ({ text: label })),
    badge: labelled(({ label, tone }) => ({ text: label, tone })),
    phone,
    email,
    contact,
    country: named("region", /^[A-Z]{2}$/),
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
