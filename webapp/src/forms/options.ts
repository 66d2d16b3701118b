/* options: what can be chosen for a member, and what people read of it. */

import { type Locale, show } from "../core/format.ts";
import type { FormField } from "../core/layout.ts";
import { isThing, rowsOf, valueAt } from "../core/path.ts";
import type { Value } from "./entry.ts";
import type { Member } from "./input-type.ts";

export interface Option {
    value: string;
    label: string;
}

/** What customers are usually spoken to in; whatever stands there is among them anyway. */
const languages = "ar bg cs da de el en es fi fr hr hu it nl no pl pt ro ru sk sl sr sv tr uk";

function languageOptions(value: Value, locale: Locale): Option[] {
    const known = new Set([...languages.split(" "), String(value)].filter(Boolean));
    return [...known]
        .map(tag => ({ value: tag, label: show(tag, "lang", locale)?.text ?? tag }))
        .sort((a, b) => a.label.localeCompare(b.label, locale.language));
}

function labelOf(value: string, member: Member, locale: Locale): string {
    return locale.label(member.type, value)?.label ?? value;
}

/** Values of an enum, or things with a key. */
function listed(field: FormField, member: Member, from: unknown, locale: Locale): Option[] {
    const { at, key = "id", label = key } = field.choices ?? { at: "" };
    const said = (one: unknown) =>
        [label]
            .flat()
            .map(path => valueAt(one, path))
            .filter(Boolean)
            .join(", ");
    return (rowsOf(valueAt(from, at)) ?? []).map(one =>
        isThing(one)
            ? { value: String(valueAt(one, key)), label: said(one) }
            : { value: String(one), label: labelOf(String(one), member, locale) },
    );
}

/** Null: people write it themselves. */
export function optionsOf(
    field: FormField,
    member: Member,
    value: Value,
    { asked, row, locale }: { asked: unknown; row: unknown; locale: Locale },
): Option[] | null {
    if (field.choices !== undefined)
        return listed(field, member, field.choices.asked ? asked : row, locale);
    if (field.as === "lang") return languageOptions(value, locale);
    return (
        member.values?.map(one => ({
            value: one.value,
            label: labelOf(one.value, member, locale),
        })) ?? null
    );
}
