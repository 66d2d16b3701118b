/* customer: one generated customer, whole. */
#pragma once

#include "model.h"

/* In the arena. The same world and ordinal (from 1) give the same customer. */
struct demo_customer *customer_make(const struct demo_world *world, struct arena *arena,
                                    int64_t ordinal);
