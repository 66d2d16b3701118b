/* private: the MariaDB of our own starts, is guarded, comes back and ends. */
#define _GNU_SOURCE
#include "scratch.h"

#include "unit/test.h"
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

static struct arena *arena;
static struct str problem;

static struct str one_text(struct database *database, const char *sql)
{
    struct rows rows;
    if (database_run(database, arena, str_of(sql), NULL, 0, &rows) != STATUS_OK)
        return str_copy(arena, database_problem(database));
    return rows.count == 0 ? (struct str){0} : cell_str(&rows.cells[0]);
}

static void test_rights(struct private_mariadb *mariadb)
{
    struct database *application = database_open(private_application(mariadb), arena, &problem);
    struct database *migration = database_open(private_migration(mariadb), arena, &problem);
    TEST("the application gets in", application != NULL);
    TEST("migrations get in", migration != NULL);
    TEST_TEXT("both see the database of that name", one_text(application, "SELECT DATABASE()"),
              STR("dossier"));
    TEST("migrations create tables",
         database_script(migration,
                         STR("CREATE TABLE word (id INT PRIMARY KEY) WITH SYSTEM VERSIONING")) ==
             STATUS_OK);
    struct str refusal = one_text(application, "CREATE TABLE other (id INT)");
    TEST("the application does not create tables", strstr(refusal.at, "denied") != NULL);
    refusal = one_text(application, "ALTER TABLE word ADD COLUMN name TEXT");
    TEST("the application does not change tables", strstr(refusal.at, "denied") != NULL);
    refusal = one_text(application, "DELETE HISTORY FROM word");
    TEST("the application does not delete history", strstr(refusal.at, "denied") != NULL);
    refusal =
        one_text(application, "SELECT LOAD_FILE('/etc/passwd') IS NULL AS x INTO OUTFILE '/tmp/x'");
    TEST("the application writes no files", strstr(refusal.at, "denied") != NULL);
    refusal = one_text(migration, "SELECT User FROM mysql.user");
    TEST("migrations do not see the accounts", strstr(refusal.at, "denied") != NULL);
    TEST("the application writes rows",
         database_run(application, arena, STR("INSERT INTO word VALUES (1)"), NULL, 0, NULL) ==
             STATUS_OK);
    database_close(application);
    database_close(migration);
}

static void test_settings(struct private_mariadb *mariadb)
{
    struct database *database = database_open(private_application(mariadb), arena, &problem);
    static const char *const want[][2] = {
        {"SELECT CONCAT(@@log_bin, @@binlog_format, @@binlog_row_image, @@binlog_row_metadata)",
         "ONROWFULLFULL"},
        {"SELECT CONCAT(@@secure_timestamp, @@local_infile, @@skip_networking, "
         "@@performance_schema)",
         "YESOFFONOFF"},
        {"SELECT CONCAT(@@time_zone, ' ', @@character_set_client, ' ', @@character_set_server)",
         "+00:00 utf8mb4 utf8mb4"},
        {"SELECT CONCAT(@@innodb_snapshot_isolation, @@innodb_lock_wait_timeout, @@sync_binlog)",
         "ON31"},
        {"SELECT IF(@@innodb_use_native_aio, 'asked of the kernel', 'written by threads')",
         "written by threads"},
    };
    for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
        TEST_TEXT("the server and the session are set as they should be",
                  one_text(database, want[i][0]), str_of(want[i][1]));
    struct str refusal = one_text(database, "SET SESSION timestamp = 1");
    TEST("the clock of history cannot be turned back", strstr(refusal.at, "secure") != NULL);
    refusal = one_text(database, "INSERT INTO word VALUES ('')");
    TEST("strict: a text that is no number is refused",
         strstr(refusal.at, "Incorrect integer value") != NULL);
    database_close(database);
}

static struct str durability(const struct private_options *options)
{
    struct private_mariadb *mariadb = private_start(options, arena, &problem);
    if (mariadb == NULL)
        return problem;
    struct database *database = database_open(private_application(mariadb), arena, &problem);
    struct str found = one_text(database, "SELECT CONCAT(@@log_bin, @@innodb_doublewrite, "
                                          "@@innodb_flush_log_at_trx_commit, ' ', COUNT(*))"
                                          " FROM word");
    database_close(database);
    private_stop(mariadb);
    return found;
}

/* The file of InnoDB's log gets another size twice. */
static void test_loading(void)
{
    const struct private_options loads = {.folder = scratch_folder, .memory_mb = 16, .loads = true};
    const struct private_options serves = {.folder = scratch_folder, .memory_mb = 16};
    TEST_TEXT("to load a lot, commits do not wait for the disk; pages are still whole",
              durability(&loads), STR("OFFON0 1"));
    TEST_TEXT("afterwards they do again, and what was there is", durability(&serves),
              STR("ONON1 1"));
}

static void test_guard(void)
{
    const struct private_options options = {.folder = scratch_folder, .memory_mb = 16};
    TEST("a second Dossier on the same folder is refused",
         private_start(&options, arena, &problem) == NULL);
    TEST("the refusal says what to do", strstr(problem.at, "stop it first") != NULL);
    const struct private_options joining = {.folder = scratch_folder, .join = true};
    struct private_mariadb *joined = private_start(&joining, arena, &problem);
    TEST("a chore joins the MariaDB that runs", joined != NULL && private_pid(joined) == 0);
    private_stop(joined);
    struct stat info;
    struct str path = str_printf(arena, "%s/mariadb", scratch_folder);
    TEST("only MariaDB's user gets at the data",
         stat(path.at, &info) == 0 && (info.st_mode & 077) == 0);
    path = str_printf(arena, "%s/mariadb.passwords", scratch_folder);
    TEST("only we get at the passwords", stat(path.at, &info) == 0 && (info.st_mode & 077) == 0);
}

static bool waits_for(bool (*holds)(struct private_mariadb *), struct private_mariadb *mariadb)
{
    for (int i = 0; i < 6000; i++) {
        if (holds(mariadb))
            return true;
        usleep(20000);
    }
    return false;
}

static bool answers(struct private_mariadb *mariadb)
{
    struct database *database = database_open(private_application(mariadb), arena, &problem);
    database_close(database);
    return database != NULL;
}

static void test_death(struct private_mariadb *mariadb)
{
    struct database *database = database_open(private_application(mariadb), arena, &problem);
    int before = private_pid(mariadb);
    kill(before, SIGKILL);
    while (private_pid(mariadb) == before)
        usleep(1000);
    TEST("a lost connection is told as such",
         database_run(database, arena, STR("SELECT 1"), NULL, 0, NULL) == STATUS_UNAVAILABLE);
    TEST("MariaDB is started again when it was killed", waits_for(answers, mariadb));
    TEST("it is another process", private_pid(mariadb) != before && private_pid(mariadb) != 0);
    TEST_TEXT("what was acknowledged before is there",
              one_text(database, "SELECT CAST(COUNT(*) AS CHAR) FROM word"), STR("1"));
    database_close(database);
}

/* As when Dossier itself is killed: MariaDB ends by itself, and the next start works. */
static void test_death_of_parent(void)
{
    int pipes[2];
    if (pipe(pipes) != 0)
        exit(1);
    pid_t child = fork();
    if (child == 0) {
        const struct private_options options = {.folder = scratch_folder, .memory_mb = 16};
        struct private_mariadb *mariadb = private_start(&options, arena, &problem);
        int pid = mariadb == NULL ? 0 : private_pid(mariadb);
        if (write(pipes[1], &pid, sizeof(pid)) != sizeof(pid))
            _exit(1);
        pause();
    }
    int pid = 0;
    TEST("MariaDB starts below a child",
         read(pipes[0], &pid, sizeof(pid)) == sizeof(pid) && pid > 0);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    const struct private_options options = {.folder = scratch_folder, .memory_mb = 16};
    struct private_mariadb *mariadb = private_start(&options, arena, &problem);
    TEST("after a death of Dossier the next one starts", mariadb != NULL);
    TEST("with a MariaDB of its own", private_pid(mariadb) != pid);
    private_stop(mariadb);
    const char *data = str_printf(arena, "--datadir=%s/mariadb/data", scratch_folder).at;
    TEST("nothing is left running", !process_is(pid, process_find(arena, "mariadbd"), data));
}

static _Atomic int losses;

static void count_loss(void)
{
    losses++;
}

static bool is_lost(struct private_mariadb *mariadb)
{
    return losses > 0;
}

static bool is_gone(struct private_mariadb *mariadb)
{
    return private_pid(mariadb) == 0;
}

/* What is left when a disk was full or broken: files that are not what they were. */
static void break_data(const char *folder)
{
    struct str path = str_printf(arena, "%s/mariadb/data/ibdata1", folder);
    int file = open(path.at, O_WRONLY | O_TRUNC);
    if (file < 0 || write(file, "broken", 6) != 6 || close(file) != 0)
        exit(1);
}

static void test_loss(void)
{
    struct str folder = str_printf(arena, "%s/lost", scratch_folder);
    const struct private_options options = {
        .folder = folder.at, .memory_mb = 16, .on_loss = count_loss};
    struct private_mariadb *mariadb = private_start(&options, arena, &problem);
    TEST("a MariaDB that runs is not lost",
         mariadb != NULL && !private_is_lost(mariadb, arena, &problem));
    int pid = private_pid(mariadb);
    kill(pid, SIGSTOP);
    break_data(folder.at);
    kill(pid, SIGKILL);
    TEST("a MariaDB that cannot be started again is told", waits_for(is_lost, mariadb));
    TEST("once", losses == 1);
    TEST("and it is not tried any more", waits_for(is_gone, mariadb));
    TEST("the reason is what MariaDB calls an error",
         private_is_lost(mariadb, arena, &problem) &&
             memmem(problem.at, problem.len, "[ERROR] InnoDB", 14) != NULL);
    TEST("and it is said what to do",
         memmem(problem.at, problem.len, "docs/operations.md", 18) != NULL);
    private_stop(mariadb);
    TEST("the next start ends with the same at once",
         private_start(&options, arena, &problem) == NULL &&
             memmem(problem.at, problem.len, "[ERROR] InnoDB", 14) != NULL);
}

static void test_deep_folder(void)
{
    struct str folder = str_printf(arena, "%s/%0100d/%0100d", scratch_folder, 1, 2);
    const struct private_options options = {.folder = folder.at, .memory_mb = 16};
    struct private_mariadb *mariadb = private_start(&options, arena, &problem);
    TEST("a data folder deeper than a socket's path can be works", mariadb != NULL);
    struct str socket = str_copy(arena, str_of(private_application(mariadb)->socket));
    TEST("its socket has a short path", socket.len < 108);
    private_stop(mariadb);
    *(char *)strrchr(socket.at, '/') = '\0';
    TEST("nothing of it is left behind", access(socket.at, F_OK) != 0);
}

int main(void)
{
    arena = arena_create();
    struct private_mariadb *mariadb = scratch_start(arena);
    test_rights(mariadb);
    test_settings(mariadb);
    test_guard();
    test_death(mariadb);
    private_stop(mariadb);
    test_loading();
    test_death_of_parent();
    test_deep_folder();
    test_loss();
    scratch_remove();
    arena_destroy(arena);
    return test_end();
}
