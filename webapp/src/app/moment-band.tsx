/* moment-band: says above an account that it is shown as it was, and leads to other moments and back to now. */

import { show } from "../core/format.ts";
import type { MomentProblem } from "../core/moment.ts";
import { Icon } from "../ui/icon.tsx";
import { useReading } from "../ui/words.ts";

interface BandProps {
    at: string;
    problem: MomentProblem | null;
    onChange: () => void;
    onNow: () => void;
}

export function MomentBand({ at, problem, onChange, onNow }: BandProps) {
    const { messages, locale } = useReading();
    const words =
        problem !== null
            ? messages.momentProblem[problem]
            : messages.asItWas(show(at, "moment", locale)?.text ?? at);
    return (
        <section class={`band${problem === null ? "" : " wrong"}`} aria-label={words}>
            <Icon name={problem === null ? "clock" : "alert"} />
            <p class="band-words">{words}</p>
            <button type="button" class="band-button" onClick={onChange}>
                {messages.anotherMoment}
            </button>
            <button type="button" class="band-button strong" onClick={onNow}>
                {messages.backToNow}
            </button>
        </section>
    );
}
