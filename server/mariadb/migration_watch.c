/* migration_watch: says how far a statement is that takes long, while somebody waits for it. */
#include "migration_watch.h"

#include "base/arena.h"
#include "base/clock.h"
#include "database.h"
#include "migrations.h"
#include <pthread.h>
#include <time.h>

/* Of a quick statement nobody wants to know. */
enum { PATIENCE_MS = 5000 };

/* What it does, and how much of that is done; 0 of 0 stages: MariaDB does not say. */
static const char progress_sql[] = "SELECT stage, max_stage, CAST(progress AS SIGNED)"
                                   " FROM information_schema.processlist WHERE id = ?";

struct migration_watch {
    const struct migrations *migrations;
    const struct database *database; /* whose server is asked; used by another thread */
    struct arena *arena;
    struct database *own; /* NULL: not needed yet */
    int64_t patience_ms;
    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t changed;
    struct str name;
    uint32_t ordinal, count;
    int64_t connection; /* 0: nothing runs */
    int64_t began_ms, told_ms;
    bool ended;
};

/* "stage 1 of 2, 43 %", or nothing. */
static struct str progress_of(struct migration_watch *watch, struct arena *arena)
{
    struct rows rows;
    struct str problem;
    const struct cell connection = cell_int(watch->connection);
    if (watch->own == NULL)
        watch->own = database_another(watch->database, watch->arena, &problem);
    if (watch->own == NULL ||
        database_run(watch->own, arena, STR(progress_sql), &connection, 1, &rows) != STATUS_OK)
        return STR("");
    if (rows.count == 0 || rows.cells[1].integer == 0)
        return STR("");
    return str_printf(arena, ", stage %lld of %lld, %lld %%", (long long)rows.cells[0].integer,
                      (long long)rows.cells[1].integer, (long long)rows.cells[2].integer);
}

/* Nothing else waits for the mutex but the next statement, which begins when this one ends. */
static void tell(struct migration_watch *watch)
{
    const struct migrations *migrations = watch->migrations;
    struct arena *arena = arena_create();
    struct str progress = progress_of(watch, arena);
    watch->told_ms = (int64_t)clock_ms();
    migrations->tell(
        migrations->context,
        str_printf(arena, STR_FMT ": statement %u of %u has run for %lld seconds" STR_FMT,
                   STR_ARG(watch->name), watch->ordinal, watch->count,
                   (long long)(watch->told_ms - watch->began_ms) / 1000, STR_ARG(progress)));
    arena_destroy(arena);
}

static void *look(void *argument)
{
    struct migration_watch *watch = argument;
    pthread_mutex_lock(&watch->mutex);
    while (!watch->ended) {
        int64_t due_ms = watch->told_ms + watch->patience_ms;
        struct timespec until = {.tv_sec = due_ms / 1000, .tv_nsec = due_ms % 1000 * 1000000};
        if (watch->connection == 0)
            pthread_cond_wait(&watch->changed, &watch->mutex);
        else if ((int64_t)clock_ms() < due_ms)
            pthread_cond_timedwait(&watch->changed, &watch->mutex, &until);
        else
            tell(watch);
    }
    pthread_mutex_unlock(&watch->mutex);
    return NULL;
}

static void make_locks(struct migration_watch *watch)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&watch->mutex, NULL);
    pthread_cond_init(&watch->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

static void dispose(struct migration_watch *watch)
{
    database_close(watch->own);
    pthread_cond_destroy(&watch->changed);
    pthread_mutex_destroy(&watch->mutex);
}

struct migration_watch *migration_watch_start(const struct migrations *migrations,
                                              const struct database *database, struct arena *arena)
{
    if (migrations->tell == NULL)
        return NULL;
    struct migration_watch *watch = arena_new(arena, struct migration_watch);
    *watch = (struct migration_watch){
        .migrations = migrations,
        .database = database,
        .arena = arena,
        .patience_ms = migrations->patience_ms == 0 ? PATIENCE_MS : migrations->patience_ms,
    };
    make_locks(watch);
    if (pthread_create(&watch->thread, NULL, look, watch) == 0)
        return watch;
    dispose(watch);
    return NULL;
}

void migration_watch_statement(struct migration_watch *watch, struct str name, uint32_t ordinal,
                               uint32_t count, int64_t connection)
{
    if (watch == NULL)
        return;
    pthread_mutex_lock(&watch->mutex);
    watch->name = name;
    watch->ordinal = ordinal;
    watch->count = count;
    watch->connection = connection;
    watch->began_ms = watch->told_ms = (int64_t)clock_ms();
    pthread_cond_signal(&watch->changed);
    pthread_mutex_unlock(&watch->mutex);
}

void migration_watch_stop(struct migration_watch *watch)
{
    if (watch == NULL)
        return;
    pthread_mutex_lock(&watch->mutex);
    watch->ended = true;
    pthread_cond_signal(&watch->changed);
    pthread_mutex_unlock(&watch->mutex);
    pthread_join(watch->thread, NULL);
    dispose(watch);
}
