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

/** What country codes there are (ISO 3166-1). */
const countries =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/** What customers are usually spoken to in; whatever stands there is among them anyway. */
const languages = "ar bg cs da de el en es fi fr hr hu it nl no pl pt ro ru sk sl sr sv tr uk";

/** Languages or countries, as the viewer calls them. */
function codeOptions(
    codes: string,
    as: "lang" | "country",
    value: Value,
    locale: Locale,
): Option[] {
    const known = new Set([...codes.split(" "), String(value)].filter(Boolean));
    return [...known]
        .map(code => ({ value: code, label: show(code, as, locale)?.text ?? code }))
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
    if (field.as === "lang") return codeOptions(languages, "lang", value, locale);
    if (field.as === "country") return codeOptions(countries, "country", value, locale);
    return (
        member.values
            ?.filter(one => !field.without?.includes(one.value))
            .map(one => ({
                value: one.value,
                label: labelOf(one.value, member, locale),
            })) ?? null
    );
}
