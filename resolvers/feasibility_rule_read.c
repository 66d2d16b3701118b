/* feasibility_rule_read: a rule of feasibility as people write it, in JSON, checked as a whole. */
#include "resolvers/feasibility_rule_read.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/dates.h"
#include "feasibility/feasibility.h"
#include "mariadb/database.h"
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { CODE_LIMIT = 40, WORD_LIMIT = 40, CATEGORY_LIMIT = 80, NUMBER_LIMIT = 100000 };

struct reading {
    const json_t *json;
    struct database *database;
    struct arena *arena;
    struct written_rule *rule;
    enum feasibility_kind kind;
    int64_t today;
    struct buf mistakes;
    enum status status; /* of the database */
};

const char *const feasibility_rule_members[] = {"code",
                                                "version",
                                                "state",
                                                "validFrom",
                                                "validUntil",
                                                "kind",
                                                "result",
                                                "ends",
                                                "offering",
                                                "specification",
                                                "categories",
                                                "targetOffering",
                                                "targetSpecification",
                                                "targetCategories",
                                                "number",
                                                "word",
                                                "texts",
                                                NULL};

static const char *const states[] = {"DRAFT", "TRIAL", "ACTIVE", NULL};
static const char *const results[] = {"CONDITIONAL", "UNQUALIFIED", NULL};
static const char *const categories[] = {"MOBILE",  "VOICE",  "BROADBAND", "FIBRE", "TV",
                                         "CONTENT", "ADD_ON", "DEVICE",    NULL};
static const char *const customer_kinds[] = {"RESIDENTIAL", "BUSINESS", "CALL_SHOP", NULL};
static const char *const credit_classes[] = {"A", "B", "C", "D", "E", NULL};
static const char *const technologies[] = {"FTTH", "VDSL", "CABLE", "NR",
                                           "LTE",  "VOIP", "IPTV",  NULL};
static const char *const filled_in[] = {"offering", "other",      "number", "limit",
                                        "date",     "technology", NULL};

static void mistake(struct reading *reading, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void mistake(struct reading *reading, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    buf_add(&reading->mistakes, STR("\n  "));
    buf_add(&reading->mistakes, str_of(text));
}

static bool is_among(const char *const *words, const char *word)
{
    while (*words != NULL && strcmp(*words, word) != 0)
        words++;
    return *words != NULL;
}

static const char *listed(struct arena *arena, const char *const *words)
{
    struct buf list;
    buf_init(&list, arena, 128);
    for (size_t i = 0; words[i] != NULL; i++)
        buf_printf(&list, "%s%s", i == 0 ? "" : ", ", words[i]);
    buf_add_char(&list, '\0');
    return list.at;
}

/* ---- members ---- */

static const json_t *member(const struct reading *reading, const char *name)
{
    const json_t *value = json_object_get(reading->json, name);
    return json_is_null(value) ? NULL : value;
}

/* NULL: nothing is said, or it is no text. */
static const char *text_of(struct reading *reading, const char *name)
{
    const json_t *value = member(reading, name);
    if (value == NULL)
        return NULL;
    if (!json_is_string(value) || json_string_length(value) == 0) {
        mistake(reading, "%s has to be a text", name);
        return NULL;
    }
    return json_string_value(value);
}

static const char *choice(struct reading *reading, const char *name, const char *const *words,
                          const char *unless_said)
{
    const char *text = text_of(reading, name);
    if (text == NULL) {
        if (unless_said == NULL && member(reading, name) == NULL)
            mistake(reading, "%s is missing: one of %s", name, listed(reading->arena, words));
        return unless_said;
    }
    if (!is_among(words, text))
        mistake(reading, "%s cannot be %.40s, but one of %s", name, text,
                listed(reading->arena, words));
    return text;
}

static bool read_day(struct reading *reading, const char *name, int64_t *day)
{
    const char *text = text_of(reading, name);
    if (text == NULL)
        return false;
    if (dates_read(text, day))
        return true;
    mistake(reading, "%s has to be a day like 2026-12-01, not %.40s", name, text);
    return false;
}

static void read_code(struct reading *reading)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    const char *code = text_of(reading, "code");
    if (code == NULL && member(reading, "code") == NULL)
        mistake(reading, "code is missing: what the rule is called, for example ADULT-LINE");
    if (code == NULL)
        return;
    if (strlen(code) > CODE_LIMIT || strspn(code, allowed) != strlen(code))
        mistake(reading, "code may have %d characters, capital letters, digits and -", CODE_LIMIT);
    reading->rule->code = str_copy(reading->arena, str_of(code));
}

static void read_version(struct reading *reading)
{
    const json_t *version = member(reading, "version");
    if (version != NULL && (!json_is_integer(version) || json_integer_value(version) < 1))
        mistake(reading,
                "version has to be the number of the version that is changed, or be left out");
    reading->rule->version = json_integer_value(version);
}

static void read_days(struct reading *reading)
{
    struct written_rule *rule = reading->rule;
    bool looked_at = !str_is(rule->state, "DRAFT");
    int64_t until;
    bool begins = read_day(reading, "validFrom", &rule->valid_from);
    if (member(reading, "validFrom") == NULL)
        mistake(reading, "validFrom is missing: the first day");
    if (begins && looked_at && rule->valid_from < reading->today)
        mistake(reading, "validFrom has to be today or later: what was so in the past stays so");
    rule->valid_until = (struct cell){.kind = CELL_NULL};
    if (!read_day(reading, "validUntil", &until))
        return;
    rule->valid_until = (struct cell){.kind = CELL_DATE, .integer = until};
    if (begins && until < rule->valid_from)
        mistake(reading, "validUntil comes before validFrom");
}

static void read_ends(struct reading *reading)
{
    const json_t *ends = member(reading, "ends");
    if (ends != NULL && !json_is_boolean(ends))
        mistake(reading, "ends has to be true or false: whether it is asked of what is ended");
    reading->rule->ends = cell_int(json_is_true(ends));
}

/* ---- what it is about, and what it looks for ---- */

static struct cell find_code(struct reading *reading, const char *name, const char *sql)
{
    const char *code = text_of(reading, name);
    struct rows rows = {0};
    if (code == NULL)
        return (struct cell){.kind = CELL_NULL};
    const struct cell parameter = cell_text(str_of(code));
    enum status status =
        database_run(reading->database, reading->arena, str_of(sql), &parameter, 1, &rows);
    if (status != STATUS_OK)
        reading->status = status;
    else if (rows.count == 0)
        mistake(reading, "%s: there is none with the code %.40s", name, code);
    return rows.count == 0 ? (struct cell){.kind = CELL_NULL} : rows.cells[0];
}

static struct cell find_offering(struct reading *reading, const char *name)
{
    return find_code(reading, name, "SELECT id FROM product_offering WHERE code = ?");
}

static struct cell find_specification(struct reading *reading, const char *name)
{
    return find_code(reading, name, "SELECT id FROM product_specification WHERE code = ?");
}

/* A list of words as it stands in a column: with commas between. */
static struct cell read_list(struct reading *reading, const char *name, const json_t *list,
                             const char *const *words, size_t limit)
{
    struct buf text;
    size_t i;
    const json_t *each;
    if (list == NULL)
        return (struct cell){.kind = CELL_NULL};
    buf_init(&text, reading->arena, 80);
    json_array_foreach(list, i, each)
    {
        const char *word = json_string_value(each);
        if (word == NULL || !is_among(words, word))
            mistake(reading, "%s may have %s, not %.40s", name, listed(reading->arena, words),
                    word == NULL ? "something that is no text" : word);
        else
            buf_printf(&text, "%s%s", text.len == 0 ? "" : ",", word);
    }
    if (json_array_size(list) == 0)
        mistake(reading, "%s has to be a list of %s", name, listed(reading->arena, words));
    if (text.len > limit)
        mistake(reading, "%s names too many", name);
    return cell_text(buf_str(&text));
}

static void read_offerings(struct reading *reading)
{
    struct written_rule *rule = reading->rule;
    rule->offering_id = find_offering(reading, "offering");
    rule->specification_id = find_specification(reading, "specification");
    rule->category =
        read_list(reading, "categories", member(reading, "categories"), categories, CATEGORY_LIMIT);
    rule->target_offering_id = find_offering(reading, "targetOffering");
    rule->target_specification_id = find_specification(reading, "targetSpecification");
    rule->target_category =
        read_list(reading, "targetCategories", member(reading, "targetCategories"), categories,
                  CATEGORY_LIMIT);
    bool has_target = member(reading, "targetOffering") != NULL ||
                      member(reading, "targetSpecification") != NULL ||
                      member(reading, "targetCategories") != NULL;
    bool needs_target = reading->kind == FEASIBILITY_REQUIRES ||
                        reading->kind == FEASIBILITY_EXCLUDES ||
                        reading->kind == FEASIBILITY_REPLACES;
    if (needs_target && !has_target)
        mistake(reading,
                "what a rule of the kind %s looks for is missing: targetOffering, "
                "targetSpecification or targetCategories",
                feasibility_kind_name(reading->kind));
}

/* ---- how much, and which ---- */

static void read_number(struct reading *reading)
{
    const json_t *number = member(reading, "number");
    bool counts = reading->kind == FEASIBILITY_MINIMUM_AGE ||
                  reading->kind == FEASIBILITY_MAXIMUM_AGE || reading->kind == FEASIBILITY_LINES ||
                  reading->kind == FEASIBILITY_HOUSEHOLD;
    json_int_t value = json_integer_value(number);
    reading->rule->number = (struct cell){.kind = CELL_NULL};
    if (reading->kind == FEASIBILITY_KINDS)
        return;
    if (!counts && number != NULL)
        mistake(reading, "number says nothing in a rule of the kind %s: leave it out",
                feasibility_kind_name(reading->kind));
    if (counts && (!json_is_integer(number) || value < 0 || value > NUMBER_LIMIT))
        mistake(reading, "number has to be there, from 0 to %d: how many, or how many years",
                NUMBER_LIMIT);
    if (counts)
        reading->rule->number = cell_int(value);
}

static void read_word(struct reading *reading)
{
    const json_t *word = member(reading, "word");
    struct cell *out = &reading->rule->word;
    *out = (struct cell){.kind = CELL_NULL};
    switch (reading->kind) {
    case FEASIBILITY_KINDS:
        return;
    case FEASIBILITY_CUSTOMER_KIND:
        *out = read_list(reading, "word", word, customer_kinds, WORD_LIMIT);
        if (word == NULL)
            mistake(reading, "word is missing: a list of %s",
                    listed(reading->arena, customer_kinds));
        return;
    case FEASIBILITY_CREDIT_CLASS:
    case FEASIBILITY_TECHNOLOGY: {
        const char *text =
            choice(reading, "word",
                   reading->kind == FEASIBILITY_TECHNOLOGY ? technologies : credit_classes,
                   reading->kind == FEASIBILITY_TECHNOLOGY ? "" : NULL);
        if (text != NULL && *text != '\0')
            *out = cell_text(str_copy(reading->arena, str_of(text)));
        return;
    }
    default:
        if (word != NULL)
            mistake(reading, "word says nothing in a rule of the kind %s: leave it out",
                    feasibility_kind_name(reading->kind));
    }
}

/* ---- what is said ---- */

static void check_filled_in(struct reading *reading, const char *language, const char *text)
{
    for (const char *open = strchr(text, '{'); open != NULL; open = strchr(open + 1, '{')) {
        const char *close = strchr(open, '}');
        size_t len = close == NULL ? strlen(open) : (size_t)(close - open - 1);
        char name[40];
        snprintf(name, sizeof(name), "%.*s", (int)(len < 30 ? len : 30), open + 1);
        if (close == NULL || !is_among(filled_in, name))
            mistake(reading, "texts.%.20s: nothing is filled in for {%s}; known are %s", language,
                    name, listed(reading->arena, filled_in));
    }
}

static void check_language(struct reading *reading, const char *language, const json_t *cases)
{
    const char *name;
    const json_t *text;
    if (!json_is_object(cases)) {
        mistake(reading, "texts.%.20s has to be an object with the text \"refused\"", language);
        return;
    }
    json_object_foreach((json_t *)cases, name, text)
    {
        int why = 0;
        while (why < FEASIBILITY_CASES && strcmp(feasibility_case_name(why), name) != 0)
            why++;
        if (why == FEASIBILITY_CASES)
            mistake(
                reading,
                "texts.%.20s: there is no case %.40s, but refused, unknown, later, slower, none",
                language, name);
        if (!json_is_string(text) || json_string_length(text) == 0)
            mistake(reading, "texts.%.20s.%.40s has to be a text", language, name);
        else
            check_filled_in(reading, language, json_string_value(text));
    }
}

static void read_texts(struct reading *reading)
{
    const json_t *texts = member(reading, "texts");
    const char *language;
    const json_t *cases;
    if (json_object_get(json_object_get(texts, "en"), "refused") == NULL)
        mistake(reading, "texts.en.refused is missing: what is said when the rule is not met");
    if (texts == NULL)
        return;
    json_object_foreach((json_t *)texts, language, cases) check_language(reading, language, cases);
    char *text = json_dumps(texts, JSON_COMPACT);
    if (text == NULL)
        return;
    arena_defer(reading->arena, free, text);
    reading->rule->texts = str_of(text);
}

/* ---- all of it ---- */

static void check_members(struct reading *reading)
{
    const char *name;
    const json_t *value;
    json_object_foreach((json_t *)reading->json, name, value)
    {
        if (!is_among(feasibility_rule_members, name))
            mistake(reading, "there is no %.40s in a rule; known are %s", name,
                    listed(reading->arena, feasibility_rule_members));
    }
}

static void read_kind(struct reading *reading)
{
    const char *kinds[FEASIBILITY_KINDS + 1] = {0};
    for (int kind = 0; kind < FEASIBILITY_KINDS; kind++)
        kinds[kind] = feasibility_kind_name(kind);
    const char *kind = choice(reading, "kind", kinds, NULL);
    reading->kind = kind == NULL ? FEASIBILITY_KINDS : feasibility_kind_find(str_of(kind));
    if (kind != NULL)
        reading->rule->kind = str_copy(reading->arena, str_of(kind));
}

static struct str read_choice(struct reading *reading, const char *name, const char *const *words,
                              const char *unless_said)
{
    const char *text = choice(reading, name, words, unless_said);
    return text == NULL ? (struct str){0} : str_copy(reading->arena, str_of(text));
}

static void release(void *json)
{
    json_decref(json);
}

enum status feasibility_rule_read(struct str json, int64_t today, struct database *database,
                                  struct arena *arena, struct written_rule *out,
                                  struct str *problem)
{
    json_error_t error;
    json_t *object = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(object)) {
        *problem = object == NULL
                       ? str_printf(arena, " it is no JSON: line %d: %s", error.line, error.text)
                       : STR(" it has to be one JSON object, as dossier rule show prints");
        json_decref(object);
        return STATUS_INVALID;
    }
    arena_defer(arena, release, object);
    *out = (struct written_rule){0};
    struct reading reading = {
        .json = object, .database = database, .arena = arena, .rule = out, .today = today};
    buf_init(&reading.mistakes, arena, 256);
    check_members(&reading);
    read_code(&reading);
    read_version(&reading);
    read_kind(&reading);
    out->state = read_choice(&reading, "state", states, NULL);
    out->result = read_choice(&reading, "result", results, "UNQUALIFIED");
    read_days(&reading);
    read_ends(&reading);
    read_offerings(&reading);
    read_number(&reading);
    read_word(&reading);
    read_texts(&reading);
    *problem = buf_str(&reading.mistakes);
    if (reading.status != STATUS_OK)
        return reading.status;
    return reading.mistakes.len > 0 ? STATUS_INVALID : STATUS_OK;
}
