/* ast: a GraphQL document as the parser leaves it (specification §2 and §3, September 2025).
 *
 * Nodes live in the document's arena, names are spans of its source. `at` is the byte offset of the
 * node's first token; document_location() turns it into line and column. Sequences are arrays, in
 * source order. Nothing changes a document after it was parsed, except the schema loader, which
 * completes type system definitions before they become a schema.
 */
#pragma once

#include "base/str.h"

struct arena;

struct name {
    struct str text;
    uint32_t at;
};

enum ast_type_kind { AST_TYPE_NAMED, AST_TYPE_LIST };

/* A type reference: `[Name!]!` is a non-null list of a non-null named type. */
struct ast_type {
    enum ast_type_kind kind;
    bool non_null;
    uint32_t at;
    struct name name;    /* AST_TYPE_NAMED */
    struct ast_type *of; /* AST_TYPE_LIST */
};

enum ast_value_kind {
    AST_VALUE_VARIABLE,
    AST_VALUE_INT,
    AST_VALUE_FLOAT,
    AST_VALUE_STRING,
    AST_VALUE_BOOLEAN,
    AST_VALUE_NULL,
    AST_VALUE_ENUM,
    AST_VALUE_LIST,
    AST_VALUE_OBJECT,
};

struct ast_value {
    enum ast_value_kind kind;
    uint32_t at;
    uint32_t end;
    bool boolean;
    bool block;              /* a string that was written as """block""" */
    struct str text;         /* name of a variable or enum value, digits, string after escapes */
    struct ast_value *items; /* AST_VALUE_LIST */
    struct ast_object_field *fields; /* AST_VALUE_OBJECT */
    uint32_t count;                  /* of items or fields */
};

struct ast_object_field {
    struct name name;
    struct ast_value value;
};

struct ast_argument {
    struct name name;
    struct ast_value value;
};

struct ast_arguments {
    struct ast_argument *items;
    uint32_t count;
};

struct ast_directive {
    struct name name;
    uint32_t at; /* of the @ */
    struct ast_arguments arguments;
};

struct ast_directives {
    struct ast_directive *items;
    uint32_t count;
};

enum ast_selection_kind { AST_FIELD, AST_FRAGMENT_SPREAD, AST_INLINE_FRAGMENT };

struct ast_selection_set {
    struct ast_selection *items;
    uint32_t count; /* 0: there is none */
    uint32_t at;
};

struct ast_selection {
    enum ast_selection_kind kind;
    uint32_t at;
    struct name name;           /* field name, or the fragment that is spread */
    struct name alias;          /* text.at NULL: none */
    struct name type_condition; /* inline fragment; text.at NULL: none */
    struct ast_arguments arguments;
    struct ast_directives directives;
    struct ast_selection_set selections;
};

enum ast_operation_kind { AST_QUERY, AST_MUTATION, AST_SUBSCRIPTION };

struct ast_variable_definition {
    uint32_t at;
    struct str description;
    bool description_is_block; /* written as """block""" */
    struct name name;          /* without $ */
    struct ast_type *type;
    struct ast_value *default_value; /* NULL: none */
    struct ast_directives directives;
};

struct ast_operation {
    enum ast_operation_kind kind;
    uint32_t at;
    struct str description;
    bool description_is_block; /* written as """block""" */
    struct name name;          /* text.at NULL: anonymous */
    bool shorthand;            /* written as { … } */
    struct ast_variable_definition *variables;
    uint32_t variable_count;
    struct ast_directives directives;
    struct ast_selection_set selections;
};

struct ast_fragment {
    uint32_t at;
    struct str description;
    bool description_is_block; /* written as """block""" */
    struct name name;
    struct name type_condition;
    struct ast_directives directives;
    struct ast_selection_set selections;
};

/* Type system: one struct for definitions and extensions of all kinds; unused parts are empty. */

struct ast_input_value {
    uint32_t at;
    struct str description;    /* .at NULL: none */
    bool description_is_block; /* written as """block""" */
    struct name name;
    struct ast_type *type;
    struct ast_value *default_value; /* NULL: none */
    struct ast_directives directives;
};

struct ast_field_definition {
    uint32_t at;
    struct str description;
    bool description_is_block; /* written as """block""" */
    struct name name;
    struct ast_input_value *arguments;
    uint32_t argument_count;
    struct ast_type *type;
    struct ast_directives directives;
};

struct ast_enum_value {
    uint32_t at;
    struct str description;
    bool description_is_block; /* written as """block""" */
    struct name name;
    struct ast_directives directives;
};

struct ast_root_operation {
    enum ast_operation_kind operation;
    uint32_t at;
    struct name type;
};

enum ast_definition_kind {
    AST_OPERATION,
    AST_FRAGMENT,
    AST_SCHEMA,
    AST_SCALAR_TYPE,
    AST_OBJECT_TYPE,
    AST_INTERFACE_TYPE,
    AST_UNION_TYPE,
    AST_ENUM_TYPE,
    AST_INPUT_OBJECT_TYPE,
    AST_DIRECTIVE,
};

struct ast_type_system {
    const struct document *document; /* a schema may be made of several */
    uint32_t at;
    bool extension; /* extend … */
    struct str description;
    bool description_is_block; /* written as """block""" */
    struct name name;
    struct ast_directives directives;
    struct name *interfaces; /* object, interface: implements; union: members */
    uint32_t interface_count;
    struct ast_field_definition *fields; /* object, interface */
    uint32_t field_count;
    struct ast_input_value *inputs; /* input object: fields; directive: arguments */
    uint32_t input_count;
    struct ast_enum_value *values;
    uint32_t value_count;
    struct ast_root_operation *operations; /* schema */
    uint32_t operation_count;
    struct name *locations; /* directive */
    uint32_t location_count;
    bool repeatable; /* directive */
};

struct ast_definition {
    enum ast_definition_kind kind;
    uint32_t at;
    union {
        struct ast_operation operation;
        struct ast_fragment fragment;
        struct ast_type_system type_system;
    };
};

struct document {
    struct arena *arena;
    struct str source;
    struct str source_name; /* for messages: a file name, or "GraphQL request" */
    struct ast_definition *definitions;
    uint32_t definition_count;
    uint32_t operation_count;
    uint32_t fragment_count;
    uint32_t token_count;
    uint32_t variable_uses; /* in values, not in definitions */
    uint32_t alias_count;
};

struct location {
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in UTF-16 code units, as graphql-js counts */
};

struct location document_location(const struct document *document, uint32_t at);

/* The response name of a field: its alias, or its name. */
static inline struct str ast_response_key(const struct ast_selection *field)
{
    return field->alias.text.at != NULL ? field->alias.text : field->name.text;
}

/* NULL when there is none by that name. */
const struct ast_fragment *document_fragment(const struct document *document, struct str name);
const struct ast_directive *ast_directive(const struct ast_directives *directives,
                                          const char *name);
const struct ast_argument *ast_argument(const struct ast_arguments *arguments, const char *name);

/* The same names with the same values, literals or variables, in any order. What comparing costs is
 * taken off the budget, which may be NULL: no limit. */
bool ast_arguments_equal(const struct ast_arguments *a, const struct ast_arguments *b,
                         uint32_t *budget);

/* The operation to run (specification §6.1 GetOperation); name.at NULL means that none was given.
 * NULL: none, or no single one, with the message for the client in *problem. */
const struct ast_operation *document_operation(const struct document *document, struct str name,
                                               const char **problem);
