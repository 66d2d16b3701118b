/* schema_checking: what the checks of a schema's types share. */
#pragma once

#include "graphql/errors.h"
#include "graphql/schema.h"

struct schema_checking {
    const struct schema *schema;
    struct arena *arena;
    struct errors *errors;
};

/* The document that a part of a type, or of one of its extensions, was written in. */
const struct document *checking_document(const struct type *type, const void *part);

struct error *checking_report(struct schema_checking *checking, struct str message);
void checking_at(struct schema_checking *checking, struct error *error,
                 const struct document *document, uint32_t at);

/* At the type and all its extensions. */
void checking_at_type(struct schema_checking *checking, struct error *error,
                      const struct type *type);

/* At a directive that says deprecated, if there is one. */
void checking_at_deprecation(struct schema_checking *checking, struct error *error,
                             const struct document *document,
                             const struct ast_directives *directives);

/* Names that begin with two underscores belong to introspection. */
void checking_name(struct schema_checking *checking, struct str name,
                   const struct document *document, uint32_t at);

/* schema_check_inputs.c: arguments of a field or directive, an input object's fields, and all of
 * them together. */
void checking_arguments(struct schema_checking *checking, const struct input_value *arguments,
                        uint32_t count, const struct document *document, bool of_directive);
void checking_input_object(struct schema_checking *checking, const struct type *type);

/* schema_check_cycles.c: input objects that cannot be written down, and defaults that never end. */
void checking_finite(struct schema_checking *checking);
struct default_cycles;
struct default_cycles *checking_default_cycles_create(struct schema_checking *checking);
void checking_default_cycles(struct default_cycles *cycles, const struct type *type);

/* schema_check_interfaces.c */
void checking_interfaces(struct schema_checking *checking, const struct type *type);
