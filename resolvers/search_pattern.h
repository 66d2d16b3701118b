/* search_pattern: what somebody typed into one field of a search, as it is compared with terms.
 *
 * Whoever writes terms (db/search_terms.h) and whoever looks for them fold in the same way.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;

enum search_form {
    SEARCH_EQUAL,
    SEARCH_BEGINS,   /* x% and x alone */
    SEARCH_ENDS,     /* %x */
    SEARCH_CONTAINS, /* %x% */
};

struct search_pattern {
    enum search_form form;
    struct str text; /* folded; every character stands for itself */
};

enum {
    SEARCH_BYTES_LIMIT = 200,
    SEARCH_WORDS_LIMIT = 6,
    SEARCH_SHORTEST = 2,       /* characters of a beginning */
    SEARCH_SHORTEST_INNER = 3, /* characters of an ending, or of something within */
};

/* Only digits and what people put between them, two digits at least. */
bool search_is_number(struct str text);

/* +49 30 …, 0049 30 … and (030) … as their digits; an international prefix is left out. */
struct str search_digits(struct arena *arena, struct str text);

/* A word of a name as it stands among the terms: obrien for o'brien. */
struct str search_without_apostrophes(struct arena *arena, struct str word);

/* The words of a name, each a pattern, or one pattern of anything else. `like`: a percent sign at
 * the front or at the end stands for anything. *count is at most SEARCH_WORDS_LIMIT.
 * STATUS_INVALID with words for the client in *problem. */
enum status search_patterns(struct arena *arena, struct str value, bool like, bool is_name,
                            struct search_pattern *out, uint32_t *count, struct str *problem);

/* For LIKE with ESCAPE '!'; the text between these two. */
struct str search_like(struct arena *arena, const char *before, struct str text, const char *after);
