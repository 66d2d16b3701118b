/* resolver: objects and conditions that C code makes, where a table cannot say it.
 *
 * resolvers/index.c lists them by schema coordinate; a field with @resolver and no resolver, or the
 * other way round, keeps the server from starting. A resolver gets all parents at once.
 */
#pragma once

#include "plan/binding.h"
#include "source/source.h"

struct viewer;

/* One field asked of all its parents. */
struct resolve {
    struct source_request *request; /* arguments, parents, viewer, arena */
    struct object_rows *rows;
    const struct type *type; /* of the objects; for abstract fields the resolver chooses another */
    const struct resolver *leaves;
    void *state; /* what the engine was given as resolver_state */
};

/* Adds an object for that parent. */
void resolve_add(struct resolve *resolve, uint32_t parent, const void *object);

struct resolver {
    const char *coordinate; /* "Query.viewer": objects; "Viewer": leaves of all its fields */
    enum status (*objects)(struct resolve *resolve);
    /* A leaf of an object; *out is null before. */
    void (*leaf)(const struct resolve *resolve, const void *object, const struct field *field,
                 struct cell *out);
};

/* A condition that @many(predicate:) names. */
struct named_predicate {
    const char *name;
    predicate_function *function;
};

struct resolver_source {
    struct source super;
    const struct resolver *resolvers; /* ended by coordinate NULL */
    void *state;
};

void resolver_source_init(struct resolver_source *source, const struct resolver *resolvers,
                          void *state);
const struct resolver *resolver_find(const struct resolver *resolvers, struct str coordinate);
