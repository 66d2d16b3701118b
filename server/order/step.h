/* step: the next thing to do of all orders: found, locked, done and committed as one transaction.
 *
 * Whoever is killed in the middle of one has done nothing of it; the next to look finds it again.
 */
#pragma once

#include "base/status.h"
#include <stdbool.h>

struct network;
struct order_work;

/* *found: there was something to do. Several may look at once, also in other processes: each finds
 * something else. STATUS_CONFLICT: somebody was quicker; look again. Of the work the customer and
 * the order are not said yet. */
enum status step_take(const struct order_work *work, const struct network *network, bool *found);
