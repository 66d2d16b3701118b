/* printer: documents and schemas back to text, as graphql-js prints them. */
#pragma once

#include "graphql/schema.h"

struct buf;

void print_document(struct buf *buf, const struct document *document);
void print_value(struct buf *buf, const struct ast_value *value);
void print_type(struct buf *buf, const struct ast_type *type);
void print_type_use(struct buf *buf, const struct type_use *use);
void print_selections(struct buf *buf, const struct ast_selection_set *selections, uint32_t level);

/* The schema in SDL, as the viewer with these rights sees it, hidden directives left out. */
void print_schema(struct buf *buf, const struct schema *schema, uint64_t rights);
