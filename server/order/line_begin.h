/* line_begin: a mobile line that is set up gets what makes it one: a number, and a SIM card. */
#pragma once

#include "order/work.h"

/* Of what is no new mobile line nothing is needed. *ready false: the stock has no number or no card
 * for it; then nothing was taken. */
enum status line_begin(const struct order_work *work, const struct order_item *item, bool *ready);
