/* example: variables made up for a plan that is only explained. */
#pragma once

#include <jansson.h>

struct arena;
struct plan;

/* What was given, and a value for each other variable that needs one; what @skip and @include ask
 * for is as the plan wants it, so that as much as can be is live. Owned by the arena. */
const json_t *example_variables(struct arena *arena, const struct plan *plan, const json_t *given);
