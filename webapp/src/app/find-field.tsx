/* find-field: how one thing that customers can be looked for by is filled in. */

import { useEffect, useState } from "preact/hooks";
import { choices, type Filled, type SearchField } from "../core/find.ts";
import { say } from "../core/format.ts";
import { ask } from "../core/gql.ts";
import { type Specification, specificationsDocument } from "../core/later-documents.ts";
import { useMessages, useReading } from "../ui/words.ts";
import { session, valuesOf } from "./state.ts";

interface Props {
    field: SearchField;
    filled: Filled;
    onFill: (filled: Filled) => void;
}

export function useCriterion(): (field: SearchField) => string {
    const { locale } = useReading();
    return ({ criterion }) => locale.label("SearchCriterion", criterion)?.label ?? criterion;
}

/** What a field begins with: its first operator. */
export function unfilled(field: SearchField): Filled {
    return { operator: field.operators[0] ?? "", value: "" };
}

function Choice({ id, type, filled, onFill }: Omit<Props, "field"> & { id: string; type: string }) {
    const messages = useMessages();
    return (
        <select
            id={id}
            value={filled.value}
            onChange={event => onFill({ ...filled, value: event.currentTarget.value })}
        >
            <option value="">{messages.findAny}</option>
            {valuesOf(type).map(({ value, label }) => (
                <option key={value} value={value}>
                    {label}
                </option>
            ))}
        </select>
    );
}

/** The things the operator itself wants to know, as far as customers are found by them. */
function Specifications({ id, filled, onFill }: Omit<Props, "field"> & { id: string }) {
    const { messages, locale } = useReading();
    const [known, setKnown] = useState<Specification[]>([]);
    useEffect(() => {
        const mine = new AbortController();
        ask({ session, signal: mine.signal }, specificationsDocument, {})
            .then(({ data }) => setKnown(data.characteristicSpecifications))
            .catch(() => null); // nothing to choose from says so
        return () => mine.abort();
    }, []);
    return (
        <select
            id={id}
            value={filled.value}
            onChange={event => onFill({ ...filled, value: event.currentTarget.value })}
        >
            <option value="">{messages.findAny}</option>
            {known
                .filter(({ searchable }) => searchable)
                .map(({ key, labels }) => (
                    <option key={key} value={key}>
                        {say(labels, locale.language)}
                    </option>
                ))}
        </select>
    );
}

export function FieldValue({ field, filled, onFill }: Props) {
    const id = `find-${field.criterion}`;
    const type = choices[field.criterion];
    if (field.criterion === "KEY")
        return <Specifications id={id} filled={filled} onFill={onFill} />;
    if (type !== undefined) return <Choice id={id} type={type} filled={filled} onFill={onFill} />;
    const own = {
        id,
        value: filled.value,
        onInput: (event: { currentTarget: HTMLInputElement }) =>
            onFill({ ...filled, value: event.currentTarget.value }),
    };
    if (field.criterion === "BIRTH_DATE") return <input {...own} type="date" />;
    return <input {...own} type="text" autocomplete="off" spellcheck={false} maxLength={200} />;
}

/** Nothing where there is nothing to choose. */
export function FieldOperator({ field, filled, onFill }: Props) {
    const messages = useMessages();
    const name = useCriterion()(field);
    if (field.operators.length === 0) return null;
    return (
        <select
            class="find-operator"
            aria-label={`${name}: ${messages.findOperator}`}
            value={filled.operator}
            onChange={event => onFill({ ...filled, operator: event.currentTarget.value })}
        >
            {field.operators.map(operator => (
                <option key={operator} value={operator}>
                    {operator === "EQUAL" ? "=" : messages.findLike}
                </option>
            ))}
        </select>
    );
}
