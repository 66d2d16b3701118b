/* pool_watch: what the database pools of all loops do and have done, for Prometheus.
 *
 * A pool belongs to its loop; so each loop looks at its own once a second, and what it saw is told.
 */
#pragma once

struct arena;
struct buf;
struct database_pool;
struct loop;
struct pool_watch;
struct watched_pool;

/* Lives in the arena. */
struct pool_watch *pool_watch_create(struct arena *arena);

/* On the loop's thread, and so is the end of it, before the pool's. */
struct watched_pool *pool_watch_begin(struct pool_watch *watch, struct loop *loop,
                                      struct database_pool *pool);
void pool_watch_end(struct watched_pool *watched);

/* From any thread. */
void pool_watch_tell(struct pool_watch *watch, struct buf *out);
