/* fragment_spreads: which fragments a selection reaches, in the order in which they are found. */
#pragma once

#include "graphql/validation.h"

struct spread_list {
    struct arena *arena;
    const struct ast_selection **items;
    uint32_t count;
    uint32_t capacity;
};

/* All spreads in a selection, not looking into the fragments. */
struct spread_list fragment_spreads_in(struct validation *v,
                                       const struct ast_selection_set *selections);

/* The same of a fragment, found once. */
struct spread_list fragment_spreads_of(struct validation *v, struct fragment_info *fragment);

struct fragment_list {
    struct fragment_info **items;
    uint32_t count;
    uint32_t run; /* what `reached` of these fragments is */
};

struct fragment_list fragment_spreads_reachable(struct validation *v,
                                                const struct ast_operation *operation);
struct fragment_list fragment_spreads_reachable_from_all(struct validation *v);
