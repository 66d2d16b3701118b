/* address_input: a postal address that an input gives: street, postcode, city and country. */
#include "resolvers/address_input.h"

#include "graphql/coerce.h"
#include "resolvers/country.h"
#include "resolvers/line.h"

static const struct {
    const char *member;
    uint32_t characters;
} described[ADDRESS_PARTS] = {
    [ADDRESS_STREET] = {"street", 200},
    [ADDRESS_POSTCODE] = {"postcode", 16},
    [ADDRESS_CITY] = {"city", 100},
    [ADDRESS_COUNTRY] = {"country", 2},
};

static bool is_given(const struct input *input)
{
    return input != NULL && input->kind != INPUT_NULL;
}

static struct cell take_part(struct act *act, enum address_part part, const struct input *given)
{
    const char *member = described[part].member;
    struct str text = line_trimmed(given->text);
    if (part == ADDRESS_COUNTRY && !country_known(text))
        act_error(act, "INVALID", member, "%s", COUNTRY_WORDS);
    else if (text.len == 0 || !line_fits(text, described[part].characters))
        act_error(act, "INVALID", member, "Give one line of at most %u characters.",
                  described[part].characters);
    return cell_text(text);
}

static bool any_given(const struct act *act)
{
    bool any = false;
    for (uint32_t i = 0; i < ADDRESS_PARTS; i++)
        any |= is_given(act_field(act, described[i].member));
    return any;
}

bool address_input(struct act *act, const struct cell *now, bool needed,
                   struct cell parts[ADDRESS_PARTS])
{
    if (now == NULL && !needed && !any_given(act))
        return false;
    for (uint32_t i = 0; i < ADDRESS_PARTS; i++) {
        const struct input *given = act_field(act, described[i].member);
        if (is_given(given))
            parts[i] = take_part(act, i, given);
        else if (now != NULL)
            parts[i] = now[i];
        else
            act_error(act, "REQUIRED", described[i].member,
                      "An address has a street, a postcode, a city and a country; give it.");
    }
    return true;
}
