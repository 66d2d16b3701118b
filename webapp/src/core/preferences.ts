/* preferences: how this browser likes the app to look; nothing about customers is ever kept here. */

import { type Way, ways } from "./route.ts";

export const themes = ["system", "light", "dark"] as const;
export const densities = ["compact", "normal", "roomy"] as const;

export type Theme = (typeof themes)[number];
export type Density = (typeof densities)[number];

export interface Preferences {
    theme: Theme;
    density: Density;
    /** Whether single keys are shortcuts (WCAG 2.1.4). */
    singleKeys: boolean;
    /** How each agent who works here last looked for a customer, by their login. */
    ways: Readonly<Record<string, Way>>;
    /** The language of the viewer who signed in last, so that the first words are theirs already. */
    language: string;
}

const key = "dossier-preferences";

export const defaults: Preferences = {
    theme: "system",
    density: "normal",
    singleKeys: true,
    ways: {},
    language: "",
};

const agents_kept = 20;

/** The same with an agent's way, the latest last; of many agents those who chose lately. */
export function withWay(
    known: Readonly<Record<string, Way>>,
    login: string,
    way: Way,
): Record<string, Way> {
    const others = Object.entries(known).filter(([name]) => name !== login);
    return Object.fromEntries([...others, [login, way] as const].slice(-agents_kept));
}

function waysOf(given: unknown): Record<string, Way> {
    if (typeof given !== "object" || given === null) return {};
    const known = Object.entries(given).filter(([, way]) => ways.includes(way));
    return Object.fromEntries(known.slice(-agents_kept));
}

/** What is kept may have been written by anybody: each value is taken only if it is one of ours. */
export function readPreferences(storage: Pick<Storage, "getItem">): Preferences {
    let kept: unknown;
    try {
        kept = JSON.parse(storage.getItem(key) ?? "{}");
    } catch {
        return { ...defaults };
    }
    if (typeof kept !== "object" || kept === null) return { ...defaults };
    const given = kept as Record<string, unknown>;
    const one = <T>(values: readonly T[], name: string, otherwise: T) =>
        values.includes(given[name] as T) ? (given[name] as T) : otherwise;
    const language = String(given.language ?? "");
    return {
        theme: one(themes, "theme", defaults.theme),
        density: one(densities, "density", defaults.density),
        singleKeys: one([true, false], "singleKeys", defaults.singleKeys),
        ways: waysOf(given.ways),
        language: /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : "",
    };
}

export function keepPreferences(storage: Pick<Storage, "setItem">, preferences: Preferences): void {
    try {
        storage.setItem(key, JSON.stringify(preferences));
    } catch {
        // Storage is full or forbidden: the choice then lasts as long as the window.
    }
}
