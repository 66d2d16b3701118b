/* registry: what every kind of panel is given. */

import type { ComponentChildren } from "preact";
import type { RowOf } from "../core/account.ts";
import type { Failure } from "../core/failure.ts";
import type { Panel } from "../core/layout.ts";

/** Reads the next page of the list at a path; the variable takes its cursor. `of`: below that row alone. */
export type ReadMore = (at: string, variable: string, of?: RowOf) => Promise<Failure | null>;

/** Asks for the tab again with that value of a variable. */
export type ChooseValue = (variable: string, value: string) => Promise<Failure | null>;

/** Saves the list of a panel as a file. */
export type SaveList = (panel: string) => Promise<Failure | null>;

export interface PanelProps<P extends Panel> {
    panel: P;
    /** What the panel shows: the value at its `at`, or all there is around it. */
    value: unknown;
    /** The things around the value, nearest first. */
    within: unknown[];
    /** What the panel is called, for those who do not see it in its place. */
    label: string;
    /** Draws panels inside this one, over another value. */
    renderPanels: (
        panels: Panel[],
        data: unknown,
        within: unknown[],
        of: string,
        onMore?: ReadMore,
    ) => ComponentChildren;
    /** Absent where nothing can be read on. */
    onMore?: ReadMore | undefined;
    /** Absent where nothing can be chosen. */
    onChoose?: ChooseValue | undefined;
}
