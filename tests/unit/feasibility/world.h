/* world: a small catalogue, a customer and orders, for tests of rules. */
#pragma once

#include "base/arena.h"
#include "feasibility/feasibility.h"
#include "mariadb/calendar.h"
#include "unit/test.h"

enum { MOBILE, YOUNG, COPPER, FIBRE, TELEVISION, TELEPHONE, RETIRED, WORLD_OFFERINGS };

struct world {
    struct arena *arena;
    struct feasibility_offering catalogue[WORLD_OFFERINGS];
    struct feasibility_facts facts;
    struct feasibility_rule rule; /* the one that is asked */
};

static inline struct feasibility_offering world_offering(int64_t id, const char *name,
                                                         const char *category, int64_t monthly)
{
    return (struct feasibility_offering){.id = id,
                                         .code = str_of(name),
                                         .name = str_of(name),
                                         .category = str_of(category),
                                         .monthly_minor = monthly,
                                         .on_sale = true,
                                         .expected_on = FEASIBILITY_NO_DAY};
}

/* A private customer of thirty, identified, of class B, who holds nothing; on 2026-10-01. */
static inline void world_make(struct world *world, struct arena *arena)
{
    *world = (struct world){
        .arena = arena,
        .catalogue =
            {
                [MOBILE] = world_offering(1, "Mobile", "MOBILE", 1999),
                [YOUNG] = world_offering(2, "Young", "MOBILE", 999),
                [COPPER] = world_offering(3, "Copper", "BROADBAND", 2999),
                [FIBRE] = world_offering(4, "Fibre", "FIBRE", 4499),
                [TELEVISION] = world_offering(5, "Television", "TV", 999),
                [TELEPHONE] = world_offering(6, "Telephone", "DEVICE", 2499),
                [RETIRED] = world_offering(7, "Retired", "MOBILE", 99),
            },
        .facts =
            {
                .day = calendar_days(2026, 10, 1),
                .kind = STR("RESIDENTIAL"),
                .birth_date = calendar_days(1996, 10, 1),
                .identity_verified = true,
                .identity_valid_until = FEASIBILITY_NO_DAY,
                .credit_class = STR("B"),
                .place = 1,
                .catalogue_count = WORLD_OFFERINGS,
            },
        .rule =
            {
                .id = 1,
                .version = 1,
                .code = STR("RULE"),
                .result = FEASIBILITY_UNQUALIFIED,
                .texts = STR("{\"en\":{\"refused\":\"no\"}}"),
            },
    };
    world->facts.catalogue = world->catalogue;
    world->catalogue[COPPER].technology = STR("VDSL");
    world->catalogue[COPPER].download_mbit = 100;
    world->catalogue[FIBRE].technology = STR("FTTH");
    world->catalogue[FIBRE].download_mbit = 1000;
    world->catalogue[RETIRED].on_sale = false;
}

static inline struct feasibility_item world_item(const struct world *world,
                                                 enum feasibility_action action, int offering,
                                                 int64_t quantity)
{
    return (struct feasibility_item){.action = action,
                                     .offering = &world->catalogue[offering],
                                     .quantity = quantity,
                                     .binding_until = FEASIBILITY_NO_DAY};
}

/* What comes of the first of these items under the one rule. */
static inline struct feasibility_judgement world_judge(const struct world *world,
                                                       const struct feasibility_item *items,
                                                       uint32_t count, bool final)
{
    const struct feasibility_rules rules = {.rules = &world->rule, .count = 1};
    const struct feasibility_order order = {.items = items, .count = count, .final = final};
    return feasibility_judge(&rules, &world->facts, &order, world->arena)[0];
}

/* One piece, ordered alone and for good. */
static inline struct feasibility_judgement world_order(const struct world *world, int offering)
{
    const struct feasibility_item item = world_item(world, FEASIBILITY_ADD, offering, 1);
    return world_judge(world, &item, 1, true);
}

static inline bool world_refuses(const struct world *world, int offering)
{
    return world_order(world, offering).result == FEASIBILITY_UNQUALIFIED;
}
