/* search_definition: what a field of a search can be compared by. */
#pragma once

#include "run/resolver.h"

/* SearchField.operators, of operators. */
enum status search_field_operators(struct compute *compute);
