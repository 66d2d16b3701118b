/* feasibility_rule: the rules of what is feasible, listed, added, changed and ended. */
#include "resolvers/feasibility_rule.h"

#include "base/arena.h"
#include "db/dates.h"
#include "mariadb/database.h"
#include "resolvers/feasibility_rule_read.h"
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

/* What is known of a version of a rule before another is made. */
enum { VERSION, STATE, VALID_FROM, VALID_UNTIL, VERSION_CELLS };

/* ---- reading ---- */

enum status feasibility_rule_list(struct chore *chore, void (*print)(struct str line))
{
    /* clang-format off */
    static const char sql[] =
        "SELECT CONCAT_WS('  ', RPAD(code, 24, ' '), LPAD(version, 3, ' '), RPAD(state, 6, ' '),\n"
        "    valid_from, RPAD(COALESCE(valid_until, ''), 10, ' '), RPAD(kind, 13, ' '),\n"
        "    CASE WHEN state = 'DRAFT' THEN 'not looked at'\n"
        "         WHEN valid_from > UTC_DATE THEN 'to come'\n"
        "         WHEN valid_until < UTC_DATE THEN 'over'\n"
        "         WHEN state = 'TRIAL' THEN 'on trial'\n"
        "         ELSE 'in force' END)\n"
        "FROM feasibility_rule\n"
        "ORDER BY code, version";
    /* clang-format on */
    struct rows rows = {0};
    enum status status = database_run(chore->database, chore->arena, STR(sql), NULL, 0, &rows);
    if (status != STATUS_OK)
        return chore_database_failed(chore, status, "the rules cannot be read");
    for (uint32_t i = 0; i < rows.count; i++)
        print(cell_str(&rows.cells[i]));
    return STATUS_OK;
}

/* Lists are words with commas between. */
static json_t *list_of(struct str words)
{
    json_t *list = json_array();
    while (words.len > 0) {
        const char *comma = memchr(words.at, ',', words.len);
        size_t len = comma == NULL ? words.len : (size_t)(comma - words.at);
        json_array_append_new(list, json_stringn(words.at, len));
        len += comma != NULL;
        words = (struct str){.at = words.at + len, .len = words.len - len};
    }
    return list;
}

static json_t *value_of(const char *name, const char *kind, const struct cell *cell)
{
    if (strcmp(name, "ends") == 0)
        return json_boolean(cell->integer);
    if (strcmp(name, "texts") == 0)
        return json_loadb(cell->text, cell->len, 0, NULL);
    if (strcmp(name, "categories") == 0 || strcmp(name, "targetCategories") == 0 ||
        (strcmp(name, "word") == 0 && strcmp(kind, "CUSTOMER_KIND") == 0))
        return list_of(cell_str(cell));
    return cell->kind == CELL_INT ? json_integer(cell->integer)
                                  : json_stringn(cell->text, cell->len);
}

enum status feasibility_rule_show(struct chore *chore, const char *code, int64_t version,
                                  void (*print)(struct str line))
{
    /* The columns are those of the members, in their order. */
    static const char sql[] =
        "SELECT r.code, r.version, r.state, CAST(r.valid_from AS CHAR),\n"
        "    CAST(r.valid_until AS CHAR), r.kind, r.result, r.ends, o.code, s.code, r.category,\n"
        "    t.code, u.code, r.target_category, r.number, r.word, r.texts\n"
        "FROM feasibility_rule AS r\n"
        "LEFT JOIN product_offering AS o ON o.id = r.offering_id\n"
        "LEFT JOIN product_specification AS s ON s.id = r.specification_id\n"
        "LEFT JOIN product_offering AS t ON t.id = r.target_offering_id\n"
        "LEFT JOIN product_specification AS u ON u.id = r.target_specification_id\n"
        "WHERE r.code = ? AND (? = 0 OR r.version = ?)\n"
        "ORDER BY r.version DESC\n"
        "LIMIT 1";
    enum { KIND = 5 };
    const struct cell parameters[] = {cell_text(str_of(code)), cell_int(version),
                                      cell_int(version)};
    struct rows rows = {0};
    enum status status =
        database_run(chore->database, chore->arena, STR(sql), parameters, 3, &rows);
    if (status != STATUS_OK)
        return chore_database_failed(chore, status, "the rule cannot be read");
    if (rows.count == 0)
        return chore_fail(chore, STATUS_NOT_FOUND,
                          "there is no rule of that code and version: dossier rule list");
    json_t *object = json_object();
    const char *kind = str_printf(chore->arena, STR_FMT, STR_ARG(cell_str(&rows.cells[KIND]))).at;
    for (uint32_t i = 0; i < rows.width; i++) {
        const char *name = feasibility_rule_members[i];
        if (rows.cells[i].kind != CELL_NULL)
            json_object_set_new(object, name, value_of(name, kind, &rows.cells[i]));
    }
    char *text = json_dumps(object, JSON_INDENT(2));
    json_decref(object);
    print(str_of(text));
    free(text);
    return STATUS_OK;
}

/* ---- writing ---- */

static enum status write_version(struct chore *chore, const struct written_rule *rule,
                                 int64_t version)
{
    static const char sql[] =
        "INSERT INTO feasibility_rule (code, version, state, valid_from, valid_until, kind,\n"
        "    result, ends, offering_id, specification_id, category, target_offering_id,\n"
        "    target_specification_id, target_category, number, word, texts)\n"
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    const struct cell parameters[] = {
        cell_text(rule->code),
        cell_int(version),
        cell_text(rule->state),
        {.kind = CELL_DATE, .integer = rule->valid_from},
        rule->valid_until,
        cell_text(rule->kind),
        cell_text(rule->result),
        rule->ends,
        rule->offering_id,
        rule->specification_id,
        rule->category,
        rule->target_offering_id,
        rule->target_specification_id,
        rule->target_category,
        rule->number,
        rule->word,
        cell_text(rule->texts),
    };
    enum status status =
        database_run(chore->database, chore->arena, STR(sql), parameters, 17, NULL);
    return status == STATUS_OK ? status
                               : chore_database_failed(chore, status, "the rule cannot be written");
}

/* All versions of a rule, the newest first, locked. */
static enum status lock_versions(struct chore *chore, struct str code, struct rows *rows)
{
    const struct cell parameter = cell_text(code);
    enum status status =
        database_run(chore->database, chore->arena,
                     STR("SELECT version, state, valid_from, valid_until FROM feasibility_rule\n"
                         "WHERE code = ?\n"
                         "ORDER BY version DESC\n"
                         "FOR UPDATE"),
                     &parameter, 1, rows);
    return status == STATUS_OK ? status
                               : chore_database_failed(chore, status, "the rule cannot be read");
}

static bool is_over(const struct cell *version, int64_t last)
{
    return version[VALID_UNTIL].kind != CELL_NULL && version[VALID_UNTIL].integer <= last;
}

static bool has_state(const struct cell *version, const char *state)
{
    return str_equal(cell_str(&version[STATE]), str_of(state));
}

/* A version that had begun by then ends then; one that had not is not looked at any more. */
static enum status end_version(struct chore *chore, struct str code, const struct cell *version,
                               int64_t last)
{
    bool begins = version[VALID_FROM].integer <= last;
    const struct cell parameters[] = {
        {.kind = CELL_DATE, .integer = last}, cell_text(code), version[VERSION]};
    enum status status = begins ? database_run(chore->database, chore->arena,
                                               STR("UPDATE feasibility_rule SET valid_until = ?\n"
                                                   "WHERE code = ? AND version = ?"),
                                               parameters, 3, NULL)
                                : database_run(chore->database, chore->arena,
                                               STR("UPDATE feasibility_rule SET state = 'DRAFT'\n"
                                                   "WHERE code = ? AND version = ?"),
                                               parameters + 1, 2, NULL);
    return status == STATUS_OK ? status
                               : chore_database_failed(chore, status, "the rule cannot be ended");
}

/* What is looked at takes the place of what was. */
static enum status make_room(struct chore *chore, const struct written_rule *rule,
                             const struct rows *versions)
{
    int64_t last = rule->valid_from - 1;
    for (uint32_t i = 0; i < versions->count; i++) {
        const struct cell *version = versions->cells + (size_t)i * VERSION_CELLS;
        bool before = version[VALID_FROM].integer <= last;
        if (has_state(version, "DRAFT") || is_over(version, last))
            continue;
        if (!before && has_state(version, "ACTIVE"))
            return chore_fail(chore, STATUS_REFUSED,
                              "version %" PRId64 " begins on %s, not before this one: choose a "
                              "later validFrom, or end that version first",
                              version[VERSION].integer,
                              dates_text(chore->arena, version[VALID_FROM].integer).at);
        TRY(end_version(chore, rule->code, version, last));
    }
    return STATUS_OK;
}

static enum status change(struct chore *chore, const struct written_rule *rule)
{
    struct rows versions = {0};
    TRY(lock_versions(chore, rule->code, &versions));
    if (versions.count == 0)
        return chore_fail(chore, STATUS_NOT_FOUND,
                          "there is no rule " STR_FMT ": dossier rule add makes one",
                          STR_ARG(rule->code));
    int64_t newest = versions.cells[VERSION].integer;
    if (rule->version != 0 && rule->version != newest)
        return chore_fail(chore, STATUS_CONFLICT,
                          "version %" PRId64 " is not the newest of " STR_FMT " any more: look at "
                          "version %" PRId64 " first (dossier rule show), then give that number",
                          rule->version, STR_ARG(rule->code), newest);
    if (str_is(rule->state, "ACTIVE"))
        TRY(make_room(chore, rule, &versions));
    TRY(write_version(chore, rule, newest + 1));
    chore_tell(chore, STR_FMT " %" PRId64 " is " STR_FMT " from %s on", STR_ARG(rule->code),
               newest + 1, STR_ARG(rule->state), dates_text(chore->arena, rule->valid_from).at);
    return STATUS_OK;
}

static enum status add(struct chore *chore, const struct written_rule *rule)
{
    struct rows versions = {0};
    TRY(lock_versions(chore, rule->code, &versions));
    if (versions.count > 0)
        return chore_fail(chore, STATUS_CONFLICT,
                          "there is a rule " STR_FMT " already: dossier rule change makes a new "
                          "version of it",
                          STR_ARG(rule->code));
    if (rule->version != 0)
        return chore_fail(chore, STATUS_INVALID, "a new rule has no version yet: leave it out");
    TRY(write_version(chore, rule, 1));
    chore_tell(chore, STR_FMT " 1 is " STR_FMT " from %s on", STR_ARG(rule->code),
               STR_ARG(rule->state), dates_text(chore->arena, rule->valid_from).at);
    return STATUS_OK;
}

/* All of it or nothing. */
static enum status finish(struct chore *chore, enum status status)
{
    if (status != STATUS_OK) {
        database_rollback(chore->database);
        return status;
    }
    status = database_commit(chore->database);
    return status == STATUS_OK ? status
                               : chore_database_failed(chore, status, "nothing was written");
}

static enum status begin(struct chore *chore)
{
    enum status status = database_begin(chore->database);
    return status == STATUS_OK ? status
                               : chore_database_failed(chore, status, "nothing was written");
}

static enum status write(struct chore *chore, struct str json,
                         enum status (*with)(struct chore *, const struct written_rule *))
{
    struct written_rule rule;
    struct str problem = {0};
    enum status status =
        feasibility_rule_read(json, dates_today(), chore->database, chore->arena, &rule, &problem);
    if (status == STATUS_INVALID)
        return chore_fail(chore, status, "nothing was written:" STR_FMT, STR_ARG(problem));
    if (status != STATUS_OK)
        return chore_database_failed(chore, status, "the catalogue cannot be read");
    TRY(begin(chore));
    return finish(chore, with(chore, &rule));
}

enum status feasibility_rule_add(struct chore *chore, struct str json)
{
    return write(chore, json, add);
}

enum status feasibility_rule_change(struct chore *chore, struct str json)
{
    return write(chore, json, change);
}

static enum status end(struct chore *chore, struct str code, int64_t day)
{
    struct rows versions = {0};
    uint32_t ended = 0;
    TRY(lock_versions(chore, code, &versions));
    if (versions.count == 0)
        return chore_fail(chore, STATUS_NOT_FOUND,
                          "there is no rule " STR_FMT ": dossier rule list", STR_ARG(code));
    for (uint32_t i = 0; i < versions.count; i++) {
        const struct cell *version = versions.cells + (size_t)i * VERSION_CELLS;
        if (has_state(version, "DRAFT") || is_over(version, day))
            continue;
        TRY(end_version(chore, code, version, day));
        ended++;
    }
    if (ended == 0)
        return chore_fail(chore, STATUS_REFUSED, STR_FMT " is over by then already", STR_ARG(code));
    chore_tell(chore, STR_FMT " is not looked at after %s any more", STR_ARG(code),
               dates_text(chore->arena, day).at);
    return STATUS_OK;
}

enum status feasibility_rule_end(struct chore *chore, const char *code, int64_t day)
{
    if (day < dates_today() - 1)
        return chore_fail(chore, STATUS_INVALID,
                          "the last day may be yesterday or later: what was so in the past stays "
                          "so");
    TRY(begin(chore));
    return finish(chore, end(chore, str_of(code), day));
}
