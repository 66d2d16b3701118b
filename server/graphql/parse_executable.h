/* parse_executable: operations and fragments. */
#pragma once

#include "graphql/tokens.h"

void parse_operation(struct tokens *tokens, struct ast_operation *operation);
void parse_fragment_definition(struct tokens *tokens, struct ast_fragment *fragment);

/* query, mutation or subscription; anything else is refused. */
enum ast_operation_kind parse_operation_kind(struct tokens *tokens);
