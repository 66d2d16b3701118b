/* database: one connection that waits for its answers, for workers and for chores. */
#include "database.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "connect.h"
#include "failure.h"
#include "result.h"
#include "statement.h"
#include <errmsg.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    STATEMENTS_KEPT = 256,
    TIMEOUT_MS = 30000,
    SILENCE_MS = 5000, /* on top of the timeout */
    IDLE_CHECK_MS = 1000,
};

enum state {
    STATE_CLOSED,
    STATE_READY,
    STATE_TRANSACTION,
    STATE_BROKEN, /* lost inside a transaction: nothing more until database_rollback() */
};

struct database {
    struct arena *arena; /* of the address */
    struct database_address address;
    uint32_t timeout_ms;
    enum state state;
    MYSQL *mysql; /* NULL: STATE_CLOSED or STATE_BROKEN */
    struct statements statements;
    uint64_t affected, insert_id;
    int64_t used_at_ms;
    unsigned error_number;
    size_t problem_len;
    char problem[1024];
};

static __attribute__((format(printf, 3, 4))) void say(struct database *database, unsigned number,
                                                      const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(database->problem, sizeof(database->problem), format, arguments);
    va_end(arguments);
    database->problem_len = strlen(database->problem);
    database->error_number = number;
}

static void disconnect(struct database *database)
{
    if (database->mysql == NULL)
        return;
    mysql_close(database->mysql);
    database->mysql = NULL;
    statements_clear(&database->statements);
    database->state = database->state == STATE_TRANSACTION ? STATE_BROKEN : STATE_CLOSED;
}

static enum status connect_now(struct database *database)
{
    const struct connect_options options = {
        .statement_timeout_ms = database->timeout_ms,
        .silence_timeout_ms = database->timeout_ms == 0 ? 0 : database->timeout_ms + SILENCE_MS,
    };
    MYSQL *mysql = connect_prepare(&options);
    if (!connect_wait(mysql, &database->address)) {
        say(database, mysql_errno(mysql), "cannot connect to MariaDB: %s", mysql_error(mysql));
        mysql_close(mysql);
        return STATUS_UNAVAILABLE;
    }
    database->mysql = mysql;
    database->state = STATE_READY;
    database->used_at_ms = (int64_t)clock_ms();
    statements_attach(&database->statements, mysql);
    return STATUS_OK;
}

/* The server closes connections that idle for long, or all of them when it restarts; then there is
 * something to read although nothing was asked. */
static bool is_dead(const struct database *database)
{
    if ((int64_t)clock_ms() - database->used_at_ms < IDLE_CHECK_MS)
        return false;
    struct pollfd socket = {.fd = mysql_get_socket(database->mysql), .events = POLLIN};
    return poll(&socket, 1, 0) != 0;
}

static enum status make_ready(struct database *database)
{
    database->problem_len = 0;
    database->error_number = 0;
    if (database->state == STATE_BROKEN) {
        say(database, CR_SERVER_LOST, "the connection was lost in the middle of the transaction");
        return STATUS_UNAVAILABLE;
    }
    if (database->state == STATE_READY && is_dead(database))
        disconnect(database);
    if (database->state == STATE_CLOSED)
        return connect_now(database);
    return STATUS_OK;
}

/* Keeps the error, and gives up a connection that is of no more use. */
static enum status fail(struct database *database, unsigned number, const char *text)
{
    say(database, number, "%s", text);
    enum status status = failure_status(number);
    if (failure_is_lost(number))
        disconnect(database);
    return status;
}

static void drop_statement(struct database *database, struct statement *statement)
{
    statements_remove(&database->statements, statement);
    mysql_stmt_close(statement->stmt);
    statement_free(statement);
}

static enum status prepare(struct database *database, struct str sql, struct statement **out)
{
    struct statement *statement = statements_take(&database->statements, sql);
    if (statement == NULL)
        return fail(database, CR_SERVER_LOST, "the connection is lost");
    for (struct statement *each; (each = statements_surplus(&database->statements)) != NULL;) {
        mysql_stmt_close(each->stmt);
        statement_free(each);
    }
    if (!statement->prepared && mysql_stmt_prepare(statement->stmt, sql.at, sql.len) != 0) {
        unsigned number = mysql_stmt_errno(statement->stmt);
        enum status status = fail(database, number, mysql_stmt_error(statement->stmt));
        if (database->mysql != NULL)
            drop_statement(database, statement);
        return status;
    }
    statement->prepared = true;
    *out = statement;
    return STATUS_OK;
}

/* A procedure answers with more than its rows; they are read and forgotten. */
static bool finish_results(struct database *database, MYSQL_STMT *stmt)
{
    mysql_stmt_free_result(stmt);
    while (mysql_stmt_more_results(stmt)) {
        if (mysql_stmt_next_result(stmt) > 0)
            return false;
        mysql_stmt_free_result(stmt);
    }
    return true;
}

static enum status execute(struct database *database, struct statement *statement,
                           struct arena *arena, struct rows *rows)
{
    MYSQL_STMT *stmt = statement->stmt;
    if (mysql_stmt_execute(stmt) != 0)
        return fail(database, mysql_stmt_errno(stmt), mysql_stmt_error(stmt));
    database->affected = mysql_stmt_affected_rows(stmt);
    database->insert_id = mysql_stmt_insert_id(stmt);
    if (mysql_stmt_field_count(stmt) > 0) {
        if (mysql_stmt_store_result(stmt) != 0) {
            statement->broken = true;
            return fail(database, mysql_stmt_errno(stmt), mysql_stmt_error(stmt));
        }
        if (rows != NULL && result_read(stmt, arena, rows) != STATUS_OK)
            return fail(database, CR_MALFORMED_PACKET, "the answer is not as the protocol says");
    }
    if (!finish_results(database, stmt))
        return fail(database, mysql_stmt_errno(stmt), mysql_stmt_error(stmt));
    return STATUS_OK;
}

static enum status run_once(struct database *database, struct arena *arena, struct str sql,
                            const struct cell *parameters, uint32_t parameter_count,
                            struct rows *rows)
{
    TRY(make_ready(database));
    struct statement *statement = NULL;
    TRY(prepare(database, sql, &statement));
    enum status status = statement_bind(statement, parameters, parameter_count);
    if (status != STATUS_OK) {
        say(database, 0, "the statement has %lu parameters, %u were given, or one cannot be sent",
            mysql_stmt_param_count(statement->stmt), parameter_count);
        drop_statement(database, statement);
        return status;
    }
    status = execute(database, statement, arena, rows);
    database->used_at_ms = (int64_t)clock_ms();
    bool connected = database->mysql != NULL; /* else its statements are gone with it */
    if (connected && (statement->broken || failure_is_stale(database->error_number)))
        drop_statement(database, statement);
    return status;
}

/* A second time only when the first one did nothing: the statement could not be sent, or the server
 * no longer knew it. Inside a transaction a lost connection has undone what came before. */
enum status database_run(struct database *database, struct arena *arena, struct str sql,
                         const struct cell *parameters, uint32_t parameter_count, struct rows *rows)
{
    if (rows != NULL)
        *rows = (struct rows){0};
    enum status status = run_once(database, arena, sql, parameters, parameter_count, rows);
    bool unsent = database->error_number == CR_SERVER_GONE_ERROR && database->state == STATE_CLOSED;
    if (status != STATUS_OK && (unsent || failure_is_stale(database->error_number)))
        status = run_once(database, arena, sql, parameters, parameter_count, rows);
    return status;
}

enum status database_script(struct database *database, struct str sql)
{
    TRY(make_ready(database));
    unsigned number = 1;
    int more = mysql_real_query(database->mysql, sql.at, sql.len);
    while (more == 0) {
        MYSQL_RES *result = mysql_store_result(database->mysql);
        if (result != NULL)
            mysql_free_result(result);
        else if (mysql_field_count(database->mysql) != 0)
            break;
        database->affected = mysql_affected_rows(database->mysql);
        number++;
        more = mysql_next_result(database->mysql);
    }
    database->used_at_ms = (int64_t)clock_ms();
    if (more < 0)
        return STATUS_OK;
    enum status status = fail(database, mysql_errno(database->mysql),
                              log_format("statement %u: %s", number, mysql_error(database->mysql)));
    return status;
}

enum status database_begin(struct database *database)
{
    if (database->state == STATE_TRANSACTION) {
        say(database, 0, "a transaction is open already");
        return STATUS_INTERNAL;
    }
    TRY(database_run(database, NULL, STR("START TRANSACTION"), NULL, 0, NULL));
    database->state = STATE_TRANSACTION;
    return STATUS_OK;
}

enum status database_commit(struct database *database)
{
    if (database->state != STATE_TRANSACTION && database->state != STATE_BROKEN) {
        say(database, 0, "there is no transaction to commit");
        return STATUS_INTERNAL;
    }
    enum status status = database_run(database, NULL, STR("COMMIT"), NULL, 0, NULL);
    if (status == STATUS_OK)
        database->state = STATE_READY;
    return status;
}

void database_rollback(struct database *database)
{
    if (database->state == STATE_TRANSACTION &&
        database_run(database, NULL, STR("ROLLBACK"), NULL, 0, NULL) != STATUS_OK)
        disconnect(database); /* the server rolls back when the connection ends */
    if (database->state == STATE_TRANSACTION)
        database->state = STATE_READY;
    else if (database->state == STATE_BROKEN)
        database->state = STATE_CLOSED;
}

struct database *database_open(const struct database_address *address, struct arena *arena,
                               struct str *problem)
{
    struct arena *own = arena_create();
    struct database *database = arena_new(own, struct database);
    *database = (struct database){
        .arena = own,
        .timeout_ms = TIMEOUT_MS,
        .address = connect_copy_address(own, address),
    };
    statements_init(&database->statements, STATEMENTS_KEPT);
    if (connect_now(database) == STATUS_OK)
        return database;
    *problem = str_copy(arena, database_problem(database));
    database_close(database);
    return NULL;
}

struct database *database_another(const struct database *database, struct arena *arena,
                                  struct str *problem)
{
    return database_open(&database->address, arena, problem);
}

void database_close(struct database *database)
{
    if (database == NULL)
        return;
    disconnect(database);
    statements_dispose(&database->statements);
    arena_destroy(database->arena);
}

void database_set_timeout(struct database *database, uint32_t timeout_ms)
{
    database->timeout_ms = timeout_ms;
    if (database->state == STATE_READY)
        disconnect(database);
}

uint64_t database_affected(const struct database *database)
{
    return database->affected;
}

uint64_t database_insert_id(const struct database *database)
{
    return database->insert_id;
}

struct str database_problem(const struct database *database)
{
    return (struct str){.at = database->problem, .len = database->problem_len};
}

unsigned database_error_number(const struct database *database)
{
    return database->error_number;
}
