/* typed: days, times and amounts are read as they were meant, or refused with why; no figure is ever lost. */

import { describe, expect, it } from "vitest";
import { minorDigits } from "../../src/core/money.ts";
import { amountTyping, dayTyping, laterDay, timeTyping, typedFault } from "../../src/core/typed.ts";

const currencies = ["EUR", "USD", "CHF", "JPY", "KRW", "BHD", "TND", "KWD"];
const languages = ["de", "de-AT", "de-CH", "en", "en-GB", "en-US", "fr"];

const fault = (text: string, currency: string, language: string) =>
    typedFault(amountTyping(currency, language).read(text));

describe("amounts", () => {
    it.each([
        ["50", "EUR", "de", "5000"],
        ["50,5", "EUR", "de", "5050"],
        ["50,05", "EUR", "de", "5005"],
        [",50", "EUR", "de", "50"],
        ["0", "EUR", "de", "0"],
        ["007,10", "EUR", "de", "710"],
        ["1.250,00", "EUR", "de", "125000"],
        ["1.250", "EUR", "de", "125000"],
        ["1 250,00", "EUR", "de", "125000"],
        ["12.50", "EUR", "de", "1250"],
        ["50,00 €", "EUR", "de", "5000"],
        ["EUR 50,00", "EUR", "de", "5000"],
        ["50.00", "EUR", "en", "5000"],
        ["1,250.00", "EUR", "en", "125000"],
        ["1,250", "EUR", "en", "125000"],
        ["12,50", "EUR", "en", "1250"],
        ["€50", "EUR", "en", "5000"],
        ["1'250.50", "CHF", "de-CH", "125050"],
        ["1250", "JPY", "de", "1250"],
        ["1.250", "JPY", "de", "1250"],
        ["1,250", "JPY", "en", "1250"],
        ["1,250", "BHD", "de", "1250"],
        ["1.250", "BHD", "en", "1250"],
        ["12,5", "TND", "de", "12500"],
        ["1.250,500", "KWD", "de", "1250500"],
        ["9999999999999,99", "EUR", "de", "999999999999999"],
    ])("%s of %s in %s is %s", (text, currency, language, minor) => {
        expect(amountTyping(currency, language).read(text)).toBe(minor);
    });

    it.each([
        ["-5", "EUR", "de", "signed"],
        ["+5", "EUR", "en", "signed"],
        ["5-", "EUR", "de", "signed"],
        ["12,345", "EUR", "de", "manyDecimals"],
        ["12.3456", "EUR", "en", "manyDecimals"],
        ["12,5", "JPY", "de", "manyDecimals"],
        ["1.5", "JPY", "en", "manyDecimals"],
        ["1,2345", "BHD", "de", "manyDecimals"],
        ["1.250", "BHD", "de", "unclear"],
        ["1,250", "KWD", "en", "unclear"],
        ["1.25.000", "EUR", "de", "noAmount"],
        ["1.250.00", "EUR", "de", "noAmount"],
        ["1,250,00", "EUR", "de", "noAmount"],
        ["1.250,", "EUR", "de", "noAmount"],
        ["fifty", "EUR", "en", "noAmount"],
        ["1e3", "EUR", "en", "noAmount"],
        ["٥٠", "EUR", "en", "noAmount"],
        [",", "EUR", "de", "noAmount"],
        ["99999999999999,99", "EUR", "de", "tooLarge"],
    ])("%s of %s in %s is refused: %s", (text, currency, language, why) => {
        expect(fault(text, currency, language)).toBe(why);
    });

    it("what stands in a field is read as what it was written from, in every currency and language", () => {
        for (const currency of currencies)
            for (const language of languages)
                for (const minor of ["0", "1", "10", "99", "100", "1250", "123456789012345"]) {
                    const typing = amountTyping(currency, language);
                    expect(typing.read(typing.write(minor)), typing.write(minor)).toBe(minor);
                }
    });

    it("what is read says again what was meant, however it was typed", () => {
        for (const currency of currencies)
            for (const language of languages) {
                const typing = amountTyping(currency, language);
                const digits = minorDigits(currency);
                const shown = new Intl.NumberFormat(language, {
                    style: "currency",
                    currency,
                    minimumFractionDigits: digits,
                    maximumFractionDigits: digits,
                });
                for (const amount of [0, 1, 7.5, 999, 1250, 98765432]) {
                    const units = digits === 0 ? Math.trunc(amount) : amount;
                    const text = shown.format(units);
                    const minor = String(Math.round(units * 10 ** digits));
                    const read = typing.read(text);
                    expect(typedFault(read) === "unclear" || read === minor, text).toBe(true);
                }
            }
    });

    it("keeps what cannot be read as it was typed, and forgets what is empty", () => {
        const typing = amountTyping("EUR", "de");
        expect(typing.write(typing.read("12,345"))).toBe("12,345");
        expect(typing.read("  ")).toBe("");
        expect(typing.example).toBe("125,00");
        expect(amountTyping("JPY", "en").example).toBe("125");
        expect(amountTyping("BHD", "en").example).toBe("125.000");
    });
});

describe("days", () => {
    const today = "2026-10-01";
    const read = (text: string, language: string) => dayTyping(language, today).read(text);

    it.each([
        ["3.10.", "de", "2026-10-03"],
        ["3 10 2026", "de", "2026-10-03"],
        ["3.10.26", "de", "2026-10-03"],
        ["03102026", "de", "2026-10-03"],
        ["031026", "de", "2026-10-03"],
        ["0310", "de", "2026-10-03"],
        ["3/10", "en-GB", "2026-10-03"],
        ["03/10/2026", "en-GB", "2026-10-03"],
        ["10/3", "en-US", "2026-10-03"],
        ["3-10-2026", "en-GB", "2026-10-03"],
        ["2026-10-03", "de", "2026-10-03"],
        ["2026-10-03", "en-US", "2026-10-03"],
        ["2.3.45", "de", "1945-03-02"],
        ["2.3.36", "de", "2036-03-02"],
        ["2.3.37", "de", "1937-03-02"],
        ["29.2.2024", "de", "2024-02-29"],
    ])("%s in %s is %s", (text, language, day) => {
        expect(read(text, language)).toBe(day);
    });

    it.each([
        ["29.2.2025", "de", "noSuchDay"],
        ["31.4.", "de", "noSuchDay"],
        ["10/13", "en-GB", "noSuchDay"],
        ["0.1.2026", "de", "noSuchDay"],
        ["1.1.0000", "de", "noSuchDay"],
        ["3", "de", "noDay"],
        ["3.10.202", "de", "noDay"],
        ["3.10.20261", "de", "noDay"],
        ["103", "de", "noDay"],
        ["1.2.3.4", "de", "noDay"],
        ["tomorrow", "en", "noDay"],
    ])("%s in %s is refused: %s", (text, language, why) => {
        expect(typedFault(read(text, language))).toBe(why);
    });

    it("stands in its field as its language writes it, and is read again as what it was", () => {
        expect(dayTyping("de", today).write("2026-10-03")).toBe("03.10.2026");
        expect(dayTyping("en-GB", today).write("2026-10-03")).toBe("03/10/2026");
        expect(dayTyping("en-US", today).write("2026-10-03")).toBe("10/03/2026");
        for (const language of languages)
            for (const day of ["1901-01-02", "2026-10-03", "2024-02-29", "2999-12-31"]) {
                const typing = dayTyping(language, today);
                expect(typing.read(typing.write(day)), language).toBe(day);
            }
    });

    it("keeps what is no day as it was typed", () => {
        const typing = dayTyping("de", today);
        expect(typing.write(typing.read("31.4."))).toBe("31.4.");
    });

    it("goes on over the ends of months", () => {
        expect(laterDay("2026-10-31", 1)).toBe("2026-11-01");
        expect(laterDay("2026-03-01", -1)).toBe("2026-02-28");
        expect(laterDay("nothing", 1)).toBe("nothing");
    });
});

describe("times of day", () => {
    const { read, write } = timeTyping();

    it("are read as they are written, with seconds or without", () => {
        for (const [text, time] of [
            ["9:30", "09:30:00"],
            ["09.30", "09:30:00"],
            ["0930", "09:30:00"],
            [" 9 ", "09:00:00"],
            ["23:59:58", "23:59:58"],
            ["00:00", "00:00:00"],
        ] as const)
            expect(read(text), text).toBe(time);
        expect(write("09:30:00")).toBe("09:30");
        expect(write("00:00:00")).toBe("00:00");
        expect(write("09:30:15")).toBe("09:30:15");
    });

    it("keeps what is no time as it was typed", () => {
        for (const text of ["24:00", "9:60", "9:30:60", "noon", "9:3", "1:2:3", "-1"]) {
            expect(typedFault(read(text)), text).toBe("noTime");
            expect(write(read(text))).toBe(text);
        }
        expect(read("  ")).toBe("");
    });
});
