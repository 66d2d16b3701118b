/* usage_partitions: the months of usage events, each a partition of its own, made before they come.
 */
#pragma once

#include "base/status.h"

#include <stdint.h>

struct arena;
struct chore;
struct database;

/* Makes those of the year after `day` that are missing; for who may change tables. An event of a
 * month without one is not lost: it is in the last partition, and moves when its month is made. */
enum status usage_partitions_make(struct chore *chore, int64_t day);

/* The first day for which there is no partition of its own, in days since 1970. */
enum status usage_partitions_end(struct database *database, struct arena *arena, int64_t *end);
