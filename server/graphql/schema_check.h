/* schema_check: do the types of a schema fit together (specification §3)? */
#pragma once

#include "graphql/schema.h"

/* Reports every violation; true when there was none. */
bool schema_check(const struct schema *schema, struct errors *errors);
