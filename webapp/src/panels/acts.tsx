/* acts: the place of what can be done with a panel or a row, drawn by whoever knows how. */

import { type ComponentType, createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Use } from "../core/layout.ts";

export interface ActsProps {
    uses: Use[];
    /** What the actions are filled from. */
    row: unknown;
    /** What people call it. */
    name: string;
}

/** Null where nothing can be done. */
export const ActsContext = createContext<ComponentType<ActsProps> | null>(null);

interface Props extends Omit<ActsProps, "uses"> {
    uses: Use[] | undefined;
}

export function Acts({ uses, row, name }: Props) {
    const Drawn = useContext(ActsContext);
    return Drawn !== null && uses !== undefined ? (
        <Drawn uses={uses} row={row} name={name} />
    ) : null;
}
