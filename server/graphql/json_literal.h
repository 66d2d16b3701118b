/* json_literal: literals and JSON values as JSON text, for scalars that hold any value. */
#pragma once

#include "graphql/coerce.h"

struct buf;

/* Variables in the literal are replaced by their values; `variables` is NULL where there can be
 * none. */
void json_literal_write(struct buf *buf, const struct ast_value *literal,
                        const struct variables *variables);
void json_literal_write_json(struct buf *buf, const json_t *json);
void json_literal_write_input(struct buf *buf, const struct input *input);
