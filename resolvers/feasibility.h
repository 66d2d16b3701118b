/* feasibility: what a customer can have, asked before anything is ordered. */
#pragma once

#include "run/resolver.h"

void feasibility_qualify(struct resolve *resolve);
enum status feasibility_items(struct resolve *resolve);
void feasibility_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                      struct cell *out);
