/* coerce: input values from literals and from JSON, as types want them (§3.5, §6.1.2, §6.4.1). */
#pragma once

#include "graphql/schema.h"
#include <jansson.h>

struct arena;
struct errors;

enum input_kind {
    INPUT_ABSENT, /* not given, and no default */
    INPUT_NULL,
    INPUT_INT,
    INPUT_FLOAT,
    INPUT_STRING, /* also ID, enum values by name, and custom scalars in their canonical text */
    INPUT_BOOLEAN,
    INPUT_LIST,
    INPUT_OBJECT,
    INPUT_JSON, /* the JSON scalar: `text` is its JSON text */
};

struct input {
    enum input_kind kind;
    bool boolean;
    uint32_t count; /* of items or fields */
    int64_t integer;
    double real;
    struct str text;
    struct input *items;
    struct input_field *fields; /* in the order of the input type; absent ones are INPUT_ABSENT */
};

struct input_field {
    const struct input_value *definition;
    struct input value;
};

/* A scalar's own rules: whether a literal or JSON value is one, and its canonical form. The message
 * of a refusal is put into *problem, in the arena. */
struct scalar {
    const char *name;
    const char *specified_by; /* NULL: none */
    bool (*from_json)(const struct scalar *scalar, struct arena *arena, const json_t *json,
                      struct input *out, struct str *problem);
    bool (*from_literal)(const struct scalar *scalar, struct arena *arena,
                         const struct ast_value *literal, struct input *out, struct str *problem);
};

/* By name: the five of the specification and Dossier's own; those nobody knows accept all. */
const struct scalar *scalar_find(struct str name);
const struct scalar *scalar_any(void);

/* The variables of one operation: values[i] belongs to operation->variables[i]. */
struct variables {
    const struct ast_operation *operation;
    struct input *values;
};

/* Errors have the code BAD_USER_INPUT. `json` is an object or NULL. */
bool coerce_variables(const struct schema *schema, const struct document *document,
                      const struct ast_operation *operation, const json_t *json, uint64_t rights,
                      struct arena *arena, struct errors *errors, struct variables *out);

const struct input *variable_value(const struct variables *variables, struct str name);

/* The arguments of a field, one per definition, defaults applied: the document must be valid.
 * False with the message in *problem when a variable is null or absent where that is not allowed.
 */
bool coerce_arguments(const struct input_value *definitions, uint32_t count,
                      const struct ast_arguments *given, const struct variables *variables,
                      struct arena *arena, struct input *out, struct str *problem);

/* The member of an input object by field name; an absent one when there is none. */
const struct input *input_member(const struct input *object, const char *name);
