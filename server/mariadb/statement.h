/* statement: prepared statements of one connection, the ones used last kept, found by their text.
 *
 * Nothing here talks to the server: preparing, executing and closing is up to the owner of the
 * connection, who may wait for it (database.c) or not (connection.c).
 */
#pragma once

#include "base/cell.h"
#include "base/status.h"
#include <mysql.h>

struct statement {
    MYSQL_STMT *stmt;
    bool prepared;
    bool broken; /* its rows broke off: Connector/C would look for the rest of them; to be closed */
    struct str sql; /* a copy */
    uint64_t hash;
    /* Where the parameters' values are when they are sent, and of what type they were last time: */
    struct statement_value *values;
    struct statement *newer, *older; /* by last use */
    struct statement *chain;         /* of the hash bucket */
};

struct statements {
    MYSQL *mysql;
    struct statement **buckets;
    uint32_t bucket_count; /* a power of two */
    uint32_t count;
    uint32_t limit;
    struct statement *newest, *oldest;
};

void statements_init(struct statements *statements, uint32_t limit);

/* A new connection: all statements of the one before must be gone. */
void statements_attach(struct statements *statements, MYSQL *mysql);

/* The statement with this text, now the newest; made when there is none. The caller prepares it
 * when it is not prepared. NULL: the connection is lost. */
struct statement *statements_take(struct statements *statements, struct str sql);

/* The oldest statement while there are too many, no longer in the list; NULL: there are not. */
struct statement *statements_surplus(struct statements *statements);
void statements_remove(struct statements *statements, struct statement *statement);

/* After mysql_close(): forgets all of them. */
void statements_clear(struct statements *statements);
void statements_dispose(struct statements *statements);

/* After mysql_stmt_close(). */
void statement_free(struct statement *statement);

/* The parameters as they are to be sent; texts must stay until the statement was executed.
 * STATUS_INTERNAL: there are more or fewer parameters than question marks, or one that cannot be
 * sent. */
enum status statement_bind(struct statement *statement, const struct cell *parameters,
                           uint32_t parameter_count);
