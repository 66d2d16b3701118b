/* action_state: what can be done with a thing as it stands now, and what keeps the rest from it. */
#pragma once

#include "base/cell.h"
#include "run/resolver.h"

struct hindrances;

/* One thing that is asked about. */
struct action_thing {
    const struct cell *needs; /* of its row, as @resolver(needs:) names them */
    const struct cell *row;   /* of the statement; NULL: its own row says all */
    const struct viewer *viewer;
};

enum { ACTION_MUTATIONS = 12 };

/* What is the same for all things of one type. */
struct action_subject {
    const char *mutations[ACTION_MUTATIONS]; /* NULL behind the last */
    /* Reads how so many things stand, by their keys, which are their first needs: one row for each
     * that begins with the key. NULL: their own rows say all. */
    struct str (*sql)(struct arena *arena, uint32_t count);
    /* A cheaper one that is asked before, of the same cells and one more: whether `sql` has to be
     * asked all the same. NULL: there is none. */
    struct str (*quick_sql)(struct arena *arena, uint32_t count);
    /* Whether its own row leaves it open; NULL: it always does. */
    bool (*is_open)(const struct cell *needs);
    /* What keeps it from that mutation, by its place; false: there is no such thing to do with it.
     * NULL: nothing does. */
    bool (*judge)(const struct action_thing *thing, uint32_t mutation, struct hindrances *out);
};

/* `later` of the `actions` of a type. */
void action_state_ask(struct resolve *resolve, const struct action_subject *subject);

enum status action_state_reasons(struct resolve *resolve);
void action_state_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                       struct cell *out);
void action_state_reason_leaf(const struct resolve *resolve, const void *object,
                              const struct field *field, struct cell *out);
