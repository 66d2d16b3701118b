/* extras: who pays less, and what an operator wants to know beyond the rest. */
#include "extras.h"

#include "base/arena.h"
#include "db/dates.h"
#include "identity.h"
#include "purpose.h"
#include "random.h"
#include "showcase.h"
#include <assert.h>

enum { YEAR = 365, DAUGHTERS_LINE = 9 /* of the family bundle */ };

struct making {
    struct demo_customer *customer;
    struct demo_extras *extras;
    struct random random;
    int64_t day;
};

static struct extras_membership *join(struct demo_extras *extras, enum extras_group group,
                                      int64_t valid_from)
{
    assert(extras->membership_count < EXTRAS_MEMBERSHIPS);
    struct extras_membership *membership = &extras->memberships[extras->membership_count++];
    *membership = (struct extras_membership){.group = group, .valid_from = valid_from};
    return membership;
}

static void set(struct demo_extras *extras, enum extras_specification specification,
                struct str value)
{
    assert(extras->value_count < EXTRAS_VALUES);
    extras->values[extras->value_count++] =
        (struct extras_value){.specification = specification, .value = value};
}

/* LC and eight digits, one for each customer. */
static struct str card_of(const struct demo_customer *customer)
{
    return str_printf(customer->arena, "LC%08lld", (long long)customer->ordinal);
}

/* ---- everyone ---- */

static void join_residential(struct making *making)
{
    struct demo_customer *customer = making->customer;
    struct random *random = &making->random;
    int64_t years = (making->day - customer->birth_date) / YEAR;
    int64_t since = customer->since;
    bool student = random_permille(random, 250), senior = random_permille(random, 300),
         loyal = random_permille(random, 400), other = random_permille(random, 70);
    static const enum extras_group others[] = {EXTRAS_ASSOCIATION, EXTRAS_DISABILITY,
                                               EXTRAS_EMPLOYEE};
    static const uint32_t weights[] = {520, 320, 160, 0};
    enum extras_group group = others[random_weighted(random, weights)];
    int64_t last_day = making->day + random_between(random, -300, 300);
    if (student && years < 27 && last_day > since)
        join(making->extras, EXTRAS_STUDENT, since)->valid_until = last_day;
    if (senior && years >= 65)
        join(making->extras, EXTRAS_SENIOR, since);
    if (loyal && making->day - since > 10 * YEAR)
        join(making->extras, EXTRAS_TEN_YEARS, since + 10 * YEAR);
    else if (other)
        join(making->extras, group, since);
}

static void describe_residential(struct making *making)
{
    static const char *const shops[] = {"City", "Hauptbahnhof", "Altstadt", "Hafen", "Westpark"};
    static const char *const formats[] = {"Large print", "Braille", "Audio"};
    struct demo_customer *customer = making->customer;
    struct random *random = &making->random;
    const char *shop = shops[random_below(random, 5)], *format = formats[random_below(random, 3)];
    int64_t known = making->day - customer->since;
    int64_t paperless = making->day - random_between(random, 0, known > 0 ? known : 0);
    if (random_permille(random, 180))
        set(making->extras, EXTRAS_LOYALTY_CARD, card_of(customer));
    if (random_permille(random, 60))
        set(making->extras, EXTRAS_PREFERRED_SHOP, str_of(shop));
    if (random_permille(random, 250))
        set(making->extras, EXTRAS_PAPERLESS_SINCE, dates_text(customer->arena, paperless));
    if (random_permille(random, 10))
        set(making->extras, EXTRAS_ACCESSIBLE_FORMAT, str_of(format));
}

static void make_organization(struct making *making)
{
    struct demo_customer *customer = making->customer;
    struct random *random = &making->random;
    int employees = 1 + (int)random_skewed(random, 400);
    int centre = (int)random_between(random, 1000, 99999);
    int spend = (int)random_between(random, 10, 400);
    if (random_permille(random, 120))
        join(making->extras, EXTRAS_SEVERAL_SITES, customer->since);
    else if (random_permille(random, 60))
        join(making->extras, EXTRAS_ASSOCIATION, customer->since);
    if (random_permille(random, 600))
        set(making->extras, EXTRAS_EMPLOYEES, str_printf(customer->arena, "%d", employees));
    if (random_permille(random, 300))
        set(making->extras, EXTRAS_COST_CENTRE, str_printf(customer->arena, "%d", centre));
    if (random_permille(random, 40))
        set(making->extras, EXTRAS_TAX_EXEMPT, STR("true"));
    if (random_permille(random, 150))
        set(making->extras, EXTRAS_AGREED_SPEND, str_printf(customer->arena, "%d.50", spend));
}

/* ---- where bills go ---- */

static int find_billing_address(const struct demo_customer *customer)
{
    for (int i = 0; i < customer->address_count; i++) {
        if (strcmp(customer->addresses[i].role, "BILLING") == 0)
            return i;
    }
    return customer->address_count > 0 ? 0 : DEMO_NONE;
}

int extras_billing_address(const struct demo_customer *customer, int product)
{
    const struct extras_elsewhere *elsewhere = &customer->extras->elsewhere;
    if (elsewhere->product != DEMO_NONE &&
        (product == elsewhere->product || customer->products[product].parent == elsewhere->product))
        return elsewhere->address;
    return customer->extras->billing_address;
}

static struct demo_address *send_elsewhere(struct demo_customer *customer,
                                           struct demo_extras *extras, int product)
{
    struct demo_address *address = model_add_address(customer, "BILLING");
    extras->elsewhere =
        (struct extras_elsewhere){.product = product, .address = customer->address_count - 1};
    return address;
}

/* The last of several, as when somebody moves out. */
static void maybe_send_elsewhere(struct making *making)
{
    struct demo_customer *customer = making->customer;
    int last = DEMO_NONE, count = 0;
    for (int i = 0; i < customer->product_count; i++) {
        if (customer->products[i].parent != DEMO_NONE)
            continue;
        last = i;
        count++;
    }
    bool organization = customer->organization_name.at != NULL;
    if (random_permille(&making->random, organization ? 80 : 15) && count > 1)
        identity_draw_address(customer, &making->random,
                              send_elsewhere(customer, making->extras, last));
}

/* ---- stories ---- */

static void prepaid_youth(struct demo_customer *customer, struct demo_extras *extras)
{
    join(extras, EXTRAS_STUDENT, customer->since)->valid_until = customer->world->day + 300;
}

static void family_bundle(struct demo_customer *customer, struct demo_extras *extras)
{
    join(extras, EXTRAS_EMPLOYEE, customer->since)->valid_until = customer->world->day - 2 * YEAR;
    join(extras, EXTRAS_ASSOCIATION, customer->world->day - 2 * YEAR + 1);
    set(extras, EXTRAS_LOYALTY_CARD, card_of(customer));
    set(extras, EXTRAS_PAPERLESS_SINCE, dates_text(customer->arena, customer->world->day - 900));
    struct demo_address *of_the_daughter = send_elsewhere(customer, extras, DAUGHTERS_LINE);
    of_the_daughter->street = STR("Förderweg 12");
    of_the_daughter->postcode = STR("24103");
    of_the_daughter->city = STR("Kiel");
    of_the_daughter->country = "DE";
}

static void business_with_many_lines(struct demo_customer *customer, struct demo_extras *extras)
{
    join(extras, EXTRAS_SEVERAL_SITES, customer->since);
    set(extras, EXTRAS_EMPLOYEES, STR("480"));
    set(extras, EXTRAS_COST_CENTRE, STR("40210"));
    set(extras, EXTRAS_TAX_EXEMPT, STR("false"));
    set(extras, EXTRAS_AGREED_SPEND, STR("2500.00"));
}

static void long_names(struct demo_customer *customer, struct demo_extras *extras)
{
    join(extras, EXTRAS_SENIOR, customer->world->day - 6 * YEAR);
    join(extras, EXTRAS_TEN_YEARS, customer->since + 10 * YEAR);
    set(extras, EXTRAS_ACCESSIBLE_FORMAT, STR("Large print"));
}

static bool tell_story(struct demo_customer *customer, struct demo_extras *extras)
{
    static void (*const stories[SHOWCASE_COUNT])(struct demo_customer *, struct demo_extras *) = {
        [0] = prepaid_youth,
        [1] = family_bundle,
        [4] = business_with_many_lines,
        [9] = long_names,
    };
    if (customer->ordinal > SHOWCASE_COUNT)
        return false;
    if (stories[customer->ordinal - 1] != NULL)
        stories[customer->ordinal - 1](customer, extras);
    return true;
}

struct demo_extras *extras_make(struct demo_customer *customer)
{
    struct making making = {
        .customer = customer,
        .extras = arena_new(customer->arena, struct demo_extras),
        .random = random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_EXTRAS),
        .day = customer->world->day,
    };
    making.extras->billing_address = find_billing_address(customer);
    making.extras->elsewhere.product = DEMO_NONE;
    if (tell_story(customer, making.extras) || model_is_prospect(customer))
        return making.extras;
    if (customer->organization_name.at != NULL) {
        make_organization(&making);
    } else {
        join_residential(&making);
        describe_residential(&making);
    }
    maybe_send_elsewhere(&making);
    return making.extras;
}
