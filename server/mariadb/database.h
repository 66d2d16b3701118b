/* database: rows from MariaDB, for the event loop without waiting and for workers with waiting.
 *
 * Only this folder includes mysql.h. A value is a cell; text in it lives in the arena the query was
 * given. Parameters are always bound; SQL texts are constants or come from the planner.
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"

struct arena;
struct loop;

/* Where the database is; one of socket and host. */
struct database_address {
    const char *socket;
    const char *host;
    unsigned port;
    const char *user;
    const char *password; /* NULL: none */
    const char *name;
};

/* ---- for the event loop ---- */

struct database_pool;
struct database_session;

struct database_pool_options {
    struct database_address address;
    uint32_t connections;   /* per loop */
    uint32_t waiting_limit; /* queries that may wait for a connection; more are refused */
    uint32_t statements;    /* prepared statements kept per connection */
    uint32_t timeout_ms;    /* of waiting for a connection, and again of one query; 0: none */
    uint32_t absence_ms;    /* for which queries wait for a database that is away; 0: 2 seconds */
};

/* One query in flight. The caller fills the first part and keeps it until on_rows was called. */
struct query {
    struct str sql;
    const struct cell *parameters;
    uint32_t parameter_count;
    struct arena *arena;              /* of the rows */
    uint32_t row_limit;               /* 0: none; one more is an error (STATUS_LIMIT) */
    struct database_session *session; /* whose snapshot it is to see; NULL: the latest */
    void (*on_rows)(struct query *query);
    void *context;
    /* Filled before on_rows: */
    enum status status;
    struct rows rows;
    struct str problem; /* for the log, not for clients; empty when status is STATUS_OK */
    /* The pool's own: */
    struct query *next;
    uint64_t asked_at_ms;
    bool abandoned;
    bool retried;
};

/* Belongs to the loop's thread. Connects by itself, again and again with growing pauses. Its
 * sessions only read: what writes is for workers, in a transaction. */
struct database_pool *database_pool_open(struct loop *loop,
                                         const struct database_pool_options *options);

/* Queries asked within one turn of the loop leave together: in one write on one connection, where
 * MariaDB answers one after the other, as long as they are few and quick; much is split among the
 * connections that idle, and nothing waits behind a statement that is known to be slow or was never
 * run before. on_rows is never called before this returns, and may itself ask the next query. The
 * statuses that come (in query->status): STATUS_UNAVAILABLE when there is no connection and none
 * came in time, the queue is full, or the connection was lost while the query ran; STATUS_TIMEOUT;
 * STATUS_LIMIT; STATUS_INTERNAL for what MariaDB refuses. */
void database_query(struct database_pool *pool, struct query *query);

/* Nobody waits for it any more: on_rows is still called, but a query that waits is not sent, and
 * one that runs for longer than a moment is ended in MariaDB. Not when others wait for the same
 * rows. */
void database_abandon(struct query *query);

/* Queries of a session see the database as it was in one moment, when the first of them was sent.
 * They run one after the other on a connection that is theirs until the end; half of the pool's
 * connections may be held like this at once, further sessions wait, and their queries with them, as
 * long as a query may wait. A session that is idle for 2 seconds or older than 30 ends by itself,
 * as one whose connection was lost: then its queries come back with STATUS_UNAVAILABLE, and none is
 * asked again elsewhere, where it would see another moment. */
struct database_session *database_session_begin(struct database_pool *pool);

/* Once, when no more queries will be asked; those under way still come back. NULL is allowed, also
 * after the pool was closed. */
void database_session_end(struct database_session *session);

/* How many connections there are. */
uint32_t database_pool_size(const struct database_pool *pool);

/* How many queries, asked now, would leave in this turn of the loop. 0: all connections work, or
 * enough wait for them already; then at least one query is under way, and there may be room when
 * its on_rows is called. So who can gather queries into fewer looks here before it asks and in
 * on_rows, and needs no other call. (A database that is away has room, too: its queries wait in the
 * pool.) */
uint32_t database_pool_room(const struct database_pool *pool);

/* True when at least one connection answers. */
bool database_pool_ready(const struct database_pool *pool);

enum { DATABASE_BURST_SIZES = 6, DATABASE_STATUSES = STATUS_INTERNAL + 1 };

/* What a pool does and has done, for metrics. */
struct database_counters {
    /* Now: */
    uint32_t connections;
    uint32_t ready;      /* connections that answer */
    uint32_t busy;       /* connections with work */
    uint32_t waiting;    /* queries for a connection */
    uint32_t sessions;   /* connections that are held by one */
    uint32_t statements; /* prepared, on all connections */
    /* Since it was opened: */
    uint64_t answered[DATABASE_STATUSES]; /* queries that were handed back, by status */
    uint64_t rows;
    uint64_t bursts;
    uint64_t burst_sizes[DATABASE_BURST_SIZES]; /* of 1, 2, to 4, to 8, to 16, to 32 queries */
    uint64_t retried; /* queries, on another connection or prepared again */
    uint64_t connects;
    uint64_t losses;   /* of connections that answered, for whatever reason */
    uint64_t prepared; /* statements */
    uint64_t evicted;  /* statements, for others that were used later */
    uint64_t kills;    /* of queries that nobody waited for any more */
};

struct database_counters database_pool_counters(const struct database_pool *pool);

/* Queries that have not been answered yet end with STATUS_UNAVAILABLE. Not from within on_rows. */
void database_pool_close(struct database_pool *pool);

/* ---- for workers, start-up and chores: these calls wait ---- */

struct database;

/* NULL: could not connect, with the reason in *problem (in the arena). */
struct database *database_open(const struct database_address *address, struct arena *arena,
                               struct str *problem);
void database_close(struct database *database);

/* One more to the same server, for another thread. NULL as above. */
struct database *database_another(const struct database *database, struct arena *arena,
                                  struct str *problem);

/* How long one statement may take, outside of a transaction; 30 seconds without this call, 0: as
 * long as it takes (migrations). */
void database_set_timeout(struct database *database, uint32_t timeout_ms);

/* One statement; rows may be NULL. The connection is opened again by itself when it was lost
 * outside of a transaction. STATUS_CONFLICT: a duplicate key (1062), or somebody else was quicker
 * (1020, 1205, 1213: the whole transaction may be tried again). STATUS_TIMEOUT. STATUS_UNAVAILABLE:
 * the connection was lost; if it was while a change ran or was committed, nobody knows whether it
 * happened. Else STATUS_INTERNAL. database_problem() has the text. Inside a transaction every
 * failure is followed by database_rollback(). */
enum status database_run(struct database *database, struct arena *arena, struct str sql,
                         const struct cell *parameters, uint32_t parameter_count,
                         struct rows *rows);

/* A script of several statements separated by semicolons, without parameters (migrations). */
enum status database_script(struct database *database, struct str sql);
enum status database_begin(struct database *database);
enum status database_commit(struct database *database);
void database_rollback(struct database *database); /* also when the connection was lost */

uint64_t database_affected(const struct database *database);
uint64_t database_insert_id(const struct database *database);
struct str database_problem(const struct database *database);
unsigned database_error_number(const struct database *database);
