/* moment-dialog: asks for the moment to show an account as of, and takes only one that there was. */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import { fieldOfMoment, type MomentProblem, momentOfField, momentProblem } from "../core/moment.ts";
import { Icon } from "../ui/icon.tsx";
import { useMessages } from "../ui/words.ts";
import { useWords } from "./words/index.ts";

interface DialogProps {
    /** The moment that is shown; null for now. */
    at: string | null;
    onChoose: (at: string | null) => void;
    onClose: () => void;
}

/** Open as long as it is there. */
export function MomentDialog({ at, onChoose, onClose }: DialogProps) {
    const messages = useMessages();
    const words = useWords();
    const id = useId();
    const dialog = useRef<HTMLDialogElement>(null);
    const [value, setValue] = useState(fieldOfMoment(at ?? new Date()));
    const [problem, setProblem] = useState<MomentProblem | null>(null);
    useEffect(() => dialog.current?.showModal(), []);
    const close = () => dialog.current?.close();

    function choose(event: Event) {
        event.preventDefault();
        const moment = momentOfField(value);
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
            <header class="dialog-head">
                <h2 id={`${id}-title`}>{words.momentTitle}</h2>
                <button type="button" class="ghost" aria-label={messages.close} onClick={close}>
                    <Icon name="close" />
                </button>
            </header>
            <form class="moment-form" noValidate onSubmit={choose}>
                <label for={id}>{words.momentLabel}</label>
                <input
                    id={id}
                    class="input"
                    type="datetime-local"
                    step="1"
                    value={value}
                    aria-invalid={problem !== null}
                    aria-describedby={`${id}-problem ${id}-holds`}
                    onInput={event => setValue(event.currentTarget.value)}
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
