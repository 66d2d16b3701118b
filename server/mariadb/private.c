/* private: lays out the folder, makes the database in it, runs MariaDB under the supervisor. */
#include "private.h"

#include "base/arena.h"
#include "base/log.h"
#include "connect.h"
#include "failure.h"
#include "private_folder.h"
#include "supervisor.h"
#include <errmsg.h>
#include <stdio.h>
#include <unistd.h>

enum {
    START_TIMEOUT_MS = 180000, /* recovery after a crash may take its time */
    STOP_TIMEOUT_MS = 60000,
    STOP_AFTER_LOAD_TIMEOUT_MS = 1200000, /* all that was loaded goes to its place first */
    POLL_MS = 20,
    MEMORY_LEAST_MB = 64,
    MEMORY_MOST_MB = 8192, /* who has more says so: --database-memory */
};

struct private_mariadb {
    struct arena *arena;
    struct private_folder folder;
    struct supervisor *supervisor;
    struct database_address application;
    struct database_address migration;
    void (*on_loss)(void);
};

static const char application_user[] = "dossier";
static const char migration_user[] = "dossier_migration";
static const char database_name[] = "dossier";

/* Run by MariaDB itself before it lets anybody in, at every start: whatever was changed by hand is
 * as it should be again. One statement per line, as --init-file wants it. */
static const char accounts[] =
    "SET SESSION sql_log_bin = OFF;\n"
    "CREATE DATABASE IF NOT EXISTS %1$s CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;\n"
    "CREATE OR REPLACE USER '%2$s'@'localhost' IDENTIFIED BY '%3$s';\n"
    "GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE, CREATE TEMPORARY TABLES ON %1$s.* TO "
    "'%2$s'@'localhost';\n"
    "CREATE OR REPLACE USER '%4$s'@'localhost' IDENTIFIED BY '%5$s';\n"
    "GRANT ALL ON %1$s.* TO '%4$s'@'localhost';\n";

/* What every private MariaDB runs with. A change that is replicated or read from the binary log is
 * whole; history cannot be forged by SET timestamp; a commit is on the disk. What a process has in
 * the queue of io_uring may be written after its end has been waited for (up to a sixth of a second
 * was seen): the pages of one that was killed would overwrite what the next one has recovered,
 * which then cannot be recovered any more. Writes of threads end with the process, and take no
 * longer. */
static const char *const settings[] = {
    "--skip-networking",
    "--skip-name-resolve",
    "--character-set-server=utf8mb4",
    "--collation-server=utf8mb4_uca1400_ai_ci",
    "--default-time-zone=+00:00",
    "--secure-timestamp=YES",
    "--local-infile=OFF",
    "--symbolic-links=OFF",
    "--performance-schema=OFF",
    "--max-connections=128",
    "--max-allowed-packet=64M",
    "--table-open-cache=1000",
    "--server-id=1",
    "--log-bin=binlog",
    "--binlog-format=ROW",
    "--binlog-row-metadata=FULL",
    "--binlog-row-image=FULL",
    "--binlog-expire-logs-seconds=259200",
    "--max-binlog-size=64M",
    "--sync-binlog=1",
    "--log-bin-trust-function-creators=ON",
    "--innodb-flush-log-at-trx-commit=1",
    "--innodb-log-file-size=64M",
    "--innodb-use-native-aio=OFF",
    "--innodb-snapshot-isolation=ON",
    "--innodb-lock-wait-timeout=3",
    NULL,
};

/* While a chore loads a lot, also these, which overrule the above: no change is logged for others,
 * and a commit is on the disk within a second of it. Pages are still written whole or not at all,
 * and after a crash the tables are as after one of the last commits. At its end MariaDB has written
 * everything. */
static const char *const settings_to_load[] = {
    "--skip-log-bin",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-log-file-size=2G",
    "--innodb-io-capacity=2000",
    NULL,
};

enum { ARGUMENTS_AT_MOST = 48 };

static uint32_t memory_mb(const struct private_options *options)
{
    if (options->memory_mb != 0)
        return options->memory_mb;
    int64_t pages = sysconf(_SC_PHYS_PAGES), page_bytes = sysconf(_SC_PAGESIZE);
    int64_t eighth = pages <= 0 ? 0 : pages * page_bytes / 8 / (1 << 20);
    if (options->loads && eighth >= MEMORY_LEAST_MB)
        return (uint32_t)eighth * 4;
    return eighth < MEMORY_LEAST_MB  ? MEMORY_LEAST_MB
           : eighth > MEMORY_MOST_MB ? MEMORY_MOST_MB
                                     : (uint32_t)eighth;
}

static const char **server_arguments(struct private_mariadb *mariadb, const char *program,
                                     const struct private_options *options)
{
    struct arena *arena = mariadb->arena;
    const struct private_folder *folder = &mariadb->folder;
    const char **arguments = arena_array(arena, const char *, ARGUMENTS_AT_MOST);
    size_t count = 0;
    arguments[count++] = program;
    arguments[count++] = "--no-defaults";
    arguments[count++] = folder->data_argument;
    arguments[count++] = str_printf(arena, "--socket=%s", folder->socket).at;
    arguments[count++] = str_printf(arena, "--tmpdir=%s", folder->temporary).at;
    arguments[count++] = str_printf(arena, "--pid-file=%s", folder->pid_file).at;
    arguments[count++] = str_printf(arena, "--log-error=%s", folder->log).at;
    arguments[count++] = str_printf(arena, "--init-file=%s", folder->accounts_file).at;
    arguments[count++] = str_printf(arena, "--innodb-buffer-pool-size=%uM", memory_mb(options)).at;
    if (geteuid() == 0 && folder->user.name == NULL)
        arguments[count++] = "--user=root"; /* MariaDB wants to be told in so many words */
    for (size_t i = 0; settings[i] != NULL; i++)
        arguments[count++] = settings[i];
    for (size_t i = 0; options->loads && settings_to_load[i] != NULL; i++)
        arguments[count++] = settings_to_load[i];
    return arguments;
}

/* Into a folder of another name first: a killed installation leaves nothing that looks finished. */
static bool install(struct private_mariadb *mariadb, struct str *problem)
{
    struct arena *arena = mariadb->arena;
    const struct private_folder *folder = &mariadb->folder;
    if (access(folder->data, F_OK) == 0)
        return true;
    const char *program = process_find(arena, "mariadb-install-db");
    if (program == NULL) {
        *problem = STR("mariadb-install-db is missing: apt install mariadb-server");
        return false;
    }
    log_event(LOG_INFO, "making a private MariaDB", "folder", folder->data, NULL);
    const char *fresh = str_printf(arena, "%s.new", folder->data).at;
    if (!private_folder_remove(fresh)) {
        *problem = str_printf(arena, "%s is left from before and cannot be removed", fresh);
        return false;
    }
    const char *const arguments[] = {
        program,
        "--no-defaults",
        str_printf(arena, "--datadir=%s", fresh).at,
        str_printf(arena, "--tmpdir=%s", folder->temporary).at,
        "--auth-root-authentication-method=socket",
        str_printf(arena, "--auth-root-socket-user=%s", folder->owner).at,
        "--skip-test-db",
        "--force", /* also where the machine does not know its own name: we use no names */
        "--skip-name-resolve",
        "--innodb-log-file-size=64M",
        geteuid() == 0 && folder->user.name == NULL ? "--user=root" : NULL,
        NULL,
    };
    pid_t pid = process_start(&folder->user, arguments, folder->install_log);
    if (pid < 0 || !process_wait(pid) || rename(fresh, folder->data) != 0) {
        *problem = str_printf(arena, "the private MariaDB could not be made; %s says: " STR_FMT,
                              folder->install_log,
                              STR_ARG(private_folder_last_lines(arena, folder->install_log)));
        return false;
    }
    return true;
}

static bool write_accounts(struct private_mariadb *mariadb, struct str *problem)
{
    const struct private_folder *folder = &mariadb->folder;
    struct str text =
        str_printf(mariadb->arena, accounts, database_name, application_user,
                   folder->application_password, migration_user, folder->migration_password);
    if (private_folder_write(folder, folder->accounts_file, text))
        return true;
    *problem = str_printf(mariadb->arena, "%s cannot be written", folder->accounts_file);
    return false;
}

static void name_addresses(struct private_mariadb *mariadb)
{
    mariadb->application = (struct database_address){
        .socket = mariadb->folder.socket,
        .user = application_user,
        .password = mariadb->folder.application_password,
        .name = database_name,
    };
    mariadb->migration = mariadb->application;
    mariadb->migration.user = migration_user;
    mariadb->migration.password = mariadb->folder.migration_password;
}

/* 0: it answers; else the error number, with its text. */
static unsigned try_to_connect(const struct database_address *address, struct arena *arena,
                               struct str *problem)
{
    MYSQL *mysql = connect_prepare(&(struct connect_options){0});
    unsigned number = connect_wait(mysql, address) ? 0 : mysql_errno(mysql);
    if (number != 0)
        *problem = str_printf(arena, "%s", mysql_error(mysql));
    mysql_close(mysql);
    return number;
}

static struct str why_dead(const struct private_mariadb *mariadb, struct arena *arena)
{
    const char *log = mariadb->folder.log;
    return str_printf(arena,
                      "the private MariaDB does not start; %s says: " STR_FMT
                      "; what to do is in docs/operations.md, \"When the private MariaDB does not "
                      "start\"",
                      log, STR_ARG(private_folder_last_lines(arena, log)));
}

/* Waits until the account for migrations is let in: then all of start-up is done. */
static bool wait_until_ready(struct private_mariadb *mariadb, struct str *problem)
{
    struct arena *arena = mariadb->arena;
    const char *log = mariadb->folder.log;
    for (int waited_ms = 0; waited_ms < START_TIMEOUT_MS; waited_ms += POLL_MS) {
        if (mariadb->supervisor != NULL && supervisor_deaths(mariadb->supervisor) > 0) {
            *problem = why_dead(mariadb, arena);
            return false;
        }
        unsigned number = CR_CONNECTION_ERROR;
        if (access(mariadb->folder.socket, F_OK) == 0)
            number = try_to_connect(&mariadb->migration, arena, problem);
        if (number == 0 || !failure_is_lost(number))
            return number == 0;
        usleep(POLL_MS * 1000);
    }
    *problem = str_printf(arena, "the private MariaDB does not answer after %d seconds; see %s",
                          START_TIMEOUT_MS / 1000, log);
    return false;
}

static void tell_loss(void *context)
{
    struct private_mariadb *mariadb = context;
    if (mariadb->on_loss != NULL)
        mariadb->on_loss();
}

static bool run(struct private_mariadb *mariadb, const struct private_options *options,
                struct str *problem)
{
    const char *program = process_find(mariadb->arena, "mariadbd");
    if (program == NULL) {
        *problem =
            STR("mariadbd is missing: apt install mariadb-server, or name a database of yours "
                "in DOSSIER_DATABASE");
        return false;
    }
    if (!private_folder_end_stale(&mariadb->folder, program, problem) ||
        !install(mariadb, problem) || !write_accounts(mariadb, problem))
        return false;
    mariadb->supervisor = supervisor_start(&(struct supervisor_options){
        .name = "mariadbd",
        .user = &mariadb->folder.user,
        .arguments = server_arguments(mariadb, program, options),
        .output = mariadb->folder.log,
        .stop_timeout_ms = options->loads ? STOP_AFTER_LOAD_TIMEOUT_MS : STOP_TIMEOUT_MS,
        .ready_file = mariadb->folder.socket,
        .gave_up = tell_loss,
        .context = mariadb,
    });
    return wait_until_ready(mariadb, problem);
}

static bool run_or_join(struct private_mariadb *mariadb, const struct private_options *options,
                        struct str *problem)
{
    if (!private_folder_open(&mariadb->folder, mariadb->arena, options->folder, problem))
        return false;
    name_addresses(mariadb);
    if (mariadb->folder.lock >= 0)
        return run(mariadb, options, problem);
    if (options->join)
        return wait_until_ready(mariadb, problem);
    *problem = str_printf(
        mariadb->arena, "another Dossier uses the data folder %s; stop it first, or choose another",
        options->folder);
    return false;
}

struct private_mariadb *private_start(const struct private_options *options, struct arena *arena,
                                      struct str *problem)
{
    struct arena *own = arena_create();
    struct private_mariadb *mariadb = arena_new(own, struct private_mariadb);
    *mariadb =
        (struct private_mariadb){.arena = own, .folder.lock = -1, .on_loss = options->on_loss};
    if (run_or_join(mariadb, options, problem))
        return mariadb;
    *problem = str_copy(arena, *problem);
    private_stop(mariadb);
    return NULL;
}

const struct database_address *private_application(const struct private_mariadb *mariadb)
{
    return &mariadb->application;
}

const struct database_address *private_migration(const struct private_mariadb *mariadb)
{
    return &mariadb->migration;
}

int private_pid(const struct private_mariadb *mariadb)
{
    return mariadb->supervisor == NULL ? 0 : (int)supervisor_pid(mariadb->supervisor);
}

bool private_is_lost(const struct private_mariadb *mariadb, struct arena *arena,
                     struct str *problem)
{
    if (mariadb->supervisor == NULL || !supervisor_gave_up(mariadb->supervisor))
        return false;
    *problem = why_dead(mariadb, arena);
    return true;
}

void private_stop(struct private_mariadb *mariadb)
{
    if (mariadb == NULL)
        return;
    supervisor_stop(mariadb->supervisor);
    private_folder_close(&mariadb->folder);
    arena_destroy(mariadb->arena);
}
