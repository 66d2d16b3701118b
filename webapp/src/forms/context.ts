/* context: where forms are opened from: the tab whose panels offer actions, and who opens them. */

import { createContext } from "preact";
import type { Tab } from "../core/documents.ts";
import type { Action, Fill } from "../core/layout.ts";

/** What drafts in the browser's store are called by. */
export const draftPrefix = "dossier-draft:";

/** Something that is about to be done, and to what. */
export interface Acting {
    tab: Tab;
    action: Action;
    fill: Fill;
    row: unknown;
    /** What people call the row; empty: it is about the customer. */
    name: string;
    /** What is gone on with once it is done. */
    after?: Acting;
}

export interface ActPlace {
    tab: Tab;
    /** All that the account has: their actions may be offered by each of them. */
    tabs: Tab[];
    onAct: (acting: Acting) => void;
}

/** Null where nothing can be done: of an account as it was. */
export const ActPlaceContext = createContext<ActPlace | null>(null);
