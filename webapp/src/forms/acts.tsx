/* acts: buttons for what can be done, and why some of it cannot; below them what is still being sent. */

import { useContext } from "preact/hooks";
import { say } from "../core/format.ts";
import { holds } from "../core/rule.ts";
import type { ActsProps } from "../panels/acts.tsx";
import { scopeOf } from "../panels/scope.ts";
import { announce } from "../ui/announcer.tsx";
import { useReading } from "../ui/words.ts";
import { type ActPlace, ActPlaceContext } from "./context.ts";
import { formName, hindrance, type Offered, offeredBy } from "./offered.ts";
import { pending } from "./pending.ts";
import { useWords } from "./words/index.ts";
import "./forms.css";

interface ActProps extends Omit<ActsProps, "uses"> {
    offered: Offered;
    onAct: ActPlace["onAct"];
}

interface WhyProps extends ActProps {
    why: string;
    /** Whether the button before says the same already. */
    isSaid: boolean;
}

function Act({ offered, row, name, onAct, why, isSaid }: WhyProps) {
    const { language } = useReading().locale;
    const { action } = offered;
    const label = say(action.label, language);
    const act = () => (why === "" ? onAct({ ...offered, row, name }) : announce(why));
    return (
        <span class="act">
            <button
                type="button"
                class="ghost act-button"
                aria-disabled={why !== ""}
                aria-label={name === "" ? label : `${label}: ${name}`}
                title={why}
                onClick={act}
            >
                {label}
            </button>
            {why !== "" && !isSaid && <span class="act-why quiet">{why}</span>}
        </span>
    );
}

/** What was written in forms that close at once. */
function Sending({ offered, row, name, onAct }: ActProps) {
    const words = useWords();
    const place = formName(offered, row);
    const found = pending.value.find(one => one.place === place);
    if (found === undefined) return null;
    return (
        <div class="sending" role="status">
            <p class="multiline">{found.text}</p>
            {found.refused === null ? (
                <p class="quiet">{words.beingSent}</p>
            ) : (
                <>
                    <p class="problem">{found.refused}</p>
                    <button
                        type="button"
                        class="button"
                        onClick={() => onAct({ ...offered, row, name })}
                    >
                        {words.openAgain}
                    </button>
                </>
            )}
        </div>
    );
}

export function Acts({ uses, row, name }: ActsProps) {
    const place = useContext(ActPlaceContext);
    const reading = useReading();
    if (place === null) return null;
    const { tab, tabs, onAct } = place;
    const scope = scopeOf(reading, row, []);
    const all = uses
        .filter(({ visible }) => holds(visible, scope))
        .flatMap(use => offeredBy(use, tab, tabs) ?? []);
    if (all.length === 0) return null;
    const whys = all.map(({ action }) => hindrance(action, scope, reading.locale.language));
    return (
        <div class="acts">
            {all.map((offered, i) => (
                <Act
                    key={offered.action.key}
                    {...{ offered, row, name, onAct }}
                    why={whys[i] ?? ""}
                    isSaid={i > 0 && whys[i] === whys[i - 1]}
                />
            ))}
            {all
                .filter(({ action }) => action.soon !== undefined)
                .map(offered => (
                    <Sending key={offered.action.key} {...{ offered, row, name, onAct }} />
                ))}
        </div>
    );
}
