/* viewer: who is asking, and the tabs their account is made of. */
#pragma once

#include "run/resolver.h"

enum status viewer_objects(struct resolve *resolve);
enum status viewer_tabs(struct resolve *resolve);
void viewer_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                 struct cell *out);
void viewer_tab_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                     struct cell *out);
