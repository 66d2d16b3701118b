/* keep: facts and judgements, written as JSON. */
#include "keep.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mariadb/calendar.h"

static void add_key(struct buf *out, const char *name)
{
    char last = out->len == 0 ? '{' : out->at[out->len - 1];
    buf_printf(out, "%s\"%s\":", last == '{' || last == '[' ? "" : ",", name);
}

static void add_next(struct buf *out)
{
    if (out->at[out->len - 1] != '[')
        buf_add_char(out, ',');
}

static void add_text(struct buf *out, const char *name, struct str text)
{
    add_key(out, name);
    buf_add_json_string(out, text);
}

static void add_number(struct buf *out, const char *name, int64_t number)
{
    add_key(out, name);
    buf_add_int(out, number);
}

static void add_flag(struct buf *out, const char *name, bool flag)
{
    add_key(out, name);
    buf_add(out, flag ? STR("true") : STR("false"));
}

static void add_day(struct buf *out, const char *name, int64_t days)
{
    int year;
    unsigned month, day;
    if (days == FEASIBILITY_NO_DAY)
        return;
    calendar_date(days, &year, &month, &day);
    add_key(out, name);
    buf_printf(out, "\"%04d-%02u-%02u\"", year, month, day);
}

/* ---- inputs ---- */

static void add_offering(struct buf *out, const struct feasibility_offering *offering)
{
    add_next(out);
    buf_add_char(out, '{');
    add_number(out, "id", offering->id);
    add_text(out, "code", offering->code);
    add_text(out, "name", offering->name);
    add_text(out, "category", offering->category);
    add_number(out, "specification", offering->specification);
    add_text(out, "technology", offering->technology);
    add_number(out, "downloadMbit", offering->download_mbit);
    add_number(out, "monthlyMinor", offering->monthly_minor);
    add_flag(out, "onSale", offering->on_sale);
    if (offering->counted) {
        add_number(out, "available", offering->available);
        add_day(out, "expectedOn", offering->expected_on);
    }
    buf_add_char(out, '}');
}

static void mark(bool *named, const struct feasibility_facts *facts,
                 const struct feasibility_offering *offering)
{
    const struct feasibility_offering *found = feasibility_find(facts, offering->id);
    if (found != NULL)
        named[found - facts->catalogue] = true;
}

static void add_catalogue(struct buf *out, const struct feasibility_facts *facts,
                          const struct feasibility_order *order)
{
    bool *named = arena_array(out->arena, bool, facts->catalogue_count + 1);
    for (uint32_t i = 0; i < order->count; i++)
        mark(named, facts, order->items[i].offering);
    for (uint32_t i = 0; i < facts->holding_count; i++)
        mark(named, facts, facts->holdings[i].offering);
    for (uint32_t i = 0; i < facts->neighbour_count; i++)
        mark(named, facts, facts->neighbours[i].offering);
    add_key(out, "offerings");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < facts->catalogue_count; i++) {
        if (named[i])
            add_offering(out, &facts->catalogue[i]);
    }
    buf_add_char(out, ']');
}

static void add_customer(struct buf *out, const struct feasibility_facts *facts)
{
    add_text(out, "kind", facts->kind);
    add_day(out, "birthDate", facts->birth_date);
    add_flag(out, "identityVerified", facts->identity_verified);
    add_day(out, "identityValidUntil", facts->identity_valid_until);
    add_text(out, "creditClass", facts->credit_class);
    add_flag(out, "inArrears", facts->in_arrears);
}

static void add_place(struct buf *out, const struct feasibility_facts *facts)
{
    add_number(out, "place", facts->place);
    add_key(out, "coverage");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < facts->coverage_count; i++) {
        add_next(out);
        buf_add_char(out, '{');
        add_text(out, "technology", facts->coverage[i].technology);
        add_number(out, "downloadMbit", facts->coverage[i].download_mbit);
        add_day(out, "availableFrom", facts->coverage[i].available_from);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
    add_key(out, "neighbours");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < facts->neighbour_count; i++) {
        add_next(out);
        buf_add_char(out, '{');
        add_number(out, "offering", facts->neighbours[i].offering->id);
        add_number(out, "count", facts->neighbours[i].count);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_holdings(struct buf *out, const struct feasibility_facts *facts)
{
    add_key(out, "holdings");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < facts->holding_count; i++) {
        const struct feasibility_holding *holding = &facts->holdings[i];
        add_next(out);
        buf_add_char(out, '{');
        add_number(out, "offering", holding->offering->id);
        add_number(out, "count", holding->count);
        add_number(out, "product", holding->product);
        add_day(out, "bindingUntil", holding->binding_until);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_items(struct buf *out, const struct feasibility_order *order)
{
    add_key(out, "items");
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < order->count; i++) {
        const struct feasibility_item *item = &order->items[i];
        add_next(out);
        buf_add_char(out, '{');
        add_text(out, "action", str_of(feasibility_action_name(item->action)));
        add_number(out, "offering", item->offering->id);
        add_number(out, "quantity", item->quantity);
        add_number(out, "product", item->product);
        add_day(out, "bindingUntil", item->binding_until);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

struct str feasibility_keep_inputs(const struct feasibility_facts *facts,
                                   const struct feasibility_order *order, struct arena *arena)
{
    struct buf out;
    buf_init(&out, arena, 2048);
    buf_add_char(&out, '{');
    add_day(&out, "day", facts->day);
    add_customer(&out, facts);
    add_place(&out, facts);
    add_holdings(&out, facts);
    add_items(&out, order);
    add_catalogue(&out, facts, order);
    buf_add_char(&out, '}');
    return buf_str(&out);
}

/* ---- results ---- */

static const struct str languages[] = {STR("en"), STR("de")};

static void add_reason(struct buf *out, const struct feasibility_item *item,
                       const struct feasibility_reason *reason)
{
    const char *change = feasibility_change_name(reason->change);
    add_next(out);
    buf_add_char(out, '{');
    add_text(out, "kind", str_of(feasibility_kind_name(reason->rule->kind)));
    add_number(out, "ruleId", reason->rule->id);
    add_text(out, "ruleCode", reason->rule->code);
    add_number(out, "ruleVersion", reason->rule->version);
    add_flag(out, "trial", reason->rule->trial);
    add_text(out, "result", str_of(feasibility_result_name(reason->result)));
    add_key(out, "words");
    buf_add_char(out, '{');
    for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
        add_text(out, languages[i].at, feasibility_words(item, reason, languages[i], out->arena));
    buf_add_char(out, '}');
    if (change != NULL) {
        add_text(out, "change", str_of(change));
        add_number(out, "offering", reason->offering == NULL ? 0 : reason->offering->id);
        add_number(out, "product", reason->product);
        add_day(out, "date", reason->date);
    }
    buf_add_char(out, '}');
}

struct str feasibility_keep_results(const struct feasibility_order *order,
                                    const struct feasibility_judgement *judgements,
                                    struct arena *arena)
{
    struct buf out;
    buf_init(&out, arena, 1024);
    buf_add_char(&out, '[');
    for (uint32_t i = 0; i < order->count; i++) {
        add_next(&out);
        buf_add_char(&out, '{');
        add_number(&out, "offering", order->items[i].offering->id);
        add_text(&out, "result", str_of(feasibility_result_name(judgements[i].result)));
        add_key(&out, "reasons");
        buf_add_char(&out, '[');
        for (const struct feasibility_reason *reason = judgements[i].reasons; reason != NULL;
             reason = reason->next)
            add_reason(&out, &order->items[i], reason);
        buf_add(&out, STR("]}"));
    }
    buf_add_char(&out, ']');
    return buf_str(&out);
}
