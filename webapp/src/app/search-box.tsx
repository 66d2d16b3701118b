/* search-box: the one field that finds customers, on every page, with hits while typing. */

import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Hit } from "../core/documents.ts";
import { isSearchable } from "../core/match.ts";
import { announce } from "../ui/announcer.tsx";
import { Icon } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { useMessages } from "../ui/words.ts";
import { HitLine } from "./hit.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { go, help, openAccount, place } from "./state.ts";
import { type Found, useSearch } from "./use-search.ts";

const first = 8;
const pause_ms = 120;

export function openHit(hit: Hit, replace = false): void {
    void openAccount(hit.id, hit);
    if (place.value.page === "account" || place.value.page === "open") help(hit.id);
    go({ page: "account", id: hit.id, tab: null }, replace);
}

interface HitsProps {
    found: Found;
    text: string;
    active: number;
    onPick: (hit: Hit) => void;
    onAll: () => void;
}

function Hits({ found, text, active, onPick, onAll }: HitsProps) {
    const messages = useMessages();
    const none = found.state === "found" && found.hits.length === 0;
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: not for acting, but for keeping the focus
        <div
            class="hits"
            onMouseDown={event => event.preventDefault() /* the field keeps the focus */}
        >
            <div id="hits" role="listbox" aria-label={messages.searchLabel}>
                {found.hits.map((hit, index) => (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
                    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
                    <div
                        key={hit.id}
                        id={`hit-${index}`}
                        role="option"
                        aria-selected={index === active}
                        class="hit"
                        onClick={() => onPick(hit)}
                    >
                        <HitLine hit={hit} query={found.query} />
                    </div>
                ))}
            </div>
            {found.hits.length === 0 && found.state === "searching" && (
                <p class="hits-note late">{messages.searching}</p>
            )}
            {none && <p class="hits-note">{messages.searchNone(found.query)}</p>}
            {found.failure !== null && (
                <p class="hits-note">
                    {messages[found.failure.kind]} {messages[`${found.failure.kind}Hint`]}
                </p>
            )}
            {!isSearchable(text) && <p class="hits-note">{messages.searchTooShort}</p>}
            {found.hits.length > 0 && (
                <button type="button" class="hits-all" tabIndex={-1} onClick={onAll}>
                    <span>{messages.showAllHits}</span>
                    {active < 0 && <Keys shortcut="↵" />}
                </button>
            )}
        </div>
    );
}

/** Says how many there are once they are known, for those who do not see them. */
function useAnnounced(found: Found, open: boolean): void {
    const messages = useMessages();
    useEffect(() => {
        if (!open || found.state !== "found") return;
        if (found.hits.length === 0) announce(messages.searchNone(found.query));
        else announce(messages.hits(found.hits.length, found.more));
    }, [found, open]);
}

function useBox(onLeft: () => void) {
    const here = place.value;
    const shown = here.page === "search" ? here.query : "";
    const [text, setText] = useState(shown);
    const [open, setOpen] = useState(false);
    const [active, setActive] = useState(-1);
    /** Enter came before the answer did. */
    const [waiting, setWaiting] = useState(false);
    const found = useSearch(open ? text : "", first, pause_ms);
    const settled = found.state === "found" && found.query === text.trim();

    useEffect(() => setText(shown), [shown]);
    useEffect(() => setActive(found.hits.length === 1 ? 0 : -1), [found.query, found.hits.length]);

    function leave(): void {
        setOpen(false);
        setWaiting(false);
        setActive(-1);
    }

    function pick(hit: Hit): void {
        leave();
        setText("");
        onLeft(); // the page that opens takes the focus
        openHit(hit);
    }

    function all(): void {
        leave();
        onLeft();
        go({ page: "search", query: text.trim() });
    }

    /** One hit is opened; of several nobody guesses. */
    function decide(): void {
        const only = found.hits.length === 1 ? found.hits[0] : undefined;
        if (only !== undefined) pick(only);
        else all();
    }

    useEffect(() => {
        if (waiting && (settled || found.state === "failed")) decide();
    }, [waiting, settled, found.state]);

    function enter(): void {
        const chosen = open ? found.hits[active] : undefined;
        if (chosen !== undefined) pick(chosen);
        else if (settled) decide();
        else if (isSearchable(text)) {
            setOpen(true);
            setWaiting(true);
        }
    }

    function move(step: number): void {
        setOpen(true);
        const count = found.hits.length;
        if (count > 0) setActive(((active + step + 1 + count + 1) % (count + 1)) - 1);
    }

    function type(value: string): void {
        setText(value);
        setWaiting(false);
        setOpen(value.trim() !== "");
    }

    return { text, open, active, found, type, move, enter, leave, pick, all };
}

type Box = ReturnType<typeof useBox>;

interface FieldProps {
    input: RefObject<HTMLInputElement | null>;
    box: Box;
    expanded: boolean;
}

function Field({ input, box, expanded }: FieldProps) {
    const messages = useMessages();

    function onKeyDown(event: KeyboardEvent) {
        const steps: Record<string, () => void> = {
            ArrowDown: () => box.move(1),
            ArrowUp: () => box.move(-1),
            Enter: box.enter,
            Escape: () => (expanded ? box.leave() : input.current?.blur()),
        };
        const step = steps[event.key];
        if (step === undefined || event.isComposing) return;
        event.preventDefault();
        step();
    }

    return (
        <input
            ref={input}
            class="search-input"
            type="text"
            role="combobox"
            aria-label={messages.searchLabel}
            aria-expanded={expanded}
            aria-controls="hits"
            aria-autocomplete="list"
            aria-activedescendant={expanded && box.active >= 0 ? `hit-${box.active}` : undefined}
            placeholder={messages.searchPlaceholder}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="search"
            value={box.text}
            onInput={event => box.type(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onBlur={box.leave}
        />
    );
}

export function SearchBox() {
    const input = useRef<HTMLInputElement>(null);
    const box = useBox(() => input.current?.blur());
    const expanded = box.open && box.text.trim() !== "";
    useAnnounced(box.found, expanded);

    const run = () => {
        input.current?.focus();
        input.current?.select();
    };
    useShortcuts(
        [
            { keys: "/", run },
            { keys: "mod+k", run },
        ],
        [],
    );

    return (
        <search class="search-box">
            <Icon name="search" />
            <Field input={input} box={box} expanded={expanded} />
            <Keys shortcut={place.value.page === "account" ? "mod+k" : "/"} />
            {expanded ? (
                <Hits
                    found={box.found}
                    text={box.text}
                    active={box.active}
                    onPick={box.pick}
                    onAll={box.all}
                />
            ) : (
                <div id="hits" hidden />
            )}
        </search>
    );
}
