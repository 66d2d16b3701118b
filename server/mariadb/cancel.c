/* cancel: KILL QUERY, put before all queries that wait. */
#include "cancel.h"

#include "base/arena.h"
#include "pool.h"

enum { MOMENT_US = 50000 };

struct cancel {
    struct query query;
    struct cell thread;
    struct database_pool *pool;
    const struct connection *target;
};

static void on_killed(struct query *query)
{
    struct cancel *cancel = query->context;
    cancel->pool->cancel = NULL;
    arena_destroy(query->arena);
}

static void start(struct connection *connection)
{
    struct database_pool *pool = connection->pool;
    struct arena *arena = arena_create();
    struct cancel *cancel = arena_new(arena, struct cancel);
    *cancel = (struct cancel){
        .thread = cell_int((int64_t)mysql_thread_id(connection->mysql)),
        .pool = pool,
        .target = connection,
    };
    cancel->query = (struct query){
        .sql = STR("KILL QUERY ?"),
        .parameters = &cancel->thread,
        .parameter_count = 1,
        .arena = arena,
        .on_rows = on_killed,
        .context = cancel,
        .asked_at_ms = pool_now_ms(pool),
    };
    pool->cancel = cancel;
    pool->counters.kills++;
    connection->may_be_hit = true;
    connection->burst.killed = connection->burst.answered + 1;
    pool_return(pool, &cancel->query);
}

void cancel_sweep(struct connection *connection)
{
    const struct burst *burst = &connection->burst;
    if (connection->pool->cancel != NULL || connection->session != NULL ||
        burst_is_answered(burst) || burst->killed == burst->answered + 1)
        return;
    const struct query *query = burst->slots[burst->answered].query;
    if ((query == NULL || query->abandoned) && burst_time_us(burst) > MOMENT_US)
        start(connection);
}

void cancel_stop(struct connection *connection)
{
    if (!cancel_targets(connection))
        return;
    struct cancel *cancel = connection->pool->cancel;
    database_abandon(&cancel->query);
}

bool cancel_targets(const struct connection *connection)
{
    const struct cancel *cancel = connection->pool->cancel;
    return cancel != NULL && cancel->target == connection;
}
