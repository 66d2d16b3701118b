/* sql: rows from MariaDB: through the pool of a loop, or on one connection that is waited for. */
#pragma once

#include "source/source.h"

struct database;
struct database_pool;

struct sql_source {
    struct source super;
    struct database_pool *pool; /* NULL: `database` is waited for, or there are no tables */
    struct database *database;
};

void sql_source_init(struct sql_source *source, struct database_pool *pool);

/* Every statement is done when it was started; within a transaction of the connection it sees what
 * that has changed. For workers. */
void sql_source_init_waiting(struct sql_source *source, struct database *database);

/* Statements of a session see one state of the database: that of its first statement. NULL: without
 * a pool. */
struct database_session *sql_source_session(const struct sql_source *source);

/* Statements that are under way are still answered. */
void sql_source_session_end(struct database_session *session);

/* How many statements can be under way at once; 0 without tables. */
uint32_t sql_source_capacity(const struct sql_source *source);
