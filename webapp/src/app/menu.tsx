/* menu: what the viewer can set and where they can go, behind their initials. */

import { useRef } from "preact/hooks";
import type { Viewer } from "../core/documents.ts";
import { densities, themes } from "../core/preferences.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { useMessages } from "../ui/words.ts";
import { ContactReminder } from "./contact-reminder.tsx";
import { mayExplore } from "./explorer-page.tsx";
import { chooseDensity, chooseTheme, go, preferences, session } from "./state.ts";

interface Choice<T extends string> {
    value: T;
    label: string;
    icon?: IconName;
}

interface ChoicesProps<T extends string> {
    title: string;
    name: string;
    choices: Choice<T>[];
    value: T;
    onChoose: (value: T) => void;
}

function Choices<T extends string>({ title, name, choices, value, onChoose }: ChoicesProps<T>) {
    return (
        <fieldset class="choices">
            <legend>{title}</legend>
            <div class="segments">
                {choices.map(choice => (
                    <label key={choice.value} class="segment">
                        <input
                            type="radio"
                            name={name}
                            value={choice.value}
                            checked={choice.value === value}
                            onChange={() => onChoose(choice.value)}
                        />
                        <span>
                            {choice.icon !== undefined && <Icon name={choice.icon} size={14} />}
                            {choice.label}
                        </span>
                    </label>
                ))}
            </div>
        </fieldset>
    );
}

async function signOut(): Promise<void> {
    go({ page: "sign-in" });
    try {
        await session.signOut();
    } catch {
        // The server did not hear it; here everything is forgotten already, and its session runs out by itself.
    }
}

function initials(name: string): string {
    const words = name.split(/\s+/).filter(word => /^\p{L}/u.test(word));
    const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
    return letters.map(word => [...(word ?? "")][0] ?? "").join("");
}

export function Menu({ viewer, onHelp }: { viewer: Viewer; onHelp: () => void }) {
    const messages = useMessages();
    const { theme, density } = preferences.value;
    const menu = useRef<HTMLDivElement>(null);
    const themeLabels = {
        system: messages.themeSystem,
        light: messages.themeLight,
        dark: messages.themeDark,
    };
    const icons = { system: "screen", light: "sun", dark: "moon" } as const;
    const densityLabels = {
        compact: messages.densityCompact,
        normal: messages.densityNormal,
        roomy: messages.densityRoomy,
    };
    return (
        <>
            <ContactReminder />
            <button type="button" class="avatar" popovertarget="menu" title={viewer.name}>
                {initials(viewer.name)}
                <span class="unseen"> {messages.menu(viewer.name)}</span>
            </button>
            <div id="menu" ref={menu} class="menu" popover="auto">
                <div class="menu-who">
                    <strong>
                        <bdi>{viewer.name}</bdi>
                    </strong>
                    <span class="quiet">{viewer.login}</span>
                </div>
                <Choices
                    title={messages.theme}
                    name="theme"
                    value={theme}
                    choices={themes.map(value => ({
                        value,
                        label: themeLabels[value],
                        icon: icons[value],
                    }))}
                    onChoose={chooseTheme}
                />
                <Choices
                    title={messages.density}
                    name="density"
                    value={density}
                    choices={densities.map(value => ({ value, label: densityLabels[value] }))}
                    onChoose={chooseDensity}
                />
                {mayExplore(viewer) && (
                    <a
                        class="menu-item"
                        href="/explorer"
                        onClick={() => menu.current?.hidePopover()}
                    >
                        <Icon name="code" />
                        <span>{messages.explorer}</span>
                    </a>
                )}
                <button
                    type="button"
                    class="menu-item"
                    onClick={() => {
                        menu.current?.hidePopover();
                        onHelp();
                    }}
                >
                    <Icon name="keyboard" />
                    <span>{messages.shortcuts}</span>
                    <Keys shortcut="?" />
                </button>
                <button type="button" class="menu-item" onClick={signOut}>
                    <Icon name="leave" />
                    <span>{messages.signOut}</span>
                </button>
            </div>
        </>
    );
}
