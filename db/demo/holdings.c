/* holdings: who holds what. The proportions are those of the table in README.md. */
#include "holdings.h"

#include "catalogue.h"
#include "db/dates.h"
#include "model.h"
#include "purpose.h"
#include "random.h"

/* clang-format off */
/* What options a service may have; each list ends with DEMO_NONE. */
static const int mobile_options[] = {SMARTPHONE, DATA_10,    ROAMING_PLUS, VOICEMAIL_PLUS, INSURANCE,
                                     MUSIC_PASS, SECOND_SIM, ABROAD_100,   DEMO_NONE};
static const int prepaid_options[] = {DATA_10, ABROAD_100, MUSIC_PASS, VOICEMAIL_PLUS, DEMO_NONE};
static const int internet_options[] = {ROUTER,       WIFI_EVERYWHERE, SAFETY_PACKAGE, FILM_PASS,
                                       SERVICE_PLUS, STATIC_ADDRESS,  SPORTS_PASS,    DEMO_NONE};
static const int tv_options[] = {TV_BOX, SPORTS_PASS, FILM_PASS, DEMO_NONE};
static const int voice_options[] = {VOICEMAIL_PLUS, ABROAD_100, DEMO_NONE};
/* clang-format on */

struct holdings {
    struct demo_customer *customer;
    struct random random;
    int64_t until; /* the last day on which anything can begin */
};

static const int *options_of(int offering)
{
    const char *category = catalogue[offering].offering.category;
    if (offering == PREPAID_BASIC || offering == PREPAID_PLUS || offering == PREPAID_KIDS)
        return prepaid_options;
    if (strcmp(category, "MOBILE") == 0)
        return mobile_options;
    if (strcmp(category, "TV") == 0)
        return tv_options;
    if (strcmp(category, "VOICE") == 0)
        return voice_options;
    return internet_options;
}

static int64_t later_day(struct holdings *holdings, int64_t from)
{
    return from >= holdings->until ? from
                                   : random_between(&holdings->random, from, holdings->until);
}

static void add_options(struct holdings *holdings, int line)
{
    static const uint32_t how_many[] = {130, 290, 320, 170, 90, 0}; /* 1.8 on average, from 0 */
    const int *options = options_of(holdings->customer->products[line].offering);
    uint32_t count = random_weighted(&holdings->random, how_many);
    int64_t start = holdings->customer->products[line].start_date;
    for (int i = 0; options[i] != DEMO_NONE && count > 0; i++) {
        int left = 0;
        while (options[i + left] != DEMO_NONE)
            left++;
        /* Each of what is left has the same chance, the first ones a better one. */
        if ((uint32_t)left > count && !random_permille(&holdings->random, 450))
            continue;
        bool from_the_start = random_permille(&holdings->random, 850);
        model_add_product(holdings->customer, options[i], line,
                          from_the_start ? start : later_day(holdings, start));
        count--;
    }
}

void holdings_terminate(struct demo_customer *customer, int product, int64_t last_day)
{
    for (int i = 0; i < customer->product_count; i++) {
        struct demo_product *each = &customer->products[i];
        if (i != product && each->parent != product)
            continue;
        if (each->termination_date != 0 && each->termination_date <= last_day)
            continue;
        each->status = "TERMINATED";
        each->termination_date = each->start_date > last_day ? each->start_date : last_day;
    }
}

static void add_line(struct holdings *holdings, int offering, bool first)
{
    struct demo_customer *customer = holdings->customer;
    bool at_once = first || random_permille(&holdings->random, 800);
    int64_t start = at_once ? customer->since : later_day(holdings, customer->since);
    int line = model_add_product(customer, offering, DEMO_NONE, start);
    add_options(holdings, line);
    /* Some are given up while the customer stays, never the first one. */
    if (!first && start < holdings->until - 200 && random_permille(&holdings->random, 90))
        holdings_terminate(customer, line,
                           random_between(&holdings->random, start + 150, holdings->until - 1));
}

static void add_lines(struct holdings *holdings, const int *offerings, const uint32_t *weights,
                      uint32_t count, bool first)
{
    for (uint32_t i = 0; i < count; i++)
        add_line(holdings, offerings[random_weighted(&holdings->random, weights)], first && i == 0);
}

static void hold_prepaid(struct holdings *holdings)
{
    static const int offerings[] = {PREPAID_BASIC, PREPAID_PLUS, PREPAID_KIDS};
    static const uint32_t weights[] = {450, 450, 100, 0}, how_many[] = {820, 140, 40, 0};
    add_lines(holdings, offerings, weights, 1 + random_weighted(&holdings->random, how_many), true);
}

static void hold_mobile(struct holdings *holdings, bool first)
{
    static const int offerings[] = {MOBILE_M, MOBILE_S, MOBILE_L, MOBILE_YOUNG, MOBILE_UNLIMITED};
    static const uint32_t weights[] = {380, 240, 200, 100, 80, 0},
                          how_many[] = {610, 250, 90, 50, 0};
    add_lines(holdings, offerings, weights, 1 + random_weighted(&holdings->random, how_many),
              first);
    if (random_permille(&holdings->random, 200))
        add_line(holdings, random_permille(&holdings->random, 500) ? PREPAID_KIDS : PREPAID_BASIC,
                 false);
}

static void hold_fixed(struct holdings *holdings, uint32_t tv_permille, uint32_t voice_permille)
{
    static const int internet[] = {DSL_50, DSL_100, CABLE_250, FIBRE_300, FIBRE_1000},
                     tv[] = {TV_START, TV_MAX};
    static const uint32_t internet_weights[] = {200, 250, 200, 250, 100, 0},
                          tv_weights[] = {600, 400, 0};
    add_lines(holdings, internet, internet_weights, 1, true);
    if (random_permille(&holdings->random, tv_permille))
        add_lines(holdings, tv, tv_weights, 1, false);
    if (random_permille(&holdings->random, voice_permille))
        add_line(holdings, VOICE_HOME, false);
}

static void hold_business(struct holdings *holdings)
{
    static const int offerings[] = {MOBILE_BUSINESS_M, MOBILE_BUSINESS_L};
    static const uint32_t weights[] = {650, 350, 0},
                          how_many[] = {280, 210, 140, 110, 80, 70, 50, 30, 20, 10, 0};
    uint32_t lines = 1 + random_weighted(&holdings->random, how_many);
    if (random_permille(&holdings->random, 120))
        lines += 9;
    add_lines(holdings, offerings, weights, lines, true);
    if (random_permille(&holdings->random, 600))
        add_line(holdings, FIBRE_BUSINESS, false);
    if (random_permille(&holdings->random, 500))
        add_line(holdings, VOICE_BUSINESS, false);
}

static void hold_residential(struct holdings *holdings)
{
    static const uint32_t profiles[] = {320, 310, 140, 230, 0};
    switch (random_weighted(&holdings->random, profiles)) {
    case 0:
        hold_prepaid(holdings);
        break;
    case 1:
        hold_mobile(holdings, true);
        break;
    case 2:
        hold_fixed(holdings, 340, 340);
        break;
    default:
        hold_fixed(holdings, 560, 0);
        hold_mobile(holdings, false);
    }
}

/* Minimum terms that are over were prolonged by some. */
static void prolong(struct holdings *holdings)
{
    struct demo_customer *customer = holdings->customer;
    for (int i = 0; i < customer->product_count; i++) {
        struct demo_product *product = &customer->products[i];
        while (product->binding_until != 0 && product->binding_until < holdings->until &&
               random_permille(&holdings->random, 450))
            product->binding_until = dates_add_months(product->binding_until, 24);
    }
}

static void suspend(struct demo_customer *customer)
{
    for (int i = 0; i < customer->product_count; i++) {
        if (strcmp(customer->products[i].status, "ACTIVE") == 0)
            customer->products[i].status = "SUSPENDED";
    }
}

static void close(struct demo_customer *customer, int64_t last_day)
{
    for (int i = 0; i < customer->product_count; i++) {
        if (customer->products[i].parent == DEMO_NONE)
            holdings_terminate(customer, i, last_day);
    }
}

void holdings_make(struct demo_customer *customer)
{
    struct holdings holdings = {
        .customer = customer,
        .random = random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_HOLDINGS),
        .until = customer->world->day,
    };
    bool closed = strcmp(customer->status, "CLOSED") == 0;
    if (closed)
        holdings.until =
            random_between(&holdings.random, customer->since + 300, customer->world->day - 1);
    if (customer->organization_name.at != NULL)
        hold_business(&holdings);
    else
        hold_residential(&holdings);
    prolong(&holdings);
    if (closed)
        close(customer, holdings.until);
    if (strcmp(customer->status, "SUSPENDED") == 0)
        suspend(customer);
}
