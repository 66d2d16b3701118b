/* usage: events of the lines that were in use, then what they cost, then what they add up to. */
#include "usage.h"

#include "base/arena.h"
#include "catalogue.h"
#include "db/dates.h"
#include "ledger.h"
#include "model.h"
#include "purpose.h"
#include "random.h"
#include "showcase.h"
#include <assert.h>

/* An ordinary line has 190 events in a month: 60 calls, 35 messages, 90 amounts of data, 5 others.
 * Most customers have a part of them only (README.md). Amounts of data get larger as they get
 * fewer, so that a month's data is what it would be. */
enum {
    FULL = 190, /* events of a line and month: showcase, this month and the one before */
    THIN = 19,  /* 1:10, showcase, older months */
    NEAR = 12,  /* 1:16, showcase with many products, customers up to NEAR_CUSTOMERS */
    FAR = 5,    /* 1:40, everyone else */
    LEAST = 1,  /* 1:190, the corporation */
    NEAR_CUSTOMERS = 2000,
    RECENT_MONTHS = 2,  /* everybody has these, */
    HISTORY_EVERY = 25, /* one in so many has all of them */
    MANY_PRODUCTS = 60,
    FAR_DAYS = 2,      /* on which a far customer uses anything in a month */
    BARRED_DAYS = 25,  /* since when lines that are barred were not used */
    MORNING_HOURS = 6, /* until when events of today have been taken in */
};

const char *const usage_type_names[USAGE_TYPES] = {"VOICE", "MESSAGE", "DATA", "OTHER"};
const char *const usage_units[USAGE_TYPES] = {"SECOND", "MESSAGE", "BYTE", "PIECE"};

static const int64_t second = 1000000, day_seconds = 86400, gigabyte = 1000000000;

/* What offerings include every month. */
static const struct {
    int offering;
    enum usage_type type;
    int64_t quantity;
} allowances[] = {
    {MOBILE_S, USAGE_DATA, 5 * 1000000000LL},
    {MOBILE_M, USAGE_DATA, 20 * 1000000000LL},
    {MOBILE_L, USAGE_DATA, 60 * 1000000000LL},
    {MOBILE_YOUNG, USAGE_DATA, 30 * 1000000000LL},
    {MOBILE_BUSINESS_M, USAGE_DATA, 20 * 1000000000LL},
    {MOBILE_BUSINESS_L, USAGE_DATA, 60 * 1000000000LL},
    {PREPAID_PLUS, USAGE_DATA, 10 * 1000000000LL},
    {PREPAID_KIDS, USAGE_DATA, 2 * 1000000000LL},
    {DATA_10, USAGE_DATA, 10 * 1000000000LL},
    {ABROAD_100, USAGE_VOICE, 100 * 60},
};

struct making {
    struct demo_customer *customer;
    struct demo_usage *usage;
    struct random random;
    int64_t month;                      /* first day */
    int ago;                            /* months */
    int64_t (*quantities)[USAGE_TYPES]; /* of each product in this month */
};

/* The days of the month on which a product could be used; none when last < first. */
struct span {
    int64_t first, last;
};

static struct span days_in_use(const struct making *making, const struct demo_product *product)
{
    int64_t today = making->customer->world->day;
    struct span span = {making->month, dates_add_months(making->month, 1) - 1};
    bool barred = strcmp(product->status, "SUSPENDED") == 0,
         used = barred || strcmp(product->status, "ACTIVE") == 0 ||
                strcmp(product->status, "PENDING_TERMINATE") == 0 ||
                strcmp(product->status, "TERMINATED") == 0;
    int64_t until = barred ? today - BARRED_DAYS : today;
    if (product->termination_date != 0 && product->termination_date < until)
        until = product->termination_date;
    if (product->start_date > span.first)
        span.first = product->start_date;
    if (until < span.last)
        span.last = until;
    if (!used)
        span.last = span.first - 1;
    return span;
}

static bool is_line(const struct demo_product *product)
{
    const char *category = catalogue[product->offering].offering.category;
    return strcmp(category, "MOBILE") == 0 || strcmp(category, "VOICE") == 0;
}

/* An array in the arena with room for one more. */
static void *with_room(struct arena *arena, void *items, uint32_t count, uint32_t *capacity,
                       size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 64 : *capacity * 2;
    void *larger = arena_alloc(arena, size * *capacity);
    if (count > 0)
        memcpy(larger, items, size * count);
    return larger;
}

static struct usage_event *add_event(struct making *making, int product, enum usage_type type)
{
    struct demo_usage *usage = making->usage;
    usage->events = with_room(making->customer->arena, usage->events, usage->event_count,
                              &usage->event_capacity, sizeof(*usage->events));
    struct usage_event *event = &usage->events[usage->event_count++];
    *event = (struct usage_event){
        .period = (int)usage->period_count - 1, .product = product, .type = type};
    return event;
}

static struct str other_party(struct making *making)
{
    static const char *const known[] = {
        "+493023125xxx", "+496990009xxx", "+494066969xxx", "+492214710xxx", "+498999998xxx",
        "+491713920xxx", "+353209120xxx", "+353209147xxx", "+336399810xxx", "+336399862xxx"};
    if (random_permille(&making->random, 40))
        return (struct str){0}; /* withheld */
    return str_of(known[random_skewed(&making->random, sizeof(known) / sizeof(known[0]))]);
}

static int64_t moment_on(struct making *making, int64_t day)
{
    int64_t moment = random_moment(&making->random, day), midnight = dates_midnight(day);
    int64_t early = (moment - midnight) / second * MORNING_HOURS / 24;
    return day < making->customer->world->day ? moment : midnight + early * second;
}

/* `data`: how much an amount of data is on average. */
static void use_line(struct making *making, int product, int64_t day, int64_t data)
{
    static const uint32_t mobile[] = {60, 35, 90, 5, 0}, fixed[] = {95, 0};
    bool is_mobile =
        strcmp(catalogue[making->customer->products[product].offering].offering.category,
               "MOBILE") == 0;
    enum usage_type type =
        (enum usage_type)random_weighted(&making->random, is_mobile ? mobile : fixed);
    struct usage_event *event = add_event(making, product, type);
    event->started_at = moment_on(making, day);
    event->quantity = 1;
    if (type == USAGE_VOICE)
        event->quantity = 4 + random_skewed(&making->random, 560);
    if (type == USAGE_DATA)
        event->quantity = data / 2 + random_between(&making->random, 0, 1000) * (data / 1000);
    if (type == USAGE_VOICE || type == USAGE_MESSAGE) {
        event->direction = random_permille(&making->random, 560) ? "OUTGOING" : "INCOMING";
        event->other_party = other_party(making);
    }
    event->recorded_at = event->started_at + (type == USAGE_VOICE ? event->quantity * second : 0) +
                         random_between(&making->random, 1, 300) * second;
}

static int events_of_full_month(const struct making *making)
{
    const struct demo_customer *customer = making->customer;
    if (customer->ordinal == DEMO_CORPORATION)
        return LEAST;
    if (customer->ordinal > SHOWCASE_COUNT)
        return customer->ordinal > NEAR_CUSTOMERS ? FAR : NEAR;
    if (customer->product_count > MANY_PRODUCTS)
        return NEAR;
    return making->ago < RECENT_MONTHS ? FULL : THIN;
}

static int64_t allowance_of(int offering)
{
    for (size_t i = 0; i < sizeof(allowances) / sizeof(allowances[0]); i++) {
        if (allowances[i].offering == offering)
            return allowances[i].quantity;
    }
    return 0;
}

/* How many events the days of a line have: few lines are used a lot. */
static int events_of(struct making *making, struct span span)
{
    static const uint32_t likely[] = {100, 200, 400, 200, 80, 20, 0};
    static const int64_t percent[] = {16, 41, 82, 123, 246, 650};
    int64_t hundredths = events_of_full_month(making) *
                         percent[random_weighted(&making->random, likely)] *
                         (span.last - span.first + 1) / 30;
    return (int)((hundredths + random_below(&making->random, 100)) / 100);
}

static void make_events(struct making *making, int product, struct span span)
{
    int offering = making->customer->products[product].offering, count = events_of(making, span);
    int64_t allowance = allowance_of(offering);
    int64_t monthly = (allowance == 0 ? 12 * gigabyte : allowance) *
                      random_between(&making->random, 25, 115) / 100;
    int64_t volume = monthly * (span.last - span.first + 1) / 31;
    int amounts = count * 90 / FULL; /* of data */
    int64_t days[FAR_DAYS];
    for (int i = 0; i < FAR_DAYS; i++)
        days[i] = random_between(&making->random, span.first, span.last);
    bool far = making->customer->ordinal > NEAR_CUSTOMERS;
    for (int i = 0; i < count; i++)
        use_line(making, product,
                 far ? days[i % FAR_DAYS] : random_between(&making->random, span.first, span.last),
                 volume / (amounts == 0 ? 1 : amounts));
}

/* The last day of the month, or today. */
static int64_t last_day_of(const struct making *making)
{
    int64_t last = dates_add_months(making->month, 1) - 1, today = making->customer->world->day;
    return last < today ? last : today;
}

/* With which product of an account something could be bought on that day. */
static int product_to_buy_with(const struct making *making, int account)
{
    const struct demo_customer *customer = making->customer;
    int64_t last_day = last_day_of(making);
    int found = DEMO_NONE;
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        if (product->account != account || product->start_date > last_day)
            continue;
        bool there = product->termination_date == 0 || product->termination_date >= last_day;
        if (found == DEMO_NONE || (there && customer->products[found].termination_date != 0))
            found = i;
    }
    return found;
}

static void buy(struct making *making, int account)
{
    int product = product_to_buy_with(making, account);
    if (product == DEMO_NONE)
        return;
    struct usage_event *event = add_event(making, product, USAGE_OTHER);
    event->started_at = moment_on(making, last_day_of(making));
    event->recorded_at = event->started_at + 5 * second;
    event->quantity = 1;
}

/* What an account's events cost is spread over a few of them; without any, something was bought. */
static void charge(struct making *making, int account, uint32_t first, int64_t amount)
{
    struct demo_usage *usage = making->usage;
    if (usage->event_count == first)
        buy(making, account);
    uint32_t events = usage->event_count - first, share = events < 6 ? events : 6;
    if (events == 0)
        return;
    for (uint32_t i = 0; i < share; i++)
        usage->events[first + i * (events / share)].amount_minor = amount / share;
    usage->events[first].amount_minor += amount % share;
}

/* What the running month has cost so far is on no bill. */
static int64_t cost_of(struct making *making, int account)
{
    const struct demo_customer *customer = making->customer;
    if (making->ago > 0 || customer->accounts[account].prepaid)
        return ledger_used(customer, account, making->month);
    int64_t days = customer->world->day - making->month + 1;
    return random_permille(&making->random, 300)
               ? random_between(&making->random, 20, 1500) * days / 31
               : 0;
}

static void make_account(struct making *making, int account)
{
    struct demo_customer *customer = making->customer;
    uint32_t first = making->usage->event_count;
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        struct span span = days_in_use(making, product);
        if (product->account == account && is_line(product) && span.last >= span.first)
            make_events(making, i, span);
    }
    int64_t cost = cost_of(making, account);
    if (cost > 0)
        charge(making, account, first, cost);
}

static void add_up(struct usage_sum *sum, const struct usage_event *event)
{
    sum->events++;
    sum->quantity += event->quantity;
    sum->amount_minor += event->amount_minor;
}

/* The events of one product and period lie together. */
static void add_daily(struct making *making, const struct usage_period *period, int product,
                      struct usage_sum sums[USAGE_DAYS][USAGE_TYPES])
{
    struct demo_usage *usage = making->usage;
    for (int day = 0; day < USAGE_DAYS; day++) {
        for (int type = 0; type < USAGE_TYPES; type++) {
            if (sums[day][type].events == 0)
                continue;
            usage->dailies = with_room(making->customer->arena, usage->dailies, usage->daily_count,
                                       &usage->daily_capacity, sizeof(*usage->dailies));
            usage->dailies[usage->daily_count++] =
                (struct usage_daily){.product = product,
                                     .day = period->first_day + day,
                                     .type = (enum usage_type)type,
                                     .sum = sums[day][type]};
        }
    }
}

static void sum_up(struct making *making, uint32_t first)
{
    struct demo_usage *usage = making->usage;
    struct usage_period *period = &usage->periods[usage->period_count - 1];
    struct usage_sum daily[USAGE_DAYS][USAGE_TYPES] = {0};
    for (uint32_t i = first; i < usage->event_count; i++) {
        const struct usage_event *event = &usage->events[i];
        int64_t day = event->started_at / (day_seconds * second) - period->first_day;
        assert(day >= 0 && day < USAGE_DAYS);
        add_up(&period->total, event);
        add_up(&period->by_type[event->type], event);
        add_up(&period->by_day[day][event->type], event);
        add_up(&daily[day][event->type], event);
        making->quantities[event->product][event->type] += event->quantity;
        if (i + 1 < usage->event_count && usage->events[i + 1].product == event->product)
            continue;
        add_daily(making, period, event->product, daily);
        memset(daily, 0, sizeof(daily));
    }
}

static void add_bucket(struct making *making, int product, enum usage_type type, int64_t total,
                       int64_t *left)
{
    struct demo_usage *usage = making->usage;
    bool barred = strcmp(making->customer->products[product].status, "SUSPENDED") == 0;
    int64_t used = *left < total ? *left : total;
    usage->buckets = with_room(making->customer->arena, usage->buckets, usage->bucket_count,
                               &usage->bucket_capacity, sizeof(*usage->buckets));
    usage->buckets[usage->bucket_count++] =
        (struct usage_bucket){.period = (int)usage->period_count - 1,
                              .product = product,
                              .type = type,
                              .total = total,
                              .used = used,
                              .status = making->ago > 0 ? "EXPIRED"
                                        : barred        ? "SUSPENDED"
                                                        : "ACTIVE"};
    *left -= used;
}

/* The line's own allowance is used up before those of its options. */
static void make_buckets(struct making *making, int line)
{
    const struct demo_customer *customer = making->customer;
    int64_t left[USAGE_TYPES] = {
        [USAGE_DATA] = making->quantities[line][USAGE_DATA],
        [USAGE_VOICE] = making->quantities[line][USAGE_VOICE] / 8, /* was abroad */
    };
    for (int i = line; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        if (i != line && product->parent != line)
            continue;
        struct span span = days_in_use(making, product);
        if (span.last < span.first)
            continue;
        for (size_t each = 0; each < sizeof(allowances) / sizeof(allowances[0]); each++) {
            if (allowances[each].offering == product->offering)
                add_bucket(making, i, allowances[each].type, allowances[each].quantity,
                           &left[allowances[each].type]);
        }
    }
}

static bool has_line_in_use(const struct making *making)
{
    const struct demo_customer *customer = making->customer;
    for (int i = 0; i < customer->product_count; i++) {
        struct span span = days_in_use(making, &customer->products[i]);
        if (is_line(&customer->products[i]) && span.last >= span.first)
            return true;
    }
    return false;
}

static void make_period(struct making *making)
{
    struct demo_usage *usage = making->usage;
    struct demo_customer *customer = making->customer;
    uint32_t first = usage->event_count, buckets = usage->bucket_count;
    int64_t next = dates_add_months(making->month, 1);
    struct usage_period *period = &usage->periods[usage->period_count++];
    *period = (struct usage_period){
        .first_day = making->month,
        .last_day = next - 1,
        .open = making->ago == 0,
        .collected_at = making->ago == 0
                            ? dates_midnight(customer->world->day) + MORNING_HOURS * 3600 * second
                            : dates_midnight(next) + 3600 * second,
    };
    size_t products = (size_t)customer->product_count;
    making->quantities =
        (int64_t(*)[USAGE_TYPES])arena_array(customer->arena, int64_t, products * USAGE_TYPES);
    for (int account = 0; account < customer->account_count; account++)
        make_account(making, account);
    sum_up(making, first);
    for (int i = 0; i < customer->product_count; i++) {
        if (is_line(&customer->products[i]))
            make_buckets(making, i);
    }
    bool empty = usage->event_count == first && usage->bucket_count == buckets;
    if (empty && !has_line_in_use(making))
        usage->period_count--;
}

struct demo_usage *usage_make(struct demo_customer *customer)
{
    struct making making = {
        .customer = customer,
        .usage = arena_new(customer->arena, struct demo_usage),
        .random = random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_USAGE),
    };
    bool whole_history =
        customer->ordinal <= SHOWCASE_COUNT || customer->ordinal % HISTORY_EVERY == 0;
    int64_t this_month = dates_first_of_month(customer->world->day);
    for (int ago = (whole_history ? USAGE_MONTHS : RECENT_MONTHS) - 1; ago >= 0; ago--) {
        making.ago = ago;
        making.month = dates_add_months(this_month, -ago);
        make_period(&making);
    }
    assert(making.usage->event_count < USAGE_IDS);
    return making.usage;
}
