/* stock: pieces of what is counted. */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct database;

enum stock_taking { STOCK_NOT_COUNTED, STOCK_TAKEN, STOCK_USED_UP };

/* One piece, in the transaction of what needs it, which notes that it took it. */
enum status stock_take(enum stock_taking *taking, struct database *database, struct arena *arena,
                       int64_t offering);

/* Pieces that were taken and are not needed after all, for example of an item that was cancelled.
 * In the transaction of that. */
enum status stock_give_back(struct database *database, struct arena *arena, int64_t offering,
                            int64_t quantity);
