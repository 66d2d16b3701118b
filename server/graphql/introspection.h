/* introspection: the schema as objects with fields (specification §4), as the viewer sees it.
 *
 * The planner treats these as rows of a source in memory: an object is an opaque pointer plus its
 * introspection type; leaves are asked one by one, relations give lists of objects.
 */
#pragma once

#include "graphql/coerce.h"

struct arena;

enum introspected_kind {
    INTROSPECTED_SCHEMA,
    INTROSPECTED_TYPE, /* a struct type_use: wrappers are types of their own in introspection */
    INTROSPECTED_FIELD,
    INTROSPECTED_INPUT_VALUE,
    INTROSPECTED_ENUM_VALUE,
    INTROSPECTED_DIRECTIVE,
};

struct introspected {
    enum introspected_kind kind;
    const void *object;
};

/* A leaf as text to be written: kind INPUT_NULL, INPUT_STRING, INPUT_BOOLEAN, or INPUT_LIST of
 * strings. */
void introspect_leaf(const struct schema *schema, uint64_t rights, struct introspected object,
                     const struct field *field, struct arena *arena, struct input *out);

/* The objects behind a field, in order. False: null. One that is not a list has count 1. */
bool introspect_objects(const struct schema *schema, uint64_t rights, struct introspected object,
                        const struct field *field, const struct input *arguments,
                        struct arena *arena, struct introspected **objects, uint32_t *count);

/* Query.__schema and Query.__type(name:). */
bool introspect_root(const struct schema *schema, uint64_t rights, const struct field *field,
                     const struct input *arguments, struct arena *arena, struct introspected *out);
