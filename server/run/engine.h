/* engine: what answers calls: the schema, its trusted documents, and where rows come from.
 *
 * One engine per process, read-only after start but for the documents it is told to trust; one
 * engine_loop per event loop with that loop's database connections and plan cache.
 */
#pragma once

#include "base/status.h"
#include "graphql/parser.h"
#include "graphql/validate.h"
#include "plan/binding.h"

struct arena;
struct call;
struct database;
struct database_pool;
struct engine;
struct engine_loop;
struct loop;
struct memory;
struct source;
struct viewer;

struct engine_options {
    const struct schema *schema;
    struct scope_tables scopes; /* from the schema loader */
    struct memory *memory;      /* reference tables; NULL: they are asked for like others */
    struct source *objects;     /* resolvers, or the wiring of the conformance tests; thread-safe */
    uint64_t
        ad_hoc_right; /* who lacks this right may send trusted documents only; 0: everybody may */
    struct parse_limits parse; /* of ad-hoc documents */
    struct validate_limits validate;
    uint32_t fetch_limit;      /* of one plan */
    uint32_t filter_limit;     /* conditions in all filters of a request */
    uint32_t filter_depth;     /* objects in objects of a filter */
    uint32_t error_limit;      /* errors told to a client */
    uint32_t plan_cache_bytes; /* per loop, for ad-hoc documents */
    uint32_t slow_ms;          /* calls that take as long are logged; 0: none */
    uint32_t budgets[3]; /* by enum viewer_kind: points that one call may cost; 0: any number */
};

struct engine *engine_create(struct arena *arena, const struct engine_options *options);

/* Compiles a document that clients may ask for by hash, from now on, on every loop; thread-safe.
 * *id becomes sha256:… (in the engine's memory). STATUS_INVALID with the reason in *problem. */
enum status engine_trust(struct engine *engine, struct str text, struct arena *arena,
                         struct str *id, struct str *problem);

const struct schema *engine_schema(const struct engine *engine);

/* The rights that a trusted document asks for; 0 when nobody knows it. */
uint64_t engine_needs(struct engine *engine, struct str id);

/* Before a document is called unknown, `compose` may trust the ones this viewer is entitled to:
 * they are then known after a restart, and on every server, without anybody having asked for their
 * id here. Set before the first call; `compose` is called on any loop. */
void engine_set_composer(struct engine *engine,
                         void (*compose)(void *context, const struct viewer *viewer),
                         void *context);

/* `hand_over` takes a call with a mutation to a worker, which does it with call_perform(), and then
 * gives it back to the loop, where call_return() answers it; false: there is no room. Without it
 * mutations run on the loop, as all else. Set before the first call. */
void engine_set_writers(struct engine *engine,
                        bool (*hand_over)(void *context, struct call *call, struct loop *loop),
                        void *context);

/* pool may be NULL when the schema has no tables. */
struct engine_loop *engine_loop_create(struct engine *engine, struct loop *loop,
                                       struct database_pool *pool);

/* For a worker: calls are performed on its thread, all statements on that connection. `settle` is
 * called when all that is selected of a root field of a mutation is there, before the next one
 * begins: false with `again` when the field has to be done once more. */
struct settled {
    bool again;
    enum status status; /* else: why it did not hold */
};
struct engine_loop *engine_loop_create_waiting(struct engine *engine, struct database *database,
                                               struct settled (*settle)(void *writer),
                                               void *writer);
void engine_loop_destroy(struct engine_loop *engine_loop);
