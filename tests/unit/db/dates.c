/* Months are counted on the calendar. */
#include "unit/test.h"

#include "db/dates.h"
#include "mariadb/calendar.h"

static bool later(int year, unsigned month, unsigned day, int months, int to_year,
                  unsigned to_month, unsigned to_day)
{
    return dates_add_months(calendar_days(year, month, day), months) ==
           calendar_days(to_year, to_month, to_day);
}

int main(void)
{
    TEST("a month later is the same day of the next month", later(2026, 1, 15, 1, 2026, 2, 15));
    TEST("a month that is too short ends on its last day", later(2026, 1, 31, 1, 2026, 2, 28));
    TEST("in a leap year that is the 29th", later(2028, 1, 31, 1, 2028, 2, 29));
    TEST("December is followed by January", later(2026, 12, 5, 1, 2027, 1, 5));
    TEST("months may be counted back",
         later(2026, 1, 15, -1, 2025, 12, 15) && later(2026, 3, 31, -1, 2026, 2, 28));
    TEST("twelve months are a year",
         later(2024, 2, 29, 12, 2025, 2, 28) && later(2026, 7, 9, -72, 2020, 7, 9));
    TEST("no months change nothing", later(2026, 5, 31, 0, 2026, 5, 31));
    TEST("before 1970 is no exception", later(1969, 12, 31, 2, 1970, 2, 28));
    TEST("a month begins on its first",
         dates_first_of_month(calendar_days(2026, 8, 31)) == calendar_days(2026, 8, 1) &&
             dates_first_of_month(calendar_days(2026, 8, 1)) == calendar_days(2026, 8, 1));
    TEST("midnight is in microseconds", dates_midnight(1) == 86400000000);
    TEST("a day lasts until midnight",
         dates_day(dates_midnight(1)) == 1 && dates_day(dates_midnight(1) - 1) == 0);
    TEST("before 1970, too", dates_day(-1) == -1 && dates_day(dates_midnight(-1)) == -1);
    int64_t day = 0;
    TEST("a day is read", dates_read("2028-02-29", &day) && day == calendar_days(2028, 2, 29));
    TEST("what is no day, or not written as one, is not",
         !dates_read("2026-02-29", &day) && !dates_read("2026-13-01", &day) &&
             !dates_read("2026-1-1", &day) && !dates_read("2026-10-01 ", &day) &&
             !dates_read("", &day) && !dates_read("tomorrow", &day));
    return test_end();
}
