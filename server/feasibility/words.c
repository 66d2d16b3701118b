/* words: why something is not feasible, for people, out of the text of the rule. */
#include "feasibility.h"

#include "base/buf.h"
#include "mariadb/calendar.h"
#include <jansson.h>

/* For that case, else what is said when nothing particular is. */
static const char *text_in(const json_t *texts, struct str language, enum feasibility_case why)
{
    const json_t *of_language = json_object_getn(texts, language.at, language.len);
    const char *text = json_string_value(json_object_get(of_language, feasibility_case_name(why)));
    return text != NULL ? text
                        : json_string_value(json_object_get(
                              of_language, feasibility_case_name(FEASIBILITY_REFUSED)));
}

/* In the language, in the language without its region, in English. */
static const char *find_text(const json_t *texts, struct str language, enum feasibility_case why)
{
    const char *region = language.len == 0 ? NULL : memchr(language.at, '-', language.len);
    const char *text = text_in(texts, language, why);
    if (text == NULL && region != NULL)
        text = text_in(texts,
                       (struct str){.at = language.at, .len = (size_t)(region - language.at)}, why);
    return text != NULL ? text : text_in(texts, STR("en"), why);
}

static void add_day(struct buf *out, int64_t days, bool german)
{
    int year;
    unsigned month, day;
    if (days == FEASIBILITY_NO_DAY)
        return;
    calendar_date(days, &year, &month, &day);
    if (german)
        buf_printf(out, "%02u.%02u.%04d", day, month, year);
    else
        buf_printf(out, "%04d-%02u-%02u", year, month, day);
}

static void add_argument(struct buf *out, struct str name, const struct feasibility_item *item,
                         const struct feasibility_reason *reason, bool german)
{
    if (str_is(name, "offering"))
        buf_add(out, item->offering->name);
    else if (str_is(name, "other") && reason->offering != NULL)
        buf_add(out, reason->offering->name);
    else if (str_is(name, "number"))
        buf_add_int(out, reason->number);
    else if (str_is(name, "limit"))
        buf_add_int(out, reason->rule->number);
    else if (str_is(name, "date"))
        add_day(out, reason->date, german);
    else if (str_is(name, "technology"))
        buf_add(out, item->offering->technology);
}

/* {number} is an argument; a brace that nothing closes is a brace. */
static struct str fill(const char *text, const struct feasibility_item *item,
                       const struct feasibility_reason *reason, bool german, struct arena *arena)
{
    struct buf out;
    buf_init(&out, arena, 128);
    while (*text != '\0') {
        const char *open = strchr(text, '{');
        const char *close = open == NULL ? NULL : strchr(open, '}');
        if (close == NULL)
            break;
        buf_add(&out, (struct str){.at = text, .len = (size_t)(open - text)});
        add_argument(&out, (struct str){.at = open + 1, .len = (size_t)(close - open - 1)}, item,
                     reason, german);
        text = close + 1;
    }
    buf_add(&out, str_of(text));
    return buf_str(&out);
}

struct str feasibility_words(const struct feasibility_item *item,
                             const struct feasibility_reason *reason, struct str language,
                             struct arena *arena)
{
    struct str texts = reason->rule->texts;
    json_t *json = json_loadb(texts.at, texts.len, 0, NULL);
    const char *text = find_text(json, language, reason->why);
    struct str words = text == NULL
                           ? str_copy(arena, reason->rule->code)
                           : fill(text, item, reason, str_starts(language, STR("de")), arena);
    json_decref(json);
    return words;
}
