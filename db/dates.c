/* dates: months are counted on the calendar, everything else in days. */
#define _GNU_SOURCE /* strptime, timegm */
#include "dates.h"

#include "base/arena.h"
#include "mariadb/calendar.h"
#include <time.h>

enum { SECONDS_PER_DAY = 86400, MICROSECONDS = 1000000 };

int64_t dates_add_months(int64_t day, int months)
{
    int year;
    unsigned month, of_month;
    calendar_date(day, &year, &month, &of_month);
    int count = year * 12 + (int)month - 1 + months;
    int64_t first = calendar_days(count / 12, (unsigned)(count % 12) + 1, 1);
    int64_t next = calendar_days((count + 1) / 12, (unsigned)((count + 1) % 12) + 1, 1);
    int64_t result = first + of_month - 1;
    return result < next ? result : next - 1;
}

int64_t dates_first_of_month(int64_t day)
{
    int year;
    unsigned month, of_month;
    calendar_date(day, &year, &month, &of_month);
    return day - of_month + 1;
}

int64_t dates_midnight(int64_t day)
{
    return day * SECONDS_PER_DAY * MICROSECONDS;
}

int64_t dates_day(int64_t moment)
{
    int64_t length = dates_midnight(1);
    return moment / length - (moment % length < 0);
}

int64_t dates_today(void)
{
    return (int64_t)time(NULL) / SECONDS_PER_DAY;
}

bool dates_read(const char *text, int64_t *day)
{
    struct tm date = {0}, same;
    const char *end = strptime(text, "%Y-%m-%d", &date);
    int of_month = date.tm_mday;
    time_t midnight = timegm(&date); /* makes the 2nd of March of the 30th of February */
    *day = midnight / SECONDS_PER_DAY;
    return end != NULL && *end == '\0' && strlen(text) == strlen("2026-10-01") &&
           gmtime_r(&midnight, &same) != NULL && same.tm_mday == of_month;
}

struct str dates_text(struct arena *arena, int64_t day)
{
    int year;
    unsigned month, of_month;
    calendar_date(day, &year, &month, &of_month);
    return str_printf(arena, "%04d-%02u-%02u", year, month, of_month);
}
