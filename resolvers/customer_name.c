/* customer_name: what a customer is called, and when a person was born. */
#include "resolvers/customer_name.h"

#include "base/arena.h"
#include "db/dates.h"
#include "graphql/coerce.h"
#include "resolvers/day.h"
#include "resolvers/line.h"

enum { NAME_CHARACTERS = 100, WHOLE_CHARACTERS = 200, OLDEST_YEARS = 125 };

static struct cell take_name(struct act *act, const char *member, struct str text,
                             uint32_t characters)
{
    text = line_trimmed(text);
    if (text.len == 0)
        act_error(act, "INVALID", member, "Give a name, or null to take it away.");
    else if (!line_fits(text, characters))
        act_error(act, "INVALID", member, "A name is one line of at most %u characters.",
                  characters);
    return cell_text(text);
}

struct cell customer_name(struct act *act, const char *member, struct str text)
{
    return take_name(act, member, text, NAME_CHARACTERS);
}

struct cell customer_name_organization(struct act *act, const char *member, struct str text)
{
    return take_name(act, member, text, WHOLE_CHARACTERS);
}

struct cell customer_name_birth_date(struct act *act, const char *member, const struct input *value)
{
    int64_t day = day_of(value, NULL), today = dates_today();
    if (day > today || day_years(day, today) > OLDEST_YEARS)
        act_error(act, "INVALID", member,
                  "A date of birth is in the past, and nobody is older than %d years.",
                  OLDEST_YEARS);
    return (struct cell){.kind = CELL_DATE, .integer = day};
}

static void check_person(struct act *act, const struct customer_names *names)
{
    if (names->organization.kind != CELL_NULL)
        act_error(act, "INVALID", "organizationName",
                  "The customer is a person; this belongs to organisations.");
    if (names->family.kind == CELL_NULL)
        act_error(act, "REQUIRED", "familyName", "A person has a family name; give it.");
    else if (act->errors == NULL &&
             !line_fits(customer_names_full(act->arena, names, true), WHOLE_CHARACTERS))
        act_error(act, "INVALID", "familyName",
                  "Given and family name have at most %d characters together.",
                  WHOLE_CHARACTERS - 2);
}

static void check_organization(struct act *act, const struct customer_names *names)
{
    const struct {
        const char *member;
        const struct cell *value;
    } of_persons[] = {
        {"givenName", &names->given},
        {"familyName", &names->family},
        {"birthDate", &names->birth_date},
    };
    for (size_t i = 0; i < sizeof(of_persons) / sizeof(*of_persons); i++) {
        if (of_persons[i].value->kind != CELL_NULL)
            act_error(act, "INVALID", of_persons[i].member,
                      "The customer is an organisation; this belongs to persons.");
    }
    if (names->organization.kind == CELL_NULL)
        act_error(act, "REQUIRED", "organizationName", "An organisation has a name; give it.");
}

void customer_names_check(struct act *act, const struct customer_names *names, bool organization)
{
    if (organization)
        check_organization(act, names);
    else
        check_person(act, names);
}

struct str customer_names_full(struct arena *arena, const struct customer_names *names, bool sorted)
{
    struct str given = cell_str(&names->given), family = cell_str(&names->family);
    if (names->organization.kind != CELL_NULL)
        return cell_str(&names->organization);
    if (given.len == 0)
        return family;
    return sorted ? str_printf(arena, STR_FMT ", " STR_FMT, STR_ARG(family), STR_ARG(given))
                  : str_printf(arena, STR_FMT " " STR_FMT, STR_ARG(given), STR_ARG(family));
}
