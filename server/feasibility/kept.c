/* kept: facts that were kept as JSON, read again. */
#include "keep.h"

#include "base/arena.h"
#include "feasibility/kept_json.h"

static void read_customer(const json_t *json, struct feasibility_facts *facts, struct arena *arena)
{
    facts->day = kept_json_day(json, "day");
    facts->kind = kept_json_text(json, "kind", arena);
    facts->birth_date = kept_json_day(json, "birthDate");
    facts->identity_verified = kept_json_flag(json, "identityVerified");
    facts->identity_valid_until = kept_json_day(json, "identityValidUntil");
    facts->credit_class = kept_json_text(json, "creditClass", arena);
    facts->in_arrears = kept_json_flag(json, "inArrears");
    facts->place = kept_json_number(json, "place");
}

static void read_catalogue(const json_t *list, struct feasibility_facts *facts, struct arena *arena)
{
    struct feasibility_offering *offerings =
        arena_array(arena, struct feasibility_offering, json_array_size(list) + 1);
    size_t i;
    json_t *json;
    json_array_foreach(list, i, json)
    {
        offerings[i] = (struct feasibility_offering){
            .id = kept_json_number(json, "id"),
            .code = kept_json_text(json, "code", arena),
            .name = kept_json_text(json, "name", arena),
            .category = kept_json_text(json, "category", arena),
            .specification = kept_json_number(json, "specification"),
            .technology = kept_json_text(json, "technology", arena),
            .download_mbit = kept_json_number(json, "downloadMbit"),
            .monthly_minor = kept_json_number(json, "monthlyMinor"),
            .on_sale = kept_json_flag(json, "onSale"),
            .counted = json_object_get(json, "available") != NULL,
            .available = kept_json_number(json, "available"),
            .expected_on = kept_json_day(json, "expectedOn"),
        };
    }
    facts->catalogue = offerings;
    facts->catalogue_count = (uint32_t)json_array_size(list);
}

static void read_coverage(const json_t *list, struct feasibility_facts *facts, struct arena *arena)
{
    struct feasibility_coverage *coverage =
        arena_array(arena, struct feasibility_coverage, json_array_size(list) + 1);
    size_t i;
    json_t *json;
    json_array_foreach(list, i, json)
    {
        coverage[i] = (struct feasibility_coverage){
            .technology = kept_json_text(json, "technology", arena),
            .download_mbit = kept_json_number(json, "downloadMbit"),
            .available_from = kept_json_day(json, "availableFrom"),
        };
    }
    facts->coverage = coverage;
    facts->coverage_count = (uint32_t)json_array_size(list);
}

/* False: it names an offering that is not among those kept. */
static bool read_offering(const json_t *json, const struct feasibility_facts *facts,
                          const struct feasibility_offering **out)
{
    *out = feasibility_find(facts, kept_json_number(json, "offering"));
    return *out != NULL;
}

static bool read_holdings(const json_t *list, struct feasibility_facts *facts, struct arena *arena)
{
    struct feasibility_holding *holdings =
        arena_array(arena, struct feasibility_holding, json_array_size(list) + 1);
    size_t i;
    json_t *json;
    json_array_foreach(list, i, json)
    {
        holdings[i] = (struct feasibility_holding){
            .count = kept_json_number(json, "count"),
            .product = kept_json_number(json, "product"),
            .binding_until = kept_json_day(json, "bindingUntil"),
        };
        if (!read_offering(json, facts, &holdings[i].offering))
            return false;
    }
    facts->holdings = holdings;
    facts->holding_count = (uint32_t)json_array_size(list);
    return true;
}

static bool read_neighbours(const json_t *list, struct feasibility_facts *facts,
                            struct arena *arena)
{
    struct feasibility_neighbour *neighbours =
        arena_array(arena, struct feasibility_neighbour, json_array_size(list) + 1);
    size_t i;
    json_t *json;
    json_array_foreach(list, i, json)
    {
        neighbours[i].count = kept_json_number(json, "count");
        if (!read_offering(json, facts, &neighbours[i].offering))
            return false;
    }
    facts->neighbours = neighbours;
    facts->neighbour_count = (uint32_t)json_array_size(list);
    return true;
}

static bool read_items(const json_t *list, const struct feasibility_facts *facts,
                       struct feasibility_order *order, struct arena *arena)
{
    struct feasibility_item *items =
        arena_array(arena, struct feasibility_item, json_array_size(list) + 1);
    size_t i;
    json_t *json;
    json_array_foreach(list, i, json)
    {
        items[i] = (struct feasibility_item){
            .action = feasibility_action_find(kept_json_text(json, "action", arena)),
            .quantity = kept_json_number(json, "quantity"),
            .product = kept_json_number(json, "product"),
            .binding_until = kept_json_day(json, "bindingUntil"),
        };
        if (items[i].action == FEASIBILITY_ACTIONS ||
            !read_offering(json, facts, &items[i].offering))
            return false;
    }
    *order = (struct feasibility_order){
        .items = items, .count = (uint32_t)json_array_size(list), .final = true};
    return order->count > 0;
}

bool feasibility_read_inputs(struct str text, struct feasibility_kept *kept, struct arena *arena)
{
    json_t *json = json_loadb(text.at, text.len, 0, NULL);
    *kept = (struct feasibility_kept){0};
    read_customer(json, &kept->facts, arena);
    read_catalogue(json_object_get(json, "offerings"), &kept->facts, arena);
    read_coverage(json_object_get(json, "coverage"), &kept->facts, arena);
    bool understood = kept->facts.day != FEASIBILITY_NO_DAY &&
                      read_holdings(json_object_get(json, "holdings"), &kept->facts, arena) &&
                      read_neighbours(json_object_get(json, "neighbours"), &kept->facts, arena) &&
                      read_items(json_object_get(json, "items"), &kept->facts, &kept->order, arena);
    json_decref(json);
    return understood;
}
