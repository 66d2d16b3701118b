/* database: every type there and back, transactions, and connections that are lost. */
#define _GNU_SOURCE
#include "scratch.h"

#include "mariadb/calendar.h"
#include "mariadb/database.h"
#include "unit/test.h"
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>

static struct arena *arena;
static struct private_mariadb *mariadb;
static struct database *migration;
static struct database *application;
static struct str problem;

static enum status run(struct database *database, const char *sql, const struct cell *parameters,
                       uint32_t parameter_count, struct rows *rows)
{
    enum status status =
        database_run(database, arena, str_of(sql), parameters, parameter_count, rows);
    if (status != STATUS_OK)
        printf("# %u " STR_FMT "\n", database_error_number(database),
               STR_ARG(database_problem(database)));
    return status;
}

static struct cell one(const char *sql)
{
    struct rows rows;
    return run(application, sql, NULL, 0, &rows) == STATUS_OK && rows.count == 1
               ? rows.cells[0]
               : (struct cell){.kind = CELL_OBJECT};
}

static bool same(const struct cell *a, const struct cell *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == CELL_NULL)
        return true;
    if (a->kind == CELL_TEXT)
        return str_equal(cell_str(a), cell_str(b));
    return a->kind == CELL_DOUBLE ? a->real == b->real : a->integer == b->integer;
}

static struct cell text(const char *words)
{
    return cell_text(str_of(words));
}

static struct cell unsigned_cell(uint64_t value)
{
    return (struct cell){.kind = value > INT64_MAX ? CELL_UINT : CELL_INT,
                         .integer = (int64_t)value};
}

static struct cell real(double value)
{
    return (struct cell){.kind = CELL_DOUBLE, .real = value};
}

static struct cell date(int year, unsigned month, unsigned day)
{
    return (struct cell){.kind = CELL_DATE, .integer = calendar_days(year, month, day)};
}

static struct cell moment(int year, unsigned month, unsigned day, int64_t microseconds)
{
    return (struct cell){.kind = CELL_TIME,
                         .integer = calendar_days(year, month, day) * 86400000000 + microseconds};
}

/* A column type and what goes in and has to come out the same. NULL is tried for each. */
static struct
try {
    const char *type;
    struct cell values[6];
    unsigned count;
}
tries[32];
static unsigned try_count;

#define TRY_TYPE(name, ...)                                                             \
    tries[try_count++] = (struct try)                                                   \
    {                                                                                   \
        name, {__VA_ARGS__}, sizeof((struct cell[]){__VA_ARGS__}) / sizeof(struct cell) \
    }

static char long_text[70000];

static void list_types(void)
{
    memset(long_text, 'y', sizeof(long_text) - 1);
    TRY_TYPE("TINYINT", cell_int(-128), cell_int(0), cell_int(127));
    TRY_TYPE("TINYINT UNSIGNED", cell_int(0), cell_int(255));
    TRY_TYPE("BOOLEAN", cell_int(0), cell_int(1));
    TRY_TYPE("SMALLINT", cell_int(-32768), cell_int(32767));
    TRY_TYPE("SMALLINT UNSIGNED", cell_int(0), cell_int(65535));
    TRY_TYPE("MEDIUMINT", cell_int(-8388608), cell_int(-1), cell_int(8388607));
    TRY_TYPE("MEDIUMINT UNSIGNED", cell_int(0), cell_int(16777215));
    TRY_TYPE("INT", cell_int(INT32_MIN), cell_int(-1), cell_int(INT32_MAX));
    TRY_TYPE("INT UNSIGNED", cell_int(0), cell_int(UINT32_MAX));
    TRY_TYPE("BIGINT", cell_int(INT64_MIN), cell_int(-1), cell_int(0), cell_int(INT64_MAX));
    TRY_TYPE("BIGINT UNSIGNED", unsigned_cell(0), unsigned_cell(INT64_MAX),
             unsigned_cell((uint64_t)INT64_MAX + 1), unsigned_cell(UINT64_MAX));
    TRY_TYPE("YEAR", cell_int(1901), cell_int(2155));
    TRY_TYPE("BIT(1)", cell_int(0), cell_int(1));
    TRY_TYPE("BIT(64)", unsigned_cell(0), unsigned_cell(0x0102030405060708),
             unsigned_cell(UINT64_MAX));
    TRY_TYPE("FLOAT", real(0.1), real(-1.5), real(3.25e10));
    TRY_TYPE("DOUBLE", real(0.1), real(-DBL_MAX), real(DBL_MIN), real(1e300));
    TRY_TYPE("DECIMAL(12,2)", text("-9999999999.99"), text("0.00"), text("0.10"));
    TRY_TYPE("DECIMAL(65,30)",
             text("12345678901234567890123456789012345.000000000000000000000000000001"));
    TRY_TYPE("CHAR(10)", text(""), text("a"), text("\xf0\x9f\x98\x80\xc3\xa9\xe2\x82\xac"));
    TRY_TYPE("VARCHAR(80)", text(""), text("it's"), text("\xf0\x9f\x98\x80"),
             text("back\\slash \"quote\""));
    TRY_TYPE("TEXT", text(""), text("x"),
             (struct cell){.kind = CELL_TEXT, .len = 3, .text = "a\0b"});
    TRY_TYPE("LONGTEXT", cell_text((struct str){long_text, 250}),
             cell_text((struct str){long_text, 251}), cell_text((struct str){long_text, 65535}),
             cell_text((struct str){long_text, 65536}));
    TRY_TYPE("VARBINARY(20)", text(""),
             (struct cell){.kind = CELL_TEXT, .len = 5, .text = "\0\xff\xfe'\\"});
    TRY_TYPE("BLOB", (struct cell){.kind = CELL_TEXT, .len = 4, .text = "\x80\x81\0\xff"});
    TRY_TYPE("ENUM('A', 'it''s', '\xc3\xa9')", text("A"), text("it's"), text("\xc3\xa9"));
    TRY_TYPE("SET('x','y')", text(""), text("x,y"));
    TRY_TYPE("JSON", text("{\"a\": [1, \"\xc3\xa9\"]}"));
    TRY_TYPE("DATE", date(1970, 1, 1), date(1, 1, 1), date(2000, 2, 29), date(9999, 12, 31),
             date(1969, 12, 31));
    TRY_TYPE("DATETIME", moment(1970, 1, 1, 0), moment(1, 1, 1, 1000000),
             moment(9999, 12, 31, 86399000000));
    TRY_TYPE("DATETIME(6)", moment(1969, 12, 31, 86399999999), moment(2024, 2, 29, 1),
             moment(2024, 2, 29, 0));
    TRY_TYPE("TIMESTAMP(6)", moment(1970, 1, 2, 1), moment(2038, 1, 1, 123456));
    TRY_TYPE("TIME(6)", text("00:00:00"), text("-838:59:59.999999"), text("23:59:59"),
             text("24:00:00.000001"));
}

static void test_types(void)
{
    list_types();
    for (unsigned i = 0; i < try_count; i++) {
        const struct try *each = &tries[i];
        struct str sql =
            str_printf(arena,
                       "CREATE OR REPLACE TABLE one_type (id INT PRIMARY KEY, first VARCHAR(9), "
                       "value %s NULL, last INT)",
                       each->type);
        bool good = database_script(migration, sql) == STATUS_OK;
        for (unsigned j = 0; j <= each->count; j++) {
            struct cell null = {.kind = CELL_NULL};
            const struct cell parameters[] = {cell_int(j),
                                              j < each->count ? each->values[j] : null};
            good &= run(application, "INSERT INTO one_type VALUES (?, 'f', ?, -3)", parameters, 2,
                        NULL) == STATUS_OK;
        }
        struct rows rows;
        good &= run(application, "SELECT first, value, last FROM one_type ORDER BY id", NULL, 0,
                    &rows) == STATUS_OK &&
                rows.count == each->count + 1 && rows.width == 3;
        for (unsigned j = 0; good && j < rows.count; j++) {
            const struct cell *row = &rows.cells[j * 3];
            struct cell null = {.kind = CELL_NULL};
            good = same(&row[1], j < each->count ? &each->values[j] : &null) &&
                   str_is(cell_str(&row[0]), "f") && row[2].kind == CELL_INT &&
                   row[2].integer == -3;
            if (!good)
                printf("# value %u: kind %d, integer %lld, %.*s\n", j, row[1].kind,
                       (long long)row[1].integer, row[1].kind == CELL_TEXT ? (int)row[1].len : 0,
                       row[1].text);
        }
        TEST(str_printf(arena, "%s comes back as it went in", each->type).at, good);
    }
}

/* More columns than fit into one byte of the bitmap of NULLs. */
static void test_nulls(void)
{
    struct rows rows;
    struct str sql = STR("SELECT 0");
    for (int i = 1; i < 40; i++)
        sql = str_printf(arena, i % 3 == 0 ? STR_FMT ", NULL" : STR_FMT ", %d", STR_ARG(sql), i);
    bool good = run(application, sql.at, NULL, 0, &rows) == STATUS_OK && rows.width == 40;
    for (int i = 1; good && i < 40; i++)
        good = i % 3 == 0 ? rows.cells[i].kind == CELL_NULL : rows.cells[i].integer == i;
    TEST("NULLs are where they belong among forty columns", good);
    struct cell parameters[] = {{.kind = CELL_NULL}, cell_int(1)};
    TEST("a parameter may be NULL first",
         run(application, "SELECT ?, ?", parameters, 2, &rows) == STATUS_OK &&
             rows.cells[0].kind == CELL_NULL && rows.cells[1].integer == 1);
    parameters[0] = cell_int(5);
    parameters[1] = text("five");
    TEST("then of another type",
         run(application, "SELECT ?, ?", parameters, 2, &rows) == STATUS_OK &&
             rows.cells[0].integer == 5 && str_is(cell_str(&rows.cells[1]), "five"));
    parameters[0] = unsigned_cell(UINT64_MAX);
    parameters[1] = (struct cell){.kind = CELL_NULL};
    TEST("then unsigned", run(application, "SELECT ?, ?", parameters, 2, &rows) == STATUS_OK &&
                              same(&rows.cells[0], &parameters[0]) &&
                              rows.cells[1].kind == CELL_NULL);
    parameters[1] = text("a longer text than before");
    TEST("then a text", run(application, "SELECT ?, ?", parameters, 2, &rows) == STATUS_OK &&
                            same(&rows.cells[1], &parameters[1]));
    TEST("no rows are no cells",
         run(application, "SELECT 1 FROM DUAL WHERE FALSE", NULL, 0, &rows) == STATUS_OK &&
             rows.count == 0 && rows.width == 1);
}

static void test_calendar(void)
{
    bool good = calendar_days(1970, 1, 1) == 0 && calendar_days(2000, 3, 1) == 11017 &&
                calendar_days(1, 1, 1) == -719162;
    for (int64_t days = -719162; good && days <= 2932896; days += 97) {
        int year;
        unsigned month, day;
        calendar_date(days, &year, &month, &day);
        good = calendar_days(year, month, day) == days && month >= 1 && month <= 12 && day >= 1 &&
               day <= 31;
    }
    TEST("days and dates agree from the year 1 to 9999", good);
}

static void test_statements(void)
{
    bool good = true;
    for (int round = 0; good && round < 2; round++) {
        for (int i = 0; good && i < 600; i++) {
            struct str sql = str_printf(arena, "SELECT %d, ?", i);
            struct cell parameter = cell_int(round);
            struct rows rows;
            good = run(application, sql.at, &parameter, 1, &rows) == STATUS_OK &&
                   rows.cells[0].integer == i && rows.cells[1].integer == round;
        }
    }
    TEST("more statements than are kept all work, twice", good);
    struct rows rows;
    run(application, "SHOW SESSION STATUS LIKE 'Prepared_stmt_count'", NULL, 0, &rows);
    run(application,
        "SELECT VARIABLE_VALUE + 0 FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = "
        "'PREPARED_STMT_COUNT'",
        NULL, 0, &rows);
    TEST("and the server does not keep more than we do",
         rows.count == 1 && rows.cells[0].real <= 300);
}

static void test_errors(void)
{
    TEST("a table is made",
         database_script(migration,
                         STR("CREATE OR REPLACE TABLE thing (id INT PRIMARY KEY, version INT);"
                             "INSERT INTO thing VALUES (1, 1), (2, 1)")) == STATUS_OK);
    TEST("a duplicate key is a conflict",
         database_run(application, arena, STR("INSERT INTO thing VALUES (1, 1)"), NULL, 0, NULL) ==
                 STATUS_CONFLICT &&
             database_error_number(application) == 1062);
    TEST("what MariaDB does not understand is our mistake",
         database_run(application, arena, STR("SELEKT"), NULL, 0, NULL) == STATUS_INTERNAL);
    TEST("so are parameters too many", database_run(application, arena, STR("SELECT 1"),
                                                    &(struct cell){0}, 1, NULL) == STATUS_INTERNAL);
    TEST("and one of an object",
         database_run(application, arena, STR("SELECT ?"), &(struct cell){.kind = CELL_OBJECT}, 1,
                      NULL) == STATUS_INTERNAL);
    TEST("rows changed are counted",
         run(application, "UPDATE thing SET version = 2", NULL, 0, NULL) == STATUS_OK &&
             database_affected(application) == 2);
    TEST("a script stops at the first error",
         database_script(
             application,
             STR("UPDATE thing SET version = 3; SELEKT; UPDATE thing SET version = 4")) ==
             STATUS_INTERNAL);
    struct str said = database_problem(application);
    TEST("which is named by its number", memmem(said.at, said.len, "statement 2", 11) != NULL);
    TEST("what came before it was done", one("SELECT MAX(version) FROM thing").integer == 3);
    TEST("a slow statement is ended",
         (database_set_timeout(application, 200), true) &&
             database_run(application, arena, STR("SELECT seq, SLEEP(0.05) FROM seq_1_to_100"),
                          NULL, 0, NULL) == STATUS_TIMEOUT);
    TEST("the same one again too",
         database_run(application, arena, STR("SELECT seq, SLEEP(0.05) FROM seq_1_to_100"), NULL, 0,
                      NULL) == STATUS_TIMEOUT);
    database_set_timeout(application, 30000);
    TEST("the connection is of use afterwards", one("SELECT 17").integer == 17);
    struct database_address wrong = *private_application(mariadb);
    wrong.password = "wrong";
    TEST("a wrong password is told",
         database_open(&wrong, arena, &problem) == NULL &&
             memmem(problem.at, problem.len, "Access denied", 13) != NULL);
}

static void test_transactions(void)
{
    struct database *other = database_open(private_application(mariadb), arena, &problem);
    TEST("a transaction begins", database_begin(application) == STATUS_OK);
    TEST("not twice", database_begin(application) == STATUS_INTERNAL);
    TEST("it reads", one("SELECT version FROM thing WHERE id = 1").integer == 3);
    TEST("another one writes",
         run(other, "UPDATE thing SET version = 10 WHERE id = 1", NULL, 0, NULL) == STATUS_OK);
    TEST("what was changed since it was read is a conflict, not a lost update",
         database_run(application, arena, STR("UPDATE thing SET version = 11 WHERE id = 1"), NULL,
                      0, NULL) == STATUS_CONFLICT &&
             database_error_number(application) == 1020);
    database_rollback(application);
    TEST("the other one's change stays",
         one("SELECT version FROM thing WHERE id = 1").integer == 10);
    database_begin(application);
    run(application, "UPDATE thing SET version = 12 WHERE id = 1", NULL, 0, NULL);
    database_rollback(application);
    TEST("what is rolled back has not been",
         one("SELECT version FROM thing WHERE id = 1").integer == 10);
    database_begin(application);
    run(application, "UPDATE thing SET version = 13 WHERE id = 1", NULL, 0, NULL);
    TEST("what is committed is", database_commit(application) == STATUS_OK &&
                                     one("SELECT version FROM thing WHERE id = 1").integer == 13);
    TEST("nothing is left to commit", database_commit(application) == STATUS_INTERNAL);
    database_close(other);
}

static void restart(int signal_number)
{
    int pid = private_pid(mariadb);
    kill(pid, signal_number);
    while (private_pid(mariadb) == pid || private_pid(mariadb) == 0)
        scratch_wait(mariadb);
    struct database *database;
    while ((database = database_open(private_application(mariadb), arena, &problem)) == NULL)
        scratch_wait(mariadb);
    database_close(database);
}

static void test_loss(void)
{
    restart(SIGKILL);
    usleep(1100000); /* only a connection that idled is looked at before it is used */
    TEST("an idle connection comes back by itself", one("SELECT 18").integer == 18);
    database_begin(application);
    run(application, "UPDATE thing SET version = 99 WHERE id = 1", NULL, 0, NULL);
    restart(SIGKILL);
    TEST("inside a transaction it does not",
         database_run(application, arena, STR("UPDATE thing SET version = 98 WHERE id = 2"), NULL,
                      0, NULL) == STATUS_UNAVAILABLE);
    TEST("not the second time either",
         database_run(application, arena, STR("SELECT 1"), NULL, 0, NULL) == STATUS_UNAVAILABLE);
    TEST("it cannot be committed", database_commit(application) == STATUS_UNAVAILABLE);
    database_rollback(application);
    TEST("after the rollback it does", one("SELECT version FROM thing WHERE id = 1").integer == 13);
    restart(SIGTERM);
    TEST("a connection lost just now comes back too: nothing was sent",
         one("SELECT 19").integer == 19);
}

/* The statement's time, five seconds more, and then it is a lost connection. */
static void test_silence(void)
{
    database_set_timeout(application, 200);
    TEST("a connection works", one("SELECT 22").integer == 22);
    int pid = private_pid(mariadb);
    kill(pid, SIGSTOP);
    usleep(200000);
    TEST("a MariaDB that hangs is given up",
         database_run(application, arena, STR("SELECT 23"), NULL, 0, NULL) == STATUS_UNAVAILABLE);
    kill(pid, SIGCONT);
    database_set_timeout(application, 30000);
    TEST("and used again when it goes on", one("SELECT 24").integer == 24);
}

static void *kill_query(void *id)
{
    struct arena *own = arena_create();
    struct str reason;
    struct database *killer = database_open(private_application(mariadb), own, &reason);
    usleep(300000);
    database_run(killer, own, str_printf(own, "KILL QUERY %lld", (long long)*(int64_t *)id), NULL,
                 0, NULL);
    database_close(killer);
    arena_destroy(own);
    return NULL;
}

static void test_kill_query(void)
{
    int64_t id = one("SELECT CONNECTION_ID()").integer;
    pthread_t thread;
    pthread_create(&thread, NULL, kill_query, &id);
    struct rows rows;
    TEST("a query that is killed while its rows come is unavailable",
         database_run(application, arena,
                      STR("SELECT seq, REPEAT('x', 20000), SLEEP(0.02) FROM seq_1_to_200"), NULL, 0,
                      &rows) == STATUS_UNAVAILABLE &&
             database_error_number(application) == 1317);
    pthread_join(thread, NULL);
    TEST("no rows are left of it", rows.count == 0);
    TEST("the same statement works again",
         run(application, "SELECT seq, REPEAT('x', 20000), SLEEP(0) FROM seq_1_to_200", NULL, 0,
             &rows) == STATUS_OK &&
             rows.count == 200);
}

static void test_procedure(void)
{
    database_script(migration,
                    STR("CREATE OR REPLACE PROCEDURE two() BEGIN SELECT 1; SELECT 2, 3; END"));
    struct rows rows;
    TEST("of a procedure the first rows are read",
         run(application, "CALL two()", NULL, 0, &rows) == STATUS_OK && rows.count == 1 &&
             rows.width == 1);
    TEST("and the connection is in order", one("SELECT 20").integer == 20);
    TEST("twice", run(application, "CALL two()", NULL, 0, &rows) == STATUS_OK &&
                      one("SELECT 21").integer == 21);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    arena = arena_create();
    mariadb = scratch_start(arena);
    migration = database_open(private_migration(mariadb), arena, &problem);
    application = database_open(private_application(mariadb), arena, &problem);
    test_calendar();
    test_types();
    test_nulls();
    test_statements();
    test_errors();
    test_transactions();
    test_kill_query();
    test_procedure();
    test_silence();
    test_loss();
    database_close(application);
    database_close(migration);
    scratch_stop(mariadb);
    arena_destroy(arena);
    return test_end();
}
