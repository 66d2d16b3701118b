/* cancel: statements that nobody waits for any more are ended in MariaDB, too.
 *
 * KILL QUERY goes over another connection and ends whatever its target runs when it arrives. That
 * may be another query by then; it is asked again, once. A connection of a session is never a
 * target: max_statement_time bounds what it runs.
 */
#pragma once

#include <stdbool.h>

struct connection;
struct database_pool;

/* Now and then: the query that runs is ended when it is abandoned and has run for longer than a
 * moment. One at a time in a pool. */
void cancel_sweep(struct connection *connection);

/* What was to be ended has ended by itself, or its connection has. */
void cancel_stop(struct connection *connection);

/* A KILL is on its way to the connection. */
bool cancel_targets(const struct connection *connection);
