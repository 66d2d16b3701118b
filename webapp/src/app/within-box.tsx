/* within-box: finds anything in the open account by a number, an amount, a day or words, and leads to it. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Tab } from "../core/documents.ts";
import { markWords } from "../core/match.ts";
import { isEnough } from "../core/wanted.ts";
import { announce } from "../ui/announcer.tsx";
import { CloseButton } from "../ui/dialog-head.tsx";
import { Icon, iconName } from "../ui/icon.tsx";
import { Marked } from "../ui/marked.tsx";
import { useMessages } from "../ui/words.ts";
import type { OpenAccount } from "./state.ts";
import { type Place, useWithin, type Within } from "./use-within.ts";
import { useWords } from "./words/index.ts";

interface HitProps {
    place: Place;
    text: string;
    id: string;
    active: boolean;
    onPick: () => void;
}

function HitView({ place, text, id, active, onPick }: HitProps) {
    const { tab, found } = place;
    const shown = useRef<HTMLDivElement>(null);
    useEffect(() => {
        if (active) shown.current?.scrollIntoView({ block: "nearest" });
    }, [active]);
    return (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
        <div
            ref={shown}
            id={id}
            role="option"
            aria-selected={active}
            class="within-hit"
            onClick={onPick}
        >
            <Icon name={iconName(tab.icon)} />
            <span class="within-name">
                <Marked pieces={markWords(found.name, text)} />
            </span>
            <span class="within-where quiet">
                {tab.title}
                {found.title !== "" && <span class="within-panel"> · {found.title}</span>}
            </span>
            <span class="within-line quiet">
                <Marked pieces={markWords(found.line, text)} />
            </span>
        </div>
    );
}

/** What there is to say besides the hits. */
function Note({ within }: { within: Within }) {
    const messages = useMessages();
    const words = useWords();
    const { wanted, places, searching, failure, more } = within;
    if (wanted.text === "") return <p class="hits-note">{words.withinHow}</p>;
    if (!isEnough(wanted)) return <p class="hits-note">{messages.searchTooShort}</p>;
    if (failure !== null)
        return (
            <p class="hits-note">
                {messages[failure.kind]} {words.withinHereOnly}
            </p>
        );
    if (places.length === 0)
        return (
            <p class={`hits-note${searching ? " late" : ""}`}>
                {searching ? messages.searching : words.withinNone(wanted.text)}
            </p>
        );
    return more ? <p class="hits-note">{words.withinMore}</p> : null;
}

interface Props {
    open: OpenAccount;
    tabs: Tab[];
    onPick: (place: Place) => void;
    onClose: () => void;
}

/** Open as long as it is there. */
export function WithinBox({ open, tabs, onPick, onClose }: Props) {
    const messages = useMessages();
    const words = useWords();
    const dialog = useRef<HTMLDialogElement>(null);
    const [text, setText] = useState("");
    const [active, setActive] = useState(0);
    const within = useWithin(open, tabs, text);
    const { places, searching } = within;
    useEffect(() => dialog.current?.showModal(), []);
    useEffect(() => setActive(0), [text]);
    useEffect(() => {
        if (isEnough(within.wanted) && !searching) announce(words.withinCount(places.length));
    }, [places.length, searching, text]);

    function pick(place: Place | undefined): void {
        if (place === undefined) return;
        dialog.current?.close();
        onPick(place);
    }

    function onKeyDown(event: KeyboardEvent) {
        const count = places.length;
        const steps: Record<string, () => void> = {
            ArrowDown: () => count > 0 && setActive((active + 1) % count),
            ArrowUp: () => count > 0 && setActive((active - 1 + count) % count),
            Enter: () => pick(places[active]),
        };
        const step = steps[event.key];
        if (step === undefined || event.isComposing) return;
        event.preventDefault();
        step();
    }

    return (
        <dialog
            ref={dialog}
            class="dialog within"
            aria-label={messages.withinTitle}
            onClose={onClose}
        >
            <div class="within-field">
                <Icon name="search" />
                <input
                    class="within-input"
                    type="text"
                    role="combobox"
                    aria-label={messages.withinTitle}
                    aria-expanded={places.length > 0}
                    aria-controls="within-hits"
                    aria-autocomplete="list"
                    aria-activedescendant={places.length > 0 ? `within-${active}` : undefined}
                    placeholder={words.withinPlaceholder}
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck={false}
                    maxLength={100}
                    value={text}
                    onInput={event => setText(event.currentTarget.value)}
                    onKeyDown={onKeyDown}
                />
                <CloseButton onClose={() => dialog.current?.close()} />
            </div>
            <div id="within-hits" role="listbox" aria-label={messages.withinTitle}>
                {places.map((place, index) => (
                    <HitView
                        key={index}
                        place={place}
                        text={text}
                        id={`within-${index}`}
                        active={index === active}
                        onPick={() => pick(place)}
                    />
                ))}
            </div>
            <Note within={within} />
        </dialog>
    );
}
