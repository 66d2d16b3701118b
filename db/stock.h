/* stock: pieces of what is counted. */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct database;

/* Pieces that are not needed after all, for example of an item that was cancelled. In the
 * transaction of that. */
enum status stock_give_back(struct database *database, struct arena *arena, int64_t offering,
                            int64_t quantity);
