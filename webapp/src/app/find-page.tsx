/* find-page: customers by what is known of them, in the sections that the operator has defined. */

import { useEffect, useRef, useState } from "preact/hooks";
import {
    findCustomersDocument,
    type Hit,
    type SearchDefinition,
    searchDefinitionDocument,
} from "../core/documents.ts";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { choices, type Filled, offered, type SearchField, searchOf } from "../core/find.ts";
import { ask } from "../core/gql.ts";
import { isAborted } from "../core/http.ts";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Notice } from "../ui/notice.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import { HitTable } from "./hit-table.tsx";
import { session, valuesOf } from "./state.ts";
import { usePage } from "./use-place.ts";

const first = 50;

interface FieldProps {
    field: SearchField;
    filled: Filled;
    onFill: (filled: Filled) => void;
}

function Value({ field, filled, onFill }: FieldProps) {
    const id = `find-${field.criterion}`;
    const fill = (value: string) => onFill({ ...filled, value });
    const type = choices[field.criterion];
    if (type !== undefined)
        return (
            <select
                id={id}
                value={filled.value}
                onChange={event => fill(event.currentTarget.value)}
            >
                <option value="" />
                {valuesOf(type).map(({ value, label }) => (
                    <option key={value} value={value}>
                        {label}
                    </option>
                ))}
            </select>
        );
    if (field.criterion === "BIRTH_DATE")
        return (
            <input
                id={id}
                type="date"
                value={filled.value}
                onInput={event => fill(event.currentTarget.value)}
            />
        );
    return (
        <input
            id={id}
            type="text"
            autocomplete="off"
            spellcheck={false}
            maxLength={200}
            value={filled.value}
            onInput={event => fill(event.currentTarget.value)}
        />
    );
}

function Field(props: FieldProps) {
    const { locale } = useReading();
    const messages = useMessages();
    const { field, filled, onFill } = props;
    const name = locale.label("SearchCriterion", field.criterion)?.label ?? field.criterion;
    return (
        <div class="find-field">
            <label for={`find-${field.criterion}`}>{name}</label>
            {field.operators.length > 0 && (
                <select
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
            )}
            <Value {...props} />
        </div>
    );
}

interface Answer {
    hits: Hit[];
    more: boolean;
}

function useDefinition() {
    const [definition, setDefinition] = useState<SearchDefinition | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    useEffect(() => {
        const mine = new AbortController();
        ask({ session, signal: mine.signal }, searchDefinitionDocument, {})
            .then(({ data }) => setDefinition(data.searchDefinition))
            .catch(thrown => isAborted(thrown) || setFailure(failureOfThrown(thrown)));
        return () => mine.abort();
    }, []);
    return { definition, failure };
}

function Answered({ answer }: { answer: Answer }) {
    const messages = useMessages();
    if (answer.hits.length === 0)
        return <Notice icon="search" title={messages.findNone} hint={messages.searchNoneHint} />;
    return (
        <section class="panel" aria-label={messages.titleSearch}>
            <header class="panel-head">
                <h2>{messages.hits(answer.hits.length, answer.more)}</h2>
            </header>
            <HitTable hits={answer.hits} query="" label={messages.titleSearch} />
        </section>
    );
}

function FindForm({ definition }: { definition: SearchDefinition }) {
    const messages = useMessages();
    const { rights, locale } = useReading();
    const fields = offered(definition, rights);
    const [filled, setFilled] = useState<ReadonlyMap<string, Filled>>(new Map());
    const [answer, setAnswer] = useState<Answer | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const form = useRef<HTMLFormElement>(null);
    const start = fields.find(({ isDefault }) => isDefault) ?? fields[0];
    const sections = [...new Set(fields.map(({ section }) => section))];

    useEffect(() => {
        if (start !== undefined)
            form.current?.querySelector<HTMLElement>(`#find-${start.criterion}`)?.focus();
    }, []);

    async function find(event: Event) {
        event.preventDefault();
        const known = searchOf(fields, filled);
        if (known === null) return;
        try {
            setFailure(null);
            const variables = { known, limit: definition.hitLimit, first };
            const { data } = await ask({ session }, findCustomersDocument, variables);
            const { nodes, pageInfo } = data.findCustomers;
            setAnswer({ hits: nodes, more: pageInfo.hasNextPage });
        } catch (thrown) {
            setFailure(failureOfThrown(thrown));
        }
    }

    return (
        <>
            <form ref={form} class="find" onSubmit={find}>
                {sections.map(section => (
                    <fieldset key={section} class="panel find-section">
                        <legend>{locale.label("SearchSection", section)?.label ?? section}</legend>
                        {fields
                            .filter(field => field.section === section)
                            .map(field => (
                                <Field
                                    key={field.criterion}
                                    field={field}
                                    filled={
                                        filled.get(field.criterion) ?? {
                                            operator: field.operators[0] ?? "",
                                            value: "",
                                        }
                                    }
                                    onFill={one =>
                                        setFilled(new Map(filled).set(field.criterion, one))
                                    }
                                />
                            ))}
                    </fieldset>
                ))}
                <div class="find-actions">
                    <button type="submit" class="button">
                        {messages.searchLabel}
                    </button>
                </div>
            </form>
            {failure !== null && (
                <FailureNotice failure={failure} onRetry={() => form.current?.requestSubmit()} />
            )}
            {failure === null && answer !== null && <Answered answer={answer} />}
        </>
    );
}

export function FindPage() {
    const messages = useMessages();
    const { definition, failure } = useDefinition();
    usePage(messages.findTitle, messages.appName, "find");
    return (
        <div class="page">
            <h1 class="page-title" tabIndex={-1}>
                {messages.findTitle}
            </h1>
            <p class="lead-text">{messages.findLead}</p>
            {failure !== null && (
                <FailureNotice failure={failure} onRetry={() => location.reload()} />
            )}
            {definition !== null && <FindForm definition={definition} />}
        </div>
    );
}
