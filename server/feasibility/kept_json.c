/* kept_json: members of the JSON in which facts and reasons are kept; what is not there is nothing.
 */
#include "feasibility/kept_json.h"

#include "base/arena.h"
#include "feasibility/feasibility.h"
#include "mariadb/calendar.h"
#include <stdio.h>

struct str kept_json_text(const json_t *object, const char *name, struct arena *arena)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? (struct str){0} : str_copy(arena, str_of(text));
}

int64_t kept_json_number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

bool kept_json_flag(const json_t *object, const char *name)
{
    return json_is_true(json_object_get(object, name));
}

int64_t kept_json_day(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    int year;
    unsigned month, day;
    if (text == NULL || sscanf(text, "%d-%u-%u", &year, &month, &day) != 3)
        return FEASIBILITY_NO_DAY;
    return calendar_days(year, month, day);
}
