/* words: gives every part below the app's texts, and how values are read by this viewer. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ReadFile } from "../core/file.ts";
import type { Locale } from "../core/format.ts";
import type { Answer } from "../core/gql.ts";
import { en, type Messages } from "../i18n/index.ts";

export type AskNamed = (
    name: string,
    variables: object,
    signal: AbortSignal,
) => Promise<Answer<Record<string, unknown>>>;

export interface Reading {
    messages: Messages;
    locale: Locale;
    rights: ReadonlySet<string>;
    /** Today's date, as 2026-10-01. */
    today: string;
}

export const noReading: Reading = {
    messages: en,
    locale: {
        language: "en",
        timeZone: undefined,
        now: () => new Date(),
        texts: en,
        label: () => undefined,
    },
    rights: new Set(),
    today: "",
};

export const ReadingContext = createContext<Reading>(noReading);

export function useReading(): Reading {
    return useContext(ReadingContext);
}

export function useMessages(): Messages {
    return useContext(ReadingContext).messages;
}

/** How files that only this viewer may have are read. */
export const FilesContext = createContext<ReadFile>(() =>
    Promise.reject(new Error("nobody reads files here")),
);

export function useReadFile(): ReadFile {
    return useContext(FilesContext);
}

/** How a document of the app is asked by its name; null where nobody can. */
export const AskContext = createContext<AskNamed | null>(null);
