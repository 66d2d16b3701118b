/* parse_types: type system definitions and extensions. */
#pragma once

#include "graphql/tokens.h"

/* Whether the keyword begins one, and which. */
bool parse_types_keyword(struct str keyword, enum ast_definition_kind *kind);

void parse_type_definition(struct tokens *tokens, enum ast_definition_kind kind,
                           struct ast_type_system *definition);

/* From `extend` on. */
void parse_type_extension(struct tokens *tokens, enum ast_definition_kind *kind,
                          struct ast_type_system *extension);
