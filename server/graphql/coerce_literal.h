/* coerce_literal: literals of a valid document, with the values of its variables put in (§6.4.1).
 */
#pragma once

#include "graphql/coerce.h"
#include "graphql/errors.h"

/* `variables` is NULL where there can be none. False, with the message in *problem, when a
 * variable's null or absence meets what must not be null. */
bool coerce_literal_value(struct arena *arena, const struct ast_value *literal,
                          const struct type_use *use, const struct variables *variables,
                          struct input *out, struct str *problem);

/* The default of an argument or input field; INPUT_ABSENT when it has none. */
void coerce_literal_default(struct arena *arena, const struct input_value *input,
                            struct input *out);
