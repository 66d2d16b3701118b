/* feasibility_shown: judgements as objects of the schema. */
#include "resolvers/feasibility_shown.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "feasibility/kept_json.h"
#include "graphql/schema.h"
#include <inttypes.h>
#include <jansson.h>

/* ---- judged just now ---- */

static uint32_t count_reasons(const struct feasibility_judgement *judgement)
{
    uint32_t count = 0;
    for (const struct feasibility_reason *reason = judgement->reasons; reason != NULL;
         reason = reason->next)
        count++;
    return count;
}

static struct shown_reason show_reason(const struct feasibility_item *item,
                                       const struct feasibility_reason *reason, struct str language,
                                       struct arena *arena)
{
    return (struct shown_reason){
        .kind = str_of(feasibility_kind_name(reason->rule->kind)),
        .result = str_of(feasibility_result_name(reason->result)),
        .label = feasibility_words(item, reason, language, arena),
        .code = reason->rule->code,
        .rule = reason->rule->id,
        .version = reason->rule->version,
        .change = str_of(feasibility_change_name(reason->change)),
        .offering = reason->offering == NULL ? 0 : reason->offering->id,
        .product = reason->product,
        .date = reason->date,
    };
}

static void show_alternatives(const struct feasibility_facts *facts,
                              const struct feasibility_item *item,
                              const struct feasibility_judgement *alone, struct shown_item *out)
{
    const struct feasibility_offering *found[FEASIBILITY_ALTERNATIVES];
    out->alternative_count = feasibility_alternatives(facts, alone, item->offering, found);
    for (uint32_t i = 0; i < out->alternative_count; i++)
        out->alternatives[i] = (struct shown_alternative){
            .offering = found[i]->id,
            .result = str_of(feasibility_result_name(alone[found[i] - facts->catalogue].result)),
        };
}

void feasibility_show(const struct feasibility_facts *facts, const struct feasibility_item *item,
                      const struct feasibility_judgement *judgement,
                      const struct feasibility_judgement *alone, struct str language,
                      struct arena *arena, struct shown_item *out)
{
    *out = (struct shown_item){
        .offering = item->offering->id,
        .result = str_of(feasibility_result_name(judgement->result)),
        .reasons = arena_array(arena, struct shown_reason, count_reasons(judgement) + 1),
    };
    for (const struct feasibility_reason *reason = judgement->reasons; reason != NULL;
         reason = reason->next)
        out->reasons[out->reason_count++] = show_reason(item, reason, language, arena);
    if (judgement->result == FEASIBILITY_UNQUALIFIED)
        show_alternatives(facts, item, alone, out);
}

/* ---- kept with an order ---- */

/* In the language without its region, which is how words are kept, or in English. */
static struct str words_of(const json_t *reason, struct str language, struct arena *arena)
{
    const json_t *words = json_object_get(reason, "words");
    size_t len = language.len < 2 ? language.len : 2;
    const char *found = json_string_value(json_object_getn(words, language.at, len));
    return found == NULL ? kept_json_text(words, "en", arena) : str_copy(arena, str_of(found));
}

static struct shown_reason read_reason(const json_t *json, struct str language, struct arena *arena)
{
    return (struct shown_reason){
        .kind = kept_json_text(json, "kind", arena),
        .result = kept_json_text(json, "result", arena),
        .label = words_of(json, language, arena),
        .code = kept_json_text(json, "ruleCode", arena),
        .rule = kept_json_number(json, "ruleId"),
        .version = kept_json_number(json, "ruleVersion"),
        .change = kept_json_text(json, "change", arena),
        .offering = kept_json_number(json, "offering"),
        .product = kept_json_number(json, "product"),
        .date = kept_json_day(json, "date"),
    };
}

static struct shown_item *read_item(const json_t *json, struct str language, struct arena *arena)
{
    const json_t *reasons = json_object_get(json, "reasons");
    struct shown_item *item = arena_new(arena, struct shown_item);
    *item = (struct shown_item){
        .offering = kept_json_number(json, "offering"),
        .result = kept_json_text(json, "result", arena),
        .reasons = arena_array(arena, struct shown_reason, json_array_size(reasons) + 1),
    };
    size_t i;
    json_t *reason;
    json_array_foreach(reasons, i, reason)
    {
        if (!json_is_true(json_object_get(reason, "trial"))) /* nothing followed from it */
            item->reasons[item->reason_count++] = read_reason(reason, language, arena);
    }
    return item;
}

enum status feasibility_kept_items(struct resolve *resolve)
{
    const struct source_request *request = resolve->request;
    for (uint32_t i = 0; i < request->parent_count; i++) {
        const struct cell *needs = request->parents[i].object;
        struct str text = cell_str(&needs[0]);
        json_t *json = json_loadb(text.at, text.len, 0, NULL);
        size_t at;
        json_t *item;
        json_array_foreach(json, at, item)
            resolve_add(resolve, i, read_item(item, request->viewer->language, request->arena));
        json_decref(json);
    }
    return STATUS_OK;
}

/* ---- what hangs below ---- */

enum status feasibility_item_reasons(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct shown_item *item = resolve->request->parents[i].object;
        for (uint32_t j = 0; j < item->reason_count; j++)
            resolve_add(resolve, i, &item->reasons[j]);
    }
    return STATUS_OK;
}

enum status feasibility_item_alternatives(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct shown_item *item = resolve->request->parents[i].object;
        for (uint32_t j = 0; j < item->alternative_count; j++)
            resolve_add(resolve, i, &item->alternatives[j]);
    }
    return STATUS_OK;
}

enum status feasibility_reason_change(struct resolve *resolve)
{
    for (uint32_t i = 0; i < resolve->request->parent_count; i++) {
        const struct shown_reason *reason = resolve->request->parents[i].object;
        if (reason->change.at != NULL)
            resolve_add(resolve, i, reason);
    }
    return STATUS_OK;
}

/* ---- leaves ---- */

static struct cell key_or_null(int64_t key)
{
    return key == 0 ? (struct cell){.kind = CELL_NULL} : cell_int(key);
}

void feasibility_item_leaf(const struct resolve *resolve, const void *object,
                           const struct field *field, struct cell *out)
{
    const struct shown_item *item = object;
    if (str_is(field->name, "offering"))
        *out = cell_int(item->offering);
    else if (str_is(field->name, "result"))
        *out = cell_text(item->result);
}

void feasibility_alternative_leaf(const struct resolve *resolve, const void *object,
                                  const struct field *field, struct cell *out)
{
    const struct shown_alternative *alternative = object;
    if (str_is(field->name, "offering"))
        *out = cell_int(alternative->offering);
    else if (str_is(field->name, "result"))
        *out = cell_text(alternative->result);
}

void feasibility_reason_leaf(const struct resolve *resolve, const void *object,
                             const struct field *field, struct cell *out)
{
    const struct shown_reason *reason = object;
    if (str_is(field->name, "kind"))
        *out = cell_text(reason->kind);
    else if (str_is(field->name, "result"))
        *out = cell_text(reason->result);
    else if (str_is(field->name, "label"))
        *out = cell_text(reason->label);
    else if (str_is(field->name, "ruleId"))
        *out = cell_text(str_printf(resolve->request->arena, "%" PRId64, reason->rule));
    else if (str_is(field->name, "ruleCode"))
        *out = cell_text(reason->code);
    else if (str_is(field->name, "ruleVersion"))
        *out = cell_int(reason->version);
}

void feasibility_change_leaf(const struct resolve *resolve, const void *object,
                             const struct field *field, struct cell *out)
{
    const struct shown_reason *reason = object;
    if (str_is(field->name, "kind"))
        *out = cell_text(reason->change);
    else if (str_is(field->name, "offering"))
        *out = key_or_null(reason->offering);
    else if (str_is(field->name, "product"))
        *out = key_or_null(reason->product);
    else if (str_is(field->name, "date") && reason->date != FEASIBILITY_NO_DAY)
        *out = (struct cell){.kind = CELL_DATE, .integer = reason->date};
}
