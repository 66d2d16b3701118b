/* wire: what a query costs this process, asked by the waiting connection and by the pool. */
#include "unit/mariadb/scratch.h"

#include "base/log.h"
#include "mariadb/database.h"
#include "unit/loop_poll.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { AT_ONCE_MOST = 32, CONNECTIONS = 4, ROUNDS = 7, QUERIES = 4000, PATIENCE_MS = 60000 };

/* clang-format off */
static const struct workload {
    const char *name;
    const char *sql;
} workloads[] = {
    {"point",   "SELECT id, name, phone, segment, since FROM person WHERE id = ?"},
    {"50 rows", "SELECT id, name, phone, segment, since FROM person WHERE id >= ? ORDER BY id LIMIT 50"},
};
/* clang-format on */

enum { WAYS = 4, WORKLOADS = sizeof(workloads) / sizeof(workloads[0]) };

/* 0: the waiting connection; else queries asked together. */
static const unsigned ways[WAYS] = {0, 1, 8, 32};

static struct loop *loop;
static struct database *waiting;
static struct database_pool *pool;

struct asked {
    struct query query;
    struct cell parameter;
};

static unsigned left;
static bool done;

static void on_rows(struct query *query)
{
    if (query->status != STATUS_OK || query->rows.count == 0) {
        fprintf(stderr, STR_FMT "\n", STR_ARG(query->problem));
        exit(1);
    }
    done = --left == 0;
}

static void ask_together(const struct workload *workload, unsigned count)
{
    static struct asked asked[AT_ONCE_MOST];
    struct arena *arena = arena_create();
    left = count;
    done = false;
    for (unsigned i = 0; i < count; i++) {
        asked[i].parameter = cell_int(1 + random() % 9000);
        asked[i].query = (struct query){
            .sql = str_of(workload->sql),
            .parameters = &asked[i].parameter,
            .parameter_count = 1,
            .arena = arena,
            .on_rows = on_rows,
        };
        database_query(pool, &asked[i].query);
    }
    if (!loop_poll_until(loop, &done, PATIENCE_MS))
        exit(1);
    arena_destroy(arena);
}

static void ask_and_wait(const struct workload *workload)
{
    struct arena *arena = arena_create();
    struct cell parameter = cell_int(1 + random() % 9000);
    struct rows rows;
    if (database_run(waiting, arena, str_of(workload->sql), &parameter, 1, &rows) != STATUS_OK)
        exit(1);
    arena_destroy(arena);
}

static double cpu_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static double clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

struct figure {
    double cpu_us, time_us; /* of one query */
};

static struct figure measure(const struct workload *workload, unsigned together)
{
    double cpu = cpu_us(), time = clock_us();
    for (unsigned i = 0; i < QUERIES; i += together == 0 ? 1 : together) {
        if (together == 0)
            ask_and_wait(workload);
        else
            ask_together(workload, together);
    }
    return (struct figure){.cpu_us = (cpu_us() - cpu) / QUERIES,
                           .time_us = (clock_us() - time) / QUERIES};
}

static int by_cpu(const void *a, const void *b)
{
    double one = ((const struct figure *)a)->cpu_us, other = ((const struct figure *)b)->cpu_us;
    return (one > other) - (one < other);
}

static void compare(const struct workload *workload)
{
    static struct figure figures[WAYS][ROUNDS];
    for (unsigned way = 0; way < WAYS; way++)
        measure(workload, ways[way]); /* warms up */
    for (unsigned round = 0; round < ROUNDS; round++)
        for (unsigned way = 0; way < WAYS; way++)
            figures[way][round] = measure(workload, ways[way]);
    for (unsigned way = 0; way < WAYS; way++) {
        qsort(figures[way], ROUNDS, sizeof(figures[way][0]), by_cpu);
        const struct figure *median = &figures[way][ROUNDS / 2];
        char name[32] = "waiting";
        if (ways[way] != 0)
            snprintf(name, sizeof(name), "pool, %u at once", ways[way]);
        printf("%-8s %-16s %8.2f %8.2f\n", workload->name, name, median->cpu_us, median->time_us);
    }
}

static void make_table(struct private_mariadb *mariadb, struct arena *arena)
{
    static const char script[] =
        "CREATE TABLE person (id INT UNSIGNED PRIMARY KEY, name VARCHAR(80) NOT NULL,"
        " phone VARCHAR(20) NOT NULL, segment TINYINT NOT NULL, since DATE NOT NULL);"
        "INSERT INTO person SELECT seq, CONCAT('Maria Fernanda ', seq), CONCAT('+49 30 ', seq),"
        " seq % 5, '2019-04-01' + INTERVAL seq % 1000 DAY FROM seq_1_to_10000;"
        "ANALYZE TABLE person";
    struct str problem;
    struct database *migration = database_open(private_migration(mariadb), arena, &problem);
    if (database_script(migration, STR(script)) != STATUS_OK)
        exit(1);
    database_close(migration);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    log_set_level(LOG_ERROR);
    struct arena *arena = arena_create();
    loop = loop_poll_create();
    struct private_mariadb *mariadb = scratch_start(arena);
    make_table(mariadb, arena);
    struct str problem;
    waiting = database_open(private_application(mariadb), arena, &problem);
    pool = database_pool_open(loop, &(struct database_pool_options){
                                        .address = *private_application(mariadb),
                                        .connections = CONNECTIONS,
                                        .waiting_limit = 1000,
                                        .statements = 64,
                                        .timeout_ms = 20000,
                                        .absence_ms = PATIENCE_MS,
                                    });
    printf("%-8s %-16s %8s %8s\n", "", "", "CPU us", "time us");
    for (unsigned i = 0; i < WORKLOADS; i++)
        compare(&workloads[i]);
    database_pool_close(pool);
    database_close(waiting);
    scratch_stop(mariadb);
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return 0;
}
