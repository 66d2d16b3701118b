/* field: one thing of a row, shown: a value, several in a line, or words chosen by rules. */

import type { ComponentChildren } from "preact";
import { type Shown, say, show } from "../core/format.ts";
import type { Field } from "../core/layout.ts";
import { firstAt, isThing, rowsOf, valueAt } from "../core/path.ts";
import { holds, type Scope } from "../core/rule.ts";
import { Badge } from "../ui/badge.tsx";
import { Copy } from "../ui/copy.tsx";
import { type Reading, useReading } from "../ui/words.ts";

interface Props {
    field: Field;
    scope: Scope;
    /** What the field is called where its label stands elsewhere; used for naming its copy button. */
    name?: string;
}

/** The rows that a field of several parts makes a line of: its own row, or those of a list below it. */
function linesOf(field: Field, scope: Scope): Scope[] {
    if (field.at === undefined) return [scope];
    const value = valueAt(scope.row, field.at);
    const rows = rowsOf(value) ?? (isThing(value) ? [value] : []);
    const within = [scope.row, ...(scope.within ?? [])];
    return rows.map(row => ({ ...scope, row, within }));
}

function chosen(field: Field, scope: Scope) {
    return field.says?.find(({ when }) => holds(when, scope));
}

/** A field as plain words: for names, sorting and emptiness. */
export function fieldText(field: Field, scope: Scope, reading: Reading): string {
    const { locale } = reading;
    if (!holds(field.visible, scope)) return "";
    if (field.says !== undefined) return say(chosen(field, scope)?.text, locale.language);
    if (field.parts !== undefined) {
        const { parts, join = " " } = field;
        const line = (one: Scope) =>
            parts
                .map(part => fieldText(part, one, reading))
                .filter(words => words !== "")
                .join(join);
        return linesOf(field, scope).map(line).join("\n");
    }
    return show(firstAt(scope.row, field.key ?? []), field.fmt, locale, field.enum)?.text ?? "";
}

/** Figures stand below each other digit by digit; words with hyphens would be torn apart by that. */
function figures(field: Field, shown: Shown): string {
    const plain = new Set(["text", "multiline", "code", "words", "enum", "badge", "email"]);
    return plain.has(field.fmt ?? "text") || shown.text.includes("@") ? "" : "figure";
}

function Value({ shown, field }: { shown: Shown; field: Field }) {
    if (field.fmt === "badge") return <Badge tone={shown.tone ?? "neutral"}>{shown.text}</Badge>;
    if (shown.href !== undefined)
        return (
            <a class={`link ${figures(field, shown)}`} href={shown.href}>
                <bdi>{shown.text}</bdi>
            </a>
        );
    if (shown.title !== undefined)
        return (
            <time class="figure" dateTime={shown.exact} title={shown.title}>
                {shown.text}
            </time>
        );
    const looks = [
        field.fmt === "multiline" && "multiline",
        figures(field, shown),
        shown.tone !== undefined && `ink-${shown.tone}`,
    ];
    return <bdi class={looks.filter(Boolean).join(" ") || undefined}>{shown.text}</bdi>;
}

function Around({ field, children }: { field: Field; children: ComponentChildren }) {
    const { language } = useReading().locale;
    if (field.before === undefined && field.after === undefined) return <>{children}</>;
    return (
        <>
            {field.before !== undefined && `${say(field.before, language)} `}
            {children}
            {field.after !== undefined && ` ${say(field.after, language)}`}
        </>
    );
}

function One({ field, scope, name }: Props) {
    const { locale } = useReading();
    const shown = show(firstAt(scope.row, field.key ?? []), field.fmt, locale, field.enum);
    if (shown === null) return null;
    return (
        <Around field={field}>
            <Value shown={shown} field={field} />
            {field.copy && <Copy value={shown.exact ?? shown.text} what={name ?? shown.text} />}
        </Around>
    );
}

function Parts({ field, scope }: Props) {
    const reading = useReading();
    const { parts = [], join = " " } = field;
    return (
        <>
            {linesOf(field, scope).map((line, index) => {
                const shown = parts.filter(part => fieldText(part, line, reading) !== "");
                return (
                    <span class="line" key={index}>
                        {shown.map((part, place) => (
                            <span key={place}>
                                {place > 0 && <span class="join">{join}</span>}
                                <FieldView field={part} scope={line} />
                            </span>
                        ))}
                    </span>
                );
            })}
        </>
    );
}

function Says({ field, scope }: Props) {
    const { language } = useReading().locale;
    const found = chosen(field, scope);
    const words = say(found?.text, language);
    if (words === "") return null;
    if (found?.tone === undefined) return <>{words}</>;
    return <Badge tone={found.tone}>{words}</Badge>;
}

/** Nothing at all when there is nothing to show. */
export function FieldView({ field, scope, name }: Props) {
    const reading = useReading();
    if (fieldText(field, scope, reading) === "") return null;
    const given = name === undefined ? {} : { name };
    const props = { field, scope, ...given };
    const main =
        field.says !== undefined ? (
            <Says {...props} />
        ) : field.parts !== undefined ? (
            <Parts {...props} />
        ) : (
            <One {...props} />
        );
    if (field.sub === undefined) return main;
    return (
        <>
            <span class="main">{main}</span>
            <span class="sub">
                <FieldView field={field.sub} scope={scope} />
            </span>
        </>
    );
}
