/* offerings: what is sold, for those who bring products with them. */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct arena;
struct database;

struct offering {
    int64_t id; /* 0: the database gives one */
    const char *code;
    const char *name;
    const char *category; /* product_offering.category */
};

/* Adds those whose code is not there yet and sets ids[i] for offerings[i]. Inside a transaction. */
enum status offerings_ensure(struct database *database, struct arena *arena,
                             const struct offering *offerings, uint32_t count, int64_t *ids);
