/* day: the day a question is about: an argument of type Date, or today. */
#include "resolvers/day.h"

#include "base/cell.h"
#include "db/dates.h"
#include "graphql/coerce.h"
#include "mariadb/calendar.h"
#include <stdlib.h>

int64_t day_of(const struct input *argument, const struct cell *moment)
{
    if (argument->kind != INPUT_STRING)
        return moment != NULL ? dates_day(moment->integer) : dates_today();
    char *rest; /* canonical: 2026-10-01 */
    unsigned year = (unsigned)strtoul(argument->text.at, &rest, 10);
    unsigned month = (unsigned)strtoul(rest + 1, &rest, 10);
    unsigned day = (unsigned)strtoul(rest + 1, NULL, 10);
    return calendar_days((int)year, month, day);
}

int day_years(int64_t from, int64_t to)
{
    int from_year, to_year;
    unsigned from_month, to_month, from_day, to_day;
    calendar_date(from, &from_year, &from_month, &from_day);
    calendar_date(to, &to_year, &to_month, &to_day);
    bool before_birthday = to_month < from_month || (to_month == from_month && to_day < from_day);
    return to_year - from_year - before_birthday;
}

struct str day_text(struct arena *arena, int64_t day)
{
    int year;
    unsigned month, of_month;
    calendar_date(day, &year, &month, &of_month);
    return str_printf(arena, "%04d-%02u-%02u", year, month, of_month);
}
