/* acts-menu: all that can be done for a customer, whatever tab is open. */

import { useEffect, useRef } from "preact/hooks";
import { type Account, tabAnswer } from "../core/account.ts";
import type { Tab } from "../core/documents.ts";
import { say } from "../core/format.ts";
import { scopeOf } from "../panels/scope.ts";
import { announce } from "../ui/announcer.tsx";
import { DialogHead } from "../ui/dialog-head.tsx";
import { Keys } from "../ui/kbd.tsx";
import { useReading } from "../ui/words.ts";
import type { Acting } from "./context.ts";
import { actionsOf, hindrance } from "./offered.ts";
import { useWords } from "./words/index.ts";
import "./forms.css";

/** What needs no row: it begins from the answer of its tab. */
export function actsOf(account: Account, tabs: Tab[]): Acting[] {
    return tabs.flatMap(tab =>
        actionsOf(tab)
            .filter(({ menu }) => menu)
            .map(action => ({
                tab,
                action,
                fill: action.fill ?? {},
                row: tabAnswer(account, tab.key).data,
                name: "",
            })),
    );
}

/** Something that is no form of a tab. */
export interface MoreAct {
    keys: string;
    label: string;
    run: () => void;
}

interface Props {
    acts: Acting[];
    more: MoreAct[];
    onAct: (acting: Acting) => void;
    onClose: () => void;
}

/** Open as long as it is there. */
export function ActsMenu({ acts, more, onAct, onClose }: Props) {
    const reading = useReading();
    const words = useWords();
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => {
        dialog.current?.showModal();
        dialog.current?.querySelector<HTMLElement>(".act")?.focus();
    }, []);
    const close = () => dialog.current?.close();
    // Done when the menu is closed: then the focus is where it was, and comes back there from the form.
    const chosen = useRef(onClose);
    const choose = (run: () => void) => {
        chosen.current = run;
        close();
    };
    const { language } = reading.locale;
    return (
        <dialog
            ref={dialog}
            class="dialog"
            aria-labelledby="acts-title"
            onClose={() => chosen.current()}
        >
            <DialogHead id="acts-title" onClose={close}>
                {words.actions}
            </DialogHead>
            <div class="acts-menu">
                {acts.length + more.length === 0 && <p class="quiet">{words.noActions}</p>}
                {acts.map(acting => {
                    const { action, tab, row } = acting;
                    const why = hindrance(action, scopeOf(reading, row, []), language);
                    return (
                        <button
                            type="button"
                            key={`${tab.key}.${action.key}`}
                            class="act"
                            aria-disabled={why !== ""}
                            onClick={() =>
                                why === "" ? choose(() => onAct(acting)) : announce(why)
                            }
                        >
                            <span>{say(action.label, language)}</span>
                            {action.shortcut !== undefined && <Keys shortcut={action.shortcut} />}
                            {why !== "" && <span class="act-why quiet">{why}</span>}
                        </button>
                    );
                })}
                {more.map(({ keys, label, run }) => (
                    <button
                        type="button"
                        key={keys}
                        class="act"
                        onClick={() =>
                            choose(() => {
                                onClose();
                                run();
                            })
                        }
                    >
                        <span>{label}</span>
                        <Keys shortcut={keys} />
                    </button>
                ))}
            </div>
        </dialog>
    );
}
