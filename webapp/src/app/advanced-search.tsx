/* advanced-search: customers by all that is known of them, in the sections of the active definition. */

import { useEffect, useRef, useState } from "preact/hooks";
import {
    type Filled,
    offered,
    type SearchDefinition,
    type SearchField,
    searchOf,
    unreadOf,
} from "../core/find.ts";
import { useMessages, useReading } from "../ui/words.ts";
import { FieldOperator, FieldValue, unfilled, useCriterion } from "./find-field.tsx";
import { Arrows, FoundCustomers, useFind } from "./find-results.tsx";

interface SectionProps {
    section: string;
    fields: SearchField[];
    filled: ReadonlyMap<string, Filled>;
    onFill: (field: SearchField, filled: Filled) => void;
    tried: boolean;
}

function Section({ section, fields, filled, onFill, tried }: SectionProps) {
    const { locale } = useReading();
    const nameOf = useCriterion();
    return (
        <fieldset class="panel find-section">
            <legend>{locale.label("SearchSection", section)?.label ?? section}</legend>
            {fields
                .filter(field => field.section === section)
                .map(field => {
                    const own = {
                        field,
                        filled: filled.get(field.criterion) ?? unfilled(field),
                        onFill: (one: Filled) => onFill(field, one),
                    };
                    return (
                        <div key={field.criterion} class="find-field">
                            <label for={`find-${field.criterion}`}>{nameOf(field)}</label>
                            <FieldOperator {...own} />
                            <FieldValue {...own} tried={tried} />
                        </div>
                    );
                })}
        </fieldset>
    );
}

export function AdvancedSearch({ definition }: { definition: SearchDefinition }) {
    const messages = useMessages();
    const { rights } = useReading();
    const fields = offered(definition, rights);
    const [filled, setFilled] = useState<ReadonlyMap<string, Filled>>(new Map());
    const [tried, setTried] = useState(false);
    const { pages, find, goOn } = useFind(definition);
    const form = useRef<HTMLFormElement>(null);
    const start = fields.find(({ isDefault }) => isDefault) ?? fields[0];

    useEffect(() => {
        if (start !== undefined)
            form.current?.querySelector<HTMLElement>(`#find-${start.criterion}`)?.focus();
    }, []);

    function onSubmit(event: Event) {
        event.preventDefault();
        const unread = unreadOf(filled);
        setTried(unread !== null);
        if (unread !== null) {
            form.current?.querySelector<HTMLElement>(`#find-${unread}`)?.focus();
            return;
        }
        const known = searchOf(fields, filled);
        if (known !== null) find(known);
    }

    return (
        <Arrows field={`#find-${start?.criterion}`}>
            <form ref={form} class="find" onSubmit={onSubmit}>
                <p class="lead-text">
                    {messages.findLead} {messages.findLikeHint}
                </p>
                {[...new Set(fields.map(({ section }) => section))].map(section => (
                    <Section
                        key={section}
                        section={section}
                        fields={fields}
                        filled={filled}
                        tried={tried}
                        onFill={(field, one) =>
                            setFilled(new Map(filled).set(field.criterion, one))
                        }
                    />
                ))}
                <div class="find-actions">
                    <button type="submit" class="button primary">
                        {messages.findNow}
                    </button>
                    <button type="reset" class="button" onClick={() => setFilled(new Map())}>
                        {messages.findEmpty}
                    </button>
                </div>
            </form>
            <FoundCustomers pages={pages} onMore={goOn} />
        </Arrows>
    );
}
