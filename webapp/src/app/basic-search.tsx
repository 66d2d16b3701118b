/* basic-search: customers by one thing, chosen from the list that the active definition gives. */

import { useEffect, useRef, useState } from "preact/hooks";
import {
    type Filled,
    isWhole,
    offered,
    type SearchDefinition,
    searchOf,
    unreadOf,
} from "../core/find.ts";
import { useMessages, useReading } from "../ui/words.ts";
import { FieldOperator, FieldValue, unfilled, useCriterion } from "./find-field.tsx";
import { Arrows, FoundCustomers, useFind } from "./find-results.tsx";

const valueField = ".find-value :is(input, select)";

export function BasicSearch({ definition }: { definition: SearchDefinition }) {
    const messages = useMessages();
    const nameOf = useCriterion();
    const { rights } = useReading();
    const fields = offered(definition, rights).filter(isWhole);
    const start = fields.find(({ isDefault }) => isDefault) ?? fields[0];
    const [criterion, setCriterion] = useState(start?.criterion);
    const field = fields.find(one => one.criterion === criterion) ?? start;
    const [filled, setFilled] = useState<Filled>(
        start === undefined ? { operator: "", value: "" } : unfilled(start),
    );
    const [tried, setTried] = useState(false);
    const { pages, find, goOn } = useFind(definition);
    const form = useRef<HTMLFormElement>(null);
    useEffect(() => form.current?.querySelector<HTMLElement>(valueField)?.focus(), []);
    if (field === undefined) return <p class="empty">{messages.findNoFields}</p>;

    /** What was typed stays; how it is compared is the other field's matter. */
    function searchBy(name: string) {
        const next = fields.find(one => one.criterion === name);
        if (next === undefined) return;
        const same = next.operators.length > 0 === (field?.operators.length ?? 0) > 0;
        setCriterion(name);
        setFilled({
            ...unfilled(next),
            value: same && next.operators.length > 0 ? filled.value : "",
        });
    }

    function onSubmit(event: Event) {
        event.preventDefault();
        if (field === undefined) return;
        const given = new Map([[field.criterion, filled]]);
        const isRead = unreadOf(given) === null;
        setTried(!isRead);
        const known = isRead && searchOf([field], given);
        if (known) find(known);
    }

    return (
        <Arrows field={valueField}>
            <form ref={form} class="panel find-basic" onSubmit={onSubmit}>
                <label class="find-by">
                    <span>{messages.findBy}</span>
                    <select
                        value={field.criterion}
                        onChange={event => searchBy(event.currentTarget.value)}
                    >
                        {fields.map(one => (
                            <option key={one.criterion} value={one.criterion}>
                                {nameOf(one)}
                            </option>
                        ))}
                    </select>
                </label>
                <FieldOperator field={field} filled={filled} onFill={setFilled} />
                <div class="find-value">
                    <label class="unseen" for={`find-${field.criterion}`}>
                        {nameOf(field)}
                    </label>
                    <FieldValue
                        key={field.criterion}
                        field={field}
                        filled={filled}
                        onFill={setFilled}
                        tried={tried}
                    />
                </div>
                <button type="submit" class="button primary">
                    {messages.findNow}
                </button>
                {field.operators.includes("LIKE") && (
                    <p class="find-hint quiet">{messages.findLikeHint}</p>
                )}
            </form>
            <FoundCustomers pages={pages} onMore={goOn} />
        </Arrows>
    );
}
