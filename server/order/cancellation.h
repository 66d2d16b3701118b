/* cancellation: an order is asked to be cancelled, this is looked at, and it is cancelled or goes
 * on. */
#pragma once

#include "order/work.h"

struct network;

/* Somebody wants it; `state` is where the order stands, one that may be cancelled. */
enum status cancellation_ask(const struct order_work *work, enum order_state state,
                             struct order_items *items);

/* The network is asked about all that has begun: what cannot be undone denies the whole. */
enum status cancellation_assess(const struct order_work *work, struct order_items *items,
                                enum order_state state_before, struct str number,
                                const struct network *network);

/* All that had not ended is undone. */
enum status cancellation_finish(const struct order_work *work, struct order_items *items);
