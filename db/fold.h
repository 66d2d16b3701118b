/* fold: text as it is compared when people search: lower case, without accents, ß as ss.
 *
 * Whoever writes search terms and whoever looks for them folds in the same way.
 */
#pragma once

#include "base/str.h"

struct arena;

/* In the arena. Bytes that are not UTF-8 are left out. */
struct str fold_text(struct arena *arena, struct str text);

/* As fold_text(), but ä, ö and ü become ae, oe and ue, as Germans write them without umlauts. */
struct str fold_text_german(struct arena *arena, struct str text);

/* Cuts the next word from the front of *rest, which is folded; an apostrophe is part of a word.
 * False: there is none. */
bool fold_next_word(struct str *rest, struct str *word);
