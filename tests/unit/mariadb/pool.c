#define _GNU_SOURCE
/* pool: many queries on few connections, and what happens when the database does what databases do.
 */
#include "scratch.h"

#include "mariadb/database.h"
#include "unit/loop_poll.h"
#include "unit/test.h"
#include <signal.h>

enum { MANY = 2000, PATIENCE_MS = 20000 };

static struct arena *arena;
static struct loop *loop;
static struct private_mariadb *mariadb;
static struct database *chore; /* a waiting connection with the rights of migrations */

/* A query of a test: counts in `left` until all of a test are back. */
struct asked {
    struct query query;
    unsigned *left;
    bool *done;
    struct cell parameter;
    unsigned calls;
};

static void on_rows(struct query *query)
{
    struct asked *asked = query->context;
    asked->calls++;
    if (--*asked->left == 0)
        *asked->done = true;
}

static void ask(struct database_pool *pool, struct asked *asked, const char *sql, unsigned *left,
                bool *done)
{
    *asked = (struct asked){
        .query = {.sql = str_of(sql), .arena = arena, .on_rows = on_rows, .context = asked},
        .left = left,
        .done = done,
    };
    ++*left;
    *done = false;
    database_query(pool, &asked->query);
}

/* One query, waited for. */
static struct asked run(struct database_pool *pool, const char *sql)
{
    static struct asked asked;
    unsigned left = 0;
    bool done;
    ask(pool, &asked, sql, &left, &done);
    TEST("an answer comes after the question has returned", asked.calls == 0);
    TEST("and it comes", loop_poll_until(loop, &done, PATIENCE_MS) && asked.calls == 1);
    return asked;
}

static int64_t one_integer(const struct asked *asked)
{
    return asked->query.rows.count == 1 ? asked->query.rows.cells[0].integer : -1;
}

static struct database_pool *open_pool(uint32_t connections, uint32_t waiting_limit,
                                       uint32_t timeout_ms)
{
    const struct database_pool_options options = {
        .address = *private_application(mariadb),
        .connections = connections,
        .waiting_limit = waiting_limit,
        .statements = 8,
        .timeout_ms = timeout_ms,
        .absence_ms = PATIENCE_MS, /* a busy machine starts MariaDB slowly */
    };
    return database_pool_open(loop, &options);
}

static bool chore_does(const char *sql)
{
    return database_run(chore, arena, str_of(sql), NULL, 0, NULL) == STATUS_OK;
}

/* KILL of the connections of the application, with or without QUERY. */
static void kill_connections(const char *how)
{
    struct database *killer = database_open(private_application(mariadb), arena, &(struct str){0});
    struct rows rows;
    database_run(killer, arena,
                 STR("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'dossier' AND ID "
                     "<> CONNECTION_ID()"),
                 NULL, 0, &rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        struct str sql = str_printf(arena, "KILL %s %lld", how, (long long)rows.cells[i].integer);
        database_run(killer, arena, sql, NULL, 0, NULL);
    }
    database_close(killer);
}

/* Signals reach the threads of a process one after another; this returns when all have stopped. */
static void stop_mariadb(void)
{
    char path[64], text[512] = "";
    snprintf(path, sizeof(path), "/proc/%d/stat", private_pid(mariadb));
    kill(private_pid(mariadb), SIGSTOP);
    while (strstr(text, ") T") == NULL) {
        FILE *file = fopen(path, "r");
        if (file == NULL || fgets(text, sizeof(text), file) == NULL)
            exit(1);
        fclose(file);
        usleep(50000);
    }
}

static void test_many(void)
{
    struct database_pool *pool = open_pool(4, MANY, 20000);
    static struct asked many[MANY];
    static const char *const texts[] = {
        "SELECT ?, 'a'",
        "SELECT ? + 0, SLEEP(0.001)",
        "SELECT ?, REPEAT('x', 100000)",
        "SELECT ?, NULL",
        "SELECT ?, seq FROM seq_1_to_50",
        "SELECT ? FROM DUAL",
        "SELECT CAST(? AS SIGNED)",
        "SELECT ? UNION ALL SELECT 2",
        "SELECT ? AS a, 1 AS b",
        "SELECT ? AS a, 2 AS b",
        "SELECT ? AS a, 3 AS b",
        "SELECT ? AS a, 4 AS b",
    };
    unsigned left = 0;
    bool done = false;
    for (unsigned i = 0; i < MANY; i++) {
        many[i] = (struct asked){.left = &left, .done = &done, .parameter = cell_int(i)};
        many[i].query = (struct query){
            .sql = str_of(texts[i % (sizeof(texts) / sizeof(texts[0]))]),
            .parameters = &many[i].parameter,
            .parameter_count = 1,
            .arena = arena,
            .on_rows = on_rows,
            .context = &many[i],
        };
        left++;
        database_query(pool, &many[i].query);
    }
    TEST("2,000 queries of twelve texts on four connections that keep eight come back",
         loop_poll_until(loop, &done, 60000));
    bool right = true;
    for (unsigned i = 0; i < MANY; i++) {
        const struct query *query = &many[i].query;
        right &= many[i].calls == 1 && query->status == STATUS_OK && query->rows.count >= 1 &&
                 query->rows.cells[0].integer == i;
        if (!right) {
            printf("# query %u: status %d, %u rows, " STR_FMT "\n", i, query->status,
                   query->rows.count, STR_ARG(query->problem));
            break;
        }
    }
    TEST("every one with its own rows", right);
    database_pool_close(pool);
}

static void test_errors(void)
{
    struct database_pool *pool = open_pool(1, 10, 20000);
    struct asked asked = run(pool, "SELECT nothing FROM nowhere");
    TEST("a statement that MariaDB refuses is our mistake", asked.query.status == STATUS_INTERNAL);
    TEST("its text says why",
         memmem(asked.query.problem.at, asked.query.problem.len, "nowhere", 7) != NULL);
    asked = run(pool, "SELECT ?");
    TEST("a missing parameter is our mistake", asked.query.status == STATUS_INTERNAL);
    asked = run(pool, "INSERT INTO thing VALUES (99, 'x')");
    TEST("the pool does not write", asked.query.status == STATUS_INTERNAL);
    asked = run(pool, "CALL two_results()");
    TEST("a statement with two results is refused", asked.query.status == STATUS_INTERNAL);
    asked = run(pool, "SELECT 7");
    TEST("the pool works on after all of them", one_integer(&asked) == 7);
    struct asked limited;
    unsigned left = 0;
    bool done;
    ask(pool, &limited, "SELECT 1", &left, &done);
    loop_poll_until(loop, &done, PATIENCE_MS);
    limited.query.row_limit = 2;
    limited.query.sql = STR("SELECT seq FROM seq_1_to_3");
    left = 1;
    done = false;
    database_query(pool, &limited.query);
    loop_poll_until(loop, &done, PATIENCE_MS);
    TEST("more rows than the limit are an error", limited.query.status == STATUS_LIMIT);
    TEST("and none of them is handed over", limited.query.rows.count == 0);
    database_pool_close(pool);
}

static void test_full_queue(void)
{
    struct database_pool *pool = open_pool(1, 2, 20000);
    run(pool, "SELECT 1");
    struct asked asked[5];
    unsigned left = 0;
    bool done;
    for (int i = 0; i < 5; i++)
        ask(pool, &asked[i], i == 0 ? "SELECT SLEEP(0.2)" : "SELECT 2", &left, &done);
    TEST("a full queue refuses only after the question has returned",
         asked[3].calls == 0 && asked[4].calls == 0);
    database_abandon(&asked[2].query);
    TEST("all come back", loop_poll_until(loop, &done, PATIENCE_MS));
    TEST("those that were taken are answered",
         asked[0].query.status == STATUS_OK && asked[1].query.status == STATUS_OK);
    TEST("one that nobody waits for is not sent", asked[2].query.status == STATUS_UNAVAILABLE);
    TEST("those that found the queue full are refused",
         asked[3].query.status == STATUS_UNAVAILABLE &&
             asked[4].query.status == STATUS_UNAVAILABLE);
    database_pool_close(pool);
}

static void test_timeouts(void)
{
    struct database_pool *pool = open_pool(1, 10, 300);
    run(pool, "SELECT 1");
    struct asked slow = run(pool, "SELECT seq, SLEEP(0.1) FROM seq_1_to_100");
    TEST("a slow statement is ended by the server", slow.query.status == STATUS_TIMEOUT);
    slow = run(pool, "SELECT seq, SLEEP(0.1) FROM seq_1_to_100");
    TEST("the same one again, on the same connection, too", slow.query.status == STATUS_TIMEOUT);
    struct asked after = run(pool, "SELECT 8");
    TEST("the connection is of use afterwards", one_integer(&after) == 8);
    stop_mariadb();
    struct asked asked = run(pool, "SELECT 9");
    TEST("a server that hangs is not waited for", asked.query.status == STATUS_TIMEOUT);
    kill(private_pid(mariadb), SIGCONT);
    for (int i = 0; i < 200 && !database_pool_ready(pool); i++)
        loop_poll_for(loop, 50);
    after = run(pool, "SELECT 10");
    TEST("when it goes on the pool does too", one_integer(&after) == 10);
    database_pool_close(pool);
}

static void test_waiting_too_long(void)
{
    struct database_pool *pool = open_pool(1, 10, 1000);
    run(pool, "SELECT 1");
    struct asked asked[4];
    unsigned left = 0;
    bool done;
    for (int i = 0; i < 4; i++)
        ask(pool, &asked[i], "SELECT SLEEP(0.7)", &left, &done);
    TEST("all come back", loop_poll_until(loop, &done, PATIENCE_MS));
    TEST("those that waited longer than the timeout are refused",
         asked[0].query.status == STATUS_OK && asked[1].query.status == STATUS_OK &&
             asked[3].query.status == STATUS_UNAVAILABLE);
    database_pool_close(pool);
}

static void test_kills(void)
{
    struct database_pool *pool = open_pool(2, 10, 20000);
    run(pool, "SELECT 1");
    struct asked asked[2];
    unsigned left = 0;
    bool done;
    for (int i = 0; i < 2; i++)
        ask(pool, &asked[i], "SELECT seq, SLEEP(0.1) FROM seq_1_to_100", &left, &done);
    loop_poll_for(loop, 300);
    kill_connections("QUERY");
    TEST("queries that were killed come back", loop_poll_until(loop, &done, PATIENCE_MS));
    TEST("as unavailable", asked[0].query.status == STATUS_UNAVAILABLE &&
                               asked[1].query.status == STATUS_UNAVAILABLE);
    for (int i = 0; i < 2; i++)
        ask(pool, &asked[i], "SELECT seq, SLEEP(0.1) FROM seq_1_to_100", &left, &done);
    loop_poll_for(loop, 300);
    kill_connections("CONNECTION");
    TEST("queries whose connection was killed come back",
         loop_poll_until(loop, &done, PATIENCE_MS));
    TEST("as unavailable", asked[0].query.status == STATUS_UNAVAILABLE &&
                               asked[1].query.status == STATUS_UNAVAILABLE);
    struct asked after = run(pool, "SELECT 11");
    TEST("the next one waits for a new connection", one_integer(&after) == 11);
    loop_poll_for(loop, 300);
    kill_connections("CONNECTION");
    after = run(pool, "SELECT 12");
    TEST("idle connections that were killed are not noticed by a query", one_integer(&after) == 12);
    loop_poll_for(loop, 300);
    after = run(pool, "SET SESSION wait_timeout = 1");
    loop_poll_for(loop, 2500);
    after = run(pool, "SELECT 13");
    TEST("nor are those that the server closed for idling", one_integer(&after) == 13);
    database_pool_close(pool);
}

static void test_changed_table(void)
{
    struct database_pool *pool = open_pool(1, 10, 20000);
    struct asked asked = run(pool, "SELECT * FROM thing");
    TEST("a table has two columns", asked.query.rows.width == 2 && asked.query.rows.count == 1);
    TEST("it gets another", chore_does("ALTER TABLE thing ADD COLUMN more INT NOT NULL DEFAULT 5"));
    asked = run(pool, "SELECT * FROM thing");
    TEST("a prepared statement is prepared again",
         asked.query.rows.width == 3 && asked.query.rows.cells[2].integer == 5);
    TEST("a column gets another type",
         chore_does("ALTER TABLE thing MODIFY COLUMN more VARCHAR(10) NOT NULL DEFAULT 'x'"));
    asked = run(pool, "SELECT * FROM thing");
    TEST_TEXT("its cells are of that type", cell_str(&asked.query.rows.cells[2]), STR("5"));
    TEST("the table is as before", chore_does("ALTER TABLE thing DROP COLUMN more"));
    database_pool_close(pool);
}

static void test_death(void)
{
    struct database_pool *pool = open_pool(3, 100, 20000);
    run(pool, "SELECT 1");
    struct asked asked[20];
    unsigned left = 0;
    bool done;
    for (int i = 0; i < 20; i++)
        ask(pool, &asked[i], "SELECT SLEEP(0.3), 14", &left, &done);
    loop_poll_for(loop, 100);
    kill(private_pid(mariadb), SIGKILL);
    TEST("when MariaDB is killed all queries come back", loop_poll_until(loop, &done, PATIENCE_MS));
    unsigned lost = 0, answered = 0;
    for (int i = 0; i < 20; i++) {
        lost += asked[i].query.status == STATUS_UNAVAILABLE;
        answered +=
            asked[i].query.status == STATUS_OK && asked[i].query.rows.cells[1].integer == 14;
    }
    TEST("those that ran are lost", lost == 3);
    TEST("those that waited are answered by the next MariaDB", answered == 17);
    int pid = private_pid(mariadb);
    stop_mariadb();
    for (int i = 0; i < 20; i++)
        ask(pool, &asked[i], "SELECT 15", &left, &done);
    loop_poll_for(loop, 50);
    kill(pid, SIGKILL);
    TEST("the same when it was just asked", loop_poll_until(loop, &done, PATIENCE_MS));
    struct asked after = run(pool, "SELECT 16");
    TEST("and the pool works on", one_integer(&after) == 16);
    database_pool_close(pool);
}

static void test_absence(void)
{
    struct database_address nowhere = *private_application(mariadb);
    nowhere.socket = "/nowhere/mariadb.sock";
    struct database_pool *pool =
        database_pool_open(loop, &(struct database_pool_options){.address = nowhere,
                                                                 .connections = 2,
                                                                 .waiting_limit = 10,
                                                                 .statements = 8,
                                                                 .timeout_ms = 20000});
    struct asked asked = run(pool, "SELECT 1");
    TEST("without a database a query is told so soon", asked.query.status == STATUS_UNAVAILABLE);
    TEST("the pool is not ready", !database_pool_ready(pool));
    asked = run(pool, "SELECT 1");
    TEST("the next one at once", asked.query.status == STATUS_UNAVAILABLE);
    unsigned left = 0;
    bool done;
    ask(pool, &asked, "SELECT 1", &left, &done);
    database_pool_close(pool);
    TEST("a pool that is closed hands back what it has",
         asked.calls == 1 && asked.query.status == STATUS_UNAVAILABLE);
    pool = open_pool(2, 10, 20000);
    ask(pool, &asked, "SELECT SLEEP(5)", &left, &done);
    loop_poll_for(loop, 200);
    database_pool_close(pool);
    TEST("also what runs", asked.calls == 1 && asked.query.status == STATUS_UNAVAILABLE);
}

/* on_rows that asks the next query, many times over. */
struct chain {
    struct query query;
    struct database_pool *pool;
    unsigned left;
    bool inside, nested, done;
};

static void on_link(struct query *query)
{
    struct chain *chain = query->context;
    chain->nested |= chain->inside;
    if (--chain->left == 0 || query->status != STATUS_OK) {
        chain->done = true;
        return;
    }
    chain->inside = true;
    database_query(chain->pool, query);
    chain->inside = false;
}

static void test_chain(void)
{
    struct chain chain = {.pool = open_pool(1, 1, 20000), .left = MANY};
    chain.query = (struct query){
        .sql = STR("SELECT 1"), .arena = arena, .on_rows = on_link, .context = &chain};
    chain.inside = true;
    database_query(chain.pool, &chain.query);
    chain.inside = false;
    TEST("a chain of queries comes to its end", loop_poll_until(loop, &chain.done, PATIENCE_MS));
    TEST("without an error", chain.left == 0);
    TEST("and never inside a question", !chain.nested);
    database_pool_close(chain.pool);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    arena = arena_create();
    loop = loop_poll_create();
    mariadb = scratch_start(arena);
    struct str problem;
    chore = database_open(private_migration(mariadb), arena, &problem);
    TEST("a table is made",
         chore_does("CREATE TABLE thing (id INT PRIMARY KEY, name TEXT)") &&
             chore_does("INSERT INTO thing VALUES (1, 'one')") &&
             chore_does("CREATE PROCEDURE two_results() BEGIN SELECT 1; SELECT 2; END"));
    test_chain();
    test_many();
    test_errors();
    test_full_queue();
    test_timeouts();
    test_waiting_too_long();
    test_kills();
    test_changed_table();
    test_death();
    test_absence();
    database_close(chore);
    scratch_stop(mariadb);
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return test_end();
}
