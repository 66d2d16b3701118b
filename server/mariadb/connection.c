/* connection: one connection of a pool, driven by readiness of its socket through Connector/C's
 * calls that do not wait.
 *
 * Every call of Connector/C comes as a pair, …_start and …_cont, that says what it waits for or
 * that it has ended. drive() is the one place where an operation that ended is followed by the
 * next.
 */
#include "pool.h"

#include "base/arena.h"
#include "connect.h"
#include "failure.h"
#include "result.h"
#include <assert.h>
#include <errmsg.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    GRACE_MS = 500, /* the server ends a statement itself at the timeout; after this we do not wait
                       for that */
    ABORT_STEPS = 1000, /* an aborted call ends at once; this many steps would be a fault of ours */
};

static int start(struct connection *connection)
{
    const struct database_address *address = &connection->pool->options.address;
    struct statement *statement = connection->statement;
    switch (connection->operation) {
    case OPERATION_CONNECT:
        return mysql_real_connect_start(&connection->connected, connection->mysql, address->host,
                                        address->user, address->password, address->name,
                                        address->port, address->socket, connect_flags());
    case OPERATION_CLOSE_STATEMENT:
        return mysql_stmt_close_start(&connection->closed, connection->surplus->stmt);
    case OPERATION_PREPARE:
        return mysql_stmt_prepare_start(&connection->result, statement->stmt, statement->sql.at,
                                        statement->sql.len);
    case OPERATION_EXECUTE:
        return mysql_stmt_execute_start(&connection->result, statement->stmt);
    case OPERATION_STORE:
        return mysql_stmt_store_result_start(&connection->result, statement->stmt);
    case OPERATION_NONE:
    case OPERATION_IDLE:
        break;
    }
    assert(!"an operation that can be started");
    return 0;
}

static int resume(struct connection *connection, int ready)
{
    switch (connection->operation) {
    case OPERATION_CONNECT:
        return mysql_real_connect_cont(&connection->connected, connection->mysql, ready);
    case OPERATION_CLOSE_STATEMENT:
        return mysql_stmt_close_cont(&connection->closed, connection->surplus->stmt, ready);
    case OPERATION_PREPARE:
        return mysql_stmt_prepare_cont(&connection->result, connection->statement->stmt, ready);
    case OPERATION_EXECUTE:
        return mysql_stmt_execute_cont(&connection->result, connection->statement->stmt, ready);
    case OPERATION_STORE:
        return mysql_stmt_store_result_cont(&connection->result, connection->statement->stmt,
                                            ready);
    case OPERATION_NONE:
    case OPERATION_IDLE:
        break;
    }
    assert(!"an operation that can be resumed");
    return 0;
}

static void unwatch(struct connection *connection)
{
    if (connection->watch == NULL)
        return;
    connection->pool->loop->ops->unwatch(connection->watch);
    close(connection->fd);
    connection->watch = NULL;
}

/* Gives the connection back to the system, together with its prepared statements. */
static void discard(struct connection *connection, const char *problem)
{
    bool was_ready = connection->operation != OPERATION_CONNECT;
    unwatch(connection);
    connection->operation = OPERATION_NONE;
    connection->deadline_ms = 0;
    connection->statement = NULL;
    pool_lost(connection->pool, connection, was_ready,
              problem); /* the text ends with the connection */
    mysql_close(connection->mysql);
    connection->mysql = NULL;
    statements_clear(&connection->statements);
}

static void finish_query(struct connection *connection, enum status status, const char *problem)
{
    struct query *query = connection->query;
    connection->query = NULL;
    connection->statement = NULL;
    connection->deadline_ms = 0;
    if (query != NULL)
        pool_finish(connection->pool, query, status, problem);
}

/* A query that the server cannot have begun is worth a second connection; another one is not: it
 * may be the reason why the server died. */
static void lose(struct connection *connection, unsigned number, const char *problem)
{
    bool unsent = connection->operation == OPERATION_CLOSE_STATEMENT ||
                  connection->operation == OPERATION_PREPARE || number == CR_SERVER_GONE_ERROR;
    struct query *query = connection->query;
    struct str text = {0};
    if (query != NULL)
        text = str_copy(query->arena, str_of(problem)); /* it may be in what is discarded */
    connection->query = NULL;
    discard(connection, problem);
    if (query == NULL)
        return;
    if (unsent && !query->retried)
        pool_retry(connection->pool, query);
    else
        pool_finish(connection->pool, query, STATUS_UNAVAILABLE, text.at);
}

static enum operation close_statement(struct connection *connection, struct statement *statement)
{
    connection->surplus = statement;
    return OPERATION_CLOSE_STATEMENT;
}

/* On the way to the answer of the current query, from wherever it has come to. */
static enum operation next_for_query(struct connection *connection)
{
    struct query *query = connection->query;
    struct statement *surplus = statements_surplus(&connection->statements);
    if (surplus != NULL)
        return close_statement(connection, surplus);
    if (connection->statement == NULL)
        connection->statement = statements_take(&connection->statements, query->sql);
    struct statement *statement = connection->statement;
    if (statement == NULL) {
        lose(connection, CR_SERVER_GONE_ERROR, "the connection is lost");
        return OPERATION_NONE;
    }
    if (!statement->prepared)
        return OPERATION_PREPARE;
    if (statement_bind(statement, query->parameters, query->parameter_count) == STATUS_OK)
        return OPERATION_EXECUTE;
    finish_query(connection, STATUS_INTERNAL,
                 "the statement has other parameters than were given, or one that cannot be sent");
    statements_remove(&connection->statements, statement);
    return close_statement(connection, statement);
}

/* Nobody answers at the other end although nothing says so yet: the case over TCP. */
static bool is_dead(const struct connection *connection)
{
    char byte;
    return connection->pool->options.address.host != NULL &&
           recv(connection->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static enum operation take_query(struct connection *connection, struct query *query)
{
    uint32_t timeout_ms = connection->pool->options.timeout_ms;
    connection->query = query;
    connection->deadline_ms =
        timeout_ms == 0 ? 0 : pool_now_ms(connection->pool) + timeout_ms + GRACE_MS;
    if (is_dead(connection)) {
        lose(connection, CR_SERVER_GONE_ERROR, "the connection died while it was idle");
        return OPERATION_NONE;
    }
    return next_for_query(connection);
}

static enum operation next_query(struct connection *connection)
{
    struct query *query = pool_next(connection->pool);
    return query == NULL ? OPERATION_IDLE : take_query(connection, query);
}

/* A statement whose rows broke off is not executed again but closed: Connector/C would look for the
 * rest of them. The error of KILL QUERY and of a statement's time being over comes only then. */
static enum operation after_failure(struct connection *connection)
{
    struct statement *statement = connection->statement;
    unsigned number = mysql_stmt_errno(statement->stmt);
    const char *problem = mysql_stmt_error(statement->stmt);
    if (failure_is_lost(number)) {
        lose(connection, number, problem);
        return OPERATION_NONE;
    }
    bool again = failure_is_stale(number) && !connection->query->retried;
    bool keep = connection->operation == OPERATION_EXECUTE && !failure_is_stale(number);
    if (again) {
        connection->query->retried = true;
        connection->statement = NULL;
    } else {
        finish_query(connection, failure_status(number), problem);
    }
    if (keep)
        return next_query(connection);
    statements_remove(&connection->statements, statement);
    return close_statement(connection, statement);
}

static enum operation after_store(struct connection *connection)
{
    struct query *query = connection->query;
    MYSQL_STMT *stmt = connection->statement->stmt;
    if (mysql_stmt_more_results(stmt)) {
        connection_abort(connection, STATUS_INTERNAL,
                         "a statement with more than one result is not for the pool");
        return OPERATION_NONE;
    }
    enum status status = STATUS_UNAVAILABLE;
    if (!query->abandoned)
        status = result_read(stmt, query->arena, query->row_limit, &query->rows);
    if (status == STATUS_INTERNAL) {
        connection_abort(connection, status, "the answer is not as the protocol says");
        return OPERATION_NONE;
    }
    mysql_stmt_free_result(stmt); /* what is stored is here: nothing to wait for */
    finish_query(connection, status,
                 status == STATUS_LIMIT ? "more rows than the query's limit"
                                        : "nobody waits for it any more");
    return next_query(connection);
}

static enum operation after_connect(struct connection *connection)
{
    if (connection->connected == NULL) {
        lose(connection, mysql_errno(connection->mysql), mysql_error(connection->mysql));
        return OPERATION_NONE;
    }
    unwatch(connection); /* it may have been another socket while it connected */
    connection->deadline_ms = 0;
    connection->failures = 0;
    statements_attach(&connection->statements, connection->mysql);
    pool_connected(connection->pool, connection);
    return next_query(connection);
}

static enum operation after_close(struct connection *connection)
{
    statement_free(connection->surplus);
    connection->surplus = NULL;
    if (connection->closed) {
        lose(connection, CR_SERVER_GONE_ERROR,
             "the connection was lost while a statement was closed");
        return OPERATION_NONE;
    }
    return connection->query == NULL ? next_query(connection) : next_for_query(connection);
}

/* What follows an operation that has ended. */
static enum operation after(struct connection *connection)
{
    bool about_query = connection->operation >= OPERATION_PREPARE;
    if (about_query && connection->result != 0)
        return after_failure(connection);
    switch (connection->operation) {
    case OPERATION_CONNECT:
        return after_connect(connection);
    case OPERATION_CLOSE_STATEMENT:
        return after_close(connection);
    case OPERATION_PREPARE:
        connection->statement->prepared = true;
        return next_for_query(connection);
    case OPERATION_EXECUTE:
        return OPERATION_STORE; /* at once, and with nothing to do, when there are no rows */
    case OPERATION_STORE:
        return after_store(connection);
    case OPERATION_NONE:
    case OPERATION_IDLE:
        break;
    }
    return connection->operation;
}

static void on_ready(void *context, int ready);

/* While it connects, Connector/C may try one address after another, each with another socket.
 * False: the process has no descriptor left. */
static bool watch(struct connection *connection)
{
    const struct loop_ops *ops = connection->pool->loop->ops;
    if (connection->operation == OPERATION_CONNECT)
        unwatch(connection);
    if (connection->watch == NULL) {
        connection->fd = fcntl(mysql_get_socket(connection->mysql), F_DUPFD_CLOEXEC, 0);
        if (connection->fd < 0)
            return false;
        connection->watch =
            ops->watch(connection->pool->loop, connection->fd, on_ready, connection);
        if (connection->watch == NULL)
            close(connection->fd);
    }
    if (connection->watch != NULL && connection->waits_for & MYSQL_WAIT_WRITE)
        ops->want_write(connection->watch);
    return connection->watch != NULL;
}

/* From an operation that has just started or gone on, to one that waits for the server, or to none.
 */
static void drive(struct connection *connection, int waits_for)
{
    connection->waits_for = waits_for;
    while (connection->waits_for == 0) {
        enum operation next = after(connection);
        connection->operation = next;
        if (next == OPERATION_NONE)
            return;
        if (next == OPERATION_IDLE)
            break;
        connection->waits_for = start(connection);
    }
    if (!watch(connection))
        connection_abort(connection, STATUS_UNAVAILABLE, "the process has too many files open");
}

static void on_ready(void *context, int ready)
{
    struct connection *connection = context;
    struct database_pool *pool = connection->pool;
    pool_enter(pool);
    int events =
        (ready & LOOP_READ ? MYSQL_WAIT_READ : 0) | (ready & LOOP_WRITE ? MYSQL_WAIT_WRITE : 0);
    if (connection->operation == OPERATION_IDLE)
        lose(connection, CR_SERVER_GONE_ERROR, "the server closed an idle connection");
    else if (events & connection->waits_for)
        drive(connection, resume(connection, events & connection->waits_for));
    pool_settle(pool);
}

void connection_open(struct connection *connection)
{
    struct database_pool *pool = connection->pool;
    connection->mysql = connect_prepare(&(struct connect_options){
        .nonblocking = true,
        .reads_only = true,
        .statement_timeout_ms = pool->options.timeout_ms,
    });
    uint32_t timeout_ms = pool->options.timeout_ms;
    if (timeout_ms == 0 || timeout_ms > CONNECT_TIMEOUT_S * 1000)
        timeout_ms = CONNECT_TIMEOUT_S * 1000;
    connection->deadline_ms = pool_now_ms(pool) + timeout_ms;
    connection->operation = OPERATION_CONNECT;
    drive(connection, start(connection));
}

void connection_run(struct connection *connection, struct query *query)
{
    assert(connection->operation == OPERATION_IDLE);
    enum operation next = take_query(connection, query);
    if (next == OPERATION_NONE || next == OPERATION_IDLE)
        return;
    connection->operation = next;
    drive(connection, start(connection));
}

/* The socket is shut first, so that nothing below waits for a server that does not answer; then the
 * call under way is told that its time is over, and returns. */
void connection_abort(struct connection *connection, enum status status, const char *problem)
{
    if (connection->watch != NULL)
        shutdown(connection->fd, SHUT_RDWR);
    bool waits = connection->operation >= OPERATION_CONNECT && connection->waits_for != 0;
    for (int step = 0; waits; step++) {
        assert(step < ABORT_STEPS);
        waits = resume(connection, MYSQL_WAIT_TIMEOUT) != 0;
    }
    if (connection->operation == OPERATION_CLOSE_STATEMENT)
        statement_free(connection->surplus);
    connection->surplus = NULL;
    finish_query(connection, status, problem);
    discard(connection, problem);
}
