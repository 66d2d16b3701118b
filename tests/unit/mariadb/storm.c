/* storm: 64 clients on eight connections, while connections, queries and MariaDB itself are killed.
 */
#include "scratch.h"

#include "base/log.h"
#include "mariadb/database.h"
#include "unit/loop_poll.h"
#include "unit/test.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

enum { CLIENTS = 64, CONNECTIONS = 8, STORM_MS = 8000, DEATH_EVERY_MS = 1900, PAUSE_US = 1500 };

static struct loop *loop;
static struct private_mariadb *mariadb;
static struct database_pool *pool;
static atomic_bool stopping;
static atomic_uint killed, deaths;
static unsigned answered, failed, wrong, busy;

struct client {
    struct query query;
    struct cell parameters[2];
    int64_t number;
    bool waits;
};

/* BENCHMARK instead of SLEEP: KILL of a statement that sleeps stops MariaDB as a whole for 2 s. */
static const char *const texts[] = {
    "SELECT ?, CONCAT('client ', ?)",
    "SELECT ?, CONCAT('client ', ?), BENCHMARK(10000, SHA1('x'))",
    "SELECT ?, CONCAT('client ', ?), REPEAT('x', 50000)",
    "SELECT ? + 0, CONCAT('client ', ?), seq FROM seq_1_to_30",
    "SELECT ? + 0, CONCAT('client ', ?), BENCHMARK(1000, SHA1(seq)) FROM seq_1_to_30",
};

static void ask(struct client *client);

static bool is_right(const struct client *client)
{
    char want[32];
    snprintf(want, sizeof(want), "client %lld", (long long)client->parameters[1].integer);
    const struct rows *rows = &client->query.rows;
    return rows->count > 0 && rows->cells[0].integer == client->parameters[0].integer &&
           str_is(cell_str(&rows->cells[1]), want);
}

static void on_rows(struct query *query)
{
    struct client *client = query->context;
    wrong += !client->waits;
    client->waits = false;
    if (query->status == STATUS_OK) {
        answered++;
        wrong += !is_right(client);
    } else {
        failed++;
        wrong += query->status != STATUS_UNAVAILABLE;
    }
    arena_destroy(query->arena);
    if (atomic_load(&stopping))
        busy--;
    else
        ask(client);
}

static void ask(struct client *client)
{
    size_t which = (size_t)random() % (sizeof(texts) / sizeof(texts[0]));
    client->parameters[0] = cell_int(random());
    client->parameters[1] = cell_int(client->number);
    client->waits = true;
    client->query = (struct query){.sql = str_of(texts[which]),
                                   .parameters = client->parameters,
                                   .parameter_count = 2,
                                   .arena = arena_create(),
                                   .on_rows = on_rows,
                                   .context = client};
    database_query(pool, &client->query);
}

static struct database *open_killer(struct arena *arena)
{
    struct str problem;
    struct database *killer = NULL;
    while (killer == NULL && !atomic_load(&stopping)) {
        killer = database_open(private_application(mariadb), arena, &problem);
        if (killer == NULL)
            usleep(10000);
    }
    return killer;
}

/* One of the pool's connections at random, with or without QUERY. */
static void kill_one(struct database *killer, struct arena *arena)
{
    struct rows rows;
    enum status status = database_run(
        killer, arena,
        STR("SELECT ID FROM information_schema.PROCESSLIST"
            " WHERE USER = 'dossier' AND ID <> CONNECTION_ID() ORDER BY RAND() LIMIT 1"),
        NULL, 0, &rows);
    if (status != STATUS_OK || rows.count == 0)
        return;
    struct str sql = str_printf(arena, "KILL %s %lld", random() % 3 == 0 ? "CONNECTION" : "QUERY",
                                (long long)rows.cells[0].integer);
    if (database_run(killer, arena, sql, NULL, 0, NULL) == STATUS_OK)
        atomic_fetch_add(&killed, 1);
}

static void kill_mariadb(void)
{
    int pid = private_pid(mariadb);
    if (pid > 0 && kill(pid, SIGKILL) == 0)
        atomic_fetch_add(&deaths, 1);
}

static void *kill_all(void *context)
{
    struct arena *own = arena_create();
    struct database *killer = open_killer(own);
    uint64_t due_ms = loop->ops->now_ms(loop) + DEATH_EVERY_MS;
    while (!atomic_load(&stopping) && killer != NULL) {
        struct arena *arena = arena_create();
        kill_one(killer, arena);
        arena_destroy(arena);
        usleep(PAUSE_US);
        if (loop->ops->now_ms(loop) < due_ms)
            continue;
        due_ms += DEATH_EVERY_MS;
        kill_mariadb();
    }
    database_close(killer);
    arena_destroy(own);
    return NULL;
}

static bool everybody_is_back(void)
{
    for (int i = 0; i < 200 && busy > 0; i++)
        loop_poll_for(loop, 50);
    return busy == 0;
}

static bool calm(struct client *clients)
{
    atomic_store(&stopping, true); /* everybody asks once */
    answered = failed = 0;
    for (unsigned i = 0; i < CLIENTS; i++, busy++)
        ask(&clients[i]);
    return everybody_is_back() && answered == CLIENTS && failed == 0;
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    log_set_level(LOG_ERROR);
    srandom((unsigned)time(NULL));
    struct arena *arena = arena_create();
    loop = loop_poll_create();
    mariadb = scratch_start(arena);
    const struct database_pool_options options = {.address = *private_application(mariadb),
                                                  .connections = CONNECTIONS,
                                                  .waiting_limit = CLIENTS,
                                                  .statements = 3,
                                                  .timeout_ms = 10000};
    pool = database_pool_open(loop, &options);
    static struct client clients[CLIENTS];
    for (unsigned i = 0; i < CLIENTS; i++, busy++) {
        clients[i].number = i;
        ask(&clients[i]);
    }
    pthread_t thread;
    pthread_create(&thread, NULL, kill_all, NULL);
    loop_poll_for(loop, STORM_MS);
    atomic_store(&stopping, true);
    pthread_join(thread, NULL);
    bool all_back = everybody_is_back();
    printf("# %u answered, %u failed, %u kills, %u deaths of MariaDB\n", answered, failed,
           atomic_load(&killed), atomic_load(&deaths));
    TEST("in the storm every query came back", all_back);
    TEST("once, with its own rows or an honest failure", wrong == 0);
    TEST("most of them with rows", answered > failed && answered > 100);
    TEST("though many were killed", atomic_load(&killed) > 10 && atomic_load(&deaths) > 0);
    loop_poll_for(loop, 3000);
    TEST("after the storm every query is answered", calm(clients));
    database_pool_close(pool);
    scratch_stop(mariadb);
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return test_end();
}
