/* parser: source text to a document, in one pass without recursion deeper than its limit. */
#pragma once

#include "graphql/ast.h"

struct arena;
struct errors;

struct parse_limits {
    uint32_t tokens;     /* 0: no limit, as for the schema's own files */
    uint32_t depth;      /* of selection sets, values and types together */
    uint32_t directives; /* in the whole document */
};

/* The document, or NULL and exactly one error (code GRAPHQL_PARSE_FAILED, or LIMIT). The source
 * must outlive the document. Executable and type system definitions are both accepted. */
struct document *parse(struct arena *arena, struct str source, const struct parse_limits *limits,
                       struct errors *errors);
