/* use-form: a form from its opening until it is done: read, written, tried, sent once, refused, put together again. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Failure, failureOfThrown } from "../core/failure.ts";
import { say } from "../core/format.ts";
import type { Document } from "../core/gql.ts";
import { isAborted } from "../core/http.ts";
import type { Reveals } from "../core/layout.ts";
import { isThing, valueAt } from "../core/path.ts";
import { scopeOf } from "../panels/scope.ts";
import { announce } from "../ui/announcer.tsx";
import { useReading } from "../ui/words.ts";
import type { Acting } from "./context.ts";
import { type Desk, inputType, newKey } from "./desk.ts";
import { type Draft, draftAt, draftName, dropDraft, keepDraft } from "./drafts.ts";
import {
    type Begin,
    beginOf,
    changedKeys,
    faultOf,
    fieldsOf,
    inputOf,
    type Outcome,
    outcomeOf,
    rebased,
    resultOf,
    shownFields,
    type Value,
    type Values,
} from "./entry.ts";
import type { InputType } from "./input-type.ts";
import { formName, serverSide } from "./offered.ts";
import { setPending } from "./pending.ts";
import { typingOf } from "./typing.ts";
import { offerUndo } from "./undo.ts";
import { useWords, type Words } from "./words/index.ts";

export type Step = "reading" | "writing" | "trying" | "checked" | "sending" | "revealed";

/** What somebody else made of a member meanwhile, and what it was before anybody changed it. */
export interface Conflict {
    was: Value;
    theirs: Value;
    message: string;
}

/** What was in the answer to be read once. */
export interface Revealed {
    value: string;
    seconds: number;
}

export interface Form {
    step: Step;
    type: InputType | null;
    /** The answer to what can be chosen. */
    asked: unknown;
    begin: Begin;
    values: Values;
    problems: Readonly<Record<string, string>>;
    /** What is wrong with no member in particular. */
    remarks: readonly string[];
    conflicts: Readonly<Record<string, Conflict>>;
    /** What would be, as a dry run said. */
    tried: unknown;
    failure: Failure | null;
    /** Codes of what was refused. */
    refusals: readonly string[];
    /** Held here and nowhere else, until its time is over. */
    revealed: Revealed | null;
    key: string;
    /** When what stands in it was written, where that was before it was opened. */
    draftOf: number | null;
}

const nothing: Form = {
    step: "reading",
    type: null,
    asked: null,
    begin: { values: {}, fixed: {} },
    values: {},
    problems: {},
    remarks: [],
    conflicts: {},
    tried: null,
    failure: null,
    refusals: [],
    revealed: null,
    key: "",
    draftOf: null,
};

async function askedFor(desk: Desk, acting: Acting): Promise<unknown> {
    const { choices } = serverSide(acting);
    if (choices === null) return null;
    const document: Document<unknown, Record<string, unknown>> = { id: choices };
    const variables = { customer: desk.customer, row: valueAt(acting.row, "id") };
    return (await desk.ask(document, variables)).data;
}

function opened(acting: Acting, desk: Desk, type: InputType, draft: Draft | null): Partial<Form> {
    const begin = beginOf(acting.action, acting.fill, type, acting.row, desk.customer);
    return draft === null
        ? { type, begin, values: begin.values, key: newKey(), step: "writing" }
        : {
              type,
              begin: draft.begin,
              values: { ...begin.values, ...draft.values },
              key: draft.key,
              draftOf: draft.at,
              step: "writing",
          };
}

/** What was refused, beside its members where they are on the form. */
function refused(form: Form, acting: Acting, outcome: Outcome, desk: Desk, words: Words): Form {
    const { action, fill, row } = acting;
    const { type } = form;
    if (type === null) return form;
    const result = resultOf(action, outcome);
    const now = isThing(row) && isThing(result) ? { ...row, ...result } : row;
    const conflicting = outcome.errors.some(({ code }) => code === "CONFLICT");
    const begin = conflicting ? beginOf(action, fill, type, now, desk.customer) : form.begin;
    const problems: Record<string, string> = {};
    const conflicts: Record<string, Conflict> = {};
    const remarks: string[] = [];
    for (const { code, key, message } of outcome.errors) {
        const own = key !== null && Object.hasOwn(form.values, key);
        if (code === "KEY_REUSED") remarks.push(words.sentBefore);
        else if (!own) remarks.push(message);
        else if (code !== "CONFLICT") problems[key] = message;
        else
            conflicts[key] = {
                was: form.begin.values[key] ?? "",
                theirs: begin.values[key] ?? "",
                message,
            };
    }
    const reused = outcome.errors.some(({ code }) => code === "KEY_REUSED");
    return {
        ...form,
        step: "writing",
        begin,
        values: rebased(form.begin, begin, form.values),
        problems,
        conflicts,
        remarks,
        refusals: outcome.errors.map(({ code }) => code),
        key: reused ? newKey() : form.key,
    };
}

/** onClose: nothing more is to be seen of it; onDone: it is done. */
export function useForm(acting: Acting, desk: Desk, onClose: () => void, onDone: () => void) {
    const words = useWords();
    const reading = useReading();
    const { language } = reading.locale;
    const { action } = acting;
    const [form, setForm] = useState(nothing);
    const open = useRef(true);
    const place = formName(acting, acting.row);
    const name = draftName(desk.login, desk.customer, place, "");
    const change = (more: Partial<Form>) => open.current && setForm(now => ({ ...now, ...more }));

    async function read(): Promise<void> {
        change({ step: "reading", failure: null });
        try {
            const [type, asked] = await Promise.all([
                inputType(desk, serverSide(acting).input),
                askedFor(desk, acting),
            ]);
            const draft = draftAt(localStorage, name, Date.now());
            if (type === null) return void change({ remarks: [words.notYours] });
            const next: Form = { ...nothing, ...opened(acting, desk, type, draft), asked };
            const asks = fieldsOf(action, type).length > 0 || action.shows === undefined;
            change(asks ? next : { ...next, step: "trying" });
            if (!asks && open.current) await perform(next, type, true);
        } catch (thrown) {
            if (!isAborted(thrown)) change({ failure: failureOfThrown(thrown) });
        }
    }
    useEffect(() => {
        void read();
        return () => {
            open.current = false;
        };
    }, []);

    function keep(next: Form): void {
        const { begin, values, key } = next;
        if (changedKeys(begin, values).length === 0) dropDraft(localStorage, name);
        else keepDraft(localStorage, name, { begin, values, key, at: Date.now() });
    }

    const isBusy = form.step === "trying" || form.step === "sending";

    /** What is on its way stays as it is. */
    function write(key: string, value: Value): void {
        if (isBusy) return;
        const { [key]: _solved, ...problems } = form.problems;
        const values = { ...form.values, [key]: value };
        const next: Form = { ...form, values, problems, step: "writing", tried: null, remarks: [] };
        keep(next);
        setForm(next);
    }

    /** Keeps what was written here, or takes what somebody else made of it. */
    function settle(key: string, theirs: boolean): void {
        const { [key]: conflict, ...conflicts } = form.conflicts;
        const values =
            theirs && conflict ? { ...form.values, [key]: conflict.theirs } : form.values;
        const next = { ...form, values, conflicts };
        keep(next);
        setForm(next);
    }

    function done(outcome: Outcome): void {
        const said = say(action.done, language);
        dropDraft(localStorage, name);
        setPending(place, null);
        announce(said);
        if (reading.rights.has("undo:write")) offerUndo(desk.customer, outcome, said);
        desk.again(resultOf(action, outcome));
    }

    /** Read once: neither announced nor kept, and a repetition has nothing to tell. */
    function reveal(paths: Reveals, { payload }: Outcome): void {
        const value = valueAt(payload, paths.value);
        const seconds = Number(valueAt(payload, paths.seconds));
        dropDraft(localStorage, name);
        if (typeof value === "string" && seconds > 0)
            change({ step: "revealed", revealed: { value, seconds } });
        else change({ step: "writing", remarks: [words.readBefore], key: newKey() });
    }

    function answered(now: Form, outcome: Outcome, dryRun: boolean): void {
        const isDone = outcome.errors.length === 0 && !dryRun;
        if (isDone && action.reveals !== undefined) {
            reveal(action.reveals, outcome);
            return;
        }
        if (isDone) {
            done(outcome);
            if (open.current) onDone();
            return;
        }
        if (outcome.errors.length === 0) {
            change({ step: "checked", tried: resultOf(action, outcome) });
            return;
        }
        const next = refused(now, acting, outcome, desk, words);
        keep(next);
        if (next.key !== now.key) desk.again();
        change(next);
        if (!open.current) setPending(place, { text: textOf(now), refused: messageOf(outcome) });
    }

    const textOf = (now: Form) => String(now.values[action.soon ?? ""] ?? "");
    const messageOf = ({ errors }: Outcome) => errors.map(({ message }) => message).join(" ");

    const shown = (type: InputType, values: Values) =>
        shownFields(action, type, values, scopeOf(reading, acting.row, []));

    /** One key however often it is sent; a dry run has one of its own, as it leaves nothing. */
    async function perform(now: Form, type: InputType, dryRun: boolean): Promise<void> {
        const input = inputOf(action, type, now.begin, now.values, shown(type, now.values));
        const idempotencyKey = dryRun ? newKey() : now.key;
        const document: Document<Record<string, unknown>, { input: unknown }> = {
            id: serverSide(acting).document,
        };
        try {
            const { data, errors } = await desk.ask(document, {
                input: { ...input, idempotencyKey, dryRun },
            });
            const payload = data[action.mutation];
            if (isThing(payload)) answered(now, outcomeOf(payload), dryRun);
            else failed(now, { kind: "broken", message: errors[0]?.message ?? "" }, dryRun);
        } catch (thrown) {
            failed(now, failureOfThrown(thrown), dryRun);
        }
    }

    /** What was checked and did not arrive can be sent as it is. */
    function failed(now: Form, failure: Failure, dryRun: boolean): void {
        change({ step: dryRun || now.tried === null ? "writing" : "checked", failure });
        if (!open.current) setPending(place, { text: textOf(now), refused: words.notSent });
    }

    function faults(type: InputType): Record<string, string> {
        const found: Record<string, string> = {};
        for (const field of shown(type, form.values)) {
            const { key, needed } = field;
            const member = type.get(key);
            const fault = member && faultOf(form.values[key] ?? "", member, needed);
            const typing = member && typingOf(field, member, acting.row, reading.locale);
            if (fault) found[key] = words.fault(fault, typing?.example ?? "");
        }
        return found;
    }

    /** False: something has to be put right first. */
    function submit(): boolean {
        const { type, step } = form;
        if (
            isBusy ||
            step === "reading" ||
            step === "revealed" ||
            type === null ||
            Object.keys(form.conflicts).length > 0
        )
            return false;
        const problems = faults(type);
        if (Object.keys(problems).length > 0) {
            setForm({ ...form, problems });
            return false;
        }
        if (action.changes && changedKeys(form.begin, form.values).length === 0) {
            setForm({ ...form, remarks: [words.nothingChanged] });
            return false;
        }
        const dryRun = action.shows !== undefined && step !== "checked";
        const next: Form = {
            ...form,
            step: dryRun ? "trying" : "sending",
            problems,
            remarks: [],
            refusals: [],
            failure: null,
        };
        setForm(next);
        if (action.soon !== undefined) {
            keep(next);
            setPending(place, { text: textOf(next), refused: null });
            open.current = false;
            onClose();
        }
        void perform(next, type, dryRun);
        return true;
    }

    function discard(): void {
        dropDraft(localStorage, name);
        setPending(place, null);
        const { type } = form;
        if (type !== null) setForm({ ...form, ...opened(acting, desk, type, null), draftOf: null });
    }

    return {
        form,
        write,
        settle,
        submit,
        discard,
        read,
        isBusy,
        back: () => change({ step: "writing", tried: null }),
        /** What was to be read once is read. */
        forget: () => change({ revealed: null }),
        isChanged: changedKeys(form.begin, form.values).length > 0,
    };
}
