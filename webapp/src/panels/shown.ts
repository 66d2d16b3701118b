/* shown: the row of a table that an address leads to. */

import { createContext } from "preact";

/** Its key; null where the address leads to no row. */
export const ShownRow = createContext<string | null>(null);
