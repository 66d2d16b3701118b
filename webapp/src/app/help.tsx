/* help: the shortcuts that there are, and the switch that turns single keys off. */

import { useEffect, useRef } from "preact/hooks";
import type { Tab } from "../core/documents.ts";
import { DialogHead } from "../ui/dialog-head.tsx";
import { Keys } from "../ui/kbd.tsx";
import { useMessages } from "../ui/words.ts";
import { chooseSingleKeys, preferences } from "./state.ts";
import { shortcutOf } from "./tabs.tsx";
import { useWayNames, useWays, wayKeys } from "./ways.tsx";

interface Props {
    tabs: Tab[];
    onClose: () => void;
}

/** Open as long as it is there. */
export function HelpDialog({ tabs, onClose }: Props) {
    const messages = useMessages();
    const names = useWayNames();
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => dialog.current?.showModal(), []);
    const close = () => dialog.current?.close();
    const general: [string, string][] = [
        ["/", messages.shortcutWithin],
        ["mod+k", messages.shortcutSearch],
        ...useWays().map((way): [string, string] => [wayKeys[way], names[way]]),
        ["↑ ↓ ↵", messages.shortcutHits],
        ["1 … 9", messages.shortcutTabNumber],
        ["r", messages.shortcutReadAgain],
        ["t", messages.shortcutMoment],
        ["n", messages.shortcutNow],
        ["a a", messages.actions],
        ["?", messages.shortcutHelp],
        ["Esc", messages.shortcutEscape],
    ];
    const ofTabs = tabs.flatMap(tab => {
        const shortcut = shortcutOf(tab);
        return shortcut === null ? [] : [[shortcut, messages.shortcutTab(tab.title)] as const];
    });
    return (
        <dialog ref={dialog} class="dialog" aria-labelledby="help-title" onClose={onClose}>
            <DialogHead id="help-title" onClose={close}>
                {messages.shortcuts}
            </DialogHead>
            <dl class="shortcuts">
                {[...general, ...ofTabs].map(([shortcut, words]) => (
                    <div key={shortcut}>
                        <dt>
                            <Keys shortcut={shortcut} />
                        </dt>
                        <dd>{words}</dd>
                    </div>
                ))}
            </dl>
            <label class="switch">
                <input
                    type="checkbox"
                    checked={preferences.value.singleKeys}
                    onChange={event => chooseSingleKeys(event.currentTarget.checked)}
                />
                <span>{messages.singleKeys}</span>
            </label>
        </dialog>
    );
}
