/* dates: days since 1970 and months, as contracts count them. */
#pragma once

#include "base/str.h"
#include <stdint.h>

struct arena;

/* The same day of the month so many months later (earlier when negative), or the last day of a
 * month that is too short for it. */
int64_t dates_add_months(int64_t day, int months);
int64_t dates_first_of_month(int64_t day);

/* The day of a moment, which is microseconds since 1970, in UTC. */
int64_t dates_day(int64_t moment);

/* Today in UTC. */
int64_t dates_today(void);

/* The first microsecond of a day, as CELL_TIME wants it. */
int64_t dates_midnight(int64_t day);

/* Of YYYY-MM-DD; false when it is not such a day. */
bool dates_read(const char *text, int64_t *day);

/* 2026-10-01 */
struct str dates_text(struct arena *arena, int64_t day);
