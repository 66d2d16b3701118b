/* calendar: between dates and numbers of days, by the proleptic Gregorian calendar. */
#pragma once

#include <stdint.h>

/* Days since 1970-01-01. */
int64_t calendar_days(int year, unsigned month, unsigned day);
void calendar_date(int64_t days, int *year, unsigned *month, unsigned *day);
