/* changes_words: what has changed, as people read it in their language. */
#include "resolvers/changes_since.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "db/dates.h"
#include "db/written.h"
#include "graphql/schema.h"
#include <jansson.h>
#include <stdlib.h>

enum { SECONDS_A_DAY = 86400, SECONDS_AN_HOUR = 3600, SECONDS_A_MINUTE = 60 };

struct str change_label(const struct change_labels *labels, struct str type, struct str field)
{
    const struct str *found = map_get(&labels->map, str_printf(labels->arena, STR_FMT "." STR_FMT,
                                                               STR_ARG(type), STR_ARG(field)));
    return found == NULL ? (struct str){0} : *found;
}

/* ---- values ---- */

/* The text of the column at that place; .at NULL: it is null. */
static struct str column_text(const struct change_labels *labels, const json_t *columns, size_t i)
{
    const json_t *text = json_array_get(columns, i);
    return json_is_string(text)
               ? str_copy(labels->arena, (struct str){.at = json_string_value(text),
                                                      .len = json_string_length(text)})
               : (struct str){0};
}

static int64_t number_of(struct str text)
{
    return strtoll(text.at, NULL, 10); /* copied, so it ends in a NUL */
}

static struct str moment_words(const struct change_labels *labels, int64_t seconds)
{
    int64_t day = seconds / SECONDS_A_DAY, of_day = seconds % SECONDS_A_DAY;
    struct str date = written_date(labels->arena, labels->language, day);
    return str_printf(labels->arena, STR_FMT ", %02d:%02d UTC", STR_ARG(date),
                      (int)(of_day / SECONDS_AN_HOUR),
                      (int)(of_day % SECONDS_AN_HOUR / SECONDS_A_MINUTE));
}

/* From a day until a day, each of which may be open. */
static struct str period_words(const struct change_labels *labels, struct str from,
                               struct str until)
{
    struct str begin =
        from.at == NULL ? STR("…") : written_date(labels->arena, labels->language, number_of(from));
    struct str end = until.at == NULL
                         ? STR("…")
                         : written_date(labels->arena, labels->language, number_of(until));
    return str_printf(labels->arena, STR_FMT " – " STR_FMT, STR_ARG(begin), STR_ARG(end));
}

static struct str value_words(const struct change_labels *labels, const struct type *type,
                              const json_t *columns)
{
    struct str first = column_text(labels, columns, 0), second = column_text(labels, columns, 1);
    if (str_is(type->name, "TimePeriod") && (first.at != NULL || second.at != NULL))
        return period_words(labels, first, second);
    if (first.at == NULL)
        return first;
    if (str_is(type->name, "Money"))
        return written_amount(labels->arena, labels->language, number_of(first), second);
    if (str_is(type->name, "Date"))
        return written_date(labels->arena, labels->language, number_of(first));
    if (str_is(type->name, "DateTime"))
        return moment_words(labels, number_of(first));
    if (str_is(type->name, "Boolean"))
        return change_label(labels, type->name, str_is(first, "1") ? STR("true") : STR("false"));
    struct str label =
        type->kind == TYPE_ENUM ? change_label(labels, type->name, first) : (struct str){0};
    return label.at == NULL ? first : label;
}

void change_fields(const struct change_labels *labels, const struct type *version, struct str json,
                   struct customer_change *out)
{
    json_t *fields = json_loadb(json.at, json.len, 0, NULL);
    out->fields = arena_array(labels->arena, struct changed_field, version->field_count);
    for (uint32_t i = 0; i < version->field_count; i++) {
        const struct field *field = &version->fields[i];
        const json_t *sides = json_object_getn(fields, field->name.at, field->name.len);
        if (sides == NULL)
            continue;
        const struct type *type = field->type->named;
        out->fields[out->field_count++] = (struct changed_field){
            .name = field->name,
            .label = change_label(labels, out->type, field->name),
            .before = value_words(labels, type, json_array_get(sides, 0)),
            .after = value_words(labels, type, json_array_get(sides, 1)),
        };
    }
    json_decref(fields);
}

/* ---- for clients ---- */

static struct cell key_or_null(int64_t key)
{
    return key == 0 ? (struct cell){.kind = CELL_NULL} : cell_int(key);
}

static struct cell moment_cell(int64_t microseconds)
{
    return (struct cell){.kind = CELL_TIME, .integer = microseconds};
}

void changes_since_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct changes_since *changes = object;
    if (str_is(field->name, "since"))
        *out = moment_cell(changes->since);
    else if (str_is(field->name, "contact"))
        *out = key_or_null(changes->contact);
    else if (str_is(field->name, "hasNextPage"))
        *out = cell_int(changes->more);
    else if (str_is(field->name, "endCursor"))
        *out = cell_text(changes->cursor);
}

enum status changes_since_changes(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct changes_since *changes = resolve->request->parents[i].object;
        for (uint32_t j = 0; j < changes->count; j++)
            resolve_add(resolve, i, &changes->changes[j]);
    }
    return STATUS_OK;
}

void customer_change_leaf(const struct resolve *resolve, const void *object,
                          const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct customer_change *change = object;
    if (str_is(field->name, "at"))
        *out = moment_cell(change->at);
    else if (str_is(field->name, "kind"))
        *out = cell_text(change->began ? STR("ADDED") : STR("CHANGED"));
    else if (str_is(field->name, "type"))
        *out = cell_text(change->type);
    else if (str_is(field->name, "what"))
        *out = cell_text(change->what);
    else if (str_is(field->name, "subject"))
        *out = cell_text(change->subject);
    else if (str_is(field->name, "by"))
        *out = cell_text(change->by);
    else if (str_is(field->name, "byKind"))
        *out = cell_text(change->by_kind);
    else if (str_is(field->name, "change"))
        *out = key_or_null(change->record);
    else if (str_is(field->name, "undoable"))
        *out = cell_int(change->undoable);
    else if (str_is(field->name, "undone"))
        *out = cell_int(change->undone);
}

enum status customer_change_fields(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct customer_change *change = resolve->request->parents[i].object;
        for (uint32_t j = 0; j < change->field_count; j++)
            resolve_add(resolve, i, &change->fields[j]);
    }
    return STATUS_OK;
}

void changed_field_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out)
{
    (void)resolve;
    const struct changed_field *changed = object;
    if (str_is(field->name, "name"))
        *out = cell_text(changed->name);
    else if (str_is(field->name, "label"))
        *out = cell_text(changed->label);
    else if (str_is(field->name, "before"))
        *out = cell_text(changed->before);
    else if (str_is(field->name, "after"))
        *out = cell_text(changed->after);
}
