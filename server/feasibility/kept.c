/* kept: facts that were kept as JSON, read again. */
#include "keep.h"

#include "base/arena.h"
#include "mariadb/calendar.h"
#include <jansson.h>
#include <stdio.h>

static struct str text_of(const json_t *object, const char *name, struct arena *arena)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? (struct str){0} : str_copy(arena, str_of(text));
}

static int64_t number_of(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static bool flag_of(const json_t *object, const char *name)
{
    return json_is_true(json_object_get(object, name));
}

static int64_t day_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    int year;
    unsigned month, day;
    if (text == NULL || sscanf(text, "%d-%u-%u", &year, &month, &day) != 3)
        return FEASIBILITY_NO_DAY;
    return calendar_days(year, month, day);
}

static void read_customer(const json_t *json, struct feasibility_facts *facts, struct arena *arena)
{
    facts->day = day_of(json, "day");
    facts->kind = text_of(json, "kind", arena);
    facts->birth_date = day_of(json, "birthDate");
    facts->identity_verified = flag_of(json, "identityVerified");
    facts->identity_valid_until = day_of(json, "identityValidUntil");
    facts->credit_class = text_of(json, "creditClass", arena);
    facts->in_arrears = flag_of(json, "inArrears");
    facts->place = number_of(json, "place");
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
            .id = number_of(json, "id"),
            .code = text_of(json, "code", arena),
            .name = text_of(json, "name", arena),
            .category = text_of(json, "category", arena),
            .specification = number_of(json, "specification"),
            .technology = text_of(json, "technology", arena),
            .download_mbit = number_of(json, "downloadMbit"),
            .monthly_minor = number_of(json, "monthlyMinor"),
            .on_sale = flag_of(json, "onSale"),
            .counted = json_object_get(json, "available") != NULL,
            .available = number_of(json, "available"),
            .expected_on = day_of(json, "expectedOn"),
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
            .technology = text_of(json, "technology", arena),
            .download_mbit = number_of(json, "downloadMbit"),
            .available_from = day_of(json, "availableFrom"),
        };
    }
    facts->coverage = coverage;
    facts->coverage_count = (uint32_t)json_array_size(list);
}

/* False: it names an offering that is not among those kept. */
static bool read_offering(const json_t *json, const struct feasibility_facts *facts,
                          const struct feasibility_offering **out)
{
    *out = feasibility_find(facts, number_of(json, "offering"));
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
            .count = number_of(json, "count"),
            .product = number_of(json, "product"),
            .binding_until = day_of(json, "bindingUntil"),
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
        neighbours[i].count = number_of(json, "count");
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
            .action = feasibility_action_find(text_of(json, "action", arena)),
            .quantity = number_of(json, "quantity"),
            .product = number_of(json, "product"),
            .binding_until = day_of(json, "bindingUntil"),
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
