/* served: a schema over tables of a private MariaDB, answering documents: for tests of what SQL and
 * rows make of them. */
#pragma once

#include "base/cell.h"
#include "base/viewer.h"

struct arena;
struct database;
struct database_pool;
struct engine_loop;
struct loop;
struct memory;
struct private_mariadb;
struct resolver;

struct served {
    struct arena *arena;
    struct private_mariadb *mariadb;
    struct database *database; /* with all rights, for the test itself */
    struct memory *memory;     /* NULL: no type has @reference */
    struct loop *loop;
    struct database_pool *pool;
    struct engine_loop *engine;
    const struct resolver *resolvers; /* ended by coordinate NULL; none unless set before opening */
};

/* Makes the tables with a script of SQL, then serves the schema, which has the directives at hand
 * and the rights account, orders and secret (bits 0, 1 and 2). Ends the program when that fails. */
void served_open(struct served *served, const char *sql, const char *schema);
void served_close(struct served *served);

extern const struct viewer served_operator; /* sees everything */

/* The answer's body; variables is JSON or NULL. */
struct str served_answer(struct served *served, const struct viewer *viewer, const char *query,
                         const char *variables);

/* The same document asked twice at the same moment, so that statements may leave together. */
void served_answer_both(struct served *served, const struct viewer *const viewers[2],
                        const char *query, const char *const variables[2], struct str bodies[2]);

/* What the schema loader says of a schema over the same tables: its mistakes, or nothing. */
struct str served_mistakes(struct served *served, const char *schema);

/* Rows of a statement of the test's own. */
struct rows served_rows(struct served *served, struct str sql);
void served_script(struct served *served, const char *sql);

/* Statements sent so far. */
uint64_t served_statements(const struct served *served);
