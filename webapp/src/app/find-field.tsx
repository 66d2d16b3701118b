/* find-field: how one thing that customers can be looked for by is filled in. */

import { useEffect, useState } from "preact/hooks";
import { choices, type Filled, type SearchField } from "../core/find.ts";
import { say } from "../core/format.ts";
import { ask } from "../core/gql.ts";
import { type Specification, specificationsDocument } from "../core/later-documents.ts";
import { dayTyping, typedFault } from "../core/typed.ts";
import { useWords } from "../forms/words/index.ts";
import { DayInput } from "../ui/typed-input.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import { session, valuesOf } from "./state.ts";

interface Props {
    field: SearchField;
    filled: Filled;
    onFill: (filled: Filled) => void;
    /** Whether it was looked for, so that what is wrong is said. */
    tried: boolean;
}

export function useCriterion(): (field: SearchField) => string {
    const { locale } = useReading();
    return ({ criterion }) => locale.label("SearchCriterion", criterion)?.label ?? criterion;
}

/** What a field begins with: its first operator. */
export function unfilled(field: SearchField): Filled {
    return { operator: field.operators[0] ?? "", value: "" };
}

type ChoiceProps = Pick<Props, "filled" | "onFill"> & { id: string };

function Choice({ id, type, filled, onFill }: ChoiceProps & { type: string }) {
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
function Specifications({ id, filled, onFill }: ChoiceProps) {
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

/** A day as people type it everywhere. */
function Day({ id, filled, onFill, tried }: ChoiceProps & Pick<Props, "tried">) {
    const { locale, today } = useReading();
    const words = useWords();
    const typing = dayTyping(locale.language, today);
    const fault = tried ? typedFault(filled.value) : null;
    return (
        <div class="find-day">
            <DayInput
                id={id}
                value={filled.value}
                typing={typing}
                placeholder={typing.example}
                today={today}
                choose={words.chooseDay}
                attributes={{
                    "aria-invalid": fault !== null,
                    "aria-describedby": `${id}-problem`,
                }}
                onWrite={value => onFill({ ...filled, value })}
            />
            <p id={`${id}-problem`} class="problem" role="alert">
                {fault !== null && words.fault(fault, typing.example)}
            </p>
        </div>
    );
}

export function FieldValue({ field, filled, onFill, tried }: Props) {
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
    if (field.criterion === "BIRTH_DATE") return <Day {...{ id, filled, onFill, tried }} />;
    return <input {...own} type="text" autocomplete="off" spellcheck={false} maxLength={200} />;
}

/** Nothing where there is nothing to choose. */
export function FieldOperator({ field, filled, onFill }: Omit<Props, "tried">) {
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
