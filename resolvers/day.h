/* day: the day a question is about: an argument of type Date, or today. */
#pragma once

#include "base/str.h"
#include <stdint.h>

struct arena;
struct cell;
struct input;

/* Days since 1970. Absent and null are the day of the moment that is asked about, or today, in UTC.
 */
int64_t day_of(const struct input *argument, const struct cell *moment);

/* Whole years from one day to another: what people call an age. Born on February 29 one is a year
 * older on March 1 of a year without it. */
int day_years(int64_t from, int64_t to);

/* 2026-10-01 */
struct str day_text(struct arena *arena, int64_t day);
