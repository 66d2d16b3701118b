/* migrations: files become tables, once, also when somebody pulls the plug. */
#define _GNU_SOURCE
#include "scratch.h"

#include "mariadb/database.h"
#include "mariadb/migration_file.h"
#include "mariadb/migrations.h"
#include "unit/test.h"
#include <signal.h>
#include <sys/wait.h>

static struct arena *arena;
static struct private_mariadb *mariadb;
static struct str problem;
static char folder[128];

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(str_printf(arena, "%s/%s", folder, name).at, "w");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        exit(1);
}

static void remove_file(const char *name)
{
    unlink(str_printf(arena, "%s/%s", folder, name).at);
}

static void fresh_folder(void)
{
    private_folder_remove(folder);
    snprintf(folder, sizeof(folder), "%s/migrations", scratch_folder);
    mkdir(folder, 0755);
}

static void on_line(void *context, struct str line)
{
    ++*(unsigned *)context;
}

/* A line of a statement that takes long. */
static unsigned long_lines;

static void on_any_line(void *context, struct str line)
{
    bool is_long = memmem(line.at, line.len, "has run for", strlen("has run for")) != NULL;
    long_lines += is_long;
    if (!is_long)
        on_line(context, line);
}

static enum status apply(unsigned *applied)
{
    struct database *database = database_open(private_migration(mariadb), arena, &problem);
    *applied = 0;
    if (database == NULL) /* MariaDB was killed before it was asked */
        return STATUS_UNAVAILABLE;
    const struct migrations migrations = {
        .folder = folder, .tell = on_any_line, .context = applied, .patience_ms = 200};
    long_lines = 0;
    problem = STR("");
    enum status status = migrations_apply(&migrations, database, arena, &problem);
    database_close(database);
    return status;
}

static bool says(const char *words)
{
    bool found = memmem(problem.at, problem.len, words, strlen(words)) != NULL;
    if (!found)
        printf("# says: " STR_FMT "\n", STR_ARG(problem));
    return found;
}

static struct str one(const char *sql)
{
    struct database *database = database_open(private_migration(mariadb), arena, &problem);
    struct rows rows;
    enum status status = database_run(database, arena, str_of(sql), NULL, 0, &rows);
    struct str text = status == STATUS_OK && rows.count > 0
                          ? cell_str(&rows.cells[0])
                          : str_copy(arena, database_problem(database));
    database_close(database);
    return text;
}

static void empty_database(void)
{
    one("DROP DATABASE dossier");
    struct database_address address = *private_migration(mariadb);
    address.name = NULL;
    struct database *database = database_open(&address, arena, &problem);
    TEST("the database is empty",
         database_script(database, STR("CREATE DATABASE dossier")) == STATUS_OK);
    database_close(database);
}

static void test_split(void)
{
    struct migration_file file = {
        .text = STR("-- a; comment\nCREATE TABLE a (b TEXT DEFAULT 'x;''y\\';');\n\n# another;\n/* "
                    "and; */\n"
                    "INSERT INTO a VALUES (\";\"), (`;`);;\n set @x = 1;\n"
                    "CREATE OR REPLACE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN\n SET @a = "
                    "1;\nEND;\n"
                    "CREATE TRIGGER u BEFORE INSERT ON a FOR EACH ROW SET @b = 2;\nDROP TABLE a"),
    };
    migration_file_split(&file, arena);
    TEST("a file is split at the semicolons that count", file.statement_count == 6);
    const struct migration_statement *s = file.statements;
    TEST_TEXT("quotes are respected", s[0].text,
              STR("CREATE TABLE a (b TEXT DEFAULT 'x;''y\\';')"));
    TEST_TEXT("all three kinds", s[1].text, STR("INSERT INTO a VALUES (\";\"), (`;`)"));
    TEST("a body is one statement", str_ends(s[3].text, STR("SET @a = 1;\nEND")));
    TEST_TEXT("a routine without a body ends at once", s[4].text,
              STR("CREATE TRIGGER u BEFORE INSERT ON a FOR EACH ROW SET @b = 2"));
    TEST_TEXT("the last semicolon may be missing", s[5].text, STR("DROP TABLE a"));
    TEST("lines are counted", s[0].line == 2 && s[1].line == 6 && s[5].line == 12);
    TEST("statements have their kind",
         s[0].kind == MIGRATION_TABLES && s[1].kind == MIGRATION_ROWS &&
             s[2].kind == MIGRATION_SESSION && s[3].kind == MIGRATION_TABLES);
}

static void test_order(void)
{
    unsigned applied;
    fresh_folder();
    TEST("an empty folder is refused", apply(&applied) == STATUS_INVALID && says("no migrations"));
    write_file("0001_first.sql", "CREATE TABLE first (id INT PRIMARY KEY) WITH SYSTEM VERSIONING;\n"
                                 "INSERT INTO first VALUES (1), (2);\n");
    write_file("0002_second.sql", "CREATE TABLE second (id INT PRIMARY KEY)");
    write_file("README.md", "not a migration");
    TEST("migrations are applied", apply(&applied) == STATUS_OK && applied == 2);
    TEST("once", apply(&applied) == STATUS_OK && applied == 0);
    TEST_TEXT("rows are there", one("SELECT CAST(COUNT(*) AS CHAR) FROM first"), STR("2"));
    TEST_TEXT("the account is complete",
              one("SELECT CAST(COUNT(*) AS CHAR) FROM migration WHERE applied_at IS NOT NULL AND "
                  "begun = done AND "
                  "LENGTH(sha256) = 64 AND duration_ms IS NOT NULL"),
              STR("2"));
    write_file("0003_third.sql", "SET SESSION system_versioning_alter_history = 'KEEP';\n"
                                 "ALTER TABLE first ADD COLUMN more INT");
    TEST("a new one is applied", apply(&applied) == STATUS_OK && applied == 1);
    write_file("0001_first.sql", "CREATE TABLE first (id BIGINT PRIMARY KEY)");
    TEST("a file that was changed afterwards is refused", apply(&applied) == STATUS_CONFLICT &&
                                                              says("0001_first.sql was changed") &&
                                                              says("write a new migration"));
    write_file("0001_first.sql", "CREATE TABLE first (id INT PRIMARY KEY) WITH SYSTEM VERSIONING;\n"
                                 "INSERT INTO first VALUES (1), (2);\n");
    remove_file("0003_third.sql");
    TEST("a migration that this version does not know is refused",
         apply(&applied) == STATUS_CONFLICT && says("0003_third") && says("use the newer one"));
    write_file("0003_other.sql", "DO 1");
    TEST("one of another name too", apply(&applied) == STATUS_CONFLICT && says("another version"));
    remove_file("0003_other.sql");
    write_file("0003_third.sql", "SET SESSION system_versioning_alter_history = 'KEEP';\n"
                                 "ALTER TABLE first ADD COLUMN more INT");
    write_file("0005_fifth.sql", "DO 1");
    TEST("a gap is refused", apply(&applied) == STATUS_INVALID && says("0004"));
    remove_file("0005_fifth.sql");
    write_file("4_four.sql", "DO 1");
    TEST("a name of another form is refused",
         apply(&applied) == STATUS_INVALID && says("not named like a migration"));
    remove_file("4_four.sql");
    TEST("all is well again", apply(&applied) == STATUS_OK && applied == 0);
}

static void test_check(void)
{
    struct database *application = database_open(private_application(mariadb), arena, &problem);
    const struct migrations migrations = {.folder = folder};
    TEST("nothing is missing, says the check",
         migrations_check(&migrations, application, arena, &problem) == STATUS_OK);
    write_file("0004_fourth.sql", "DO 1");
    TEST("something is",
         migrations_check(&migrations, application, arena, &problem) == STATUS_CONFLICT &&
             says("0004_fourth"));
    remove_file("0004_fourth.sql");
    database_close(application);
}

static void test_failure(void)
{
    unsigned applied;
    write_file("0004_fourth.sql",
               "CREATE TABLE fourth (id INT PRIMARY KEY);\nINSERT INTO fourth VALUES (1);\n"
               "INSERT INTO fourth VALUES (2), (1);\nCREATE TABLE fourth_more (id INT)");
    TEST("a statement that fails stops",
         apply(&applied) == STATUS_CONFLICT && says("0004_fourth.sql, line 3"));
    TEST("again it goes on where it was", apply(&applied) == STATUS_CONFLICT && says("line 3"));
    write_file("0004_fourth.sql",
               "CREATE TABLE fourth (id BIGINT PRIMARY KEY);\nINSERT INTO fourth VALUES (1);\n"
               "INSERT INTO fourth VALUES (2);\nCREATE TABLE fourth_more (id INT)");
    TEST("what ran cannot be corrected",
         apply(&applied) == STATUS_CONFLICT && says("after 2 statements"));
    write_file("0004_fourth.sql",
               "CREATE TABLE fourth (id INT PRIMARY KEY);\nINSERT INTO fourth VALUES (1);\n"
               "INSERT INTO fourth VALUES (2);\nALTER TABLE fourth DROP COLUMN nothing;");
    TEST("what failed can", apply(&applied) == STATUS_INTERNAL && says("line 4"));
    TEST("a change of tables that was refused is not taken for done",
         apply(&applied) == STATUS_INTERNAL && says("line 4"));
    write_file("0004_fourth.sql",
               "CREATE TABLE fourth (id INT PRIMARY KEY);\nINSERT INTO fourth VALUES (1);\n"
               "INSERT INTO fourth VALUES (2);\nDROP TABLE first");
    TEST("and then it is applied", apply(&applied) == STATUS_OK && applied == 1);
    TEST_TEXT("every row once", one("SELECT CAST(COUNT(*) AS CHAR) FROM fourth"), STR("2"));
}

static pid_t apply_in_child(void)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    unsigned applied;
    _exit(apply(&applied) == STATUS_OK ? 0 : 1);
}

static void test_two_at_once(void)
{
    write_file("0005_fifth.sql",
               "CREATE TABLE fifth (id INT);\nDO SLEEP(0.5);\nINSERT INTO fifth VALUES (1)");
    pid_t children[3];
    bool all = true;
    for (int i = 0; i < 3; i++)
        children[i] = apply_in_child();
    for (int i = 0; i < 3; i++) {
        int how;
        waitpid(children[i], &how, 0);
        all &= how == 0;
    }
    TEST("three at once all succeed", all);
    TEST_TEXT("and one of them did it", one("SELECT CAST(COUNT(*) AS CHAR) FROM fifth"), STR("1"));
}

/* How many statements were begun and done so far. */
static struct str progress(void)
{
    return one("SELECT CAST(SUM(begun + done) AS CHAR) FROM migration");
}

/* However slow the machine: each run comes at least a step further than the one before. False: the
 * child has ended by itself. */
static bool gets_further(pid_t child, struct str before, int *how)
{
    while (str_equal(progress(), before)) {
        if (waitpid(child, how, WNOHANG) == child)
            return false;
    }
    return true;
}

/* Forty statements, killed again and again at another moment, until one run comes to the end. */
static void test_killed(void)
{
    struct str text = {0};
    for (int i = 0; i < 20; i++)
        text = str_printf(
            arena,
            STR_FMT "%s TABLE sixth %s c%d INT DEFAULT %d%s;\n%s INTO sixth_log VALUES (%d);\n",
            STR_ARG(text), i == 0 ? "CREATE" : "ALTER", i == 0 ? "(" : "ADD COLUMN", i, i,
            i == 0 ? ")" : "", "INSERT", i);
    text = str_printf(arena,
                      "CREATE TABLE sixth_log (id INT);\nSET @kept = 7;\n" STR_FMT
                      "INSERT INTO sixth_log VALUES (@kept);\n",
                      STR_ARG(text));
    write_file("0006_sixth.sql", text.at);
    int how = 1;
    unsigned kills = 0;
    while (how != 0 && kills < 200) {
        struct str before = progress();
        pid_t child = apply_in_child();
        if (gets_further(child, before, &how)) {
            usleep(kills * 379 % 5000);
            kill(child, SIGKILL);
            waitpid(child, &how, 0);
        }
        kills += how != 0;
    }
    printf("# killed %u times\n", kills);
    TEST("a migration that is killed again and again comes to its end", how == 0 && kills > 3);
    TEST_TEXT("every row once",
              one("SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT id)) FROM sixth_log"), STR("21 20"));
    TEST_TEXT("every column once",
              one("SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.COLUMNS WHERE "
                  "TABLE_SCHEMA = DATABASE() AND "
                  "TABLE_NAME = 'sixth'"),
              STR("20"));
    unsigned applied;
    TEST("and is not applied again", apply(&applied) == STATUS_OK && applied == 0);
}

/* The same, but it is MariaDB that is killed. */
static void test_database_killed(void)
{
    struct str text = STR("CREATE TABLE seventh (id INT);\n");
    for (int i = 0; i < 40; i++)
        text = str_printf(
            arena,
            STR_FMT
            "ALTER TABLE seventh ADD COLUMN c%d INT;\nINSERT INTO seventh (id) VALUES (%d);\n",
            STR_ARG(text), i, i);
    write_file("0007_seventh.sql", text.at);
    unsigned applied, kills = 0;
    enum status status = STATUS_INTERNAL;
    for (int turn = 0; turn < 6 && status != STATUS_OK; turn++) {
        int pid = private_pid(mariadb);
        struct str before = progress();
        pid_t child = fork();
        if (child == 0) {
            while (str_equal(progress(), before))
                usleep(1000);
            kill(pid, SIGKILL);
            _exit(0);
        }
        status = apply(&applied);
        waitpid(child, NULL, 0);
        kills += status != STATUS_OK;
        struct database *database = NULL;
        while (private_pid(mariadb) == pid)
            usleep(1000);
        while ((database = database_open(private_migration(mariadb), arena, &problem)) == NULL)
            usleep(10000);
        database_close(database);
    }
    if (status != STATUS_OK)
        status = apply(&applied);
    printf("# killed %u times\n", kills);
    TEST("a migration survives deaths of MariaDB", status == STATUS_OK && kills > 0);
    TEST_TEXT("every row once",
              one("SELECT CONCAT(COUNT(*), ' ', COUNT(DISTINCT id)) FROM seventh"), STR("40 40"));
}

static void test_shipped(void)
{
    empty_database();
    snprintf(folder, sizeof(folder), "db/migrations");
    unsigned applied;
    TEST("the shipped migrations are applied to an empty database",
         apply(&applied) == STATUS_OK && applied >= 9);
}

static void test_long(void)
{
    unsigned applied;
    write_file("0008_eighth.sql", "CREATE TABLE eighth (id INT);\n"
                                  "INSERT INTO eighth SELECT SLEEP(1)");
    TEST("of a statement that takes long it is said again and again how long",
         apply(&applied) == STATUS_OK && applied == 1 && long_lines >= 2);
}

int main(void)
{
    arena = arena_create();
    test_split();
    mariadb = scratch_start(arena);
    snprintf(folder, sizeof(folder), "%s/migrations", scratch_folder);
    test_order();
    test_check();
    test_failure();
    test_two_at_once();
    test_killed();
    test_database_killed();
    test_long();
    test_shipped();
    scratch_stop(mariadb);
    arena_destroy(arena);
    return test_end();
}
