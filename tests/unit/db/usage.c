/* What generated customers used: it adds up, costs what they were charged, and looks like an
 * operator's. */
#include "unit/test.h"

#include "base/arena.h"
#include "db/dates.h"
#include "db/demo/customer.h"
#include "db/demo/ledger.h"
#include "db/demo/showcase.h"
#include "db/demo/usage.h"
#include "mariadb/calendar.h"

enum { COUNT = 1500, FAR_FROM = 900000 };

static struct demo_world world = {.seed = 1};

struct counts {
    int64_t events, lines;
    int wrong_sums, wrong_charges, out_of_time, wrong_buckets, without_history, fewer_months;
};

static void subtract(struct usage_sum *sum, const struct usage_sum *other)
{
    sum->events -= other->events;
    sum->quantity -= other->quantity;
    sum->amount_minor -= other->amount_minor;
}

static bool is_zero(const struct usage_sum *sum)
{
    return sum->events == 0 && sum->quantity == 0 && sum->amount_minor == 0;
}

/* What is left of a period's sums, all of one kind together, once every event is taken away. */
static void check_sums(struct counts *counts, const struct demo_usage *usage)
{
    struct usage_sum daily[USAGE_TYPES] = {0};
    for (uint32_t i = 0; i < usage->daily_count; i++) {
        const struct usage_sum *sum = &usage->dailies[i].sum;
        daily[usage->dailies[i].type].events += sum->events;
        daily[usage->dailies[i].type].quantity += sum->quantity;
        daily[usage->dailies[i].type].amount_minor += sum->amount_minor;
    }
    for (uint32_t p = 0; p < usage->period_count; p++) {
        struct usage_period left = usage->periods[p];
        for (uint32_t i = 0; i < usage->event_count; i++) {
            const struct usage_event *event = &usage->events[i];
            struct usage_sum one = {1, event->quantity, event->amount_minor};
            if (event->period != (int)p)
                continue;
            int64_t day = event->started_at / dates_midnight(1) - left.first_day;
            subtract(&left.total, &one);
            subtract(&left.by_type[event->type], &one);
            subtract(&left.by_day[day][event->type], &one);
            subtract(&daily[event->type], &one);
        }
        counts->wrong_sums += !is_zero(&left.total);
        for (int type = 0; type < USAGE_TYPES; type++) {
            counts->wrong_sums += !is_zero(&left.by_type[type]);
            for (int day = 0; day < USAGE_DAYS; day++)
                counts->wrong_sums += !is_zero(&left.by_day[day][type]);
        }
    }
    for (int type = 0; type < USAGE_TYPES; type++)
        counts->wrong_sums += !is_zero(&daily[type]);
}

static void check_charges(struct counts *counts, const struct demo_customer *customer)
{
    for (uint32_t p = 0; p < customer->usage->period_count; p++) {
        const struct usage_period *period = &customer->usage->periods[p];
        int64_t charged = 0;
        for (int account = 0; account < customer->account_count; account++)
            charged += ledger_used(customer, account, period->first_day);
        if (!period->open && charged != period->total.amount_minor) {
            counts->wrong_charges++;
            printf("# customer %lld was charged %lld for %lld\n", (long long)customer->ordinal,
                   (long long)charged, (long long)period->total.amount_minor);
        }
    }
}

static void check_events(struct counts *counts, const struct demo_customer *customer)
{
    const struct demo_usage *usage = customer->usage;
    for (uint32_t i = 0; i < usage->event_count; i++) {
        const struct usage_event *event = &usage->events[i];
        const struct usage_period *period = &usage->periods[event->period];
        int64_t day = event->started_at / dates_midnight(1);
        counts->out_of_time += day < period->first_day || day > period->last_day ||
                               day < customer->products[event->product].start_date ||
                               event->started_at > period->collected_at ||
                               event->recorded_at <= event->started_at;
        counts->out_of_time += event->quantity <= 0 || event->amount_minor < 0;
    }
    for (uint32_t i = 0; i < usage->bucket_count; i++) {
        const struct usage_bucket *bucket = &usage->buckets[i];
        counts->wrong_buckets += bucket->used < 0 || bucket->used > bucket->total;
        bool expired = strcmp(bucket->status, "EXPIRED") == 0;
        counts->wrong_buckets += expired == usage->periods[bucket->period].open;
    }
}

static struct counts count(int64_t from)
{
    struct counts counts = {0};
    for (int64_t ordinal = from; ordinal < from + COUNT; ordinal++) {
        struct arena *arena = arena_create();
        const struct demo_customer *customer = customer_make(&world, arena, ordinal);
        const struct demo_usage *usage = customer->usage;
        check_sums(&counts, usage);
        check_charges(&counts, customer);
        check_events(&counts, customer);
        counts.without_history += usage->period_count == 0;
        counts.fewer_months += usage->period_count <= 2;
        for (int i = 0; i < customer->product_count; i++)
            counts.lines += customer->products[i].service_identifier.at != NULL &&
                            customer->products[i].service_identifier.at[0] == '+';
        counts.events += usage->event_count;
        arena_destroy(arena);
    }
    return counts;
}

static void test_what_adds_up(const struct counts *counts, const char *who)
{
    TEST(who, counts->events > COUNT);
    TEST("S1-13 every sum is that of the events that are there", counts->wrong_sums == 0);
    TEST("S1-41 what a month's events cost is what the ledger charged for it",
         counts->wrong_charges == 0);
    TEST("nothing is used outside its period, before its product or after it was taken in",
         counts->out_of_time == 0);
    TEST("S1-40 no allowance gives more than there is in it", counts->wrong_buckets == 0);
}

static void test_history(void)
{
    struct arena *arena = arena_create();
    const struct demo_customer *family = customer_make(&world, arena, 2);
    TEST("S1-41 a customer with a story has thirteen months", family->usage->period_count == 13);
    TEST("so has every twenty-fifth other, if with us for long enough",
         customer_make(&world, arena, 50)->usage->period_count > 2);
    const struct demo_usage *again = customer_make(&world, arena, 2)->usage;
    bool same = again->event_count == family->usage->event_count;
    for (uint32_t i = 0; same && i < again->event_count; i++)
        same = again->events[i].started_at == family->usage->events[i].started_at &&
               again->events[i].quantity == family->usage->events[i].quantity &&
               again->events[i].amount_minor == family->usage->events[i].amount_minor;
    TEST("the same seed and ordinal give the same events", same);
    TEST("full months have 190 events a line, give or take", family->usage->event_count > 1500);
    arena_destroy(arena);
}

int main(void)
{
    world.day = calendar_days(2026, 11, 10);
    struct counts near = count(1), far = count(FAR_FROM);
    test_what_adds_up(&near, "the first customers have events");
    test_what_adds_up(&far, "those far from them have, too");
    printf("# %.1f events a line near, %.1f far\n", (double)near.events / (double)near.lines,
           (double)far.events / (double)far.lines);
    TEST("at a million customers there are at most 20 million events",
         far.events * (1000000 / COUNT) < 20000000);
    test_history();
    return test_end();
}
