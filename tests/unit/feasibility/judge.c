/* judge: several rules at once, alternatives, and what is said. */
#include "world.h"

enum { ADULT, IDENTIFIED, TRIAL, ENDING, RULES };

static const struct feasibility_rule rules[RULES] = {
    [ADULT] = {.id = 1,
               .version = 3,
               .code = STR("ADULT"),
               .kind = FEASIBILITY_MINIMUM_AGE,
               .result = FEASIBILITY_UNQUALIFIED,
               .subject = {.category = STR("MOBILE"), .offering = 1},
               .number = 18,
               .texts =
                   STR("{\"en\":{\"refused\":\"{offering} from {limit}, not {number}, on {date}\","
                       "\"unknown\":\"born?\"},\"de\":{\"refused\":\"ab {date}\"}}")},
    [IDENTIFIED] = {.id = 2,
                    .version = 1,
                    .code = STR("IDENTIFIED"),
                    .kind = FEASIBILITY_IDENTITY,
                    .result = FEASIBILITY_CONDITIONAL,
                    .texts = STR("{\"en\":{\"refused\":\"who {are you\"}}")},
    [TRIAL] = {.id = 3,
               .version = 1,
               .code = STR("TRIAL"),
               .kind = FEASIBILITY_ON_SALE,
               .trial = true,
               .result = FEASIBILITY_UNQUALIFIED,
               .texts = STR("{}")},
    [ENDING] = {.id = 4,
                .version = 1,
                .code = STR("ENDING"),
                .kind = FEASIBILITY_IDENTITY,
                .ends = true,
                .result = FEASIBILITY_UNQUALIFIED,
                .texts = STR("{}")},
};

static void test_results(struct world *world)
{
    const struct feasibility_rules all = {.rules = rules, .count = RULES};
    const struct feasibility_item items[] = {world_item(world, FEASIBILITY_ADD, MOBILE, 1),
                                             world_item(world, FEASIBILITY_MODIFY, COPPER, 1),
                                             world_item(world, FEASIBILITY_DELETE, COPPER, 1),
                                             world_item(world, FEASIBILITY_ADD, RETIRED, 1)};
    const struct feasibility_order order = {.items = items, .count = 4, .final = true};
    world->facts.birth_date = calendar_days(2010, 10, 2);
    world->facts.identity_verified = false;
    struct feasibility_judgement *judged =
        feasibility_judge(&all, &world->facts, &order, world->arena);
    TEST("the worst of the reasons decides", judged[0].result == FEASIBILITY_UNQUALIFIED);
    TEST("and comes first", judged[0].reasons->rule == &rules[ADULT] &&
                                judged[0].reasons->next->rule == &rules[IDENTIFIED]);
    TEST("a change is asked what setting up is asked",
         judged[1].result == FEASIBILITY_CONDITIONAL && judged[1].reasons->next == NULL);
    TEST("ending is asked other rules",
         judged[2].reasons->rule == &rules[ENDING] && judged[2].reasons->next == NULL);
    TEST("nothing follows from a rule on trial", judged[3].result == FEASIBILITY_CONDITIONAL);
    TEST("but it is noted, last", judged[3].reasons->next->rule == &rules[TRIAL]);

    const struct feasibility_reason *adult = judged[0].reasons;
    TEST_TEXT("what is said is filled in",
              feasibility_words(&items[0], adult, STR("en"), world->arena),
              STR("Mobile from 18, not 15, on 2028-10-02"));
    TEST_TEXT("in the viewer's language",
              feasibility_words(&items[0], adult, STR("de-AT"), world->arena),
              STR("ab 02.10.2028"));
    TEST_TEXT("or in English", feasibility_words(&items[0], adult, STR("fr"), world->arena),
              STR("Mobile from 18, not 15, on 2028-10-02"));
    TEST_TEXT("a brace that nothing closes is a brace",
              feasibility_words(&items[0], adult->next, STR("en"), world->arena),
              STR("who {are you"));
    TEST_TEXT("without words there is the code",
              feasibility_words(&items[2], judged[2].reasons, STR("en"), world->arena),
              STR("ENDING"));
}

static void test_alternatives(struct world *world)
{
    const struct feasibility_rules all = {.rules = rules, .count = RULES};
    const struct feasibility_offering *found[FEASIBILITY_ALTERNATIVES];
    world->facts.birth_date = calendar_days(2010, 10, 2);
    const struct feasibility_judgement *alone =
        feasibility_judge_catalogue(&all, &world->facts, world->arena);
    TEST("of the same category there is one that can be had and is sold",
         feasibility_alternatives(&world->facts, alone, &world->catalogue[MOBILE], found) == 1 &&
             found[0] == &world->catalogue[YOUNG]);
    for (int i = 0; i < WORLD_OFFERINGS; i++) {
        world->catalogue[i].category = STR("MOBILE");
        world->catalogue[i].monthly_minor = 1000 + 100 * i;
    }
    alone = feasibility_judge_catalogue(&all, &world->facts, world->arena);
    TEST("of many there are three, the nearest in price first",
         feasibility_alternatives(&world->facts, alone, &world->catalogue[FIBRE], found) == 3 &&
             found[0] == &world->catalogue[COPPER] && found[1] == &world->catalogue[TELEVISION] &&
             found[2] == &world->catalogue[YOUNG]);
    TEST("an offering is found by its id",
         feasibility_find(&world->facts, 5) == &world->catalogue[TELEVISION]);
    TEST("or not",
         feasibility_find(&world->facts, 8) == NULL && feasibility_find(&world->facts, 0) == NULL);
}

int main(void)
{
    static void (*const tests[])(struct world * world) = {test_results, test_alternatives};
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        struct arena *arena = arena_create();
        struct world world;
        world_make(&world, arena);
        tests[i](&world);
        arena_destroy(arena);
    }
    return test_end();
}
