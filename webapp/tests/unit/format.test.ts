/* format: what values read like, in English and German. */

import { describe, expect, it } from "vitest";
import { type Locale, say, sentence, show } from "../../src/core/format.ts";
import type { Format } from "../../src/core/layout.ts";
import { de } from "../../src/i18n/de.ts";
import { en } from "../../src/i18n/en.ts";

const british: Locale = {
    language: "en-GB",
    timeZone: "Europe/Berlin",
    now: () => new Date("2026-10-15T10:00:00Z"),
    texts: en,
    label: (type, value) =>
        type === "Status" && value === "OK" ? { label: "All right", tone: "ok" } : undefined,
};
const german: Locale = { ...british, language: "de-DE", texts: de };
const plain = (text: string | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, " ");
const read = (value: unknown, format: Format, locale = british, type?: string) =>
    plain(show(value, format, locale, type)?.text);

describe("nothing", () => {
    it.each([null, undefined, ""])("%j shows nothing", value => {
        expect(show(value, "text", british)).toBeNull();
    });
    it("is not what zero and false are", () => {
        expect(read(0, "int")).toBe("0");
        expect(read(false, "bool")).toBe("No");
    });
});

describe("money", () => {
    const euro = (minor: string) => ({ minor, currency: "EUR" });
    it("follows the viewer's language", () => {
        expect(read(euro("123456"), "money")).toBe("€1,234.56");
        expect(read(euro("123456"), "money", german)).toBe("1.234,56 €");
    });
    it("keeps every cent of what is larger than a double can hold", () => {
        expect(read(euro("9007199254740993"), "money")).toBe("€90,071,992,547,409.93");
    });
    it("has the currency's own number of digits", () => {
        expect(read({ minor: "1250", currency: "JPY" }, "money")).toBe("JP¥1,250");
        expect(read({ minor: "1250", currency: "KWD" }, "money")).toBe("KWD 1.250");
        expect(read({ minor: "1250", currency: "IQD" }, "money")).toBe("IQD 1.250");
    });
    it("smaller than one unit keeps its zero", () => {
        expect(read(euro("-5"), "money")).toBe("-€0.05");
    });
    it("of a currency that is none is still shown", () => {
        expect(read({ minor: "5", currency: "€<b>" }, "money")).toBe("0.05 €<b>");
    });
    it("is written without its sign where a heading says which way it went", () => {
        expect(read(euro("-2000"), "size")).toBe("€20.00");
        expect(read(euro("2000"), "size", german)).toBe("20,00 €");
    });
    it("as a balance says who owes whom", () => {
        expect(read(euro("5985"), "balance")).toBe("€59.85 owed");
        expect(read(euro("-450"), "balance")).toBe("€4.50 credit");
        expect(read(euro("0"), "balance")).toBe("€0.00");
        expect(read(euro("-450"), "balance", german)).toBe("4,50 € Guthaben");
    });
});

describe("days and moments", () => {
    it("a day is the same day in every time zone", () => {
        for (const timeZone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
            expect(read("2026-10-01", "date", { ...british, timeZone })).toBe("1 Oct 2026");
    });
    it("a moment is shown where the viewer is", () => {
        expect(read("2026-10-01T22:30:00Z", "dateTime")).toBe("2 Oct 2026, 00:30");
        expect(read("2026-10-01T22:30:00Z", "dateTime", german)).toBe("2. Okt. 2026, 00:30");
    });
    it("what is no date is shown as it is", () => {
        expect(read("soon", "date")).toBe("soon");
    });
    it.each([
        ["2026-10-15", "today"],
        ["2026-10-16", "tomorrow"],
        ["2026-10-08", "7 days ago"],
        ["2026-11-20", "in 36 days"],
        ["2026-12-20", "in 2 months"],
        ["2028-07-23", "in 21 months"],
        ["2025-09-13", "13 months ago"],
        ["2012-01-14", "14 years ago"],
    ])("%s is %s", (day, words) => {
        expect(read(day, "relative")).toBe(words);
    });
    it("a moment late in the evening counts as the day it is where the viewer is", () => {
        expect(read("2026-10-15T22:30:00Z", "relative")).toBe("tomorrow");
    });
    it.each([
        ["in ten minutes, and soon is marked", 10, "in 10 minutes", "warn"],
        ["in five hours", 300, "in 5 hours", undefined],
        ["in three days", 3 * 1440, "in 3 days", undefined],
        ["a minute too late", -1, "overdue, 1 minute ago", "bad"],
        ["two days too late", -2 * 1440, "overdue, 2 days ago", "bad"],
    ])("S1-39 what is due %s", (_, minutes, words, tone) => {
        const at = new Date(british.now().getTime() + minutes * 60_000).toISOString();
        expect(show(at, "due", british)).toEqual({ text: words, exact: at, ...(tone && { tone }) });
    });
    it("a month has no day", () => {
        expect(read("2026-10-01", "month")).toBe("October 2026");
    });
});

describe("numbers", () => {
    it.each<[unknown, Format, string]>([
        ["9007199254740993", "int", "9,007,199,254,740,993"],
        [1234.5, "decimal", "1,234.5"],
        [0.256, "percent", "25.6%"],
        [999, "bytes", "999 byte"],
        [1_500_000, "bytes", "1.5 MB"],
        ["12000000000", "bytes", "12 GB"],
        [75, "duration", "01:15"],
        [3675, "duration", "1:01:15"],
        ["many", "int", "many"],
    ])("%j as %s is %s", (value, format, words) => {
        expect(read(value, format)).toBe(words);
    });
});

describe("names of things", () => {
    it("values of enums have the label the server gave", () => {
        expect(show("OK", "badge", british, "Status")).toEqual({ text: "All right", tone: "ok" });
    });
    it("values without a label read as words, never as a code", () => {
        expect(read("IN_PROGRESS", "enum", british, "Status")).toBe("In progress");
        expect(sentence("A_B")).toBe("A b");
    });
    it("countries and languages are named in the viewer's language", () => {
        expect(read("DE", "country", german)).toBe("Deutschland");
        expect(read("fr", "lang", german)).toBe("Französisch");
        expect(read("x!", "lang")).toBe("x!");
        expect(read("Germany", "country")).toBe("Germany");
    });
    it("S1-29 labels of many languages read in the viewer's, else in English", () => {
        const card = { en: "Loyalty card", de: "Kundenkarte" };
        expect(read(card, "labels", german)).toBe("Kundenkarte");
        expect(read(card, "labels")).toBe("Loyalty card");
        expect(read({ en: "Cost centre" }, "labels", german)).toBe("Cost centre");
        expect(read("a text", "labels")).toBe("a text");
    });
});

describe("ways to reach somebody", () => {
    it("a telephone number is grouped and can be dialled", () => {
        const shown = show("+491701234567", "phone", british);
        expect(shown).toEqual({
            text: "+49 170 123 4567",
            href: "tel:+491701234567",
            exact: "+491701234567",
        });
    });
    it.each(["javascript:alert(1)", "+49 (0)170", "<b>", "tel:1"])("%s is never a link", value => {
        expect(show(value, "contact", british)?.href).toBeUndefined();
        expect(show(value, "phone", british)?.href).toBeUndefined();
    });
    it("an address of e-mail can be written to and smuggles nothing in", () => {
        expect(show("a@b.example", "email", british)?.href).toBe("mailto:a@b.example");
        expect(show("a@b.example?bcc=c@d.example", "email", british)?.href).toBeUndefined();
        expect(show("a@b.example&body=x", "email", british)?.href).toBe(
            "mailto:a@b.example%26body%3Dx",
        );
    });
});

describe("texts of a layout", () => {
    it("are in the viewer's language, else in English", () => {
        expect(say({ en: "Name", de: "Name (de)" }, "de-AT")).toBe("Name (de)");
        expect(say({ en: "Name" }, "de")).toBe("Name");
        expect(say("Plain", "de")).toBe("Plain");
        expect(say(undefined, "de")).toBe("");
    });
});
