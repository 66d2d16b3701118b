/* i18n: the app's words in the viewer's language; each language but English arrives when it is needed. */

import { en, type Messages } from "./en.ts";

export type { Messages } from "./en.ts";

const others: Record<string, () => Promise<Messages>> = {
    de: async () => (await import("./de.ts")).de,
};

/** The languages the app speaks, as the beginnings of language tags. */
export const languages = ["en", ...Object.keys(others)];

export function spoken(tag: string): string {
    const short = tag.toLowerCase().split("-")[0] ?? "";
    return languages.includes(short) ? short : "en";
}

export async function messagesIn(tag: string): Promise<Messages> {
    const load = others[spoken(tag)];
    return load === undefined ? en : load();
}

export { en };
