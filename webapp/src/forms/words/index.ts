/* index: the forms' words in the viewer's language. */

import { spoken } from "../../i18n/index.ts";
import { useReading } from "../../ui/words.ts";
import { de } from "./de.ts";
import { en, type Words } from "./en.ts";

export type { Words } from "./en.ts";

const known: Record<string, Words> = { en, de };

export function useWords(): Words {
    return known[spoken(useReading().locale.language)] ?? en;
}
