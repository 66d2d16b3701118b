/* intake: an order that came in is looked at, and taken up or rejected as a whole. */
#pragma once

#include "order/work.h"

/* `state` is ACKNOWLEDGED. *rejected: why, a value of OrderReason; NULL: it is in progress, and has
 * ended already when nothing was to be done. */
enum status intake_take_up(const struct order_work *work, enum order_state state,
                           struct order_items *items, const char **rejected);
