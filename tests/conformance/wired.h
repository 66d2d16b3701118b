/* wired: a schema answered from the wiring source by the same planner and writer as everything
 * else. */
#pragma once

#include "graphql/errors.h"
#include "immediate_loop.h"
#include "run/engine.h"
#include "source/source.h"
#include <jansson.h>

struct wired {
    struct arena *arena;
    struct schema *schema;
    uint64_t rights; /* of who asks; all, unless somebody says otherwise */
    struct source wiring;
    struct immediate_loop loop;
    struct engine_loop *engine;
};

/* False with errors when the source is no valid schema; it is to be closed all the same. */
bool wired_open(struct wired *wired, struct str schema_source, struct errors *errors);
void wired_close(struct wired *wired);

/* The answer as JSON text, in the arena. */
struct str wired_execute(struct wired *wired, struct arena *arena, struct str query,
                         struct str operation_name, const json_t *variables);
