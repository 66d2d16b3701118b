/* sql: rows from MariaDB, through the pool of the loop. */
#pragma once

#include "source/source.h"

struct database_pool;

struct sql_source {
    struct source super;
    struct database_pool *pool;
};

void sql_source_init(struct sql_source *source, struct database_pool *pool);

/* Statements of a session see one state of the database: that of its first statement. NULL: without
 * a pool. */
struct database_session *sql_source_session(const struct sql_source *source);

/* Statements that are under way are still answered. */
void sql_source_session_end(struct database_session *session);

/* How many statements can be under way at once; 0 without a pool. */
uint32_t sql_source_capacity(const struct sql_source *source);
