/* pool: what the pool and its connections know of each other; for this folder alone.
 *
 * A query is in exactly one place: waiting in the pool, on a connection, or finished and about to
 * be handed back. on_rows is called from pool_settle() alone, which never runs inside
 * database_query().
 */
#pragma once

#include "base/loop.h"
#include "burst.h"
#include "session.h"
#include "statement.h"

struct database_pool;

/* What a connection does at the moment. To connect, to prepare and to close a statement is one call
 * of Connector/C that may have to wait for the server; a burst is our own. */
enum operation {
    OPERATION_NONE, /* closed */
    OPERATION_IDLE,
    OPERATION_CONNECT,
    OPERATION_CLOSE_STATEMENT,
    OPERATION_PREPARE,
    OPERATION_BURST,
};

struct connection {
    struct database_pool *pool;
    enum operation operation;
    int waits_for; /* MYSQL_WAIT_… of the operation */
    MYSQL *mysql;
    int fd; /* our own duplicate: Connector/C may close its own at any time */
    struct loop_watch *watch;
    struct statements statements;
    struct query *query;         /* its statement is to be prepared */
    struct statement *statement; /* being prepared */
    struct statement *surplus;   /* being closed, no longer among the statements */
    struct burst burst;
    struct database_session *session; /* that holds it; NULL: it is for everybody */
    bool may_be_hit;                  /* by a KILL that was meant for a query before (cancel.h) */
    int result;                       /* of the operation, when it has ended */
    my_bool closed;
    MYSQL *connected;
    uint64_t deadline_ms; /* of connecting, or of the query that runs; 0: none */
    uint64_t connect_at_ms;
    unsigned failures; /* to connect, in a row */
};

struct cancel;

struct database_pool {
    struct loop *loop;
    struct arena *arena;
    struct database_pool_options options;
    struct connection *connections;
    uint32_t ready_count; /* connections that are connected */
    uint64_t down_since_ms;
    struct query_list waiting;
    struct query_list finished;
    struct database_session *sessions;
    struct cancel *cancel; /* under way; NULL: none */
    struct loop_timer *tick;
    struct loop_timer *wake;
    bool settling;   /* pool_settle() runs, or will before control goes back to the loop */
    bool complained; /* that it cannot connect; once is enough */
    bool reopens;    /* a connection was lost that is to be replaced at once */
    bool closing;
    uint64_t random;                   /* for the pauses */
    uint32_t mean_us;                  /* that a query takes, about */
    struct database_counters counters; /* without what is counted when they are asked for */
};

/* Starts to connect. */
void connection_open(struct connection *connection);

/* With what waits in the pool. The connection must be idle. */
void connection_run(struct connection *connection);

/* A query is on it that will be handed back. */
bool connection_is_asked(const struct connection *connection);

/* Ends whatever it does; the query that runs fails with this status, those behind it are asked
 * again elsewhere. Then it is closed. */
void connection_abort(struct connection *connection, enum status status, const char *problem);

/* Hands back queries that wait behind others that take too long. */
void connection_sweep(struct connection *connection, uint64_t now_ms);

/* For connections: the first query that waits for it, NULL when none does; how many it may take;
 * and taking that first one. */
struct query *pool_first(struct connection *connection);
struct burst_share pool_share(const struct connection *connection);
void pool_take_first(struct connection *connection);
void pool_finish(struct database_pool *pool, struct query *query, enum status status,
                 const char *problem);

/* First in its queue: its statement is prepared now, or it is one of our own. */
void pool_return(struct database_pool *pool, struct query *query);

/* The same after a failure that was not its own, but once only: then it has failed, too. */
void pool_retry(struct database_pool *pool, struct query *query, const char *problem);
void pool_count_burst(struct database_pool *pool, uint32_t queries);
void pool_connected(struct database_pool *pool, struct connection *connection);
void pool_lost(struct database_pool *pool, struct connection *connection, bool was_ready,
               const char *problem);

/* For sessions and their queues. */
void pool_append(struct query_list *list, struct query *query);
struct query *pool_take(struct query_list *list);
void pool_sweep(struct database_pool *pool, struct query_list *waiting, uint64_t now_ms);

/* Around everything the loop calls: queries that finish in between are handed back at the end, and
 * those that wait get the connections that became free. */
void pool_enter(struct database_pool *pool);
void pool_settle(struct database_pool *pool);
uint64_t pool_now_ms(const struct database_pool *pool);
