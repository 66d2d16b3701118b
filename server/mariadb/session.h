/* session: what the pool and a session of one snapshot know of each other. */
#pragma once

#include "database.h"

struct connection;

struct query_list {
    struct query *first, *last;
    uint32_t count;
};

struct database_session {
    struct database_pool *pool; /* NULL: it was closed */
    struct database_session *next;
    struct arena *arena;
    struct connection *connection; /* NULL: it waits for one, or is over */
    struct query_list waiting;
    uint32_t under_way; /* queries that were not handed back yet */
    bool ended;         /* by its owner */
    bool over;          /* takes no more queries */
    bool failed;        /* to begin or to end: what it answers is not of its snapshot */
    bool own_under_way;
    struct query own; /* begins the transaction, later ends it */
    uint64_t used_at_ms, held_since_ms;
};

/* The session that has waited longest for a connection, if one may have it now. */
struct database_session *session_first(const struct database_pool *pool);
void session_hold(struct database_session *session, struct connection *connection);

void session_ask(struct database_session *session, struct query *query);

/* The status the query really has. */
enum status session_answered(struct query *query, enum status status, const char **problem);

/* After on_rows of one of its queries; the session may be gone then. */
void session_handed_back(struct database_session *session);

/* Its connection is closed. */
void session_lost(struct database_session *session, const char *problem);

/* True while a session has a connection. */
bool session_sweep(struct database_pool *pool, uint64_t now_ms);

/* When the pool closes: before and after its connections do. */
void session_stop(struct database_pool *pool, const char *problem);
void session_orphan(struct database_pool *pool);
