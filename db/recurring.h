/* recurring: what a customer's products come to month by month. */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <stdint.h>

struct arena;
struct database;

/* What a month comes to as things stand on a day (since 1970), in minor units of a currency: net
 * prices of what the customer holds then, of yearly ones a twelfth, less what the customer's
 * discount group takes off. Of several groups the one that takes most off counts. */
enum status recurring_month(struct database *database, struct arena *arena, int64_t customer_id,
                            struct str currency, int64_t day, int64_t *minor);
