/* schema_rules: what definitions must be for a schema to be made of them. */
#pragma once

#include "graphql/schema.h"

struct document;

/* Reports every violation; true when there was none. */
bool schema_rules(struct arena *arena, struct document **documents, uint32_t count,
                  struct errors *errors);
