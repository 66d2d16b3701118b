/* print_types: type system definitions and extensions as text. */
#pragma once

#include "graphql/ast.h"

struct buf;

void print_type_system(struct buf *buf, const struct ast_definition *definition);
