/* engine_internal: what engine.c and call.c know of each other. */
#pragma once

#include "plan/plan.h"
#include "run/desk.h"
#include "run/engine.h"
#include "run/measure.h"
#include "source/sql.h"
#include <pthread.h>

/* One operation of a document, compiled. */
struct compiled {
    const struct ast_operation *operation;
    const struct plan *plan;
    uint32_t series; /* as what it is counted */
    struct compiled *next;
};

/* A document and what was made of it. */
struct trusted {
    struct str id;
    struct arena *arena;
    const struct document *document;
    struct compiled *compiled; /* one for each operation */
};

/* An ad-hoc document in a loop's cache. */
struct cached {
    struct str text;
    struct str operation_name;
    struct arena *arena; /* of all of it, this struct too */
    const struct plan *plan;
    uint32_t users;
    size_t bytes;
    struct cached *newer, *older; /* by last use */
    struct cached *chain;         /* same slot of the table */
};

enum { CACHE_SLOTS = 1024 };

struct plan_cache {
    struct cached *slots[CACHE_SLOTS];
    struct cached *newest, *oldest;
    size_t bytes;
    uint32_t entries;
};

struct engine {
    struct arena *arena;
    struct engine_options options;
    struct plan_options plan_options;
    pthread_rwlock_t lock; /* of all that follows */
    struct map trusted;
    struct str series[SERIES_COUNT]; /* names of documents that are counted by them */
    uint32_t series_count;
    struct engine_loop *loops;
    void (*compose)(void *context, const struct viewer *viewer); /* NULL: nobody does */
    void *compose_context;
    bool (*hand_over)(void *context, struct call *call, struct loop *loop); /* NULL: nobody does */
    void *hand_over_context;
};

struct engine_loop {
    struct engine *engine;
    struct loop *loop;
    struct sql_source sql;
    struct desk desk;
    struct plan_cache cache;
    struct loop_numbers numbers;
    struct loop *own_loop; /* of a worker; NULL: `loop` is somebody else's */
    struct settled (*settle)(void *writer);
    void *writer; /* of a worker: what performs mutations */
    struct engine_loop *next;
};

const struct trusted *engine_trusted(struct engine *engine, struct str id);

/* ---- plan_cache.c ---- */

/* NULL: not there. Who gets an entry gives it back with plan_cache_release(). */
struct cached *plan_cache_find(struct plan_cache *cache, struct str text,
                               struct str operation_name);

/* Takes over the arena, which holds text, names and plan; the oldest entries go when it grows too
 * large. */
struct cached *plan_cache_add(struct plan_cache *cache, size_t byte_limit, struct arena *arena,
                              struct str text, struct str operation_name, const struct plan *plan);
void plan_cache_release(void *cached);
void plan_cache_clear(struct plan_cache *cache);
