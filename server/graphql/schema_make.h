/* schema_make: definitions and extensions become types. What they say must already be known to make
 * sense. */
#pragma once

#include "graphql/schema.h"

struct document;

/* NULL and an error when a name is not defined or an applied directive cannot be understood. */
struct schema *schema_make(struct arena *arena, struct document **documents, uint32_t count,
                           const struct schema_options *options, struct errors *errors);
