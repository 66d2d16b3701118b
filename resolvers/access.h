/* access: why somebody sees something, or does not. */
#pragma once

#include "run/resolver.h"

void access_explain(struct resolve *resolve);
enum status access_rights(struct resolve *resolve);
void access_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                 struct cell *out);
void access_right_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                       struct cell *out);
