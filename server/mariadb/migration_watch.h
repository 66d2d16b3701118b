/* migration_watch: says how far a statement is that takes long, while somebody waits for it.
 *
 * A table of millions of rows takes minutes to change, and the connection that changes it says
 * nothing meanwhile. A thread with a connection of its own looks at what MariaDB tells of it.
 */
#pragma once

#include "base/str.h"
#include <stdint.h>

struct arena;
struct database;
struct migration_watch;
struct migrations;

/* NULL: nobody wants to know, or there can be no thread. Both outlive the watch. */
struct migration_watch *migration_watch_start(const struct migrations *migrations,
                                              const struct database *database, struct arena *arena);
void migration_watch_stop(struct migration_watch *watch);

/* A statement begins: which of how many of which migration, on which connection. NULL is allowed
 * for the watch. */
void migration_watch_statement(struct migration_watch *watch, struct str name, uint32_t ordinal,
                               uint32_t count, int64_t connection);
