/* stand: statements that read how so many things stand, by their keys. */
#pragma once

#include "base/str.h"
#include <stdint.h>

struct arena;

/* With a parameter for each of the keys, one at least, between the two halves. */
struct str stand_sql(struct arena *arena, const char *above, uint32_t count, const char *below);
