/* statement: prepared statements of one connection, the ones used last kept, found by their text.
 *
 * Nothing here talks to the server: preparing, executing and closing is up to the owner of the
 * connection, who may wait for it (database.c) or not (connection.c).
 */
#pragma once

#include "base/cell.h"
#include "result.h"

struct statement {
    MYSQL_STMT *stmt;
    bool prepared;
    bool broken;    /* its rows broke off, or the server does not know it any more: to be closed */
    struct str sql; /* a copy */
    uint64_t hash;
    /* For database.c, where the parameters' values are when they are sent, and of what type they
     * were last time: */
    struct statement_value *values;
    /* For the pool, which talks to the server itself: */
    uint16_t *sent_types; /* of the parameters, as they were sent last; 0: not yet */
    struct result_columns columns;
    uint32_t mean_us;                /* that the server takes for it, about; 0: not known */
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

/* The same, unless there is none or it is not prepared: NULL. */
struct statement *statements_find(struct statements *statements, struct str sql);

/* The oldest statement while there are too many, no longer in the list; NULL: there are not. */
struct statement *statements_surplus(struct statements *statements);
void statements_remove(struct statements *statements, struct statement *statement);

/* After mysql_close(): forgets all of them. */
void statements_clear(struct statements *statements);
void statements_dispose(struct statements *statements);

/* After mysql_stmt_close(). */
void statement_free(struct statement *statement);

/* After mysql_stmt_prepare(). */
void statement_prepared(struct statement *statement);

/* They are sent with the next EXECUTE, whatever they are. */
void statement_forget_types(struct statement *statement);

/* The parameters as they are to be sent; texts must stay until the statement was executed.
 * STATUS_INTERNAL: there are more or fewer parameters than question marks, or one that cannot be
 * sent. */
enum status statement_bind(struct statement *statement, const struct cell *parameters,
                           uint32_t parameter_count);
