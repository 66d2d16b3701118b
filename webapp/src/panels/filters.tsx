/* filters: narrow a list to one of a few choices, or to what has words in it. */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Chosen } from "../core/chosen.ts";
import type { Failure } from "../core/failure.ts";
import { say } from "../core/format.ts";
import type { Choice, Filter } from "../core/layout.ts";
import { announce } from "../ui/announcer.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { useReading } from "../ui/words.ts";
import type { ChooseValue } from "./registry.ts";

const typing_ms = 300;

/** Asks for the list anew; what was chosen stays chosen when that fails. */
function useChoosing(filter: Filter, chosen: string, onChoose: ChooseValue) {
    const { messages } = useReading();
    const [wanted, setWanted] = useState<string | null>(null);
    const [failure, setFailure] = useState<Failure | null>(null);
    const choose = async (text: string) => {
        setWanted(text);
        const found = await onChoose(filter.variable, text);
        setFailure(found);
        if (found !== null) return;
        setWanted(null);
        announce(messages.narrowed);
    };
    return { busy: wanted !== null && failure === null, shown: wanted ?? chosen, failure, choose };
}

interface Props {
    filter: Filter;
    chosen: string;
    onChoose: ChooseValue;
}

function Choices({ filter, choices, chosen, onChoose }: Props & { choices: Choice[] }) {
    const { messages, locale } = useReading();
    const id = useId();
    const { busy, shown, failure, choose } = useChoosing(filter, chosen, onChoose);
    return (
        <div class="filter">
            <label for={id}>{say(filter.label, locale.language)}</label>
            <select
                id={id}
                class={busy ? "busy" : ""}
                aria-busy={busy}
                value={shown}
                onChange={event => void choose(event.currentTarget.value)}
            >
                <option value="">{messages.filterAll}</option>
                {choices.map(choice => (
                    <option key={choice.id} value={choice.id}>
                        {say(choice.title, locale.language)}
                    </option>
                ))}
            </select>
            {failure !== null && (
                <FailureNotice small failure={failure} onRetry={() => void choose(shown)} />
            )}
        </div>
    );
}

function Words({ filter, chosen, onChoose }: Props) {
    const { locale } = useReading();
    const id = useId();
    const { busy, shown, failure, choose } = useChoosing(filter, chosen, onChoose);
    const [typed, setTyped] = useState(shown);
    const timer = useRef(0);
    useEffect(() => setTyped(chosen), [chosen]);
    useEffect(() => () => clearTimeout(timer.current), []);
    const type = (text: string) => {
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = window.setTimeout(() => void choose(text.trim()), typing_ms);
    };
    return (
        <div class="filter">
            <label for={id}>{say(filter.label, locale.language)}</label>
            <input
                id={id}
                type="search"
                class={busy ? "busy" : ""}
                aria-busy={busy}
                autocomplete="off"
                maxLength={100}
                value={typed}
                onInput={event => type(event.currentTarget.value)}
            />
            {failure !== null && (
                <FailureNotice small failure={failure} onRetry={() => void choose(shown)} />
            )}
        </div>
    );
}

export function Filters(props: { filters: Filter[]; chosen: Chosen; onChoose: ChooseValue }) {
    return (
        <div class="filters">
            {props.filters.map(filter => {
                const { onChoose } = props;
                const chosen = props.chosen[filter.variable] ?? "";
                const { choices } = filter;
                return choices === undefined ? (
                    <Words key={filter.variable} {...{ filter, chosen, onChoose }} />
                ) : (
                    <Choices key={filter.variable} {...{ filter, choices, chosen, onChoose }} />
                );
            })}
        </div>
    );
}
