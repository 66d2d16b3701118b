/* step: the next thing to do of all orders: found, locked, done and committed as one transaction.
 *
 * Whoever is killed in the middle of one has done nothing of it; the next to look finds it again.
 */
#pragma once

#include "base/status.h"
#include <stdbool.h>

struct arena;
struct database;
struct network;

/* *found: there was something to do. Several may look at once, also in other processes: each finds
 * something else. STATUS_CONFLICT: somebody was quicker; look again. */
enum status step_take(struct database *database, struct arena *arena, const struct network *network,
                      bool *found);
