/* keep: what was known is read again as it was written. */
#include "feasibility/keep.h"
#include "world.h"

static void fill(struct world *world)
{
    static struct feasibility_holding holding;
    static struct feasibility_neighbour neighbour;
    static const struct feasibility_coverage coverage = {
        .technology = STR("FTTH"), .download_mbit = 1000, .available_from = 20000};
    holding = (struct feasibility_holding){
        .offering = &world->catalogue[COPPER], .count = 2, .product = 12, .binding_until = 21000};
    neighbour =
        (struct feasibility_neighbour){.offering = &world->catalogue[TELEVISION], .count = 3};
    world->facts.holdings = &holding;
    world->facts.neighbours = &neighbour;
    world->facts.coverage = &coverage;
    world->facts.holding_count = world->facts.neighbour_count = world->facts.coverage_count = 1;
    world->catalogue[FIBRE].counted = true;
    world->catalogue[FIBRE].available = 4;
    world->catalogue[FIBRE].expected_on = 22000;
    world->catalogue[FIBRE].name = STR("Fibre \"1000\" für Köln");
    world->facts.in_arrears = true;
}

static void test_round_trip(struct world *world)
{
    struct feasibility_item items[] = {world_item(world, FEASIBILITY_ADD, FIBRE, 2),
                                       world_item(world, FEASIBILITY_DELETE, COPPER, 1)};
    items[1].product = 13;
    items[1].binding_until = 23000;
    const struct feasibility_order order = {.items = items, .count = 2, .final = true};
    struct feasibility_kept kept;
    fill(world);
    struct str json = feasibility_keep_inputs(&world->facts, &order, world->arena);
    TEST("what was kept is read again", feasibility_read_inputs(json, &kept, world->arena));
    TEST_TEXT("and says the same", feasibility_keep_inputs(&kept.facts, &kept.order, world->arena),
              json);
    TEST("offerings that nobody named are not kept", kept.facts.catalogue_count == 3);
    TEST("what is an order is judged for good", kept.order.final && kept.order.count == 2);
    TEST("what is no JSON is not understood",
         !feasibility_read_inputs(STR("{"), &kept, world->arena));
    TEST("nor is an item of an offering that is not there",
         !feasibility_read_inputs(STR("{\"day\":\"2026-10-01\",\"items\":[{\"action\":\"ADD\","
                                      "\"offering\":1}]}"),
                                  &kept, world->arena));
}

static void test_results(struct world *world)
{
    const struct feasibility_item item = world_item(world, FEASIBILITY_ADD, MOBILE, 1);
    const struct feasibility_order order = {.items = &item, .count = 1, .final = true};
    const struct feasibility_rules rules = {.rules = &world->rule, .count = 1};
    world->rule.kind = FEASIBILITY_ARREARS;
    world->facts.in_arrears = true;
    TEST_TEXT(
        "what came of it is kept with the rule, its version and its words",
        feasibility_keep_results(
            &order, feasibility_judge(&rules, &world->facts, &order, world->arena), world->arena),
        STR("[{\"offering\":1,\"result\":\"UNQUALIFIED\",\"reasons\":[{\"kind\":\"ARREARS\","
            "\"ruleId\":1,\"ruleCode\":\"RULE\",\"ruleVersion\":1,\"trial\":false,"
            "\"result\":\"UNQUALIFIED\",\"words\":{\"en\":\"no\",\"de\":\"no\"},"
            "\"change\":\"PAY_ARREARS\",\"offering\":0,\"product\":0}]}]"));
}

int main(void)
{
    static void (*const tests[])(struct world * world) = {test_round_trip, test_results};
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        struct arena *arena = arena_create();
        struct world world;
        world_make(&world, arena);
        tests[i](&world);
        arena_destroy(arena);
    }
    return test_end();
}
