/* policy: the numbers that an operator decides by. */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct database;

/* By its name in the table; STATUS_NOT_FOUND: there is none, which is our mistake. */
enum status policy_read(struct database *database, struct arena *arena, const char *name,
                        int64_t *value);
