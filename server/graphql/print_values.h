/* print_values: values, strings and what both documents and schemas write alike. */
#pragma once

#include "graphql/ast.h"

struct buf;

/* Line ends inside are followed by two spaces for each level. */
void print_indented_value(struct buf *buf, const struct ast_value *value, uint32_t level);
void print_line(struct buf *buf, uint32_t level);

/* "quoted", with escapes. */
void print_string(struct buf *buf, struct str text);

/* As a block string if its text allows that, else quoted; and a line end. Nothing when there is
 * none. */
void print_description(struct buf *buf, struct str description, uint32_t level);

/* As it was written in a document: a string, or a block. */
void print_written_description(struct buf *buf, struct str description, bool is_block,
                               uint32_t level);

void print_arguments(struct buf *buf, const struct ast_arguments *arguments, uint32_t level);

/* Each with a space before it. */
void print_directives(struct buf *buf, const struct ast_directives *directives, uint32_t level);

/* How wide arguments are on one line, in UTF-16 code units. */
size_t print_arguments_width(const struct ast_arguments *arguments);
size_t print_width(struct str text);

enum { PRINT_LINE_WIDTH = 80 };
