/* engine: the schema with its trusted documents, and what each loop adds to it. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/encode.h"
#include "base/idle_loop.h"
#include "graphql/errors.h"
#include "run/engine_internal.h"
#include <stdlib.h>

static void destroy_lock(void *lock)
{
    pthread_rwlock_destroy(lock);
}

struct engine *engine_create(struct arena *arena, const struct engine_options *options)
{
    struct engine *engine = arena_new(arena, struct engine);
    *engine = (struct engine){
        .arena = arena,
        .options = *options,
        .plan_options = {.schema = options->schema,
                         .scopes = options->scopes,
                         .fetch_limit = options->fetch_limit},
        .series_count = SERIES_NAMED,
    };
    pthread_rwlock_init(&engine->lock, NULL);
    arena_defer(arena, destroy_lock, &engine->lock);
    map_init(&engine->trusted, arena, 64);
    return engine;
}

/* The first error in words, with its place. */
static struct str first_problem(struct arena *arena, const struct errors *errors)
{
    const struct error *error = errors->first;
    if (error == NULL)
        return STR("too many errors");
    if (error->location_count == 0)
        return str_copy(arena, error->message);
    return str_printf(arena, "line %u, column %u: " STR_FMT, error->locations[0].line,
                      error->locations[0].column, STR_ARG(error->message));
}

/* All operations of the document compiled, or NULL with errors. */
static struct trusted *compile(struct engine *engine, struct arena *arena, struct str text,
                               struct errors *errors)
{
    struct trusted *trusted = arena_new(arena, struct trusted);
    trusted->arena = arena;
    const struct parse_limits unlimited = {0};
    const struct validate_limits any = {0};
    trusted->document = parse(arena, str_copy(arena, text), &unlimited, errors);
    if (trusted->document == NULL ||
        !validate(engine->options.schema, trusted->document, UINT64_MAX >> 1, &any, errors))
        return NULL;
    for (uint32_t i = 0; i < trusted->document->definition_count; i++) {
        const struct ast_definition *definition = &trusted->document->definitions[i];
        if (definition->kind != AST_OPERATION)
            continue;
        struct compiled *compiled = arena_new(arena, struct compiled);
        *compiled = (struct compiled){
            .operation = &definition->operation,
            .plan = plan_make(arena, &engine->plan_options, trusted->document,
                              &definition->operation, errors),
            .next = trusted->compiled,
        };
        if (compiled->plan == NULL)
            return NULL;
        trusted->compiled = compiled;
    }
    return trusted;
}

static void destroy_arena(void *arena)
{
    arena_destroy(arena);
}

enum status engine_trust(struct engine *engine, struct str text, struct arena *arena,
                         struct str *id, struct str *problem)
{
    struct str hash = str_printf(arena, "sha256:" STR_FMT, STR_ARG(sha256_hex(arena, text)));
    const struct trusted *known = engine_trusted(engine, hash);
    if (known != NULL) {
        *id = known->id;
        return STATUS_OK;
    }
    struct arena *own = arena_create();
    struct errors errors;
    errors_init(&errors, own, 5); /* with a limit of one the first would say that there are more */
    struct trusted *trusted = compile(engine, own, text, &errors);
    if (trusted == NULL) {
        *problem = first_problem(arena, &errors);
        arena_destroy(own);
        return STATUS_INVALID;
    }
    trusted->id = str_copy(own, hash);
    pthread_rwlock_wrlock(&engine->lock);
    for (struct compiled *each = trusted->compiled; each != NULL; each = each->next)
        each->series = measure_series(engine, each->operation->name.text);
    map_put(&engine->trusted, trusted->id, trusted);
    arena_defer(engine->arena, destroy_arena, own);
    pthread_rwlock_unlock(&engine->lock);
    *id = trusted->id;
    return STATUS_OK;
}

const struct trusted *engine_trusted(struct engine *engine, struct str id)
{
    pthread_rwlock_rdlock(&engine->lock);
    const struct trusted *trusted = map_get(&engine->trusted, id);
    pthread_rwlock_unlock(&engine->lock);
    return trusted;
}

const struct schema *engine_schema(const struct engine *engine)
{
    return engine->options.schema;
}

uint64_t engine_needs(struct engine *engine, struct str id)
{
    const struct trusted *trusted = engine_trusted(engine, id);
    uint64_t needs = 0;
    for (const struct compiled *each = trusted == NULL ? NULL : trusted->compiled; each != NULL;
         each = each->next)
        needs |= each->plan->needs;
    return needs;
}

void engine_set_composer(struct engine *engine,
                         void (*compose)(void *context, const struct viewer *viewer), void *context)
{
    engine->compose = compose;
    engine->compose_context = context;
}

void engine_set_writers(struct engine *engine,
                        bool (*hand_over)(void *context, struct call *call, struct loop *loop),
                        void *context)
{
    engine->hand_over = hand_over;
    engine->hand_over_context = context;
}

static struct engine_loop *create_loop(struct engine *engine, struct loop *loop)
{
    struct engine_loop *engine_loop = calloc(1, sizeof(*engine_loop));
    if (engine_loop == NULL)
        abort();
    engine_loop->engine = engine;
    engine_loop->loop = loop;
    return engine_loop;
}

/* Its source of rows is known. */
static struct engine_loop *open_loop(struct engine_loop *engine_loop)
{
    struct engine *engine = engine_loop->engine;
    desk_init(&engine_loop->desk, &engine_loop->sql.super, engine_loop->loop,
              sql_source_capacity(&engine_loop->sql));
    pthread_rwlock_wrlock(&engine->lock);
    engine_loop->next = engine->loops;
    engine->loops = engine_loop;
    pthread_rwlock_unlock(&engine->lock);
    return engine_loop;
}

struct engine_loop *engine_loop_create(struct engine *engine, struct loop *loop,
                                       struct database_pool *pool)
{
    struct engine_loop *engine_loop = create_loop(engine, loop);
    sql_source_init(&engine_loop->sql, pool);
    return open_loop(engine_loop);
}

struct engine_loop *engine_loop_create_waiting(struct engine *engine, struct database *database,
                                               struct settled (*settle)(void *writer), void *writer)
{
    struct engine_loop *engine_loop = create_loop(engine, idle_loop_create());
    engine_loop->own_loop = engine_loop->loop;
    engine_loop->settle = settle;
    engine_loop->writer = writer;
    sql_source_init_waiting(&engine_loop->sql, database);
    return open_loop(engine_loop);
}

void engine_loop_destroy(struct engine_loop *engine_loop)
{
    if (engine_loop == NULL)
        return;
    struct engine *engine = engine_loop->engine;
    pthread_rwlock_wrlock(&engine->lock);
    struct engine_loop **link = &engine->loops;
    while (*link != engine_loop)
        link = &(*link)->next;
    *link = engine_loop->next;
    pthread_rwlock_unlock(&engine->lock);
    desk_close(&engine_loop->desk);
    plan_cache_clear(&engine_loop->cache);
    if (engine_loop->own_loop != NULL)
        idle_loop_destroy(engine_loop->own_loop);
    free(engine_loop);
}
