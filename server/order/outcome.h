/* outcome: what taking an item up, doing it, and not doing it means for products and money. */
#pragma once

#include "order/work.h"

/* Its product is now being set up or ended; nothing is left to do of NO_CHANGE. The order is in
 * progress. */
enum status outcome_take_up(const struct order_work *work, struct order_item *item);

/* Whether the product still is as the item wants it. */
bool outcome_is_possible(const struct order_item *item);

/* It was done. */
enum status outcome_complete(const struct order_work *work, struct order_item *item);

/* It was not, and will not be: `to` is REJECTED, FAILED or CANCELLED. */
enum status outcome_undo(const struct order_work *work, struct order_item *item,
                         enum order_state to, const char *reason);
