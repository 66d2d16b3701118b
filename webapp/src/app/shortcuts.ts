/* shortcuts: what keys do right now; each page adds its own while it is shown. */

import { useEffect } from "preact/hooks";
import { createKeys } from "../core/keys.ts";
import { preferences } from "./state.ts";

export interface Shortcut {
    keys: string;
    run: () => void;
}

/** Who came last has a key until they go; then those before have it again. */
const active = new Map<string, (() => void)[]>();

function without(keys: string, run: () => void): (() => void)[] {
    return (active.get(keys) ?? []).filter(one => one !== run);
}

export function useShortcuts(shortcuts: Shortcut[], dependencies: unknown[]): void {
    useEffect(() => {
        for (const { keys, run } of shortcuts) active.set(keys, [...(active.get(keys) ?? []), run]);
        return () => {
            for (const { keys, run } of shortcuts) active.set(keys, without(keys, run));
        };
    }, dependencies);
}

function isTyping(target: EventTarget | null): boolean {
    if (!(target instanceof HTMLElement)) return false;
    if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true;
    return target instanceof HTMLInputElement && !/^(checkbox|radio|button)$/.test(target.type);
}

/** Listens as long as the app is there. An open dialog has the keys to itself. */
export function useKeys(): void {
    useEffect(() => {
        const keys = createKeys(
            shortcut => (active.get(shortcut) ?? []).length > 0,
            () => preferences.value.singleKeys,
        );
        const onKeyDown = (event: KeyboardEvent) => {
            if (event.defaultPrevented || event.isComposing || event.repeat) return;
            if (document.querySelector("dialog[open]") !== null) return;
            const { key, ctrlKey, metaKey, altKey } = event;
            const typing = isTyping(event.composedPath()[0] ?? null); // also inside an editor's shadow
            const stroke = { key, ctrlKey, metaKey, altKey, typing };
            const found = keys.press(stroke, performance.now());
            if (found === null) return;
            event.preventDefault();
            active.get(found)?.at(-1)?.();
        };
        document.addEventListener("keydown", onKeyDown);
        return () => document.removeEventListener("keydown", onKeyDown);
    }, []);
}
