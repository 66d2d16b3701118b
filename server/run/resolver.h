/* resolver: objects and conditions that C code makes, where a table cannot say it.
 *
 * resolvers/index.c lists them by schema coordinate; a field with @resolver and no resolver, or the
 * other way round, keeps the server from starting. A resolver gets all parents at once.
 */
#pragma once

#include "plan/binding.h"
#include "source/source.h"

struct action;
struct viewer;

/* One field asked of all its parents. */
struct resolve {
    struct source_request *request; /* arguments, parents, viewer, arena */
    struct object_rows *rows;
    const struct type *type; /* of the objects; for abstract fields the resolver chooses another */
    const struct resolver *self;
    const struct resolver *leaves;
    void *state;   /* what the engine was given as resolver_state */
    bool starting; /* `later` has not returned yet */
    bool done;     /* and has no more to wait for */
};

/* Adds an object for that parent. */
void resolve_add(struct resolve *resolve, uint32_t parent, const void *object);

/* All objects are added, or none can be; request->problem says why. Also within `later`, where
 * there is nothing to wait for. */
void resolve_done(struct resolve *resolve, enum status status);

/* Why one parent's leaf could not be made; status is STATUS_OK where it could. */
struct compute_failure {
    enum status status;
    struct str words;
};

/* A leaf of a type with @table, wanted for all rows of a fetch at once. It is made on the event
 * loop: no file, no database, no waiting, and little time for each parent. */
struct compute {
    const struct field *field;
    const struct input *arguments; /* one per argument of the field */
    const struct viewer *viewer;
    const struct cell *moment;        /* as of when the rows are, CELL_TIME; NULL: now */
    struct arena *arena;              /* of the request */
    uint32_t count;                   /* parents */
    struct cell *out;                 /* one for each parent, null before */
    struct compute_failure *failures; /* NULL: none */
    /* For compute_need(): */
    const struct rows *rows;
    const uint32_t *parents; /* their rows; NULL: all, in order */
    const uint32_t *columns;
};

/* A parent's value of one of the columns that @resolver(needs:) names, by its place there. */
const struct cell *compute_need(const struct compute *compute, uint32_t parent, uint32_t need);

/* Microseconds since 1970 of an argument of type DateTime; absent and null are the moment that the
 * rows are as of, or now. */
int64_t compute_moment(const struct compute *compute, const struct input *argument);

/* That parent's leaf cannot be made; the words are for the client. */
void compute_fail(struct compute *compute, uint32_t parent, enum status status, struct str words);

struct resolver {
    /* "Query.viewer": objects; "Viewer": leaves of all its fields; "Customer.age": batch */
    const char *coordinate;
    /* Below a row, the cell of each of request->parents leads to an array of struct cell: the
     * columns that @resolver(needs:) names. */
    enum status (*objects)(struct resolve *resolve);
    const struct action *action; /* of a mutation: what act_perform() performs (act/act.h) */
    /* Instead of objects, for what has to wait: resolve_done() is called once, by this or later. */
    void (*later)(struct resolve *resolve);
    enum status (*batch)(struct compute *compute);
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
