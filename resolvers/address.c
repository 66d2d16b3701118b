/* address: how a postal address is written on a letter.
 *
 * The order of postcode and city is the country's own (UPU S42); letters that leave a country end
 * in the name of the other, in capitals.
 */
#include "resolvers/address.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/coerce.h"
#include <ctype.h>

enum { STREET, POSTCODE, CITY, COUNTRY, LINES_LIMIT = 4 };

enum form {
    POSTCODE_CITY, /* 10117 Berlin */
    CITY_POSTCODE, /* Ottawa K1A 0B1 */
    CITY_ABOVE,    /* London, and SW1A 1AA on a line of its own */
};

struct country {
    const char *code;
    const char *name;
    enum form form;
};

/* clang-format off */
static const struct country countries[] = {
    {"AT", "AUSTRIA",        POSTCODE_CITY},
    {"AU", "AUSTRALIA",      CITY_POSTCODE},
    {"BE", "BELGIUM",        POSTCODE_CITY},
    {"BG", "BULGARIA",       POSTCODE_CITY},
    {"CA", "CANADA",         CITY_POSTCODE},
    {"CH", "SWITZERLAND",    POSTCODE_CITY},
    {"CY", "CYPRUS",         POSTCODE_CITY},
    {"CZ", "CZECHIA",        POSTCODE_CITY},
    {"DE", "GERMANY",        POSTCODE_CITY},
    {"DK", "DENMARK",        POSTCODE_CITY},
    {"EE", "ESTONIA",        POSTCODE_CITY},
    {"ES", "SPAIN",          POSTCODE_CITY},
    {"FI", "FINLAND",        POSTCODE_CITY},
    {"FR", "FRANCE",         POSTCODE_CITY},
    {"GB", "UNITED KINGDOM", CITY_ABOVE},
    {"GR", "GREECE",         POSTCODE_CITY},
    {"HR", "CROATIA",        POSTCODE_CITY},
    {"HU", "HUNGARY",        POSTCODE_CITY},
    {"IE", "IRELAND",        CITY_ABOVE},
    {"IS", "ICELAND",        POSTCODE_CITY},
    {"IT", "ITALY",          POSTCODE_CITY},
    {"LI", "LIECHTENSTEIN",  POSTCODE_CITY},
    {"LT", "LITHUANIA",      POSTCODE_CITY},
    {"LU", "LUXEMBOURG",     POSTCODE_CITY},
    {"LV", "LATVIA",         CITY_POSTCODE},
    {"MT", "MALTA",          CITY_ABOVE},
    {"NL", "NETHERLANDS",    POSTCODE_CITY},
    {"NO", "NORWAY",         POSTCODE_CITY},
    {"PL", "POLAND",         POSTCODE_CITY},
    {"PT", "PORTUGAL",       POSTCODE_CITY},
    {"RO", "ROMANIA",        POSTCODE_CITY},
    {"SE", "SWEDEN",         POSTCODE_CITY},
    {"SI", "SLOVENIA",       POSTCODE_CITY},
    {"SK", "SLOVAKIA",       POSTCODE_CITY},
    {"US", "UNITED STATES",  CITY_POSTCODE},
};
/* clang-format on */

static const struct country *find_country(struct str code)
{
    for (size_t i = 0; i < sizeof(countries) / sizeof(*countries); i++) {
        if (str_is(code, countries[i].code))
            return &countries[i];
    }
    return NULL;
}

static bool is_country_code(struct str code)
{
    return code.len == 2 && isupper((unsigned char)code.at[0]) &&
           isupper((unsigned char)code.at[1]);
}

static void add_line(struct cell_list *lines, struct str line)
{
    if (line.len > 0)
        lines->items[lines->count++] = cell_text(line);
}

static struct str joined(struct arena *arena, struct str a, struct str b)
{
    if (a.len == 0 || b.len == 0)
        return a.len == 0 ? b : a;
    return str_printf(arena, STR_FMT " " STR_FMT, STR_ARG(a), STR_ARG(b));
}

static struct cell_list *lines_of(struct arena *arena, const struct postal_address *address,
                                  struct str from)
{
    const struct country *country = find_country(address->country);
    struct cell_list *lines = arena_new(arena, struct cell_list);
    lines->items = arena_array(arena, struct cell, LINES_LIMIT);
    add_line(lines, address->street);
    switch (country == NULL ? POSTCODE_CITY : country->form) {
    case POSTCODE_CITY:
        add_line(lines, joined(arena, address->postcode, address->city));
        break;
    case CITY_POSTCODE:
        add_line(lines, joined(arena, address->city, address->postcode));
        break;
    case CITY_ABOVE:
        add_line(lines, address->city);
        add_line(lines, address->postcode);
        break;
    }
    if (!str_equal(address->country, from))
        add_line(lines, country == NULL ? address->country : str_of(country->name));
    return lines;
}

struct str address_text(struct arena *arena, const struct postal_address *address, struct str from)
{
    const struct cell_list *lines = lines_of(arena, address, from);
    struct buf text;
    buf_init(&text, arena, 128);
    for (uint32_t i = 0; i < lines->count; i++) {
        if (i > 0)
            buf_add_char(&text, '\n');
        buf_add(&text, cell_str(&lines->items[i]));
    }
    return buf_str(&text);
}

static struct postal_address address_of(const struct compute *compute, uint32_t parent)
{
    return (struct postal_address){.street = cell_str(compute_need(compute, parent, STREET)),
                                   .postcode = cell_str(compute_need(compute, parent, POSTCODE)),
                                   .city = cell_str(compute_need(compute, parent, CITY)),
                                   .country = cell_str(compute_need(compute, parent, COUNTRY))};
}

enum status address_lines(struct compute *compute)
{
    const struct input *argument = &compute->arguments[0];
    struct str from = argument->kind == INPUT_STRING ? argument->text : (struct str){0};
    bool usable = from.len == 0 || is_country_code(from);
    for (uint32_t i = 0; i < compute->count; i++) {
        const struct postal_address address = address_of(compute, i);
        if (usable)
            compute->out[i] = (struct cell){.kind = CELL_LIST,
                                            .object = lines_of(compute->arena, &address, from)};
        else
            compute_fail(compute, i, STATUS_INVALID,
                         STR("\"from\" takes a country of two capital letters, for example DE."));
    }
    return STATUS_OK;
}
