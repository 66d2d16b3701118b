/* Times that customers and the operator were in touch: as many as there are, and about what is
 * there. */
#include "unit/test.h"

#include "base/arena.h"
#include "db/dates.h"
#include "db/demo/access.h"
#include "db/demo/customer.h"
#include "db/demo/desk.h"
#include "mariadb/calendar.h"

enum { COUNT = 3000, DAYS = 365 };

static struct demo_world world = {.seed = 1};

struct counts {
    int all, by_phone, about_bills, wrong;
    int64_t years_permille;
};

/* In order, in the last year and not before the customer, and about what was begun then. */
static bool is_wrong(const struct demo_customer *customer, int position)
{
    const struct demo_interaction *made = &customer->interactions[position];
    int64_t from = customer->since > world.day - DAYS ? customer->since : world.day - DAYS;
    return (position > 0 && made->started_at < made[-1].started_at) ||
           made->started_at < dates_midnight(from) || (made->ticket >= 0 && made->order >= 0) ||
           (made->ticket >= 0 && customer->tickets[made->ticket].opened_at != made->started_at) ||
           (made->order >= 0 && customer->orders[made->order].ordered_at != made->started_at) ||
           (made->agent == DEMO_NONE) != (strcmp(made->channel, "PORTAL") == 0);
}

static void count(struct counts *counts, const struct demo_customer *customer)
{
    int64_t days = world.day - customer->since;
    if (strcmp(customer->status, "CLOSED") != 0)
        counts->years_permille += (days > DAYS ? DAYS : days > 0 ? days : 0) * 1000 / DAYS;
    counts->all += customer->interaction_count;
    for (int i = 0; i < customer->interaction_count; i++) {
        const struct demo_interaction *made = &customer->interactions[i];
        counts->by_phone += strcmp(made->channel, "PHONE") == 0;
        counts->about_bills += strcmp(made->reason, "BILLING") == 0;
        counts->wrong += is_wrong(customer, i);
    }
}

/* a / b lies within low … high, all in thousandths. */
static bool about(const char *what, int64_t a, int64_t b, int64_t low, int64_t high)
{
    int64_t permille = a * 1000 / b;
    if (permille < low || permille > high)
        printf("# %s: %lld in a thousand\n", what, (long long)permille);
    return permille >= low && permille <= high;
}

static void test_proportions(void)
{
    struct counts counts = {0};
    for (int i = 1; i <= COUNT; i++) {
        struct arena *arena = arena_create();
        count(&counts, customer_make(&world, arena, i));
        arena_destroy(arena);
    }
    TEST("a customer is in touch nine times a year",
         about("a year", (int64_t)counts.all * 1000, counts.years_permille, 8500, 10500));
    TEST("half of them by telephone", about("telephone", counts.by_phone, counts.all, 440, 560));
    TEST("a third about bills", about("bills", counts.about_bills, counts.all, 270, 400));
    TEST("each is in its order, about what began then, and with somebody unless it was self-care",
         counts.wrong == 0);
}

static void test_memory(void)
{
    struct arena *arena = arena_create();
    bool few = true;
    for (int i = 1; i <= 50; i++)
        few = few && customer_make(&world, arena, DEMO_LONG_MEMORY + i)->interaction_count <= 3;
    TEST("far down the list only the newest three are kept", few);
    arena_destroy(arena);
}

static void test_agents(void)
{
    TEST("those of the desk who may sign in are their users",
         access_user("Jana Köhler").integer == 1 && access_user("Sven Lüders").integer == 7);
    TEST("others are nobody's", access_user(desk_agents[DESK_AGENTS - 1]).kind == CELL_NULL);
    TEST("nor are people of partners", access_user("Ines Nordmann").kind == CELL_NULL);
}

int main(void)
{
    world.day = calendar_days(2026, 11, 10);
    test_proportions();
    test_memory();
    test_agents();
    return test_end();
}
