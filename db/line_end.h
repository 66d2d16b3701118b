/* line_end: a mobile line ends today, with its options and its SIM cards. */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct database;

/* What of it was never set up is given up instead. Within a transaction that has locked the line;
 * what customers are told they hold is counted anew. */
enum status line_end(struct database *database, struct arena *arena, int64_t customer_id,
                     int64_t product_id);
