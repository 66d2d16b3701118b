/* moment-dialog: asks for the moment to show an account as of, and takes only one that there was. */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { fieldOfMoment, type MomentProblem, momentOfField, momentProblem } from "../core/moment.ts";
import { dayTyping, timeTyping } from "../core/typed.ts";
import { useWords as useFormWords } from "../forms/words/index.ts";
import { DialogHead } from "../ui/dialog-head.tsx";
import { DayInput, TypedInput } from "../ui/typed-input.tsx";
import { useMessages, useReading } from "../ui/words.ts";
import { useWords } from "./words/index.ts";

interface DialogProps {
    /** The moment that is shown; null for now. */
    at: string | null;
    onChoose: (at: string | null) => void;
    onClose: () => void;
}

interface WhenProps {
    id: string;
    day: string;
    time: string;
    wrong: boolean;
    onDay: (day: string) => void;
    onTime: (time: string) => void;
}

/** A day and a time of day, typed as everywhere. */
function When({ id, day, time, wrong, onDay, onTime }: WhenProps) {
    const { locale, today } = useReading();
    const words = useWords();
    const { chooseDay } = useFormWords();
    const typing = dayTyping(locale.language, today);
    const attributes = {
        "aria-invalid": wrong,
        "aria-describedby": `${id}-problem ${id}-holds`,
    };
    return (
        <div class="moment-when">
            <div class="field">
                <label for={id}>{words.momentDay}</label>
                <DayInput
                    id={id}
                    value={day}
                    typing={typing}
                    placeholder={typing.example}
                    today={today}
                    choose={chooseDay}
                    attributes={attributes}
                    onWrite={onDay}
                />
            </div>
            <div class="field">
                <label for={`${id}-time`}>{words.momentTime}</label>
                <TypedInput
                    id={`${id}-time`}
                    value={time}
                    typing={timeTyping()}
                    placeholder={timeTyping().example}
                    attributes={attributes}
                    onWrite={onTime}
                />
            </div>
        </div>
    );
}

/** Open as long as it is there. */
export function MomentDialog({ at, onChoose, onClose }: DialogProps) {
    const messages = useMessages();
    const words = useWords();
    const id = useId();
    const dialog = useRef<HTMLDialogElement>(null);
    const [first, second] = fieldOfMoment(at ?? new Date()).split("T");
    const [day, setDay] = useState(first ?? "");
    const [time, setTime] = useState(second ?? "");
    const [problem, setProblem] = useState<MomentProblem | null>(null);
    useEffect(() => {
        dialog.current?.showModal();
        dialog.current?.querySelector("input")?.focus(); // not what closes it
    }, []);
    const close = () => dialog.current?.close();

    function choose(event: Event) {
        event.preventDefault();
        const moment = momentOfField(`${day}T${time}`);
        const found = momentProblem(moment, new Date());
        setProblem(found);
        if (found !== null) {
            document.getElementById(id)?.focus();
            return;
        }
        close();
        onChoose(moment);
    }

    return (
        <dialog ref={dialog} class="dialog" aria-labelledby={`${id}-title`} onClose={onClose}>
            <DialogHead id={`${id}-title`} onClose={close}>
                {words.momentTitle}
            </DialogHead>
            <form class="moment-form" noValidate onSubmit={choose}>
                <p>{words.momentLabel}</p>
                <When
                    {...{ id, day, time, wrong: problem !== null }}
                    onDay={setDay}
                    onTime={setTime}
                />
                <p id={`${id}-problem`} class="problem" role="alert">
                    {problem !== null && messages.momentProblem[problem]}
                </p>
                <p id={`${id}-holds`} class="quiet">
                    {words.momentHolds}
                </p>
                <div class="dialog-actions">
                    {at !== null && (
                        <button
                            type="button"
                            class="button"
                            onClick={() => {
                                close();
                                onChoose(null);
                            }}
                        >
                            {messages.backToNow}
                        </button>
                    )}
                    <button type="submit" class="button primary">
                        {words.momentShow}
                    </button>
                </div>
            </form>
        </dialog>
    );
}
