/* written: dates, amounts and addresses as messages to customers have them. */
#include "db/written.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/currency.h"
#include "mariadb/calendar.h"

enum { TELEPHONE_SHOWN = 8 }; /* shorter numbers are not shown at all */

enum language { GERMAN, ENGLISH, FRENCH, LANGUAGES };

static const char *const tags[LANGUAGES] = {[GERMAN] = "de", [ENGLISH] = "en", [FRENCH] = "fr"};

static const char *const months[LANGUAGES][12] = {
    [GERMAN] = {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
                "Oktober", "November", "Dezember"},
    [ENGLISH] = {"January", "February", "March", "April", "May", "June", "July", "August",
                 "September", "October", "November", "December"},
    [FRENCH] = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                "septembre", "octobre", "novembre", "décembre"},
};

/* By the first part of the tag: de-AT is German. */
static enum language language_of(struct str tag)
{
    for (enum language language = 0; language < LANGUAGES; language++) {
        struct str known = str_of(tags[language]);
        if (str_starts(tag, known) && (tag.len == known.len || tag.at[known.len] == '-'))
            return language;
    }
    return ENGLISH;
}

struct str written_date(struct arena *arena, struct str language, int64_t day)
{
    enum language in = language_of(language);
    int year;
    unsigned month, of_month;
    calendar_date(day, &year, &month, &of_month);
    return str_printf(arena, in == GERMAN ? "%u. %s %d" : "%u %s %d", of_month,
                      months[in][month - 1], year);
}

struct str written_month(struct arena *arena, struct str language, int64_t day)
{
    int year;
    unsigned month, of_month;
    calendar_date(day, &year, &month, &of_month);
    return str_printf(arena, "%s %d", months[language_of(language)][month - 1], year);
}

struct str written_amount(struct arena *arena, struct str language, int64_t minor,
                          struct str currency)
{
    struct buf amount;
    buf_init(&amount, arena, 32);
    currency_write(&amount, str_printf(arena, "%lld", llabs(minor)), currency);
    if (language_of(language) == ENGLISH)
        return str_printf(arena, STR_FMT " " STR_FMT, STR_ARG(currency), STR_ARG(buf_str(&amount)));
    struct str text = str_copy(arena, buf_str(&amount));
    char *point = strchr(text.at, '.');
    if (point != NULL)
        *point = ',';
    return str_printf(arena, STR_FMT " " STR_FMT, STR_ARG(text), STR_ARG(currency));
}

struct str written_in_part(struct arena *arena, struct str address)
{
    const char *at = address.len == 0 ? NULL : memchr(address.at, '@', address.len);
    if (at != NULL) {
        struct str domain = {.at = at, .len = address.len - (size_t)(at - address.at)};
        return str_printf(arena, "%.1s•••" STR_FMT, address.at, STR_ARG(domain));
    }
    if (address.len < TELEPHONE_SHOWN)
        return STR("••••");
    return str_printf(arena, "%.3s %.2s••••••%.2s", address.at, address.at + 3,
                      address.at + address.len - 2);
}
