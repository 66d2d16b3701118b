/* parse_values: what both halves of the language share: values, arguments, directives, types. */
#pragma once

#include "graphql/tokens.h"

/* `constant`: variables are refused, as in defaults and in the schema. */
void parse_value(struct tokens *tokens, struct ast_value *value, bool constant);
void parse_arguments(struct tokens *tokens, struct ast_arguments *arguments, bool constant);
void parse_directives(struct tokens *tokens, struct ast_directives *directives, bool constant);
struct ast_type *parse_type(struct tokens *tokens);

/* .at NULL: there is none. */
struct str parse_description(struct tokens *tokens, bool *is_block);
