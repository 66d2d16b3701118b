/* placeholder: {{names}} in a text, and what they stand for. */
#pragma once

#include "str.h"

struct arena;

struct placeholder {
    struct str name, value;
};

/* The text with each {{name}} replaced by its value, which is not looked into again. A name nobody
 * gave stays as it is: a reader sees what is missing. */
struct str placeholder_fill(struct arena *arena, struct str text,
                            const struct placeholder *placeholders, uint32_t count);

/* The first {{name}} in the text that nobody gave, also one with nothing in it; .at NULL: each has
 * a value. */
struct str placeholder_missing(struct str text, const struct placeholder *placeholders,
                               uint32_t count);
