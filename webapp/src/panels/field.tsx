/* field: one thing of a row, shown: a value, several in a line, or words chosen by rules.
 *
 * These are plain functions and not components: a table has thousands of fields.
 */

import type { ComponentChildren } from "preact";
import { type Locale, type Shown, say, show } from "../core/format.ts";
import type { Field } from "../core/layout.ts";
import { firstAt, isThing, rowsOf, valueAt } from "../core/path.ts";
import { addressOf } from "../core/route.ts";
import { holds, type Scope } from "../core/rule.ts";
import { Badge } from "../ui/badge.tsx";
import { Copy } from "../ui/copy.tsx";
import { Due } from "../ui/due.tsx";
import type { Reading } from "../ui/words.ts";

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

/** Whether there is nothing to show, found out without formatting anything. */
export function fieldIsEmpty(field: Field, scope: Scope): boolean {
    if (!holds(field.visible, scope)) return true;
    if (field.says !== undefined) return (chosen(field, scope)?.text ?? "") === "";
    if (field.parts !== undefined)
        return linesOf(field, scope).every(line =>
            field.parts?.every(part => fieldIsEmpty(part, line)),
        );
    const value = firstAt(scope.row, field.key ?? []);
    return value === null || value === undefined || value === "";
}

/** A field as plain words: for names and for sorting. */
export function fieldText(field: Field, scope: Scope, reading: Reading): string {
    const { locale } = reading;
    if (fieldIsEmpty(field, scope)) return "";
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

const worded = new Set(["text", "multiline", "code", "words", "enum", "badge", "email"]);

/** Figures stand below each other digit by digit; words with hyphens would be torn apart by that. */
function figures(field: Field, shown: Shown): string {
    return worded.has(field.fmt ?? "text") || shown.text.includes("@") ? "" : "figure";
}

function value(shown: Shown, field: Field): ComponentChildren {
    const { text, tone, href, exact, title } = shown;
    if (field.fmt === "badge") return <Badge tone={tone ?? "neutral"}>{text}</Badge>;
    if (href !== undefined)
        return (
            <a class={`link ${figures(field, shown)}`} href={href}>
                <bdi>{text}</bdi>
            </a>
        );
    if (title !== undefined) {
        // Made when somebody looks closer: thousands of dates are never looked at.
        const explain = (event: MouseEvent & { currentTarget: HTMLElement }) => {
            event.currentTarget.title = title();
        };
        return (
            <time class="figure" dateTime={exact} onMouseEnter={explain}>
                {text}
            </time>
        );
    }
    const looks = [
        field.fmt === "multiline" && "multiline",
        figures(field, shown),
        tone !== undefined && `ink-${tone}`,
    ];
    return <bdi class={looks.filter(Boolean).join(" ") || undefined}>{text}</bdi>;
}

/** With a way to the customer's account, where the field opens one. */
function shownOf(field: Field, scope: Scope, locale: Locale): Shown | null {
    const shown = show(firstAt(scope.row, field.key ?? []), field.fmt, locale, field.enum);
    const id = field.opens === undefined ? undefined : valueAt(scope.row, field.opens);
    if (shown === null || typeof id !== "string") return shown;
    return { ...shown, href: addressOf({ page: "account", id, tab: null }) };
}

function one(field: Field, scope: Scope, reading: Reading, name?: string): ComponentChildren {
    const { locale } = reading;
    const shown = shownOf(field, scope, locale);
    if (shown === null) return null;
    return (
        <>
            {field.before !== undefined && `${say(field.before, locale.language)} `}
            {field.fmt === "due" ? (
                <Due value={firstAt(scope.row, field.key ?? [])} locale={locale} />
            ) : (
                value(shown, field)
            )}
            {field.after !== undefined && ` ${say(field.after, locale.language)}`}
            {field.copy && <Copy value={shown.exact ?? shown.text} what={name ?? shown.text} />}
        </>
    );
}

function line(field: Field, scope: Scope, reading: Reading, index: number): ComponentChildren {
    const { parts = [], join = " " } = field;
    return (
        <span class="line" key={index}>
            {parts
                .filter(part => !fieldIsEmpty(part, scope))
                .map((part, place) => (
                    <span key={place}>
                        {place > 0 && <span class="join">{join}</span>}
                        {fieldView(part, scope, reading)}
                    </span>
                ))}
        </span>
    );
}

function words(field: Field, scope: Scope, { locale }: Reading): ComponentChildren {
    const found = chosen(field, scope);
    const text = say(found?.text, locale.language);
    return found?.tone === undefined ? text : <Badge tone={found.tone}>{text}</Badge>;
}

function main(field: Field, scope: Scope, reading: Reading, name?: string): ComponentChildren {
    if (field.says !== undefined) return words(field, scope, reading);
    if (field.parts === undefined) return one(field, scope, reading, name);
    return linesOf(field, scope).map((row, index) => line(field, row, reading, index));
}

/** Nothing at all when there is nothing to show. `name`: what its copy button calls it. */
export function fieldView(
    field: Field,
    scope: Scope,
    reading: Reading,
    name?: string,
): ComponentChildren {
    if (fieldIsEmpty(field, scope)) return null;
    const shown = main(field, scope, reading, name);
    if (field.sub === undefined) return shown;
    return (
        <>
            <span class="main">{shown}</span>
            <span class="sub">{fieldView(field.sub, scope, reading)}</span>
        </>
    );
}

/** The same with a dash in place of nothing. */
export function fieldOrDash(field: Field, scope: Scope, reading: Reading, name?: string) {
    if (fieldIsEmpty(field, scope)) return <span class="nothing">–</span>;
    return fieldView(field, scope, reading, name);
}
