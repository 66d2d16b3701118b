/* pool_watch: what the database pools of all loops do and have done, for Prometheus. */
#include "pool_watch.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/loop.h"
#include "base/metrics.h"
#include "mariadb/database.h"
#include <pthread.h>
#include <stdlib.h>

enum { LOOK_MS = 1000 };

struct watched_pool {
    struct pool_watch *watch;
    struct loop *loop;
    struct database_pool *pool;
    struct loop_timer *timer;
    struct database_counters seen; /* under the lock */
    struct watched_pool *next;
};

struct pool_watch {
    pthread_mutex_t lock;
    struct watched_pool *pools;
};

static void destroy_lock(void *lock)
{
    pthread_mutex_destroy(lock);
}

struct pool_watch *pool_watch_create(struct arena *arena)
{
    struct pool_watch *watch = arena_new(arena, struct pool_watch);
    pthread_mutex_init(&watch->lock, NULL);
    arena_defer(arena, destroy_lock, &watch->lock);
    return watch;
}

/* ---- looking ---- */

static void look(void *context)
{
    struct watched_pool *watched = context;
    struct database_counters counters = database_pool_counters(watched->pool);
    pthread_mutex_lock(&watched->watch->lock);
    watched->seen = counters;
    pthread_mutex_unlock(&watched->watch->lock);
    watched->timer = watched->loop->ops->timer(watched->loop, LOOK_MS, look, watched);
}

struct watched_pool *pool_watch_begin(struct pool_watch *watch, struct loop *loop,
                                      struct database_pool *pool)
{
    struct watched_pool *watched = calloc(1, sizeof(*watched));
    if (watched == NULL)
        abort();
    *watched = (struct watched_pool){.watch = watch, .loop = loop, .pool = pool};
    pthread_mutex_lock(&watch->lock);
    watched->next = watch->pools;
    watch->pools = watched;
    pthread_mutex_unlock(&watch->lock);
    look(watched);
    return watched;
}

void pool_watch_end(struct watched_pool *watched)
{
    struct pool_watch *watch = watched->watch;
    watched->loop->ops->timer_cancel(watched->timer);
    pthread_mutex_lock(&watch->lock);
    struct watched_pool **link = &watch->pools;
    while (*link != watched)
        link = &(*link)->next;
    *link = watched->next;
    pthread_mutex_unlock(&watch->lock);
    free(watched);
}

/* ---- telling ---- */

static void sum_pool(struct database_counters *sum, const struct database_counters *more)
{
    sum->connections += more->connections;
    sum->ready += more->ready;
    sum->busy += more->busy;
    sum->waiting += more->waiting;
    sum->sessions += more->sessions;
    sum->statements += more->statements;
    for (int i = 0; i < DATABASE_STATUSES; i++)
        sum->answered[i] += more->answered[i];
    sum->rows += more->rows;
    sum->bursts += more->bursts;
    for (int i = 0; i < DATABASE_BURST_SIZES; i++)
        sum->burst_sizes[i] += more->burst_sizes[i];
    sum->retried += more->retried;
    sum->connects += more->connects;
    sum->losses += more->losses;
    sum->prepared += more->prepared;
    sum->evicted += more->evicted;
    sum->kills += more->kills;
}

static void tell_connections(const struct database_counters *sum, struct buf *out)
{
    static const char name[] = "dossier_database_connections";
    metrics_family(out, name, "gauge",
                   "Connections to MariaDB that event loops have: all, those that answer, with "
                   "work, and held for one snapshot.");
    metrics_sample(out, name, "state=\"all\"", sum->connections);
    metrics_sample(out, name, "state=\"ready\"", sum->ready);
    metrics_sample(out, name, "state=\"busy\"", sum->busy);
    metrics_sample(out, name, "state=\"held\"", sum->sessions);
}

static void tell_queries(const struct database_counters *sum, struct buf *out)
{
    static const char name[] = "dossier_database_queries_total";
    metrics_family(out, name, "counter", "Queries that came back, by how they ended.");
    for (int i = 0; i < DATABASE_STATUSES; i++) {
        if (sum->answered[i] == 0 && i != STATUS_OK)
            continue;
        const char *labels =
            str_printf(out->arena, "status=\"%s\"", status_code((enum status)i)).at;
        metrics_sample(out, name, labels, sum->answered[i]);
    }
}

/* The queries of a burst in classes that double. */
static void tell_bursts(const struct database_counters *sum, struct buf *out)
{
    static const char name[] = "dossier_database_burst_queries";
    uint64_t queries = 0, bursts = 0;
    metrics_family(out, name, "histogram", "Queries that left in one write on one connection.");
    for (int i = 0; i < DATABASE_BURST_SIZES; i++) {
        const char *label = str_printf(out->arena, "le=\"%u\"", 1u << i).at;
        bursts += sum->burst_sizes[i];
        metrics_sample(out, "dossier_database_burst_queries_bucket", label, bursts);
    }
    for (int i = 0; i < DATABASE_STATUSES; i++)
        queries += sum->answered[i];
    metrics_sample(out, "dossier_database_burst_queries_bucket", "le=\"+Inf\"", sum->bursts);
    metrics_sample(out, "dossier_database_burst_queries_sum", "", queries);
    metrics_sample(out, "dossier_database_burst_queries_count", "", sum->bursts);
}

void pool_watch_tell(struct pool_watch *watch, struct buf *out)
{
    struct database_counters sum = {0};
    pthread_mutex_lock(&watch->lock);
    for (const struct watched_pool *each = watch->pools; each != NULL; each = each->next)
        sum_pool(&sum, &each->seen);
    pthread_mutex_unlock(&watch->lock);
    /* clang-format off */
    const struct {
        const char *name;
        const char *type;
        const char *help;
        uint64_t value;
    } rest[] = {
        {"dossier_database_waiting",             "gauge",   "Queries that wait for a connection.",               sum.waiting},
        {"dossier_database_statements",          "gauge",   "Statements that are prepared, on all connections.", sum.statements},
        {"dossier_database_rows_total",          "counter", "Rows read.",                                        sum.rows},
        {"dossier_database_retries_total",       "counter", "Queries that were sent once more.",                 sum.retried},
        {"dossier_database_connects_total",      "counter", "Connections that were made.",                       sum.connects},
        {"dossier_database_losses_total",        "counter", "Connections that were lost.",                       sum.losses},
        {"dossier_database_prepared_total",      "counter", "Statements that were prepared.",                    sum.prepared},
        {"dossier_database_evicted_total",       "counter", "Statements that made room for others.",             sum.evicted},
        {"dossier_database_kills_total",         "counter", "Queries ended that nobody waited for any more.",    sum.kills},
    };
    /* clang-format on */
    tell_connections(&sum, out);
    tell_queries(&sum, out);
    tell_bursts(&sum, out);
    for (size_t i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
        metrics_family(out, rest[i].name, rest[i].type, rest[i].help);
        metrics_sample(out, rest[i].name, "", rest[i].value);
    }
}
