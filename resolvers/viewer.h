/* viewer: who is asking. */
#pragma once

#include "run/resolver.h"

enum status viewer_objects(struct resolve *resolve);
void viewer_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                 struct cell *out);
