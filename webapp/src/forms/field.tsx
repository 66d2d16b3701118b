/* field: one member of a form: how it is called, what it says of itself, and what is wrong with it. */

import type { ComponentChildren } from "preact";
import { say } from "../core/format.ts";
import type { FormField } from "../core/layout.ts";
import type { Typing } from "../core/typed.ts";
import { Icon } from "../ui/icon.tsx";
import { AmountInput, DayInput } from "../ui/typed-input.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import type { Value } from "./entry.ts";
import type { Member } from "./input-type.ts";
import { type Option, optionsOf } from "./options.ts";
import { currencyOf, readable, typingOf } from "./typing.ts";
import type { Conflict } from "./use-form.ts";
import { useWords } from "./words/index.ts";

/** More than that are a list to open. */
const most_radios = 4;

interface FieldProps {
    id: string;
    field: FormField;
    member: Member;
    value: Value;
    problem: string | undefined;
    conflict: Conflict | undefined;
    asked: unknown;
    row: unknown;
    /** Whether it is said that it may be left out. */
    optional: boolean;
    onWrite: (value: Value) => void;
    onSettle: (theirs: boolean) => void;
}

interface InputProps {
    id: string;
    member: Member;
    value: string;
    described: string;
    wrong: boolean;
    onWrite: (value: string) => void;
}

const numeric = new Set(["Int", "Float", "BigInt", "Decimal"]);

/** Which keys a telephone shows for it. */
function modeOf({ as }: FormField, member: Member): "numeric" | "email" | "tel" | undefined {
    if (as === "email") return "email";
    if (as === "phone") return "tel";
    return numeric.has(member.type) ? "numeric" : undefined;
}

type TypedProps = Pick<InputProps, "id" | "member" | "value" | "onWrite"> &
    Pick<FieldProps, "field" | "row"> & {
        typing: Typing;
        attributes: Readonly<Record<string, boolean | string>>;
    };

function Typed({ member, field, row, ...typed }: TypedProps) {
    const { today } = useReading();
    const words = useWords();
    if (member.type === "Date")
        return (
            <DayInput
                {...typed}
                choose={words.chooseDay}
                placeholder={typed.typing.example}
                today={today}
            />
        );
    return <AmountInput {...typed} currency={currencyOf(field, row)} />;
}

function TextInput({ field, row, ...props }: InputProps & Pick<FieldProps, "field" | "row">) {
    const { id, member, value, described, wrong, onWrite } = props;
    const typing = typingOf(field, member, row, useReading().locale);
    const attributes = {
        "aria-invalid": wrong,
        "aria-describedby": described,
        "aria-required": member.required || field.needed === true,
    };
    if (typing !== null)
        return <Typed {...{ id, member, value, typing, attributes, field, row, onWrite }} />;
    const common = { ...attributes, id, class: "input", value };
    if (field.as === "lines")
        return (
            <textarea {...common} rows={5} onInput={event => onWrite(event.currentTarget.value)} />
        );
    const written = {
        ...common,
        onInput: (event: { currentTarget: HTMLInputElement }) => onWrite(event.currentTarget.value),
    };
    return (
        <input
            {...written}
            type="text"
            inputMode={modeOf(field, member)}
            autoComplete="off"
            spellcheck={field.as === undefined}
        />
    );
}

function Select({ options, ...props }: InputProps & { options: Option[] }) {
    const words = useWords();
    const { id, member, value, described, wrong, onWrite } = props;
    const known = options.some(option => option.value === value);
    return (
        <select
            id={id}
            class="input"
            value={value}
            aria-invalid={wrong}
            aria-describedby={described}
            aria-required={member.required}
            onChange={event => onWrite(event.currentTarget.value)}
        >
            {(!known || !member.nonNull) && (
                <option value="">{member.nonNull ? words.choose : words.none}</option>
            )}
            {options.map(option => (
                <option key={option.value} value={option.value}>
                    {option.label}
                </option>
            ))}
        </select>
    );
}

interface ManyProps {
    id: string;
    options: Option[];
    chosen: readonly string[];
    many: boolean;
    onToggle: (value: string, on: boolean) => void;
}

function Choices({ id, options, chosen, many, onToggle }: ManyProps) {
    return (
        <div class="form-choices">
            {options.map(({ value, label }, index) => (
                <label key={value} class="form-choice">
                    <input
                        id={index === 0 ? id : undefined}
                        type={many ? "checkbox" : "radio"}
                        name={id}
                        value={value}
                        checked={chosen.includes(value)}
                        onChange={event => onToggle(value, event.currentTarget.checked)}
                    />
                    {label}
                </label>
            ))}
        </div>
    );
}

interface Side {
    label: string;
    value: string;
    onTake: () => void;
}

/** One of the two that can stay; pressing it is choosing it. */
function SideButton({ label, value, onTake }: Side) {
    const messages = useMessages();
    return (
        <button type="button" class="button form-conflict-side" onClick={onTake}>
            <span class="quiet">{label}</span>
            <bdi>{value || messages.nothingThere}</bdi>
        </button>
    );
}

function ConflictView({
    conflict,
    value,
    read,
    onSettle,
}: {
    conflict: Conflict;
    value: Value;
    read: (value: Value) => string;
    onSettle: FieldProps["onSettle"];
}) {
    const words = useWords();
    const messages = useMessages();
    const { mine, theirs, before } = words;
    return (
        <div class="form-conflict" role="alert">
            <p class="problem">
                <Icon name="alert" size={14} />
                {conflict.message}
            </p>
            <p class="quiet">{before(read(conflict.was) || messages.nothingThere)}</p>
            <div class="form-conflict-ways">
                <SideButton label={mine} value={read(value)} onTake={() => onSettle(false)} />
                <SideButton
                    label={theirs}
                    value={read(conflict.theirs)}
                    onTake={() => onSettle(true)}
                />
            </div>
        </div>
    );
}

function without(list: readonly string[], value: string): string[] {
    return list.filter(one => one !== value);
}

/** The part that is filled in; `many` of them belong to a group that has the name. */
function Control(props: FieldProps & { described: string; options: Option[] | null }) {
    const { id, field, member, value, problem, conflict, options, described } = props;
    const { onWrite } = props;
    const wrong = problem !== undefined || conflict !== undefined;
    const chosen = Array.isArray(value) ? value : [String(value)];
    if (typeof value === "boolean")
        return (
            <input
                id={id}
                type="checkbox"
                class="form-tick"
                checked={value}
                aria-invalid={wrong}
                aria-describedby={described}
                onChange={event => onWrite(event.currentTarget.checked)}
            />
        );
    if (isGroup(member, options))
        return (
            <Choices
                id={id}
                options={options ?? []}
                chosen={chosen}
                many={member.list}
                onToggle={(one, on) =>
                    onWrite(member.list ? [...without(chosen, one), ...(on ? [one] : [])] : one)
                }
            />
        );
    const input = { id, member, value: chosen[0] ?? "", described, wrong, onWrite };
    if (options !== null) return <Select {...input} options={options} />;
    return <TextInput {...input} field={field} row={props.row} />;
}

/** Several things to tick or to choose one of, that are all to be seen. */
function isGroup(member: Member, options: Option[] | null): boolean {
    if (options === null) return false;
    return member.list || (member.nonNull && options.length <= most_radios);
}

function Named({
    group,
    id,
    label,
    children,
}: {
    group: boolean;
    id: string;
    label: ComponentChildren;
    children: ComponentChildren;
}) {
    if (!group)
        return (
            <div class="field">
                <label for={id}>{label}</label>
                {children}
            </div>
        );
    return (
        <fieldset class="field" aria-describedby={`${id}-help ${id}-problem`}>
            <legend>{label}</legend>
            {children}
        </fieldset>
    );
}

export function FormFieldView(props: FieldProps) {
    const { id, field, member, value, problem, conflict, asked, row, optional, onSettle } = props;
    const { locale } = useReading();
    const words = useWords();
    const options = optionsOf(field, member, value, { asked, row, locale });
    const help = say(field.help, locale.language) || member.description;
    const read = (one: Value) => readable(one, field, member, { asked, row, locale });
    const label = (
        <>
            {say(field.label, locale.language)}
            {optional && !field.needed && !member.nonNull && typeof value !== "boolean" && (
                <span class="quiet form-optional"> {words.optional}</span>
            )}
        </>
    );
    return (
        <Named group={isGroup(member, options)} id={id} label={label}>
            <Control {...props} options={options} described={`${id}-problem ${id}-help`} />
            <p id={`${id}-problem`} class="problem" role="alert">
                {problem}
            </p>
            {conflict !== undefined && <ConflictView {...{ conflict, value, read, onSettle }} />}
            <p id={`${id}-help`} class="form-help quiet">
                {help}
            </p>
        </Named>
    );
}
