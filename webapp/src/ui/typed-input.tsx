/* typed-input: a field for something that is typed in one way and sent in another: days, times and amounts. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { laterDay, type Typing, typedFault } from "../core/typed.ts";
import { Icon } from "./icon.tsx";
import "./typed-input.css";

interface Props {
    id: string;
    /** What is sent, or what could not be read. */
    value: string;
    typing: Typing;
    placeholder?: string | undefined;
    attributes: Readonly<Record<string, string | boolean | undefined>>;
    onWrite: (value: string) => void;
    onKeyDown?: (event: KeyboardEvent) => void;
    children?: ComponentChildren;
}

/** What is typed stays as it is until the field is left; then it stands there as it was understood. */
export function TypedInput({ id, value, typing, placeholder, attributes, ...props }: Props) {
    const { onWrite, onKeyDown, children } = props;
    const [text, setText] = useState(() => typing.write(value));
    const own = useRef(value);
    useLayoutEffect(() => {
        if (own.current === value) return;
        own.current = value; // it was not typed here
        setText(typing.write(value));
    }, [value]);
    const write = (written: string) => {
        setText(written);
        own.current = typing.read(written);
        onWrite(own.current);
    };
    return (
        <span class="typed">
            <input
                {...attributes}
                id={id}
                class="input"
                type="text"
                autoComplete="off"
                spellcheck={false}
                placeholder={placeholder}
                value={text}
                onInput={event => write(event.currentTarget.value)}
                onBlur={() => setText(typing.write(value))}
                onKeyDown={onKeyDown}
            />
            {children}
        </span>
    );
}

type DayProps = Omit<Props, "onKeyDown" | "children"> & { choose: string; today: string };

/** Typed, a day further by the arrows, or chosen from the browser's own calendar. */
export function DayInput({ choose, today, ...props }: DayProps) {
    const { value, onWrite } = props;
    const picker = useRef<HTMLInputElement>(null);
    const isDay = value !== "" && typedFault(value) === null;
    const onKeyDown = (event: KeyboardEvent) => {
        const days = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (days === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        onWrite(isDay ? laterDay(value, days) : today);
    };
    return (
        <TypedInput {...props} onKeyDown={onKeyDown}>
            <input
                ref={picker}
                class="typed-picker"
                type="date"
                tabIndex={-1}
                aria-hidden="true"
                value={isDay ? value : ""}
                onChange={event => onWrite(event.currentTarget.value)}
            />
            <button
                type="button"
                class="ghost typed-button"
                aria-label={choose}
                title={choose}
                onClick={() => picker.current?.showPicker()}
            >
                <Icon name="calendar" size={14} />
            </button>
        </TypedInput>
    );
}

/** The currency stands behind it. */
export function AmountInput({
    currency,
    ...props
}: Omit<Props, "children"> & { currency: string }) {
    const attributes = { ...props.attributes, inputMode: "decimal" };
    return (
        <TypedInput {...props} attributes={attributes}>
            <span class="typed-unit quiet" aria-hidden="true">
                {currency}
            </span>
        </TypedInput>
    );
}
