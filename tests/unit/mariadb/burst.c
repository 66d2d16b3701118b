/* burst: queries that leave together each get their own answer, whatever happens to the others. */
#include "scratch.h"

#include "base/log.h"
#include "mariadb/database.h"
#include "unit/loop_poll.h"
#include "unit/test.h"
#include <math.h>
#include <signal.h>

enum { MANY = 1000, BURST = 12, PATIENCE_MS = 30000, HALF_OF_A_LARGE_ROW = 9000000 };

static struct arena *arena;
static struct loop *loop;
static struct private_mariadb *mariadb;
static struct database_address address;
static struct database *waiting; /* answers the same questions, one at a time */

struct asked {
    struct query query;
    struct cell parameters[4];
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

static void ask(struct database_pool *pool, struct asked *asked, const char *sql, uint32_t count)
{
    asked->calls = 0;
    asked->query = (struct query){
        .sql = str_of(sql),
        .parameters = asked->parameters,
        .parameter_count = count,
        .arena = arena,
        .row_limit = asked->query.row_limit,
        .on_rows = on_rows,
        .context = asked,
    };
    left++;
    done = false;
    database_query(pool, &asked->query);
}

static bool all_come(void)
{
    return loop_poll_until(loop, &done, PATIENCE_MS);
}

static struct database_pool *open_pool_in_a_hurry(uint32_t connections, uint32_t timeout_ms)
{
    const struct database_pool_options options = {
        .address = address,
        .connections = connections,
        .waiting_limit = MANY,
        .statements = 64,
        .timeout_ms = timeout_ms,
        .absence_ms = PATIENCE_MS,
    };
    return database_pool_open(loop, &options);
}

static struct database_pool *open_pool(uint32_t connections)
{
    return open_pool_in_a_hurry(connections, 20000);
}

/* Asked once alone, a statement is known: what is asked next leaves with others. */
static void get_known(struct database_pool *pool, const char *sql, struct cell first,
                      struct cell second)
{
    struct asked asked = {.parameters = {first, second}};
    ask(pool, &asked, sql, 2);
    TEST("a statement is made known", all_come() && asked.query.status == STATUS_OK);
}

static const char point[] = "SELECT ?, CONCAT('row ', ?)";

static bool is_right(const struct asked *asked, unsigned number)
{
    char want[32];
    snprintf(want, sizeof(want), "row %u", number);
    const struct rows *rows = &asked->query.rows;
    return asked->calls == 1 && asked->query.status == STATUS_OK && rows->count == 1 &&
           rows->cells[0].integer == number && str_is(cell_str(&rows->cells[1]), want);
}

static void ask_points(struct database_pool *pool, struct asked *asked, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        asked[i] = (struct asked){.parameters = {cell_int(i), cell_int(i)}};
        ask(pool, &asked[i], point, 2);
    }
}

static void test_together(void)
{
    struct database_pool *pool = open_pool(1);
    struct asked asked[BURST];
    get_known(pool, point, cell_int(0), cell_int(0));
    struct database_counters before = database_pool_counters(pool);
    TEST("an idle pool has room", database_pool_room(pool) >= BURST);
    ask_points(pool, asked, BURST);
    TEST("nothing leaves before the turn ends", database_pool_counters(pool).waiting == BURST);
    TEST("all are answered", all_come());
    bool right = true;
    for (unsigned i = 0; i < BURST; i++)
        right &= is_right(&asked[i], i);
    TEST("each with its own row", right);
    struct database_counters after = database_pool_counters(pool);
    TEST("they were one burst",
         after.bursts == before.bursts + 1 && after.burst_sizes[4] == before.burst_sizes[4] + 1);
    TEST("and all are counted", after.answered[STATUS_OK] == before.answered[STATUS_OK] + BURST &&
                                    after.rows == before.rows + BURST && after.waiting == 0);
    database_pool_close(pool);
}

static void test_split(void)
{
    struct database_pool *pool = open_pool(2);
    while (database_pool_counters(pool).ready < 2)
        loop_poll_for(loop, 10);
    struct asked asked[64];
    get_known(pool, point, cell_int(0), cell_int(0));
    ask_points(pool, asked, 30);
    TEST("much of it is split among connections that idle", all_come());
    struct database_counters counters = database_pool_counters(pool);
    TEST("both have prepared the statement", counters.prepared == 2 && counters.statements == 2);
    ask_points(pool, asked, 64);
    TEST("there is no room when as much waits as may leave", database_pool_room(pool) == 0);
    TEST("two full bursts come back", all_come());
    counters = database_pool_counters(pool);
    TEST("as such", counters.burst_sizes[5] == 2);
    database_pool_close(pool);
}

static void test_error_in_the_middle(void)
{
    static const char sql[] = "SELECT (SELECT seq FROM seq_1_to_3 WHERE seq <= ?), ?";
    struct database_pool *pool = open_pool(1);
    struct asked asked[BURST];
    get_known(pool, sql, cell_int(1), cell_int(0));
    uint64_t bursts = database_pool_counters(pool).bursts;
    for (int i = 0; i < BURST; i++) {
        asked[i] = (struct asked){.parameters = {cell_int(i % 5 == 3 ? 2 : 1), cell_int(i)}};
        ask(pool, &asked[i], sql, 2);
    }
    TEST("a burst with errors in it comes back", all_come());
    bool right = true;
    for (int i = 0; i < BURST; i++) {
        const struct query *query = &asked[i].query;
        if (i % 5 == 3)
            right &= query->status == STATUS_INTERNAL && query->problem.len > 0;
        else
            right &= query->status == STATUS_OK && query->rows.cells[1].integer == i;
    }
    TEST("only the wrong ones have failed", right);
    TEST("in one burst", database_pool_counters(pool).bursts == bursts + 1);
    database_pool_close(pool);
}

/* Types of parameters that change, and parameters that cannot be sent. */
static void test_parameters(void)
{
    struct database_pool *pool = open_pool(1);
    struct asked asked[6];
    get_known(pool, "SELECT ?, ?", cell_int(1), cell_int(2));
    const struct cell pairs[][2] = {
        {cell_int(1), cell_text(STR("a"))},
        {{.kind = CELL_OBJECT}, cell_text(STR("b"))},
        {cell_text(STR("c")), {.kind = CELL_NULL}},
        {{.kind = CELL_DATE, .integer = 1LL << 40}, cell_int(1)},
        {{.kind = CELL_NULL}, cell_int(5)},
        {{.kind = CELL_DOUBLE, .real = 0.5}, {.kind = CELL_UINT, .integer = -1}},
    };
    for (int i = 0; i < 6; i++) {
        asked[i] = (struct asked){.parameters = {pairs[i][0], pairs[i][1]}};
        ask(pool, &asked[i], "SELECT ?, ?", 2);
    }
    all_come();
    TEST("what cannot be sent is our mistake",
         asked[1].query.status == STATUS_INTERNAL && asked[3].query.status == STATUS_INTERNAL);
    TEST("the others are answered with their own types",
         str_is(cell_str(&asked[0].query.rows.cells[1]), "a") &&
             str_is(cell_str(&asked[2].query.rows.cells[0]), "c") &&
             asked[2].query.rows.cells[1].kind == CELL_NULL &&
             asked[4].query.rows.cells[1].integer == 5 &&
             asked[5].query.rows.cells[0].real == 0.5 &&
             asked[5].query.rows.cells[1].kind == CELL_UINT);
    char *text = arena_text(arena, 17000000);
    memset(text, 'x', 17000000);
    asked[0].parameters[0] = cell_text((struct str){.at = text, .len = 17000000});
    ask(pool, &asked[0], "SELECT ?, ?", 2);
    ask(pool, &asked[4], "SELECT ?, ?", 2);
    all_come();
    TEST("what is longer than a packet is a limit", asked[0].query.status == STATUS_LIMIT);
    TEST("which hurts nobody else", asked[4].query.status == STATUS_OK);
    database_pool_close(pool);
}

static void test_limit_in_the_middle(void)
{
    static const char sql[] = "SELECT seq, REPEAT('x', ?) FROM seq_1_to_1000 WHERE seq <= ?";
    struct database_pool *pool = open_pool(1);
    struct asked asked[BURST];
    get_known(pool, sql, cell_int(1), cell_int(1));
    for (int i = 0; i < BURST; i++) {
        asked[i] = (struct asked){.query.row_limit = 500,
                                  .parameters = {cell_int(300), cell_int(498 + i % 5)}};
        ask(pool, &asked[i], sql, 2);
    }
    TEST("a burst with too many rows in it comes back", all_come());
    bool right = true;
    for (int i = 0; i < BURST; i++) {
        const struct query *query = &asked[i].query;
        bool over = i % 5 > 2;
        right &= query->status == (over ? STATUS_LIMIT : STATUS_OK) &&
                 query->rows.count == (over ? 0 : 498 + (uint32_t)i % 5);
    }
    TEST("only those over their limit have failed, without rows", right);
    database_pool_close(pool);
}

static void test_large_row(void)
{
    static const char sql[] = "SELECT REPEAT('a', ?), REPEAT('b', ?)";
    struct database_pool *pool = open_pool(1);
    struct asked asked[5];
    get_known(pool, sql, cell_int(1), cell_int(1));
    for (int i = 0; i < 5; i++) {
        int64_t len = i % 2 == 1 ? HALF_OF_A_LARGE_ROW : 3;
        asked[i] = (struct asked){.parameters = {cell_int(len), cell_int(len)}};
        ask(pool, &asked[i], sql, 2);
    }
    TEST("a burst with rows larger than a packet comes back", all_come());
    bool right = true;
    for (int i = 0; i < 5; i++) {
        const struct rows *rows = &asked[i].query.rows;
        uint32_t len = i % 2 == 1 ? HALF_OF_A_LARGE_ROW : 3;
        right &= rows->count == 1 && rows->cells[0].len == len && rows->cells[1].len == len &&
                 rows->cells[0].text[len - 1] == 'a' && rows->cells[1].text[0] == 'b' &&
                 rows->cells[1].text[len - 1] == 'b';
    }
    TEST("with all that is in them", right);
    database_pool_close(pool);
}

static const char work[] =
    "SELECT (SELECT SUM(SQRT(seq)) FROM seq_1_to_1000000000 WHERE seq <= ?), ?";

/* A burst of quick queries, of which one is not. */
static void ask_work(struct database_pool *pool, struct asked *asked, int which, int64_t how_much)
{
    for (int i = 0; i < BURST; i++) {
        asked[i] = (struct asked){.parameters = {cell_int(i == which ? how_much : 1), cell_int(i)}};
        ask(pool, &asked[i], work, 2);
    }
}

static bool work_is_done(const struct asked *asked, int number)
{
    return asked->calls == 1 && asked->query.status == STATUS_OK &&
           asked->query.rows.cells[1].integer == number;
}

static void test_abandoned(void)
{
    struct database_pool *pool = open_pool(1);
    struct asked asked[BURST];
    get_known(pool, work, cell_int(1), cell_int(0));
    ask_work(pool, asked, 0, 1000000);
    database_abandon(&asked[2].query);
    while (database_pool_counters(pool).waiting > 0)
        loop_poll_for(loop, 1);
    TEST("while the only connection works there is no room", database_pool_room(pool) == 0);
    database_abandon(&asked[5].query);
    TEST("a burst that some do not wait for comes back", all_come());
    bool right = true;
    for (int i = 0; i < BURST; i++)
        right &= i == 2 || i == 5 ? asked[i].query.status == STATUS_UNAVAILABLE
                                  : work_is_done(&asked[i], i);
    TEST("all others have their rows", right);
    TEST("and the connection is free", database_pool_room(pool) >= BURST);
    database_pool_close(pool);
}

static void kill_queries(const char *how)
{
    struct rows rows;
    database_run(waiting, arena,
                 STR("SELECT ID FROM information_schema.PROCESSLIST WHERE USER = 'dossier' AND ID "
                     "<> CONNECTION_ID() AND COMMAND <> 'Sleep'"),
                 NULL, 0, &rows);
    for (uint32_t i = 0; i < rows.count; i++) {
        struct str sql = str_printf(arena, "KILL %s %lld", how, (long long)rows.cells[i].integer);
        database_run(waiting, arena, sql, NULL, 0, NULL);
    }
}

static void test_kill_in_the_middle(const char *how, bool others_are_asked_again)
{
    struct database_pool *pool = open_pool(1);
    struct asked asked[BURST];
    get_known(pool, work, cell_int(1), cell_int(1));
    ask_work(pool, asked, 4, 1000000000);
    loop_poll_for(loop, 300);
    kill_queries(how);
    TEST("a burst with a query that is killed comes back", all_come());
    bool right = true;
    for (int i = 0; i < BURST; i++)
        right &= i == 4 ? asked[i].query.status == STATUS_UNAVAILABLE : work_is_done(&asked[i], i);
    TEST("all others are answered", right);
    TEST("asked again only when the connection is gone",
         (database_pool_counters(pool).retried > 0) == others_are_asked_again);
    database_pool_close(pool);
}

/* Nothing waits long behind what is slow, and nothing is sent behind what is known to be. */
static void test_slow(void)
{
    struct database_pool *pool = open_pool(1);
    struct asked slow, asked[BURST];
    get_known(pool, point, cell_int(1), cell_int(1));
    get_known(pool, work, cell_int(1000000), cell_int(1));
    uint64_t bursts = database_pool_counters(pool).bursts;
    slow = (struct asked){.parameters = {cell_int(1), cell_int(1)}};
    ask(pool, &slow, work, 2);
    ask_points(pool, asked, BURST);
    TEST("queries with a slow one before them come back", all_come());
    TEST("they were not sent with it", database_pool_counters(pool).bursts == bursts + 2);
    database_pool_close(pool);
}

/* ---- the same questions, asked in two ways ---- */

static bool same_cell(const struct cell *a, const struct cell *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == CELL_NULL)
        return true;
    if (a->kind == CELL_TEXT)
        return str_equal(cell_str(a), cell_str(b));
    return a->kind == CELL_DOUBLE ? a->real == b->real : a->integer == b->integer;
}

static bool same_rows(const struct rows *a, const struct rows *b)
{
    if (a->count != b->count || a->width != b->width)
        return false;
    for (size_t i = 0; i < (size_t)a->count * a->width; i++)
        if (!same_cell(&a->cells[i], &b->cells[i]))
            return false;
    return true;
}

static struct cell random_text(void)
{
    static const uint32_t lengths[] = {0, 1, 7, 250, 251, 252, 4000, 65535, 65536, 70000};
    uint32_t len = lengths[(size_t)random() % (sizeof(lengths) / sizeof(lengths[0]))];
    char *text = arena_text(arena, len + 1);
    memset(text, 'a' + (char)(random() % 26), len);
    return cell_text((struct str){.at = text, .len = len});
}

static struct cell random_cell(void)
{
    switch (random() % 7) {
    case 0:
        return (struct cell){.kind = CELL_NULL};
    case 1:
        return cell_int((random() % 2 == 0 ? 1 : -1) * (random() << (random() % 32)));
    case 2:
        return (struct cell){.kind = CELL_UINT, .integer = INT64_MIN + random()};
    case 3:
        return (struct cell){.kind = CELL_DOUBLE, .real = ldexp((double)random(), -15)};
    case 4:
        return (struct cell){.kind = CELL_DATE, .integer = random() % 200000 - 100000};
    case 5:
        return (struct cell){.kind = CELL_TIME,
                             .integer = (random() % 200000 - 100000) * 86400000000 + random()};
    default:
        return random_text();
    }
}

/* What is behind too much work is not waited for until all of it is done. */
static void test_too_much_work(void)
{
    static const char sql[] = "SELECT SLEEP(?), ?";
    struct database_pool *pool = open_pool_in_a_hurry(1, 400);
    struct asked asked[BURST];
    const struct cell fifth_of_a_second = {.kind = CELL_DOUBLE, .real = 0.2};
    get_known(pool, sql, cell_int(0), cell_int(0));
    uint64_t asked_at_ms = loop->ops->now_ms(loop);
    for (int i = 0; i < BURST; i++) {
        asked[i] = (struct asked){.parameters = {fifth_of_a_second, cell_int(i)}};
        ask(pool, &asked[i], sql, 2);
    }
    TEST("a burst with too much work in it comes back", all_come());
    uint64_t took_ms = loop->ops->now_ms(loop) - asked_at_ms;
    printf("# after %llu ms\n", (unsigned long long)took_ms);
    TEST("as soon as its time is over", took_ms < 2000);
    TEST("the first of it answered, the last not",
         asked[0].query.status == STATUS_OK && asked[BURST - 1].query.status == STATUS_UNAVAILABLE);
    TEST("who looks for room finds some, though what was sent still runs",
         database_pool_room(pool) > 0);
    database_pool_close(pool);
}

static void test_types(void)
{
    static const char select[] = "SELECT * FROM every_type WHERE id <= ? ORDER BY id";
    struct database_pool *pool = open_pool(1);
    struct asked asked[6];
    for (int i = 0; i < 6; i++) {
        asked[i] = (struct asked){.parameters = {cell_int(i)}};
        ask(pool, &asked[i], select, 1);
    }
    TEST("tables with columns of all types are read", all_come());
    bool same = true;
    for (int i = 0; i < 6; i++) {
        struct rows rows;
        database_run(waiting, arena, STR(select), asked[i].parameters, 1, &rows);
        same &= asked[i].query.status == STATUS_OK && rows.width == 31 &&
                rows.count == (uint32_t)(i < 3 ? i : 3) && same_rows(&asked[i].query.rows, &rows);
    }
    TEST("as the waiting connection reads them", same);
    database_pool_close(pool);
}

static void test_many(void)
{
    static const char *const texts[] = {
        "SELECT ?, ?",
        "SELECT ?, ?, seq, NULL FROM seq_1_to_7",
        "SELECT ?, ?, REPEAT('x', seq * 97), seq FROM seq_1_to_200",
        "SELECT ?, ? FROM DUAL WHERE 1 = 0",
        "SELECT ?, ?, (SELECT seq FROM seq_1_to_2)",
        "SELECT CONCAT('<', ?, '>'), HEX(?)",
        "SELECT ?, ?, e.* FROM every_type e",
    };
    struct database_pool *pool = open_pool(3);
    struct asked *asked = arena_array(arena, struct asked, MANY);
    for (int i = 0; i < MANY; i++) {
        asked[i].parameters[0] = random_cell();
        asked[i].parameters[1] = random_cell();
        ask(pool, &asked[i], texts[(size_t)random() % (sizeof(texts) / sizeof(texts[0]))], 2);
    }
    TEST("1,000 random queries come back", all_come());
    unsigned differ = 0;
    for (int i = 0; i < MANY; i++) {
        struct rows rows;
        const struct query *query = &asked[i].query;
        enum status status = database_run(waiting, arena, query->sql, query->parameters, 2, &rows);
        bool same =
            status == query->status && (status != STATUS_OK || same_rows(&rows, &query->rows));
        if (!same && differ++ == 0)
            printf("# " STR_FMT ": %d %d " STR_FMT "\n", STR_ARG(query->sql), status, query->status,
                   STR_ARG(query->problem));
    }
    TEST("answered as the waiting connection answers them", differ == 0);
    struct database_counters counters = database_pool_counters(pool);
    printf("# %llu bursts for %d queries\n", (unsigned long long)counters.bursts, MANY);
    TEST("in far fewer bursts", counters.bursts < MANY / 4);
    database_pool_close(pool);
}

static void make_table(void)
{
    struct str problem;
    struct database *migration = database_open(private_migration(mariadb), arena, &problem);
    static const char script[] =
        "CREATE TABLE every_type (id INT PRIMARY KEY, a TINYINT, b TINYINT UNSIGNED, c SMALLINT,"
        " d SMALLINT UNSIGNED, e MEDIUMINT, f MEDIUMINT UNSIGNED, g INT UNSIGNED, h BIGINT,"
        " i BIGINT UNSIGNED, j YEAR, k BIT(40), l FLOAT, m DOUBLE, n DECIMAL(30,10), o CHAR(10),"
        " p VARCHAR(80), q TEXT, r LONGTEXT, s VARBINARY(20), t BLOB, u ENUM('A', 'B'),"
        " v SET('x', 'y'), w JSON, x DATE, y DATETIME, z DATETIME(6), aa TIMESTAMP(6) NULL,"
        " bb TIME(6), cc BINARY(4), dd INET6);"
        "INSERT INTO every_type VALUES (1, -1, 200, -300, 60000, -70000, 16000000, 4000000000,"
        " -5000000000, 18446744073709551615, 2026, b'1011', 0.1, -1.5e300, '-123.4500000000', 'c',"
        " 'v', 'text', REPEAT('l', 70000), 'vb', 'blob', 'B', 'x,y', '{\"a\": 1}', '2026-10-01',"
        " '2026-10-01 12:30:00', '1969-12-31 23:59:59.999999', '2026-10-01 12:30:00.5',"
        " '-838:59:59.999999', 'bin', '::1');"
        "INSERT INTO every_type (id) VALUES (2);"
        "INSERT INTO every_type (id, a, i, p, y, bb) VALUES (3, 127, 0, '', '1000-01-01', '0:0:0')";
    TEST("a table with all types is made", database_script(migration, STR(script)) == STATUS_OK);
    database_close(migration);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    log_set_level(LOG_ERROR);
    arena = arena_create();
    loop = loop_poll_create();
    mariadb = scratch_start(arena);
    address = *private_application(mariadb);
    struct str problem;
    waiting = database_open(&address, arena, &problem);
    make_table();
    test_together();
    test_split();
    test_error_in_the_middle();
    test_parameters();
    test_limit_in_the_middle();
    test_large_row();
    test_abandoned();
    test_kill_in_the_middle("QUERY", false);
    test_kill_in_the_middle("CONNECTION", true);
    test_slow();
    test_too_much_work();
    test_types();
    test_many();
    database_close(waiting);
    scratch_stop(mariadb);
    loop_poll_destroy(loop);
    arena_destroy(arena);
    return test_end();
}
