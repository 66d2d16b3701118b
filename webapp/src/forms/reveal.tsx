/* reveal: something that is read once: it stands here for so many seconds, and then nowhere. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Revealed } from "./use-form.ts";
import { useWords } from "./words/index.ts";

interface Props {
    revealed: Revealed;
    label: string;
    onGone: () => void;
}

/** Its time runs by the clock, also while the page is not looked at. */
export function Reveal({ revealed, label, onGone }: Props) {
    const words = useWords();
    const until = useRef(Date.now() + revealed.seconds * 1000);
    const button = useRef<HTMLButtonElement>(null);
    const [left, setLeft] = useState(revealed.seconds);
    useEffect(() => {
        button.current?.focus();
        const timer = setInterval(() => {
            const seconds = Math.ceil((until.current - Date.now()) / 1000);
            if (seconds <= 0) onGone();
            else setLeft(seconds);
        }, 250);
        return () => clearInterval(timer);
    }, []);
    return (
        <div class="form-reveal">
            <p class="form-reveal-label">{label}</p>
            <output class="form-secret" aria-label={label}>
                {revealed.value}
            </output>
            <p class="quiet figure" role="timer">
                {words.goneIn(left)}
            </p>
            <progress max={revealed.seconds} value={left} aria-hidden="true" />
            <div class="dialog-actions">
                <span class="form-keys" />
                <button ref={button} type="button" class="button primary" onClick={onGone}>
                    {words.hideNow}
                </button>
            </div>
        </div>
    );
}
