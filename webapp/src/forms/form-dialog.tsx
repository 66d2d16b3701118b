/* form-dialog: a form above the account, made of what a mutation takes and of what the tab says of it. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Tab } from "../core/documents.ts";
import { say, show } from "../core/format.ts";
import { isThing } from "../core/path.ts";
import { Panels } from "../panels/index.tsx";
import { scopeOf } from "../panels/scope.ts";
import { DialogHead } from "../ui/dialog-head.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { Icon } from "../ui/icon.tsx";
import { useReading } from "../ui/words.ts";
import type { Acting } from "./context.ts";
import type { Desk } from "./desk.ts";
import { cleanDrafts } from "./drafts.ts";
import { shownFields } from "./entry.ts";
import { FormFieldView } from "./field.tsx";
import { offeredBy } from "./offered.ts";
import { Preview } from "./preview.tsx";
import { Reveal } from "./reveal.tsx";
import { useForm } from "./use-form.ts";
import { useWords } from "./words/index.ts";
import "./forms.css";

type Handled = ReturnType<typeof useForm>;

interface PartProps {
    id: string;
    acting: Acting;
    handled: Handled;
}

function Fields({ id, acting, handled }: PartProps) {
    const reading = useReading();
    const { form, write, settle } = handled;
    const { type } = form;
    if (type === null) return null;
    const scope = scopeOf(reading, acting.row, []);
    return (
        <div class="form-fields">
            {shownFields(acting.action, type, form.values, scope).map(field => {
                const member = type.get(field.key);
                return (
                    member && (
                        <FormFieldView
                            key={field.key}
                            id={`${id}-${field.key}`}
                            field={field}
                            member={member}
                            value={form.values[field.key] ?? ""}
                            problem={form.problems[field.key]}
                            conflict={form.conflicts[field.key]}
                            asked={form.asked}
                            row={acting.row}
                            optional={!acting.action.changes}
                            onWrite={value => write(field.key, value)}
                            onSettle={theirs => {
                                settle(field.key, theirs);
                                document.getElementById(`${id}-${field.key}`)?.focus();
                            }}
                        />
                    )
                );
            })}
        </div>
    );
}

/** What is to be known before the fields. */
function Remarks({ handled, first }: { handled: Handled; first: ComponentChildren }) {
    const { locale } = useReading();
    const words = useWords();
    const { form, discard } = handled;
    const when = form.draftOf === null ? null : new Date(form.draftOf).toISOString();
    return (
        <>
            {when !== null && (
                <p class="form-draft" role="status">
                    <span>{words.draft(show(when, "relative", locale)?.text ?? "")}</span>
                    <button type="button" class="ghost" onClick={discard}>
                        {words.discard}
                    </button>
                </p>
            )}
            {form.remarks.length > 0 && (
                <div class="form-remarks" role="alert" tabIndex={-1}>
                    {form.remarks.map(remark => (
                        <p class="problem" key={remark}>
                            <Icon name="alert" size={14} />
                            {remark}
                        </p>
                    ))}
                    {first}
                </div>
            )}
            {Object.keys(form.conflicts).length > 0 && (
                <p class="form-remarks quiet">{words.conflictHint}</p>
            )}
        </>
    );
}

interface EndProps extends PartProps {
    leaving: boolean;
    onStay: () => void;
    onClose: () => void;
}

function submitWords(
    { acting, handled }: PartProps,
    words: ReturnType<typeof useWords>,
    language: string,
) {
    const { step } = handled.form;
    const { action } = acting;
    if (step === "trying") return words.trying;
    if (step === "sending") return words.sending;
    if (action.shows !== undefined && step !== "checked") return words.check;
    return say(action.send, language) || words.send;
}

function End(props: EndProps) {
    const { acting, handled, leaving, onStay, onClose } = props;
    const words = useWords();
    const { language } = useReading().locale;
    const { form, discard, back, isBusy } = handled;
    const held = form.type === null || Object.keys(form.conflicts).length > 0;
    if (leaving)
        return (
            <div class="form-leaving" role="alertdialog" aria-label={words.leaving}>
                <p>{words.leaving}</p>
                <div class="dialog-actions">
                    <button type="button" class="button" onClick={onStay}>
                        {words.goOn}
                    </button>
                    <button
                        type="button"
                        class="button"
                        onClick={() => {
                            discard();
                            onClose();
                        }}
                    >
                        {words.discard}
                    </button>
                    <button type="button" class="button primary" onClick={onClose}>
                        {words.keepDraft}
                    </button>
                </div>
            </div>
        );
    return (
        <div class="dialog-actions">
            <span class="form-keys quiet">{words.keys}</span>
            {form.step === "checked" && acting.action.fields.length > 0 && (
                <button type="button" class="button" onClick={back}>
                    {words.back}
                </button>
            )}
            <button
                type="submit"
                class={`button primary${isBusy ? " busy" : ""}`}
                aria-disabled={isBusy || held}
            >
                {submitWords(props, words, language)}
            </button>
        </div>
    );
}

/** The first thing that is wrong, or else what was wrong with all of it. */
function focusProblem(dialog: HTMLElement | null): void {
    const wrong = dialog?.querySelector<HTMLElement>("[aria-invalid=true], .form-remarks");
    wrong?.focus();
}

/** What has to be done before, where that is what it was refused for. */
function FirstThis({
    acting,
    handled,
    tabs,
    onAct,
}: Required<Pick<Props, "acting" | "tabs" | "onAct">> & { handled: Handled }) {
    const { language } = useReading().locale;
    const { first } = acting.action;
    const offered = first && offeredBy({ action: first.action }, acting.tab, tabs);
    if (!first || !offered || !handled.form.refusals.includes(first.code)) return null;
    const { after: _before, ...again } = acting;
    const then = { ...offered, row: acting.row, name: "", after: again };
    return (
        <button type="button" class="button form-first" onClick={() => onAct(then)}>
            {say(offered.action.label, language)}
        </button>
    );
}

interface Props {
    acting: Acting;
    desk: Desk;
    /** What else is offered, and how it is opened; nothing where there is no account. */
    tabs?: Tab[];
    onAct?: (acting: Acting) => void;
    onClose: () => void;
}

/** What panels of the form are drawn over. */
const rowOf = ({ row }: Acting) => (isThing(row) ? row : {});

/** Open as long as it is there. */
export function FormDialog({ acting, desk, tabs = [], onAct = () => {}, onClose }: Props) {
    const words = useWords();
    const { language } = useReading().locale;
    const id = useId();
    const dialog = useRef<HTMLDialogElement>(null);
    const [leaving, setLeaving] = useState(false);
    const close = () => dialog.current?.close();
    const isDone = useRef(false);
    const handled = useForm(acting, desk, close, () => {
        isDone.current = true;
        close();
    });
    const onClosed = () => (isDone.current && acting.after ? onAct(acting.after) : onClose());
    const { form, submit, read, isChanged, isBusy } = handled;
    const { action, name } = acting;
    useEffect(() => {
        cleanDrafts(localStorage, desk.login, Date.now());
        dialog.current?.showModal();
    }, []);
    useEffect(() => {
        if (form.step === "writing")
            dialog.current
                ?.querySelector<HTMLElement>(
                    action.fields.length === 0
                        ? "[type=submit]"
                        : ".form-fields :is(input, select, textarea)",
                )
                ?.focus();
    }, [form.type === null]);
    const troubles = JSON.stringify([form.problems, form.remarks, Object.keys(form.conflicts)]);
    useEffect(() => focusProblem(dialog.current), [troubles]);

    useEffect(() => {
        if (leaving) dialog.current?.querySelector<HTMLElement>(".form-leaving .primary")?.focus();
    }, [leaving]);

    /** What was written is not lost by a key. */
    function leave(event: Event): void {
        event.preventDefault();
        if (isBusy) return;
        if (leaving || !isChanged || form.step === "revealed") close();
        else setLeaving(true);
    }
    function send(event: Event): void {
        event.preventDefault();
        if (!leaving) submit();
    }
    // Wherever the focus is: what had it may just have gone. What is sent is what was drawn last, however quickly
    // the keys follow on what was written.
    const newest = useRef(send);
    newest.current = send;
    useLayoutEffect(() => {
        const onKeyDown = (event: KeyboardEvent) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) newest.current(event);
        };
        document.addEventListener("keydown", onKeyDown);
        return () => document.removeEventListener("keydown", onKeyDown);
    }, []);
    useEffect(() => {
        if (form.step === "checked")
            dialog.current?.querySelector<HTMLElement>("[type=submit]")?.focus();
    }, [form.step]);

    return (
        <dialog
            ref={dialog}
            class="dialog form-dialog"
            aria-labelledby={`${id}-title`}
            onClose={onClosed}
            onCancel={leave}
        >
            <DialogHead id={`${id}-title`} onClose={leave}>
                {say(action.label, language)}
                {name !== "" && <span class="form-of"> · {name}</span>}
            </DialogHead>
            {form.revealed !== null && (
                <Reveal
                    revealed={form.revealed}
                    label={say(action.done, language)}
                    onGone={() => {
                        handled.forget();
                        close();
                    }}
                />
            )}
            <form class="form" noValidate onSubmit={send} hidden={form.step === "revealed"}>
                {action.hint !== undefined && <p class="quiet">{say(action.hint, language)}</p>}
                {action.panels !== undefined && (
                    <Panels panels={action.panels} answer={{ data: rowOf(acting), errors: [] }} />
                )}
                <Remarks
                    handled={handled}
                    first={<FirstThis {...{ acting, handled, tabs, onAct }} />}
                />
                {form.step === "reading" && form.failure === null && form.remarks.length === 0 && (
                    <p class="late quiet">{words.reading}</p>
                )}
                <Fields id={id} acting={acting} handled={handled} />
                {form.step === "checked" && action.shows !== undefined && (
                    <Preview shows={action.shows} before={acting.row} after={form.tried} />
                )}
                {form.failure !== null && (
                    <FailureNotice
                        small
                        failure={form.failure}
                        onRetry={form.type === null ? read : submit}
                    />
                )}
                <End
                    id={id}
                    acting={acting}
                    handled={handled}
                    leaving={leaving}
                    onStay={() => setLeaving(false)}
                    onClose={close}
                />
            </form>
        </dialog>
    );
}
