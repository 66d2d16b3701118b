/* day: what day an argument means, and how old somebody is on it. */
#include "resolvers/day.h"
#include "base/cell.h"
#include "db/dates.h"
#include "graphql/coerce.h"
#include "mariadb/calendar.h"
#include "unit/test.h"

int main(void)
{
    const struct input absent = {.kind = INPUT_ABSENT};
    const struct input given = {.kind = INPUT_STRING, .text = STR("2026-10-01")};
    TEST("a day that is given is that day", day_of(&given, NULL) == calendar_days(2026, 10, 1));
    TEST("a day that is not given is today", day_of(&absent, NULL) == dates_today());
    const struct cell evening = {.kind = CELL_TIME, .integer = dates_midnight(20000) - 1};
    TEST("as of a moment it is the day of that", day_of(&absent, &evening) == 19999);
    TEST("unless it is given", day_of(&given, &evening) == calendar_days(2026, 10, 1));
    int64_t birth = calendar_days(1982, 10, 12);
    TEST("the day before the birthday is a year less",
         day_years(birth, calendar_days(2026, 10, 11)) == 43);
    TEST("on the birthday one is a year older",
         day_years(birth, calendar_days(2026, 10, 12)) == 44);
    TEST("in an earlier month it is a year less",
         day_years(birth, calendar_days(2026, 9, 30)) == 43);
    TEST("on the day of birth one is nought", day_years(birth, birth) == 0);
    int64_t leap = calendar_days(2004, 2, 29);
    TEST("born on February 29, one is not older on February 28",
         day_years(leap, calendar_days(2025, 2, 28)) == 20);
    TEST("but on March 1", day_years(leap, calendar_days(2025, 3, 1)) == 21);
    return test_end();
}
