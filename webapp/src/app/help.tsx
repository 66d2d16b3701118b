/* help: the shortcuts that there are, and the switch that turns single keys off. */

import type { RefObject } from "preact";
import type { Tab } from "../core/documents.ts";
import { isThing } from "../core/path.ts";
import { ways } from "../core/route.ts";
import { Icon } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { useMessages } from "../ui/words.ts";
import { chooseSingleKeys, preferences } from "./state.ts";
import { useWayNames, wayKeys } from "./ways.tsx";

/** The shortcut a tab asks for in its layout, if it asks for one. */
export function shortcutOf(tab: Tab): string | null {
    const shortcut = isThing(tab.layout) ? tab.layout.shortcut : undefined;
    return typeof shortcut === "string" && /^[a-z]( [a-z])?$/.test(shortcut) ? shortcut : null;
}

interface Props {
    dialog: RefObject<HTMLDialogElement | null>;
    tabs: Tab[];
}

export function HelpDialog({ dialog, tabs }: Props) {
    const messages = useMessages();
    const names = useWayNames();
    const close = () => dialog.current?.close();
    const general: [string, string][] = [
        ["/", messages.shortcutSearch],
        ["mod+k", messages.shortcutSearch],
        ...ways.map((way): [string, string] => [wayKeys[way], names[way]]),
        ["↑ ↓ ↵", messages.shortcutHits],
        ["1 … 9", messages.shortcutTabNumber],
        ["r", messages.shortcutReadAgain],
        ["?", messages.shortcutHelp],
        ["Esc", messages.shortcutEscape],
    ];
    const ofTabs = tabs.flatMap(tab => {
        const shortcut = shortcutOf(tab);
        return shortcut === null ? [] : [[shortcut, messages.shortcutTab(tab.title)] as const];
    });
    return (
        <dialog ref={dialog} class="dialog" aria-labelledby="help-title">
            <header class="dialog-head">
                <h2 id="help-title">{messages.shortcuts}</h2>
                <button type="button" class="ghost" aria-label={messages.close} onClick={close}>
                    <Icon name="close" />
                </button>
            </header>
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
