/* connection: one connection of a pool, driven by readiness of its socket.
 *
 * It is made, and its statements are prepared and closed, through Connector/C's calls that do not
 * wait: each comes as a pair, …_start and …_cont, that says what it waits for or that it has ended.
 * Prepared statements are executed by ourselves, many at once (burst.h). drive() is the one place
 * where an operation that ended is followed by the next.
 */
#include "pool.h"

#include "base/arena.h"
#include "cancel.h"
#include "connect.h"
#include "failure.h"
#include <assert.h>
#include <errmsg.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    GRACE_MS = 500, /* the server ends a statement itself at the timeout; after this we do not wait
                       for that */
    READS_AT_ONCE = 16, /* then the others of the loop have their turn */
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
    case OPERATION_NONE:
    case OPERATION_IDLE:
    case OPERATION_BURST:
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
    case OPERATION_NONE:
    case OPERATION_IDLE:
    case OPERATION_BURST:
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
    burst_clear(&connection->burst);
    cancel_stop(connection);
    connection->may_be_hit = false;
    if (connection->session != NULL)
        session_lost(connection->session, problem);
    pool_lost(connection->pool, connection, was_ready,
              problem); /* the text ends with the connection */
    mysql_close(connection->mysql);
    connection->mysql = NULL;
    statements_clear(&connection->statements);
}

/* On another connection, where nothing is of the snapshot of a session. */
static void ask_again(struct connection *connection, struct query *query, const char *problem)
{
    if (connection->session == NULL)
        pool_retry(connection->pool, query, problem);
    else
        pool_finish(connection->pool, query, STATUS_UNAVAILABLE, problem);
}

/* The query that runs may be the reason for what happened, and fails, unless not a byte of it was
 * sent; those behind it are innocent. The last goes back first, so that they keep their order. */
static void give_back_burst(struct connection *connection, enum status status, const char *problem)
{
    struct burst *burst = &connection->burst;
    uint32_t innocent = burst->sent == 0 ? 0 : burst->answered + 1;
    for (uint32_t i = burst->count; i-- > burst->answered;) {
        struct query *query = burst->slots[i].query;
        if (query == NULL)
            continue;
        if (i >= innocent)
            ask_again(connection, query, problem);
        else
            pool_finish(connection->pool, query, status, problem);
    }
}

/* The server is gone. A query whose statement was only being prepared cannot have begun. */
static void lose(struct connection *connection, const char *problem)
{
    struct query *query = connection->query;
    connection->query = NULL;
    if (query != NULL)
        ask_again(connection, query, problem);
    give_back_burst(connection, STATUS_UNAVAILABLE, problem);
    discard(connection, problem);
}

static enum operation close_statement(struct connection *connection, struct statement *statement)
{
    connection->surplus = statement;
    return OPERATION_CLOSE_STATEMENT;
}

/* Nobody answers at the other end although nothing says so yet: the case over TCP. */
static bool is_dead(const struct connection *connection)
{
    char byte;
    return connection->pool->options.address.host != NULL &&
           recv(connection->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

static void start_clock(struct connection *connection)
{
    uint32_t timeout_ms = connection->pool->options.timeout_ms;
    connection->deadline_ms =
        timeout_ms == 0 ? 0 : pool_now_ms(connection->pool) + timeout_ms + GRACE_MS;
}

/* Fills the burst with queries that wait, up to one whose statement has to be prepared first: when
 * it is the first, it becomes the connection's. */
static void gather(struct connection *connection)
{
    struct database_pool *pool = connection->pool;
    struct burst *burst = &connection->burst;
    const struct burst_share share = pool_share(connection);
    struct query *query;
    while (!burst_is_full(burst, &share) && (query = pool_first(connection)) != NULL) {
        struct statement *statement = statements_find(&connection->statements, query->sql);
        if (statement == NULL && burst->count > 0)
            return;
        pool_take_first(connection);
        if (statement == NULL) {
            connection->query = query;
            return;
        }
        enum status status = burst_add(burst, statement, query, pool->mean_us);
        if (status != STATUS_OK)
            pool_finish(pool, query, status,
                        status == STATUS_LIMIT
                            ? "its parameters are longer than a packet may be"
                            : "the statement has other parameters than were given, or one that "
                              "cannot be sent");
    }
}

/* Towards the answer of the query whose statement is not prepared on this connection. */
static enum operation prepare(struct connection *connection)
{
    struct statement *surplus = statements_surplus(&connection->statements);
    if (surplus != NULL) {
        connection->pool->counters.evicted++;
        return close_statement(connection, surplus);
    }
    connection->statement = statements_take(&connection->statements, connection->query->sql);
    if (connection->statement != NULL)
        return OPERATION_PREPARE;
    lose(connection, "the connection is lost");
    return OPERATION_NONE;
}

/* Nothing is under way. */
static enum operation next_operation(struct connection *connection)
{
    struct burst *burst = &connection->burst;
    struct statement *broken = burst_take_broken(burst);
    if (broken != NULL) {
        statements_remove(&connection->statements, broken);
        return close_statement(connection, broken);
    }
    burst_clear(burst);
    connection->deadline_ms = 0;
    connection->may_be_hit &= cancel_targets(connection);
    if (connection->query == NULL)
        gather(connection);
    if (connection->query == NULL && burst->count == 0)
        return OPERATION_IDLE;
    start_clock(connection);
    if (is_dead(connection)) {
        lose(connection, "the connection died while it was idle");
        return OPERATION_NONE;
    }
    if (connection->query != NULL)
        return prepare(connection);
    pool_count_burst(connection->pool, burst->count);
    return OPERATION_BURST;
}

static enum operation after_prepare(struct connection *connection)
{
    struct statement *statement = connection->statement;
    struct query *query = connection->query;
    const char *problem = mysql_stmt_error(statement->stmt);
    unsigned number = connection->result == 0 ? 0 : mysql_stmt_errno(statement->stmt);
    if (failure_is_lost(number)) {
        lose(connection, problem);
        return OPERATION_NONE;
    }
    connection->query = NULL;
    connection->statement = NULL;
    if (connection->result == 0) {
        statement_prepared(statement);
        connection->pool->counters.prepared++;
        pool_return(connection->pool, query);
        return next_operation(connection);
    }
    if (failure_is_kill(number) && connection->may_be_hit)
        ask_again(connection, query, problem);
    else
        pool_finish(connection->pool, query, failure_status(number), problem);
    statements_remove(&connection->statements, statement);
    return close_statement(connection, statement);
}

/* Only then can we read and write on the socket ourselves. */
static bool is_plain(MYSQL *mysql)
{
    return mysql_get_ssl_cipher(mysql) == NULL && (mysql->client_flag & CLIENT_COMPRESS) == 0;
}

static enum operation after_connect(struct connection *connection)
{
    if (connection->connected == NULL) {
        lose(connection, mysql_error(connection->mysql));
        return OPERATION_NONE;
    }
    if (!is_plain(connection->mysql)) {
        lose(connection, "Connector/C was set up to encrypt or compress, which the pool does not");
        return OPERATION_NONE;
    }
    unwatch(connection); /* it may have been another socket while it connected */
    connection->deadline_ms = 0;
    connection->failures = 0;
    statements_attach(&connection->statements, connection->mysql);
    pool_connected(connection->pool, connection);
    return OPERATION_IDLE;
}

static enum operation after_close(struct connection *connection)
{
    statement_free(connection->surplus);
    connection->surplus = NULL;
    if (connection->closed) {
        lose(connection, "the connection was lost while a statement was closed");
        return OPERATION_NONE;
    }
    return next_operation(connection);
}

/* What follows an operation that has ended. */
static enum operation after(struct connection *connection)
{
    switch (connection->operation) {
    case OPERATION_CONNECT:
        return after_connect(connection);
    case OPERATION_CLOSE_STATEMENT:
        return after_close(connection);
    case OPERATION_PREPARE:
        return after_prepare(connection);
    case OPERATION_IDLE:
    case OPERATION_BURST:
        return next_operation(connection);
    case OPERATION_NONE:
        break;
    }
    return OPERATION_NONE;
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

/* False: the connection is gone. */
static bool send_burst(struct connection *connection)
{
    struct burst *burst = &connection->burst;
    if (!burst_send(burst, connection->fd)) {
        lose(connection, "the connection was lost while queries were sent");
        return false;
    }
    connection->waits_for = MYSQL_WAIT_READ | (burst_is_sent(burst) ? 0 : MYSQL_WAIT_WRITE);
    return true;
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
        if (next != OPERATION_BURST)
            connection->waits_for = start(connection);
        else if (!send_burst(connection))
            return;
    }
    if (!watch(connection))
        connection_abort(connection, STATUS_UNAVAILABLE, "the process has too many files open");
}

static const char *problem_of(const struct answer *answer, const char *otherwise)
{
    return answer->problem.at == NULL ? otherwise : answer->problem.at;
}

/* The error is not the query's own: it may be asked again. */
static bool is_innocent(const struct connection *connection, struct statement *statement)
{
    unsigned number = connection->burst.answer.error_number;
    statement_forget_types(statement);
    statement->broken |= failure_is_stale(number);
    return failure_is_stale(number) || (failure_is_kill(number) && connection->may_be_hit);
}

/* The answer of the query that runs is here. False: the connection is gone. */
static bool take_answer(struct connection *connection)
{
    struct burst *burst = &connection->burst;
    struct burst_slot *slot = &burst->slots[burst->answered];
    struct answer *answer = &burst->answer;
    struct query *query = slot->query;
    if (answer->error_number != 0 && failure_is_lost(answer->error_number)) {
        lose(connection, problem_of(answer, "the server ended the connection"));
        return false;
    }
    slot->query = NULL;
    bool innocent = answer->error_number != 0 && is_innocent(connection, slot->statement);
    if (query != NULL && query->abandoned) {
        pool_finish(connection->pool, query, STATUS_UNAVAILABLE, "nobody waits for it any more");
    } else if (query != NULL && innocent) {
        ask_again(connection, query, problem_of(answer, ""));
    } else if (query != NULL) {
        query->rows = answer->rows;
        pool_finish(connection->pool, query, answer->status, problem_of(answer, ""));
    }
    cancel_stop(connection);
    burst_advance(burst);
    return true;
}

/* False: the connection is gone. */
static bool take_answers(struct connection *connection)
{
    struct burst *burst = &connection->burst;
    uint32_t first = burst->answered;
    while (!burst_is_answered(burst)) {
        burst_read(burst);
        if (burst->answer.state == ANSWER_BROKEN) {
            connection_abort(connection, STATUS_INTERNAL, "the answer is not as the protocol says");
            return false;
        }
        if (burst->answer.state != ANSWER_COMPLETE)
            break;
        if (!take_answer(connection))
            return false;
    }
    if (first == burst->answered)
        return true;
    burst_measure(burst, first, &connection->pool->mean_us);
    start_clock(connection);
    return true;
}

/* As long as the socket has more than fits into the buffer, but not for ever. False: the connection
 * is gone. */
static bool receive(struct connection *connection)
{
    struct burst *burst = &connection->burst;
    for (int i = 0; i < READS_AT_ONCE && !burst_is_answered(burst); i++) {
        switch (burst_receive(burst, connection->fd)) {
        case BURST_NOTHING_CAME:
            return true;
        case BURST_LOST:
            lose(connection, "the connection was lost while a query ran");
            return false;
        case BURST_BYTES_CAME:
            break;
        }
        bool full = burst->packets.len == burst->packets.size;
        if (!take_answers(connection))
            return false;
        if (!full)
            break;
    }
    if (!burst_is_answered(burst) || packets_left(&burst->packets) == 0)
        return true;
    lose(connection, "the server answers what was not asked");
    return false;
}

static void go_on_with_burst(struct connection *connection, int ready)
{
    const struct burst *burst = &connection->burst;
    if (ready & LOOP_READ && !receive(connection))
        return;
    if (burst_is_answered(burst) && burst_is_sent(burst))
        drive(connection, 0);
    else if (ready & LOOP_WRITE && send_burst(connection))
        drive(connection, connection->waits_for);
}

static void on_ready(void *context, int ready)
{
    struct connection *connection = context;
    struct database_pool *pool = connection->pool;
    pool_enter(pool);
    int events =
        (ready & LOOP_READ ? MYSQL_WAIT_READ : 0) | (ready & LOOP_WRITE ? MYSQL_WAIT_WRITE : 0);
    if (connection->operation == OPERATION_IDLE && ready & LOOP_READ)
        lose(connection, "the server closed an idle connection");
    else if (connection->operation == OPERATION_BURST)
        go_on_with_burst(connection, ready);
    else if (connection->operation != OPERATION_IDLE && events & connection->waits_for)
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

bool connection_is_asked(const struct connection *connection)
{
    const struct burst *burst = &connection->burst;
    bool asked = connection->query != NULL;
    for (uint32_t i = burst->answered; i < burst->count && !asked; i++)
        asked = burst->slots[i].query != NULL;
    return asked;
}

void connection_run(struct connection *connection)
{
    assert(connection->operation == OPERATION_IDLE);
    drive(connection, 0);
}

void connection_sweep(struct connection *connection, uint64_t now_ms)
{
    struct burst *burst = &connection->burst;
    uint64_t timeout_ms = connection->pool->options.timeout_ms;
    for (uint32_t i = burst->answered + 1; i < burst->count && timeout_ms != 0; i++) {
        struct query *query = burst->slots[i].query;
        if (query == NULL || now_ms < query->asked_at_ms + timeout_ms + GRACE_MS)
            continue;
        burst->slots[i].query = NULL;
        pool_finish(connection->pool, query, STATUS_UNAVAILABLE,
                    "the queries before it took too long");
    }
}

/* The socket is shut first, so that nothing below waits for a server that does not answer; then the
 * call under way is told that its time is over, and returns. */
void connection_abort(struct connection *connection, enum status status, const char *problem)
{
    if (connection->watch != NULL)
        shutdown(connection->fd, SHUT_RDWR);
    bool calls = connection->operation == OPERATION_CONNECT ||
                 connection->operation == OPERATION_CLOSE_STATEMENT ||
                 connection->operation == OPERATION_PREPARE;
    bool waits = calls && connection->waits_for != 0;
    for (int step = 0; waits; step++) {
        assert(step < ABORT_STEPS);
        waits = resume(connection, MYSQL_WAIT_TIMEOUT) != 0;
    }
    if (connection->operation == OPERATION_CLOSE_STATEMENT)
        statement_free(connection->surplus);
    connection->surplus = NULL;
    struct query *query = connection->query;
    connection->query = NULL;
    if (query != NULL)
        pool_finish(connection->pool, query, status, problem);
    give_back_burst(connection, status, problem);
    discard(connection, problem);
}
