/* session: queries of one snapshot, and queries that nobody waits for any more. */
#include "scratch.h"

#include "base/log.h"
#include "mariadb/database.h"
#include "unit/loop_poll.h"
#include "unit/test.h"
#include <signal.h>

enum { CONNECTIONS = 4, ROUNDS = 150, BURST = 10, PATIENCE_MS = 120000, LONG = 2000000000 };

static struct arena *arena;
static struct loop *loop;
static struct private_mariadb *mariadb;
static struct database *writer;

struct asked {
    struct query query;
    struct cell parameters[2];
    unsigned calls;
};

static unsigned left;
static bool done;

static void on_rows(struct query *query)
{
    struct asked *asked = query->context;
    asked->calls++;
    done = --left == 0;
}

static void ask(struct database_pool *pool, struct asked *asked, struct database_session *session,
                const char *sql)
{
    *asked = (struct asked){
        .query = {.sql = str_of(sql),
                  .arena = arena,
                  .session = session,
                  .on_rows = on_rows,
                  .context = asked},
    };
    left++;
    done = false;
    database_query(pool, &asked->query);
}

static bool all_come(void)
{
    return loop_poll_until(loop, &done, PATIENCE_MS);
}

static struct asked run(struct database_pool *pool, struct database_session *session,
                        const char *sql)
{
    struct asked asked;
    ask(pool, &asked, session, sql);
    all_come();
    return asked;
}

static int64_t balance(struct database_pool *pool, struct database_session *session, int which)
{
    struct asked asked = run(pool, session,
                             which == 1 ? "SELECT money FROM account WHERE id = 1"
                                        : "SELECT money FROM account WHERE id = 2");
    return asked.query.status == STATUS_OK ? asked.query.rows.cells[0].integer : -1;
}

static bool write_down(const char *sql)
{
    return database_run(writer, arena, str_of(sql), NULL, 0, NULL) == STATUS_OK;
}

static struct database_pool *open_pool(uint32_t connections)
{
    const struct database_pool_options options = {
        .address = *private_application(mariadb),
        .connections = connections,
        .waiting_limit = 1000,
        .statements = 64,
        .timeout_ms = PATIENCE_MS,
        .absence_ms = PATIENCE_MS,
    };
    struct database_pool *pool = database_pool_open(loop, &options);
    while (database_pool_counters(pool).ready < connections)
        loop_poll_for(loop, 10);
    return pool;
}

static bool none_is_held(struct database_pool *pool)
{
    for (int i = 0; i < PATIENCE_MS / 10 && database_pool_counters(pool).sessions > 0; i++)
        loop_poll_for(loop, 10);
    return database_pool_counters(pool).sessions == 0;
}

static void test_snapshot(uint32_t connections)
{
    struct database_pool *pool = open_pool(connections);
    struct database_session *session = database_session_begin(pool);
    TEST("a session holds nothing before it asks", database_pool_counters(pool).sessions == 0);
    TEST("a session sees what is there", balance(pool, session, 1) == 500);
    TEST("it holds a connection", database_pool_counters(pool).sessions == 1);
    TEST("money is moved",
         write_down("UPDATE account SET money = 1000 - money + 200 * (2 * id - 3)"));
    TEST("the session sees it where it was",
         balance(pool, session, 2) == 500 && balance(pool, session, 1) == 500);
    struct database_session *later = connections > 3 ? database_session_begin(pool) : NULL;
    if (connections > 1)
        TEST("everybody else sees it where it is",
             balance(pool, later, 1) == 300 && balance(pool, NULL, 2) == 700);
    database_session_end(later);
    database_session_end(session);
    TEST("after the end its connection is free", none_is_held(pool));
    TEST("and sees the latest, too",
         balance(pool, NULL, 1) == 300 && balance(pool, NULL, 2) == 700);
    database_pool_close(pool);
    TEST("money is moved back", write_down("UPDATE account SET money = 500"));
}

static void test_few_at_once(void)
{
    struct database_pool *pool = open_pool(CONNECTIONS);
    struct database_session *sessions[3];
    struct asked asked[3];
    for (int i = 0; i < 3; i++) {
        sessions[i] = database_session_begin(pool);
        ask(pool, &asked[i], sessions[i], "SELECT money FROM account");
    }
    while (left > 1)
        loop_poll_for(loop, 10);
    TEST("half of the connections are held at once",
         database_pool_counters(pool).sessions == 2 && asked[2].calls == 0);
    struct asked other = {0};
    unsigned before = left;
    ask(pool, &other, NULL, "SELECT 1");
    while (left > before)
        loop_poll_for(loop, 10);
    TEST("who needs no snapshot does not wait", other.query.status == STATUS_OK);
    database_session_end(sessions[0]);
    TEST("a session that has waited is next", all_come() && asked[2].query.status == STATUS_OK);
    database_session_end(sessions[1]);
    database_session_end(sessions[2]);
    TEST("all are given back", none_is_held(pool));
    database_pool_close(pool);
}

static void test_forgotten(void)
{
    struct database_pool *pool = open_pool(2);
    struct database_session *session = database_session_begin(pool);
    run(pool, session, "SELECT 1");
    loop_poll_for(loop, 2500);
    TEST("a session that idles ends by itself", none_is_held(pool));
    struct asked late = run(pool, session, "SELECT 1");
    TEST("and answers no more", late.query.status == STATUS_UNAVAILABLE);
    database_session_end(session);
    session = database_session_begin(pool);
    database_session_end(session);
    session = database_session_begin(pool);
    ask(pool, &late, session, "SELECT 1");
    database_session_end(session);
    TEST("one that is ended at once still answers what was asked",
         all_come() && late.query.status == STATUS_OK && none_is_held(pool));
    session = database_session_begin(pool);
    run(pool, session, "SELECT 1");
    struct database_session *unused = database_session_begin(pool);
    database_pool_close(pool);
    database_session_end(session);
    database_session_end(unused);
}

static void kill_connections(const char *how)
{
    struct rows rows;
    database_run(writer, arena,
                 STR("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'dossier' AND ID "
                     "<> CONNECTION_ID()"),
                 NULL, 0, &rows);
    for (uint32_t i = 0; i < rows.count; i++)
        write_down(str_printf(arena, "%s %lld", how, (long long)rows.cells[i].integer).at);
}

static void test_loss(void)
{
    struct database_pool *pool = open_pool(2);
    struct database_session *session = database_session_begin(pool);
    struct asked asked[3];
    run(pool, session, "SELECT 1");
    kill_connections("KILL");
    for (int i = 0; i < 3; i++)
        ask(pool, &asked[i], session, "SELECT 1");
    TEST("queries of a session whose connection was lost come back", all_come());
    TEST("and fail: another connection would see another moment",
         asked[0].query.status == STATUS_UNAVAILABLE &&
             asked[2].query.status == STATUS_UNAVAILABLE);
    database_session_end(session);
    session = database_session_begin(pool);
    struct asked slow;
    ask(pool, &slow, session, "SELECT SUM(SQRT(seq)) FROM seq_1_to_2000000000");
    loop_poll_for(loop, 300);
    kill_connections("KILL");
    TEST("so does one that ran", all_come() && slow.query.status == STATUS_UNAVAILABLE);
    database_session_end(session);
    session = database_session_begin(pool);
    TEST("the next session works", run(pool, session, "SELECT 1").query.status == STATUS_OK);
    database_session_end(session);
    TEST("and gives its connection back", none_is_held(pool));
    database_pool_close(pool);
}

/* ---- many sessions, while money is moved ---- */

struct reader {
    struct query first, second;
    struct database_pool *pool;
    unsigned wrong;
};

static void on_second(struct query *query)
{
    struct reader *reader = query->context;
    left--;
    done = left == 0;
    reader->wrong = query->status != STATUS_OK || reader->first.status != STATUS_OK ||
                    query->rows.cells[0].integer + reader->first.rows.cells[0].integer != 1000;
    database_session_end(query->session);
}

static void on_first(struct query *query)
{
    struct reader *reader = query->context;
    reader->second = *query;
    reader->second.sql = STR("SELECT money FROM account WHERE id = 2");
    reader->second.on_rows = on_second;
    database_query(reader->pool, &reader->second);
}

static void read_both(struct reader *reader, struct database_pool *pool)
{
    reader->pool = pool;
    reader->wrong = 1;
    reader->first = (struct query){
        .sql = STR("SELECT money FROM account WHERE id = 1"),
        .arena = arena,
        .session = database_session_begin(pool),
        .on_rows = on_first,
        .context = reader,
    };
    left++;
    done = false;
    database_query(pool, &reader->first);
}

static void test_many(void)
{
    struct database_pool *pool = open_pool(CONNECTIONS);
    static struct reader readers[ROUNDS * 3];
    struct asked others[ROUNDS];
    unsigned wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        for (int j = 0; j < 3; j++)
            read_both(&readers[i * 3 + j], pool);
        ask(pool, &others[i], NULL, "SELECT COUNT(*) FROM account");
        loop_poll_for(loop, 2);
        write_down("UPDATE account SET money = IF(id = 1, money - 1, money + 1)");
    }
    TEST("450 sessions end while money is moved", all_come());
    for (int i = 0; i < ROUNDS * 3; i++)
        wrong += readers[i].wrong;
    TEST("each has seen both accounts at one moment", wrong == 0);
    TEST("and gave its connection back", none_is_held(pool));
    database_pool_close(pool);
}

/* ---- queries that nobody waits for ---- */

static const char work[] =
    "SELECT (SELECT SUM(SQRT(seq)) FROM seq_1_to_2000000000 WHERE seq <= ?), ?";

static void ask_work(struct database_pool *pool, struct asked *asked, int64_t how_much,
                     int64_t number)
{
    *asked = (struct asked){.parameters = {cell_int(how_much), cell_int(number)}};
    asked->query = (struct query){
        .sql = STR(work),
        .parameters = asked->parameters,
        .parameter_count = 2,
        .arena = arena,
        .on_rows = on_rows,
        .context = asked,
    };
    left++;
    done = false;
    database_query(pool, &asked->query);
}

/* Until MariaDB says that it is at work for the pool. */
static void wait_for_work(void)
{
    struct rows rows = {0};
    while (rows.count == 0 || rows.cells[0].integer == 0) {
        loop_poll_for(loop, 5);
        database_run(writer, arena,
                     STR("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = "
                         "'dossier' AND ID <> CONNECTION_ID() AND INFO LIKE 'SELECT (SELECT SUM%'"),
                     NULL, 0, &rows);
    }
}

static void test_cancel(void)
{
    struct database_pool *pool = open_pool(2);
    struct asked asked[BURST];
    ask_work(pool, &asked[0], 1, 1);
    all_come();
    for (int i = 0; i < BURST; i++)
        ask_work(pool, &asked[i], i == 0 ? LONG : 1, i);
    wait_for_work();
    TEST("a long query keeps those behind it waiting", asked[0].calls == 0 && left > 1);
    database_abandon(&asked[0].query);
    TEST("when nobody waits for it all come back", all_come());
    bool right = asked[0].query.status == STATUS_UNAVAILABLE;
    for (int i = 1; i < BURST; i++)
        right &= asked[i].query.status == STATUS_OK && asked[i].query.rows.cells[1].integer == i;
    TEST("those behind it are answered", right);
    TEST("one KILL did it", database_pool_counters(pool).kills == 1);
    database_pool_close(pool);
}

/* A KILL that came late would have hit the query behind: here another one does. */
static void test_hit(void)
{
    struct database_pool *pool = open_pool(2);
    struct asked asked[3];
    ask_work(pool, &asked[0], 1, 1);
    all_come();
    for (int i = 0; i < 3; i++)
        ask_work(pool, &asked[i], i == 0 ? LONG : i == 1 ? LONG / 40 : 1, i);
    wait_for_work();
    database_abandon(&asked[0].query);
    while (asked[0].calls == 0)
        loop_poll_for(loop, 1);
    wait_for_work(); /* on the second one, which takes a second or more */
    kill_connections("KILL QUERY");
    TEST("a query that was hit instead of another comes back", all_come());
    TEST("it was asked again", database_pool_counters(pool).retried == 1);
    TEST("and answered",
         asked[1].query.status == STATUS_OK && asked[1].query.rows.cells[1].integer == 1);
    database_pool_close(pool);
}

/* Queries that end at about the time when they would be killed: the KILL often hits another one. */
static void test_innocent(void)
{
    struct database_pool *pool = open_pool(2);
    struct asked asked[BURST];
    unsigned wrong = 0;
    ask_work(pool, &asked[0], 1, 1);
    all_come();
    for (int round = 0; round < ROUNDS / 3; round++) {
        for (int i = 0; i < BURST; i++)
            ask_work(pool, &asked[i], i % 3 == 0 ? 200000 * (1 + random() % 30) : 20000, i);
        loop_poll_for(loop, 1);
        for (int i = 0; i < BURST; i += 3)
            database_abandon(&asked[i].query);
        if (!all_come())
            wrong++;
        for (int i = 0; i < BURST; i++)
            wrong += i % 3 != 0 && (asked[i].query.status != STATUS_OK ||
                                    asked[i].query.rows.cells[1].integer != i);
    }
    struct database_counters counters = database_pool_counters(pool);
    printf("# %llu kills, %llu queries asked again\n", (unsigned long long)counters.kills,
           (unsigned long long)counters.retried);
    TEST("many queries were killed", counters.kills > 10);
    TEST("those that somebody waits for are answered", wrong == 0);
    database_pool_close(pool);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    log_set_level(LOG_ERROR);
    arena = arena_create();
    loop = loop_poll_create();
    mariadb = scratch_start(arena);
    struct str problem;
    struct database *migration = database_open(private_migration(mariadb), arena, &problem);
    TEST("accounts are made",
         database_script(migration, STR("CREATE TABLE account (id INT PRIMARY KEY, money INT);"
                                        "INSERT INTO account VALUES (1, 500), (2, 500)")) ==
             STATUS_OK);
    database_close(migration);
    writer = database_open(private_application(mariadb), arena, &problem);
    test_snapshot(CONNECTIONS);
    test_snapshot(1);
    test_few_at_once();
    test_forgotten();
    test_loss();
    test_many();
    test_cancel();
    test_hit();
    test_innocent();
    database_close(writer);
    scratch_stop(mariadb);
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return test_end();
}
