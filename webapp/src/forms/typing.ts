/* typing: how the values of a form are typed, and what people read of them. */

import { dayOf, type Locale, show } from "../core/format.ts";
import type { FormField } from "../core/layout.ts";
import { firstAt } from "../core/path.ts";
import { amountTyping, dayTyping, type Typing } from "../core/typed.ts";
import type { Value } from "./entry.ts";
import type { Member } from "./input-type.ts";
import { type Option, optionsOf } from "./options.ts";

/** Empty where nobody says which it is. */
export function currencyOf({ currency }: FormField, row: unknown): string {
    const found = currency === undefined ? undefined : firstAt(row, currency);
    return typeof found === "string" ? found : "";
}

/** Null: what is typed is sent. */
export function typingOf(
    field: FormField,
    member: Member,
    row: unknown,
    locale: Locale,
): Typing | null {
    if (member.type === "Date") return dayTyping(locale.language, dayOf(locale.now(), locale));
    if (member.type !== "MinorUnits") return null;
    return amountTyping(currencyOf(field, row), locale.language);
}

interface Around {
    asked: unknown;
    row: unknown;
    locale: Locale;
}

function textOf(value: string, field: FormField, member: Member, { row, locale }: Around): string {
    if (member.type === "Date") return show(value, "date", locale)?.text ?? value;
    if (member.type !== "MinorUnits") return value;
    const amount = { minor: value, currency: currencyOf(field, row) };
    return show(amount, "money", locale)?.text ?? value;
}

/** A value as people read it; empty: nothing. */
export function readable(value: Value, field: FormField, member: Member, around: Around): string {
    const { texts } = around.locale;
    if (typeof value === "boolean") return value ? texts.yes : texts.no;
    const options: Option[] = optionsOf(field, member, value, around) ?? [];
    return [value]
        .flat()
        .filter(one => one !== "")
        .map(
            one =>
                options.find(option => option.value === one)?.label ??
                textOf(one, field, member, around),
        )
        .join(", ");
}
