/* tab: the tabs of viewers, and those of a customer's account. */
#pragma once

#include "run/resolver.h"

enum status tab_of_viewer(struct resolve *resolve);
enum status tab_of_customer(struct resolve *resolve);
void tab_leaf(const struct resolve *resolve, const void *object, const struct field *field,
              struct cell *out);
