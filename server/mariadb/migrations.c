/* migrations: applies files statement by statement, and accounts for each in the table `migration`.
 *
 * Rows change together with the account of it, in one transaction. A change of tables cannot:
 * MariaDB commits it by itself, whole or not at all. So it is announced first (`begun`), done, and
 * accounted for (`done`). Killed in between, nobody knows whether it happened; the next run simply
 * does it again, and takes "is there already" or "is gone already" for the answer that it had.
 * Settings of the session are always made again.
 */
#include "migrations.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "database.h"
#include "migration_file.h"
#include "migration_watch.h"
#include <mysqld_error.h>
#include <stdio.h>

static const char history_sql[] =
    "CREATE TABLE IF NOT EXISTS migration ("
    " number      INT UNSIGNED NOT NULL,"
    " name        VARCHAR(100) NOT NULL,"
    " sha256      CHAR(64)     NOT NULL COMMENT 'of the file',"
    " begun       INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'the statement that runs, or ran last',"
    " done        INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'statements that are behind us',"
    " done_sha256 CHAR(64)     NOT NULL DEFAULT '' COMMENT 'of those statements',"
    " applied_at  DATETIME(6)      NULL COMMENT 'NULL: under way, or broken off',"
    " duration_ms INT UNSIGNED     NULL,"
    " PRIMARY KEY (number)"
    ") ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin"
    " COMMENT = 'Which migrations this database has seen'";

static const char read_sql[] =
    "SELECT number, name, sha256, begun, done, done_sha256, applied_at IS NOT NULL"
    " FROM migration"
    " ORDER BY number";

/* One process at a time, of all that use this database. */
static const char lock_sql[] = "SELECT GET_LOCK(CONCAT('dossier.migration.', DATABASE()), 60)";
static const char still_locked_sql[] =
    "SELECT IS_USED_LOCK(CONCAT('dossier.migration.', DATABASE())) <=> CONNECTION_ID(),"
    " CONNECTION_ID()";
static const char unlock_sql[] = "DO RELEASE_LOCK(CONCAT('dossier.migration.', DATABASE()))";

/* What a statement says that is done a second time. */
static const unsigned done_already[] = {
    ER_DB_CREATE_EXISTS,     ER_DB_DROP_EXISTS,         ER_TABLE_EXISTS_ERROR,
    ER_BAD_TABLE_ERROR,      ER_NO_SUCH_TABLE,          ER_DUP_FIELDNAME,
    ER_DUP_KEYNAME,          ER_CANT_DROP_FIELD_OR_KEY, ER_SP_ALREADY_EXISTS,
    ER_SP_DOES_NOT_EXIST,    ER_TRG_ALREADY_EXISTS,     ER_TRG_DOES_NOT_EXIST,
    ER_EVENT_ALREADY_EXISTS, ER_DUP_CONSTRAINT_NAME,    ER_VERS_ALREADY_VERSIONED,
    ER_BAD_FIELD_ERROR,
};

struct history {
    struct str name, sha256, done_sha256;
    uint32_t begun, done;
    bool applied;
};

/* One migration on its way. */
struct work {
    const struct migrations *migrations;
    struct migration_watch *watch;
    struct database *database;
    struct arena *arena;
    const struct migration_file *file;
    uint32_t in_doubt; /* the statement that may have happened; 0: none */
    struct str *problem;
};

static enum status ask(struct database *database, struct arena *arena, struct str sql,
                       const struct cell *parameters, uint32_t parameter_count, struct rows *rows,
                       struct str *problem)
{
    enum status status = database_run(database, arena, sql, parameters, parameter_count, rows);
    if (status != STATUS_OK)
        *problem = str_copy(arena, database_problem(database));
    return status;
}

static enum status take_lock(struct database *database, struct arena *arena, struct str *problem)
{
    struct rows rows;
    TRY(ask(database, arena, STR(lock_sql), NULL, 0, &rows, problem));
    if (rows.cells[0].kind == CELL_INT && rows.cells[0].integer == 1)
        return STATUS_OK;
    *problem = STR(
        "another process has been changing the tables for a minute; wait for it, then try again");
    return STATUS_UNAVAILABLE;
}

/* A connection that was lost and opened again has neither the lock nor the settings of the session.
 */
static enum status check_lock(struct work *work, int64_t *connection)
{
    struct rows rows;
    TRY(ask(work->database, work->arena, STR(still_locked_sql), NULL, 0, &rows, work->problem));
    *connection = rows.cells[1].integer;
    if (rows.cells[0].integer == 1)
        return STATUS_OK;
    *work->problem = STR(
        "the connection was lost while tables were changed; start again, it goes on where it was");
    return STATUS_UNAVAILABLE;
}

static enum status account(struct work *work, uint32_t begun, uint32_t done)
{
    const struct cell parameters[] = {
        cell_int(begun),
        cell_int(done),
        cell_text(migration_file_prefix(work->file, done, work->arena)),
        cell_text(work->file->sha256),
        cell_int(work->file->number),
    };
    return ask(work->database, work->arena,
               STR("UPDATE migration SET begun = ?, done = ?, done_sha256 = ?, sha256 = ? WHERE "
                   "number = ?"),
               parameters, 5, NULL, work->problem);
}

static bool was_done_already(unsigned number)
{
    for (size_t i = 0; i < sizeof(done_already) / sizeof(done_already[0]); i++) {
        if (done_already[i] == number)
            return true;
    }
    return false;
}

static enum status run_script(struct work *work, uint32_t ordinal)
{
    const struct migration_statement *statement = &work->file->statements[ordinal - 1];
    enum status status = database_script(work->database, statement->text);
    if (status == STATUS_OK)
        return STATUS_OK;
    if (ordinal == work->in_doubt && was_done_already(database_error_number(work->database)))
        return STATUS_OK;
    *work->problem =
        str_printf(work->arena, STR_FMT ".sql, line %u: " STR_FMT, STR_ARG(work->file->name),
                   statement->line, STR_ARG(database_problem(work->database)));
    return status;
}

/* What MariaDB refused has not happened: of that there is no doubt, the next time. */
static enum status change_tables(struct work *work, uint32_t ordinal)
{
    TRY(account(work, ordinal, ordinal - 1));
    enum status status = run_script(work, ordinal);
    if (status == STATUS_OK)
        return account(work, ordinal, ordinal);
    struct str problem = *work->problem;
    if (status != STATUS_UNAVAILABLE)
        account(work, ordinal - 1, ordinal - 1);
    *work->problem = problem;
    return status;
}

static enum status change_rows(struct work *work, uint32_t ordinal)
{
    enum status status = database_begin(work->database);
    if (status == STATUS_OK)
        status = run_script(work, ordinal);
    if (status == STATUS_OK)
        status = account(work, ordinal, ordinal);
    if (status == STATUS_OK) {
        status = database_commit(work->database);
        if (status != STATUS_OK)
            *work->problem = str_copy(work->arena, database_problem(work->database));
    }
    if (status != STATUS_OK)
        database_rollback(work->database);
    return status;
}

static enum status run_statement(struct work *work, uint32_t ordinal)
{
    int64_t connection;
    TRY(check_lock(work, &connection));
    migration_watch_statement(work->watch, work->file->name, ordinal, work->file->statement_count,
                              connection);
    switch (work->file->statements[ordinal - 1].kind) {
    case MIGRATION_TABLES:
        return change_tables(work, ordinal);
    case MIGRATION_ROWS:
        return change_rows(work, ordinal);
    case MIGRATION_SESSION:
        TRY(run_script(work, ordinal));
        return account(work, ordinal, ordinal);
    }
    return STATUS_INTERNAL;
}

static enum status redo_settings(struct work *work, uint32_t done)
{
    for (uint32_t i = 0; i < done; i++) {
        if (work->file->statements[i].kind == MIGRATION_SESSION)
            TRY(run_script(work, i + 1));
    }
    return STATUS_OK;
}

static void tell(const struct work *work, int64_t duration_ms)
{
    const struct migrations *migrations = work->migrations;
    if (migrations->tell == NULL)
        return;
    struct str line =
        str_printf(work->arena, STR_FMT ": %u statements, %lld ms", STR_ARG(work->file->name),
                   work->file->statement_count, (long long)duration_ms);
    migrations->tell(migrations->context, line);
}

/* A migration that is new, or one that broke off. */
static enum status apply(struct work *work, const struct history *history)
{
    int64_t started_ms = (int64_t)clock_ms();
    uint32_t done = history == NULL ? 0 : history->done;
    if (history == NULL) {
        const struct cell parameters[] = {cell_int(work->file->number), cell_text(work->file->name),
                                          cell_text(work->file->sha256)};
        TRY(ask(work->database, work->arena,
                STR("INSERT INTO migration (number, name, sha256) VALUES (?, ?, ?)"), parameters, 3,
                NULL, work->problem));
    } else {
        work->in_doubt = history->begun > history->done ? history->begun : 0;
        log_event(LOG_WARN, "a migration that broke off goes on", "migration", work->file->name.at,
                  "statement", log_format("%u", done + 1), NULL);
    }
    TRY(redo_settings(work, done));
    for (uint32_t ordinal = done + 1; ordinal <= work->file->statement_count; ordinal++)
        TRY(run_statement(work, ordinal));
    int64_t duration_ms = (int64_t)clock_ms() - started_ms;
    const struct cell parameters[] = {cell_int(duration_ms), cell_int(work->file->number)};
    TRY(ask(
        work->database, work->arena,
        STR("UPDATE migration SET applied_at = UTC_TIMESTAMP(6), duration_ms = ? WHERE number = ?"),
        parameters, 2, NULL, work->problem));
    tell(work, duration_ms);
    return STATUS_OK;
}

/* Whether the files continue what the database has seen. */
static enum status compare(const struct migration_file *file, const struct history *history,
                           struct arena *arena, struct str *problem)
{
    if (!str_equal(history->name, file->name)) {
        *problem = str_printf(arena,
                              "migration %04u of the database is " STR_FMT ", the file is " STR_FMT
                              ".sql: this database belongs to another version of Dossier",
                              file->number, STR_ARG(history->name), STR_ARG(file->name));
        return STATUS_CONFLICT;
    }
    if (str_equal(history->sha256, file->sha256))
        return STATUS_OK;
    if (history->applied) {
        *problem = str_printf(
            arena,
            STR_FMT ".sql was changed after it had been applied; put it back as it was and "
                    "write a new migration for the change",
            STR_ARG(file->name));
        return STATUS_CONFLICT;
    }
    bool same_so_far =
        history->done == 0 ||
        str_equal(history->done_sha256, migration_file_prefix(file, history->done, arena));
    if (same_so_far)
        return STATUS_OK;
    *problem = str_printf(
        arena,
        STR_FMT ".sql broke off after %u statements, and these were changed since; put them "
                "back as they were, only what follows may be corrected",
        STR_ARG(file->name), history->done);
    return STATUS_CONFLICT;
}

static struct history *read_history(const struct rows *rows, struct arena *arena)
{
    struct history *history = arena_array(arena, struct history, rows->count + 1);
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct cell *cells = &rows->cells[i * rows->width];
        history[i] = (struct history){
            .name = cell_str(&cells[1]),
            .sha256 = cell_str(&cells[2]),
            .begun = (uint32_t)cells[3].integer,
            .done = (uint32_t)cells[4].integer,
            .done_sha256 = cell_str(&cells[5]),
            .applied = cells[6].integer != 0,
        };
    }
    return history;
}

/* Everything is compared before anything is changed. */
static enum status compare_all(const struct migration_file *files, uint32_t file_count,
                               const struct rows *rows, const struct history *history,
                               struct arena *arena, struct str *problem)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        if (rows->cells[i * rows->width].integer != (int64_t)i + 1) {
            *problem = str_printf(arena,
                                  "the table migration does not say what became of migration %04u; "
                                  "restore it from a backup",
                                  i + 1);
            return STATUS_CONFLICT;
        }
        if (i >= file_count) {
            *problem = str_printf(arena,
                                  "the database has seen migration " STR_FMT
                                  ", which this Dossier does not "
                                  "know; it is older than the database: use the newer one",
                                  STR_ARG(history[i].name));
            return STATUS_CONFLICT;
        }
        TRY(compare(&files[i], &history[i], arena, problem));
    }
    return STATUS_OK;
}

static enum status apply_all(const struct migrations *migrations, struct database *database,
                             struct migration_watch *watch, struct arena *arena,
                             const struct migration_file *files, uint32_t file_count,
                             struct str *problem)
{
    struct rows rows;
    TRY(ask(database, arena, STR(history_sql), NULL, 0, NULL, problem));
    TRY(ask(database, arena, STR(read_sql), NULL, 0, &rows, problem));
    const struct history *history = read_history(&rows, arena);
    TRY(compare_all(files, file_count, &rows, history, arena, problem));
    for (uint32_t i = 0; i < file_count; i++) {
        struct work work = {
            .migrations = migrations,
            .watch = watch,
            .database = database,
            .arena = arena,
            .file = &files[i],
            .problem = problem,
        };
        if (i >= rows.count || !history[i].applied)
            TRY(apply(&work, i < rows.count ? &history[i] : NULL));
    }
    return STATUS_OK;
}

enum status migrations_apply(const struct migrations *migrations, struct database *database,
                             struct arena *arena, struct str *problem)
{
    struct migration_file *files;
    uint32_t file_count;
    if (!migration_files_read(&files, &file_count, arena, migrations->folder, problem))
        return STATUS_INVALID;
    database_set_timeout(database, 0);
    TRY(take_lock(database, arena, problem));
    struct arena *of_watch = arena_create(); /* whose thread allocates, too */
    struct migration_watch *watch = migration_watch_start(migrations, database, of_watch);
    enum status status = apply_all(migrations, database, watch, arena, files, file_count, problem);
    migration_watch_stop(watch);
    arena_destroy(of_watch);
    if (database_run(database, arena, STR(unlock_sql), NULL, 0, NULL) != STATUS_OK)
        log_event(LOG_DEBUG, "the lock of migrations ended with its connection", NULL);
    return status;
}

enum status migrations_check(const struct migrations *migrations, struct database *database,
                             struct arena *arena, struct str *problem)
{
    struct migration_file *files;
    uint32_t file_count;
    if (!migration_files_read(&files, &file_count, arena, migrations->folder, problem))
        return STATUS_INVALID;
    struct rows rows;
    enum status status = ask(database, arena, STR(read_sql), NULL, 0, &rows, problem);
    if (status == STATUS_INTERNAL && database_error_number(database) == ER_NO_SUCH_TABLE) {
        *problem = STR("the database is empty; apply the migrations first: dossier migrate");
        return STATUS_CONFLICT;
    }
    TRY(status);
    const struct history *history = read_history(&rows, arena);
    TRY(compare_all(files, file_count, &rows, history, arena, problem));
    for (uint32_t i = 0; i < file_count; i++) {
        if (i < rows.count && history[i].applied)
            continue;
        *problem = str_printf(arena, "migration " STR_FMT " is not applied yet: dossier migrate",
                              STR_ARG(files[i].name));
        return STATUS_CONFLICT;
    }
    return STATUS_OK;
}
