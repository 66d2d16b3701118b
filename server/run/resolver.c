/* resolver: C code as a source of objects. */
#include "run/resolver.h"

#include "base/arena.h"
#include "graphql/schema.h"

const struct resolver *resolver_find(const struct resolver *resolvers, struct str coordinate)
{
    for (; resolvers != NULL && resolvers->coordinate != NULL; resolvers++) {
        if (str_is(coordinate, resolvers->coordinate))
            return resolvers;
    }
    return NULL;
}

void resolve_add(struct resolve *resolve, uint32_t parent, const void *object)
{
    struct source_request *request = resolve->request;
    struct cell cell = {.kind = CELL_OBJECT, .object = object};
    struct cell *row = object_rows_add(resolve->rows, parent, cell, resolve->type);
    for (uint32_t i = 0; i < request->column_count; i++) {
        if (request->columns[i].type == resolve->type)
            resolve->leaves->leaf(resolve, object, request->columns[i].field, &row[2 + i]);
    }
}

void resolve_done(struct resolve *resolve, enum status status)
{
    struct source_request *request = resolve->request;
    request->status = status;
    if (resolve->starting)
        resolve->done = true; /* resolver_start() says so */
    else
        request->on_rows(request);
}

/* In the arena: it is needed until the rows are there. */
static bool start_later(const struct resolver *resolver, const struct resolve *resolve)
{
    struct arena *arena = resolve->request->arena;
    struct resolve *own = arena_new(arena, struct resolve);
    *own = *resolve;
    own->rows = arena_new(arena, struct object_rows);
    *own->rows = *resolve->rows;
    own->starting = true;
    resolver->later(own);
    own->starting = false;
    return own->done;
}

static bool resolver_start(struct source *super, struct source_request *request)
{
    struct resolver_source *source = (struct resolver_source *)super;
    const struct field *field = request->field;
    struct object_rows rows = {.request = request};
    if (field == NULL) { /* the root has no leaves of its own here */
        object_rows_add(&rows, 0, (struct cell){.kind = CELL_OBJECT, .object = source},
                        request->root);
        return true;
    }
    struct str coordinate = str_printf(request->arena, STR_FMT "." STR_FMT,
                                       STR_ARG(field->parent->name), STR_ARG(field->name));
    const struct resolver *resolver = resolver_find(source->resolvers, coordinate);
    struct resolve resolve = {
        .request = request,
        .rows = &rows,
        .type = field->type->named,
        .self = resolver,
        .leaves = resolver_find(source->resolvers, field->type->named->name),
        .state = source->state,
    };
    if (resolver == NULL || resolve.leaves == NULL ||
        (resolver->objects == NULL && resolver->later == NULL)) {
        request->status = STATUS_INTERNAL;
        request->problem =
            str_printf(request->arena, "no resolver for " STR_FMT, STR_ARG(coordinate));
        return true;
    }
    if (resolver->later != NULL)
        return start_later(resolver, &resolve);
    request->status = resolver->objects(&resolve);
    return true;
}

void resolver_source_init(struct resolver_source *source, const struct resolver *resolvers,
                          void *state)
{
    *source = (struct resolver_source){
        .super = {.start = resolver_start}, .resolvers = resolvers, .state = state};
}
