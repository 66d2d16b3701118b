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

/* The storm is as long as it takes: MariaDB dies again when it has answered that often. */
enum {
    CLIENTS = 64,
    CONNECTIONS = 8,
    DEATHS = 4,
    ANSWERS_OF_A_LIFE = 1500,
    KILLS = 50,
    PAUSE_US = 1500,
    PATIENCE_MS = 240000,
};

static struct loop *loop;
static struct private_mariadb *mariadb;
static struct database_pool *pool;
static atomic_bool stopping;
static atomic_uint killed;
static unsigned answered, failed, wrong, busy, deaths;

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

/* One of the pool's connections at random, with or without QUERY. False: MariaDB is gone. */
static bool kill_one(struct database *killer, struct arena *arena)
{
    struct rows rows;
    enum status status = database_run(
        killer, arena,
        STR("SELECT ID FROM information_schema.PROCESSLIST"
            " WHERE USER = 'dossier' AND ID <> CONNECTION_ID() ORDER BY RAND() LIMIT 1"),
        NULL, 0, &rows);
    if (status != STATUS_OK || rows.count == 0)
        return status == STATUS_OK;
    struct str sql = str_printf(arena, "KILL %s %lld", random() % 3 == 0 ? "CONNECTION" : "QUERY",
                                (long long)rows.cells[0].integer);
    if (database_run(killer, arena, sql, NULL, 0, NULL) == STATUS_OK)
        atomic_fetch_add(&killed, 1);
    return true;
}

static void *kill_all(void *context)
{
    while (!atomic_load(&stopping)) {
        struct arena *own = arena_create();
        struct database *killer = open_killer(own);
        bool lives = killer != NULL;
        while (lives && !atomic_load(&stopping)) {
            struct arena *arena = arena_create();
            lives = kill_one(killer, arena);
            arena_destroy(arena);
            usleep(PAUSE_US);
        }
        database_close(killer);
        arena_destroy(own);
    }
    return NULL;
}

/* False: it did not get through in time. */
static bool rage(void)
{
    uint64_t end_ms = loop->ops->now_ms(loop) + PATIENCE_MS;
    unsigned answered_before = 0;
    while (loop->ops->now_ms(loop) < end_ms) {
        loop_poll_for(loop, 20);
        if (answered - answered_before < ANSWERS_OF_A_LIFE)
            continue;
        if (deaths == DEATHS && atomic_load(&killed) >= KILLS)
            return true;
        int pid = private_pid(mariadb);
        if (deaths == DEATHS || pid <= 0 || kill(pid, SIGKILL) != 0)
            continue;
        deaths++;
        answered_before = answered;
    }
    return false;
}

static bool everybody_is_back(void)
{
    for (int i = 0; i < PATIENCE_MS / 50 && busy > 0; i++)
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
    bool raged = rage();
    atomic_store(&stopping, true);
    pthread_join(thread, NULL);
    bool all_back = everybody_is_back();
    printf("# %u answered, %u failed, %u kills, %u deaths of MariaDB\n", answered, failed,
           atomic_load(&killed), deaths);
    TEST("MariaDB answers after each of its deaths, though many queries are killed", raged);
    TEST("in the storm every query came back", all_back);
    TEST("once, with its own rows or an honest failure", wrong == 0);
    TEST("after the storm every query is answered", calm(clients));
    database_pool_close(pool);
    scratch_stop(mariadb);
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return test_end();
}
