/* parse_executable: operations and fragments. */
#pragma once

#include "graphql/cursor.h"

void parse_operation(struct cursor *cursor, struct ast_operation *operation);
void parse_fragment_definition(struct cursor *cursor, struct ast_fragment *fragment);

/* query, mutation or subscription; anything else is refused. */
enum ast_operation_kind parse_operation_kind(struct cursor *cursor);
