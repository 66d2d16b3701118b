/* engine: what answers calls: the schema, its trusted documents, and where rows come from.
 *
 * One engine per process, read-only after start but for the accounts documents it composes; one
 * engine_loop per event loop with that loop's database connections and plan cache.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"

struct arena;
struct database_pool;
struct engine;
struct engine_loop;
struct loop;
struct schema;
struct workers;

struct engine_options {
    const struct schema *schema;
    const struct resolver *resolvers; /* ended by a NULL name; see run/resolver.h */
    uint64_t ad_hoc_right;            /* the right bit that allows documents that are not trusted */
    uint32_t plan_cache_bytes;        /* per loop, for ad-hoc documents */
};

/* NULL: it cannot be, with the reason in *problem. */
struct engine *engine_create(struct arena *arena, const struct engine_options *options, struct str *problem);

/* Compiles a document that clients may ask for by hash, from now on, on every loop; thread-safe.
 * *id becomes sha256:… (in the engine's memory). STATUS_INVALID with the reason in *problem. */
enum status engine_trust(struct engine *engine, struct str text, struct arena *arena, struct str *id,
                         struct str *problem);

struct engine_loop *engine_loop_create(struct engine *engine, struct loop *loop, struct database_pool *pool,
                                       struct workers *workers);
void engine_loop_destroy(struct engine_loop *engine_loop);
