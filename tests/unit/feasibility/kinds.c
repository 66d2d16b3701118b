/* kinds: each kind of rule, at its boundaries. */
#include "world.h"

static void test_customer(struct world *world)
{
    world->rule.kind = FEASIBILITY_ON_SALE;
    TEST("what is sold can be had", !world_refuses(world, MOBILE));
    TEST("what is not sold any more cannot", world_refuses(world, RETIRED));

    world->rule.kind = FEASIBILITY_CUSTOMER_KIND;
    world->rule.word = STR("BUSINESS,CALL_SHOP");
    TEST("what is for companies is not for persons", world_refuses(world, MOBILE));
    world->facts.kind = STR("CALL_SHOP");
    TEST("the last of several kinds is one of them", !world_refuses(world, MOBILE));
    world->facts.kind = STR("BUSINESS");
    TEST("so is the first", !world_refuses(world, MOBILE));
    world->facts.kind = STR("CALL");
    TEST("the beginning of one is none", world_refuses(world, MOBILE));
}

static void test_age(struct world *world)
{
    world->rule.kind = FEASIBILITY_MINIMUM_AGE;
    world->rule.number = 18;
    world->facts.birth_date = calendar_days(2008, 10, 1);
    TEST("on the birthday one is old enough", !world_refuses(world, MOBILE));
    world->facts.birth_date = calendar_days(2008, 10, 2);
    struct feasibility_judgement judged = world_order(world, MOBILE);
    TEST("the day before one is not", judged.result == FEASIBILITY_UNQUALIFIED);
    TEST("it says how old one is", judged.reasons->number == 17);
    TEST("and from which day on it will do",
         judged.reasons->change == FEASIBILITY_WAIT &&
             judged.reasons->date == calendar_days(2026, 10, 2));
    world->facts.birth_date = calendar_days(2008, 2, 29);
    world->facts.day = calendar_days(2026, 2, 28);
    TEST("born on February 29, one is not older on February 28", world_refuses(world, MOBILE));
    world->facts.day = calendar_days(2026, 3, 1);
    TEST("but on March 1", !world_refuses(world, MOBILE));
    world->facts.birth_date = FEASIBILITY_NO_DAY;
    TEST("who may be too young cannot order", world_refuses(world, MOBILE));
    world->facts.kind = STR("BUSINESS");
    TEST("a company has no age", !world_refuses(world, MOBILE));
}

static void test_maximum_age(struct world *world)
{
    world->rule.kind = FEASIBILITY_MAXIMUM_AGE;
    world->rule.number = 27;
    world->facts.birth_date = calendar_days(1998, 10, 2);
    TEST("the day before the birthday after is young enough", !world_refuses(world, YOUNG));
    world->facts.birth_date = calendar_days(1998, 10, 1);
    struct feasibility_judgement judged = world_order(world, YOUNG);
    TEST("on it one is too old", judged.result == FEASIBILITY_UNQUALIFIED);
    TEST("and nothing helps",
         judged.reasons->change == FEASIBILITY_NOTHING && judged.reasons->number == 28);
}

static void test_identity_and_credit(struct world *world)
{
    world->rule.kind = FEASIBILITY_IDENTITY;
    world->facts.identity_valid_until = world->facts.day;
    TEST("an identification is valid on its last day", !world_refuses(world, MOBILE));
    world->facts.identity_valid_until--;
    TEST("but not on the day after", world_refuses(world, MOBILE));
    world->facts.identity_valid_until = FEASIBILITY_NO_DAY;
    TEST("one without an end is valid", !world_refuses(world, MOBILE));
    world->facts.identity_verified = false;
    TEST("one that nobody looked at is not",
         world_order(world, MOBILE).reasons->change == FEASIBILITY_IDENTIFY);

    world->rule.kind = FEASIBILITY_CREDIT_CLASS;
    world->rule.word = STR("B");
    TEST("the worst class that will do does", !world_refuses(world, MOBILE));
    world->rule.word = STR("A");
    TEST("one below it does not", world_refuses(world, MOBILE));
    world->facts.credit_class = STR("");
    const struct feasibility_item item = world_item(world, FEASIBILITY_ADD, MOBILE, 1);
    TEST("whose credit nobody checked may be able to",
         world_judge(world, &item, 1, false).result == FEASIBILITY_CONDITIONAL);
    TEST("but cannot order", world_order(world, MOBILE).result == FEASIBILITY_UNQUALIFIED &&
                                 world_order(world, MOBILE).reasons->change == FEASIBILITY_CHECK);

    world->rule.kind = FEASIBILITY_ARREARS;
    TEST("who owes nothing can order", !world_refuses(world, MOBILE));
    world->facts.in_arrears = true;
    TEST("who is in arrears pays first",
         world_order(world, MOBILE).reasons->change == FEASIBILITY_PAY);
}

static void test_technology(struct world *world)
{
    static struct feasibility_coverage coverage[2] = {
        {.technology = STR("VDSL"), .download_mbit = 100},
        {.technology = STR("FTTH"), .download_mbit = 1000},
    };
    world->rule.kind = FEASIBILITY_TECHNOLOGY;
    world->facts.coverage = coverage;
    world->facts.coverage_count = 1;
    TEST("a line that reaches the place can be had", !world_refuses(world, COPPER));
    TEST("one that does not cannot", world_refuses(world, FIBRE));
    TEST("what is no line needs none", !world_refuses(world, TELEPHONE));
    world->rule.word = STR("FTTH");
    TEST("unless the rule says which", world_refuses(world, TELEPHONE));
    world->rule.word = STR("");
    coverage[0].download_mbit = 99;
    struct feasibility_judgement judged = world_order(world, COPPER);
    TEST("one that is too slow cannot be had",
         judged.reasons->why == FEASIBILITY_SLOWER && judged.reasons->number == 99);
    world->facts.coverage_count = 2;
    coverage[1].available_from = world->facts.day;
    TEST("from its first day on it can be had",
         world_order(world, FIBRE).result == FEASIBILITY_QUALIFIED);
    coverage[1].available_from++;
    judged = world_order(world, FIBRE);
    TEST("the day before it can be ordered for then",
         judged.result == FEASIBILITY_CONDITIONAL && judged.reasons->why == FEASIBILITY_LATER &&
             judged.reasons->date == world->facts.day + 1);
    world->facts.place = 0;
    TEST("without a place nobody can order a line", world_refuses(world, FIBRE));
}

static void test_household(struct world *world)
{
    static struct feasibility_neighbour neighbours[1];
    neighbours[0] =
        (struct feasibility_neighbour){.offering = &world->catalogue[FIBRE], .count = 1};
    world->rule.kind = FEASIBILITY_HOUSEHOLD;
    world->rule.number = 1;
    TEST("the first of a household can be had", !world_refuses(world, FIBRE));
    world->facts.neighbours = neighbours;
    world->facts.neighbour_count = 1;
    world->rule.subject.offering = world->catalogue[FIBRE].id;
    TEST("the second cannot", world_refuses(world, FIBRE));
    TEST("something else can", !world_refuses(world, COPPER));
}

static void test_together(struct world *world)
{
    static struct feasibility_holding holding;
    const struct feasibility_item items[] = {world_item(world, FEASIBILITY_ADD, TELEVISION, 1),
                                             world_item(world, FEASIBILITY_ADD, FIBRE, 1),
                                             world_item(world, FEASIBILITY_DELETE, FIBRE, 1)};
    world->rule.kind = FEASIBILITY_REQUIRES;
    world->rule.subject.category = STR("TV");
    world->rule.target.category = STR("BROADBAND,FIBRE");
    world->rule.has_target = true;
    struct feasibility_judgement judged = world_judge(world, items, 1, true);
    TEST("what needs a line cannot be had without", judged.result == FEASIBILITY_UNQUALIFIED);
    TEST("the cheapest line that would do is named",
         judged.reasons->change == FEASIBILITY_ADD_IT &&
             judged.reasons->offering == &world->catalogue[COPPER]);
    TEST("it can be had when the line is ordered with it",
         world_judge(world, items, 2, true).result == FEASIBILITY_QUALIFIED);
    const struct feasibility_item ended[] = {items[0], items[2]};
    TEST("but not when it is ended with it",
         world_judge(world, ended, 2, true).result == FEASIBILITY_UNQUALIFIED);
    holding = (struct feasibility_holding){.offering = &world->catalogue[FIBRE],
                                           .count = 1,
                                           .product = 77,
                                           .binding_until = world->facts.day};
    world->facts.holdings = &holding;
    world->facts.holding_count = 1;
    TEST("and it can when the line is held",
         world_judge(world, items, 1, true).result == FEASIBILITY_QUALIFIED);

    world->rule.kind = FEASIBILITY_EXCLUDES;
    judged = world_judge(world, items, 1, true);
    TEST("what does not go with it has to be ended",
         judged.reasons->change == FEASIBILITY_END && judged.reasons->product == 77);
    TEST("which it can be when it is not bound any more",
         judged.reasons->date == world->facts.day + 1);
    world->facts.holding_count = 0;
    judged = world_judge(world, items, 2, true);
    TEST("or left out of the order", judged.reasons->change == FEASIBILITY_LEAVE_OUT &&
                                         judged.reasons->offering == &world->catalogue[FIBRE]);
    TEST("alone it can be had", world_judge(world, items, 1, true).reasons == NULL);

    world->rule.kind = FEASIBILITY_REPLACES;
    world->rule.result = FEASIBILITY_CONDITIONAL;
    TEST("where nothing is replaced nothing is to be done",
         world_judge(world, items, 1, true).result == FEASIBILITY_QUALIFIED);
    world->facts.holding_count = 1;
    TEST("what is replaced is a condition",
         world_judge(world, items, 1, true).result == FEASIBILITY_CONDITIONAL);
}

static void test_binding(struct world *world)
{
    static struct feasibility_holding holdings[2];
    struct feasibility_item item = world_item(world, FEASIBILITY_DELETE, COPPER, 1);
    world->rule.kind = FEASIBILITY_BINDING;
    world->rule.ends = true;
    item.product = 5;
    TEST("what is not bound can be ended",
         world_judge(world, &item, 1, true).result == FEASIBILITY_QUALIFIED);
    item.binding_until = world->facts.day;
    struct feasibility_judgement judged = world_judge(world, &item, 1, true);
    TEST("on the last day of the term it is bound", judged.result == FEASIBILITY_UNQUALIFIED);
    TEST("the day after is named",
         judged.reasons->date == world->facts.day + 1 && judged.reasons->product == 5);
    item.binding_until--;
    TEST("then it can be ended",
         world_judge(world, &item, 1, true).result == FEASIBILITY_QUALIFIED);
    TEST("of what is set up the rule asks nothing", !world_refuses(world, COPPER));

    world->rule.ends = false;
    world->rule.has_target = true;
    world->rule.target.category = STR("BROADBAND");
    for (int i = 0; i < 2; i++)
        holdings[i] = (struct feasibility_holding){.offering = &world->catalogue[COPPER + i],
                                                   .count = 1,
                                                   .product = 10 + i,
                                                   .binding_until = world->facts.day + i};
    world->facts.holdings = holdings;
    world->facts.holding_count = 2;
    judged = world_order(world, FIBRE);
    TEST("what it takes the place of is bound, something else does not matter",
         judged.reasons->product == 10 && judged.reasons->date == world->facts.day + 1);
}

static void test_counts(struct world *world)
{
    static struct feasibility_holding holding;
    holding = (struct feasibility_holding){.offering = &world->catalogue[YOUNG],
                                           .count = 2,
                                           .product = 9,
                                           .binding_until = FEASIBILITY_NO_DAY};
    const struct feasibility_item two = world_item(world, FEASIBILITY_ADD, MOBILE, 2);
    world->rule.kind = FEASIBILITY_LINES;
    world->rule.subject.category = STR("MOBILE");
    world->rule.number = 3;
    world->facts.holdings = &holding;
    world->facts.holding_count = 1;
    TEST("as many lines as are allowed can be had", !world_refuses(world, MOBILE));
    struct feasibility_judgement judged = world_judge(world, &two, 1, true);
    TEST("one more cannot, but fewer can",
         judged.reasons->change == FEASIBILITY_FEWER && judged.reasons->number == 2);
    holding.count = 3;
    judged = world_order(world, MOBILE);
    TEST("when there are all that are allowed, one has to be ended",
         judged.reasons->change == FEASIBILITY_END && judged.reasons->product == 9);
    TEST("something else is not counted", !world_refuses(world, COPPER));

    world->rule = (struct feasibility_rule){
        .kind = FEASIBILITY_STOCK, .result = FEASIBILITY_UNQUALIFIED, .texts = world->rule.texts};
    struct feasibility_offering *telephone = &world->catalogue[TELEPHONE];
    TEST("what nobody counts is there", !world_refuses(world, TELEPHONE));
    telephone->counted = true;
    telephone->available = 1;
    const struct feasibility_item twice[] = {world_item(world, FEASIBILITY_ADD, TELEPHONE, 1),
                                             world_item(world, FEASIBILITY_ADD, TELEPHONE, 1)};
    TEST("the last piece can be had", !world_refuses(world, TELEPHONE));
    TEST("but not by two items of one order",
         world_judge(world, twice, 2, true).result == FEASIBILITY_UNQUALIFIED);
    telephone->available = 0;
    TEST("nobody knows when there is more",
         world_order(world, TELEPHONE).reasons->change == FEASIBILITY_NOTHING);
    telephone->expected_on = world->facts.day + 7;
    judged = world_order(world, TELEPHONE);
    TEST("or somebody does", judged.reasons->change == FEASIBILITY_WAIT &&
                                 judged.reasons->date == world->facts.day + 7);
}

int main(void)
{
    static void (*const tests[])(struct world * world) = {
        test_customer,   test_age,       test_maximum_age, test_identity_and_credit,
        test_technology, test_household, test_together,    test_binding,
        test_counts,
    };
    for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
        struct arena *arena = arena_create();
        struct world world;
        world_make(&world, arena);
        tests[i](&world);
        arena_destroy(arena);
    }
    return test_end();
}
