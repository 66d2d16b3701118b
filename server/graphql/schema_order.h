/* schema_order: which types belong to a schema, in which order, and which of them may stand for
 * which. */
#pragma once

#include "graphql/schema.h"

struct document;

/* `types` and `directives` hold everything that was defined, built-in ones among them. */
void schema_order(struct schema *schema, const struct map *types, const struct map *directives,
                  struct document **documents, uint32_t count);
