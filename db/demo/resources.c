/* resources: one SIM card for each line, sometimes another before it; devices, mailboxes and cards
 * with the products that bring them. */
#include "resources.h"

#include "base/arena.h"
#include "catalogue.h"
#include "db/dates.h"
#include "model.h"
#include "purpose.h"
#include "random.h"
#include <assert.h>

enum { MAILBOXES = 3, CARD_DIGITS = 16, WARRANTY_MONTHS = 24, OLD_LINE_DAYS = 400 };

/* clang-format off */
static const struct demo_device_model models[] = {
    {"PHONE",            "Halberg",  "H7 Lite",       "HL7"},
    {"PHONE",            "Halberg",  "H9",            "HL9"},
    {"PHONE",            "Orovia",   "Nova 5",        "ORN5"},
    {"PHONE",            "Orovia",   "Nova 5 Pro",    "ORP5"},
    {"ROUTER",           "Weblink",  "Home 6",        "WLH6"},
    {"ROUTER",           "Weblink",  "Home 7",        "WLH7"},
    {"SET_TOP_BOX",      "Bildwerk", "TV Box 4K",     "BW4K"},
    {"OPTICAL_TERMINAL", "Lumeno",   "ONT 10",        "LMN"},
    {NULL, NULL, NULL, NULL},
};

/* What happened to single cards of the customers with a story: each is replaced by another one. */
static const struct {
    int64_t ordinal;
    int product; /* position of the line */
    int days_ago;
    bool blocked;
} stories[] = {
    {2, 9,  40, true},   /* Katharina Berger: a daughter's telephone was stolen */
    {5, 6,  12, true},   /* Hafenlicht Logistik: one was lost on a quay */
    {5, 11, 90, false},  /* and one wore out */
};
/* clang-format on */

struct making {
    struct demo_customer *customer;
    struct demo_resources *resources;
    struct random random;
};

static bool is_of(const struct demo_product *product, const char *category)
{
    return strcmp(catalogue[product->offering].offering.category, category) == 0;
}

static bool is_status(const struct demo_product *product, const char *status)
{
    return strcmp(product->status, status) == 0;
}

/* It was never set up, and never will be. */
static bool came_to_nothing(const struct demo_product *product)
{
    return is_status(product, "CANCELLED") || is_status(product, "ABORTED");
}

static bool is_coming(const struct demo_product *product)
{
    return is_status(product, "CREATED") || is_status(product, "PENDING_ACTIVE");
}

static bool is_over(const struct demo_product *product)
{
    return is_status(product, "TERMINATED");
}

/* The last day on which anything can have happened to it. */
static int64_t last_day(const struct making *making, const struct demo_product *product)
{
    return is_over(product) ? product->termination_date : making->customer->world->day;
}

/* ---- SIM cards ---- */

static struct demo_sim *add_sim(struct making *making, int line)
{
    struct demo_sim *sim = &making->resources->sims[making->resources->sim_count++];
    *sim = (struct demo_sim){
        .product = line,
        .puk1 = random_below(&making->random, 100000000),
        .puk2 = random_below(&making->random, 100000000),
    };
    return sim;
}

/* The day on which the card before the present one gave way to it; 0: there was none before. */
static int64_t day_of_change(struct making *making, int position, bool *blocked)
{
    const struct demo_customer *customer = making->customer;
    const struct demo_product *product = &customer->products[position];
    int64_t first = product->start_date + 60, last = last_day(making, product) - 30;
    bool replaced = random_permille(&making->random, 110);
    *blocked = random_permille(&making->random, 300);
    for (size_t i = 0; i < sizeof(stories) / sizeof(stories[0]); i++) {
        if (stories[i].ordinal == customer->ordinal && stories[i].product == position) {
            *blocked = stories[i].blocked;
            return customer->world->day - stories[i].days_ago;
        }
    }
    bool old = last - first > OLD_LINE_DAYS;
    return replaced && old ? random_between(&making->random, first, last) : 0;
}

/* `product` is the line itself, or the option that brings a second card. */
static void add_sims(struct making *making, int position, int line)
{
    const struct demo_product *product = &making->customer->products[position];
    bool blocked = false;
    int64_t since = product->start_date;
    int64_t changed = is_coming(product) ? 0 : day_of_change(making, position, &blocked);
    if (changed != 0) {
        struct demo_sim *before = add_sim(making, line);
        before->status = blocked ? "BLOCKED" : "REPLACED";
        before->activated_on = since;
        before->ended_on = changed;
        since = changed;
    }
    struct demo_sim *sim = add_sim(making, line);
    sim->embedded = random_permille(&making->random, changed != 0 ? 400 : 120);
    sim->status = is_coming(product)                ? "READY"
                  : is_over(product)                ? "DEACTIVATED"
                  : is_status(product, "SUSPENDED") ? "SUSPENDED"
                                                    : "ACTIVE";
    sim->activated_on = is_coming(product) ? 0 : since;
    sim->ended_on = is_over(product) ? product->termination_date : 0;
}

/* The digit that makes a number one of ISO/IEC 7812 (Luhn). */
static char luhn_digit(const char *digits, size_t length)
{
    int sum = 0;
    for (size_t i = 0; i < length; i++) {
        int digit = digits[length - 1 - i] - '0';
        int twice = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += i % 2 == 0 ? twice : digit;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

static struct str with_luhn_digit(struct arena *arena, struct str digits)
{
    return str_printf(arena, STR_FMT "%c", STR_ARG(digits), luhn_digit(digits.at, digits.len));
}

/* The corporation has more cards than there are ids for one customer. */
static int64_t serial_of(const struct demo_customer *customer, int sim)
{
    return sim < DEMO_IDS - 1 ? customer->ordinal * DEMO_IDS + sim : DEMO_FURTHER_IDS + sim;
}

/* 89 for telecommunications, then a country code that the ITU has given to nobody. */
struct str resources_iccid(const struct demo_customer *customer, int sim)
{
    struct str digits =
        str_printf(customer->arena, "8999901%011lld", (long long)serial_of(customer, sim));
    return with_luhn_digit(customer->arena, digits);
}

/* 999 is for networks of one's own, which no other one knows. */
struct str resources_imsi(const struct demo_customer *customer, int sim)
{
    return str_printf(customer->arena, "99999%010lld", (long long)serial_of(customer, sim));
}

/* ---- devices ---- */

static const struct demo_device_model *draw_model(struct making *making, const char *kind)
{
    const struct demo_device_model *first = models;
    uint32_t count = 0;
    while (strcmp(first->kind, kind) != 0)
        first++;
    while (first[count].kind != NULL && strcmp(first[count].kind, kind) == 0)
        count++;
    return first + random_below(&making->random, count);
}

static void add_device(struct making *making, int position, const char *kind)
{
    const struct demo_product *product = &making->customer->products[position];
    bool lent = strcmp(kind, "PHONE") != 0;
    struct demo_device *device = &making->resources->devices[making->resources->device_count++];
    *device = (struct demo_device){
        .product = position,
        .model = draw_model(making, kind),
        .lent = lent,
        .delivered_on = product->start_date,
        .returned_on = lent && is_over(product) ? product->termination_date : 0,
        .warranty_until = lent ? 0 : dates_add_months(product->start_date, WARRANTY_MONTHS),
    };
}

static void add_devices(struct making *making, int position)
{
    const struct demo_product *product = &making->customer->products[position];
    if (is_coming(product))
        return; /* nothing was sent yet */
    if (product->offering == SMARTPHONE)
        add_device(making, position, "PHONE");
    else if (product->offering == ROUTER)
        add_device(making, position, "ROUTER");
    else if (product->offering == TV_BOX)
        add_device(making, position, "SET_TOP_BOX");
    else if (is_of(product, "FIBRE") && product->offering != FAMILY_BUNDLE)
        add_device(making, position, "OPTICAL_TERMINAL");
}

struct str resources_serial(const struct demo_customer *customer, int device)
{
    return str_printf(customer->arena, "%s-%07lld%03d",
                      customer->resources->devices[device].model->serial_prefix,
                      (long long)customer->ordinal, device);
}

/* ---- mailboxes ---- */

static struct str mailbox_name(const struct demo_customer *customer, int which)
{
    static const char *const others[MAILBOXES] = {"kunde", "familie", "verein"};
    for (int i = 0; i < customer->contact_count && which == 0; i++) {
        struct str value = customer->contacts[i].value;
        const char *at = memchr(value.at, '@', value.len);
        if (at != NULL && customer->organization_name.at == NULL)
            return (struct str){.at = value.at, .len = (size_t)(at - value.at)};
    }
    return str_printf(customer->arena, "%s.%lld", others[which], (long long)customer->ordinal);
}

static void add_logins(struct making *making, int position)
{
    struct demo_customer *customer = making->customer;
    const struct demo_product *product = &customer->products[position];
    static const uint32_t how_many[] = {430, 380, 140, 50, 0};
    int count = (int)random_weighted(&making->random, how_many);
    for (int i = 0; i < count; i++) {
        bool locked = random_permille(&making->random, 30) || is_status(product, "SUSPENDED");
        struct str name = mailbox_name(customer, i);
        int64_t day =
            random_between(&making->random, product->start_date, last_day(making, product));
        struct demo_login *login = &making->resources->logins[making->resources->login_count++];
        *login = (struct demo_login){
            .product = position,
            .address = str_printf(customer->arena, STR_FMT "@post.example", STR_ARG(name)),
            .status = is_over(product) ? "CLOSED"
                      : locked         ? "LOCKED"
                                       : "ACTIVE",
            .quota_bytes = (int64_t)(i == 0 ? 15 : 5) << 30,
            .created_on = product->start_date,
            .changed_at = random_moment(&making->random, day),
        };
    }
}

/* ---- cards, tags and logins ---- */

/* Payment cards do not begin so: 9 is for national use, 999 for no country. */
static struct str card_number(const struct demo_customer *customer, int which)
{
    struct str digits =
        str_printf(customer->arena, "9999%08lld%03d", (long long)customer->ordinal, which);
    assert(digits.len == CARD_DIGITS - 1);
    return with_luhn_digit(customer->arena, digits);
}

static void add_token(struct making *making, int position, const char *kind, struct str value)
{
    const struct demo_product *product = &making->customer->products[position];
    bool lost = random_permille(&making->random, 20);
    making->resources->tokens[making->resources->token_count++] = (struct demo_token){
        .product = position,
        .kind = kind,
        .status = is_over(product) ? "ENDED"
                  : lost           ? "BLOCKED"
                                   : "ACTIVE",
        .value = value,
        .issued_on = product->start_date,
    };
}

static void add_tokens(struct making *making, int position)
{
    struct demo_customer *customer = making->customer;
    const struct demo_product *product = &customer->products[position];
    int which = making->resources->token_count;
    if (is_coming(product))
        return;
    if (is_of(product, "TV"))
        add_token(making, position, "CARD", card_number(customer, which));
    else if (product->offering == WIFI_EVERYWHERE)
        add_token(making, position, "LOGIN",
                  str_printf(customer->arena, "wlan-%lld-%d", (long long)customer->ordinal, which));
    else if (product->offering == FIBRE_BUSINESS)
        add_token(making, position, "TAG",
                  str_printf(customer->arena, "04%010llX%02X", (long long)customer->ordinal,
                             (unsigned)which));
}

/* ---- all of it ---- */

static void add_of_product(struct making *making, int position)
{
    const struct demo_product *product = &making->customer->products[position];
    if (came_to_nothing(product))
        return;
    if (is_of(product, "MOBILE"))
        add_sims(making, position, position);
    else if (product->offering == SECOND_SIM)
        add_sims(making, position, product->parent);
    add_devices(making, position);
    add_tokens(making, position);
    bool internet = is_of(product, "BROADBAND") || is_of(product, "FIBRE");
    if (internet && !is_coming(product) && making->resources->login_count == 0)
        add_logins(making, position);
}

struct demo_resources *resources_make(struct demo_customer *customer)
{
    struct arena *arena = customer->arena;
    size_t most = (size_t)customer->product_count;
    struct demo_resources *resources = arena_new(arena, struct demo_resources);
    resources->sims = arena_array(arena, struct demo_sim, most * 2);
    resources->devices = arena_array(arena, struct demo_device, most);
    resources->logins = arena_array(arena, struct demo_login, MAILBOXES);
    resources->tokens = arena_array(arena, struct demo_token, most);
    struct making making = {
        .customer = customer,
        .resources = resources,
        .random = random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_RESOURCES),
    };
    for (int i = 0; i < customer->product_count; i++)
        add_of_product(&making, i);
    return resources;
}
