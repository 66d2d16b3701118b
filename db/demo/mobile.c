/* mobile: what was done to a generated customer's mobile lines, and what lies in stock beside them.
 */
#include "mobile.h"

#include "base/arena.h"
#include "catalogue.h"
#include "db/dates.h"
#include "model.h"
#include "purpose.h"
#include "random.h"
#include "showcase.h"
#include "telephone.h"

enum { KINDS = 3, NUMBERS_LEFT = 24 /* a customer with more lines lends no number to the stock */ };

static const char *const kinds[KINDS] = {"ROAMING", "DATA", "PREMIUM"};
static const uint32_t kind_permille[KINDS] = {15, 4, 30};
static const char *const operators[] = {"Nordstern Mobil", "Vela Telecom", "Funkhaus Süd",
                                        "Alba Mobile"};

/* clang-format off */
/* Bars of the customers with a story. */
static const struct {
    int64_t ordinal;
    int product; /* position of the line */
    const char *kind;
    int days_ago;
    const char *reason;
} barred[] = {
    {1, 0, "PREMIUM", 500, "Asked for by her guardians"},
    {2, 9, "PREMIUM", 410, "Asked for by the mother"},
    {2, 9, "ROAMING", 40,  "The telephone was stolen"},
    {4, 0, "ROAMING", 30,  "Four bills are unpaid"},
    {4, 0, "DATA",    12,  "Four bills are unpaid"},
    {4, 0, "PREMIUM", 30,  "Four bills are unpaid"},
    {5, 8, "PREMIUM", 900, ""},
};

/* Numbers of theirs that move or did. */
static const struct {
    int64_t ordinal;
    int product; /* position of the line */
    const char *direction, *status;
    int asked_days_ago, changed_days_ago, wanted_in_days;
    bool other; /* the number is not the line's */
    const char *other_operator, *reason;
} ported[] = {
    {2,  5,  "IN",  "DONE",      1101, 1095, -1095, false, "Vela Telecom",    NULL},
    {5,  8,  "OUT", "REQUESTED", 2,    2,    9,     false, "Nordstern Mobil", NULL},
    {5,  13, "IN",  "REFUSED",   60,   58,   -50,   true,  "Funkhaus Süd",
        "The number belongs to somebody of another name."},
    {11, 0,  "IN",  "REQUESTED", 1,    1,    3,     true,  "Alba Mobile",     NULL},
};
/* clang-format on */

struct making {
    struct demo_customer *customer;
    struct demo_mobile *mobile;
    struct random random;
    int64_t day;
};

static void add_bar(struct making *making, struct demo_bar bar)
{
    making->mobile->bars[making->mobile->bar_count++] = bar;
}

static void add_port(struct making *making, struct demo_port port)
{
    making->mobile->ports[making->mobile->port_count++] = port;
}

static int64_t at_nine(int64_t day)
{
    return dates_midnight(day) + (int64_t)9 * 3600 * 1000000;
}

/* ---- those with a story ---- */

static void tell_stories(struct making *making)
{
    struct demo_customer *customer = making->customer;
    for (size_t i = 0; i < sizeof(barred) / sizeof(barred[0]); i++) {
        if (barred[i].ordinal == customer->ordinal)
            add_bar(making,
                    (struct demo_bar){.product = barred[i].product,
                                      .kind = barred[i].kind,
                                      .reason = barred[i].reason,
                                      .barred_at = at_nine(making->day - barred[i].days_ago)});
    }
    for (size_t i = 0; i < sizeof(ported) / sizeof(ported[0]); i++) {
        if (ported[i].ordinal != customer->ordinal)
            continue;
        add_port(making,
                 (struct demo_port){
                     .product = ported[i].product,
                     .direction = ported[i].direction,
                     .status = ported[i].status,
                     .number = ported[i].other
                                   ? telephone_mobile(customer)
                                   : customer->products[ported[i].product].service_identifier,
                     .other_operator = ported[i].other_operator,
                     .reason = ported[i].reason,
                     .wanted_on = making->day + ported[i].wanted_in_days,
                     .requested_at = at_nine(making->day - ported[i].asked_days_ago),
                     .changed_at = at_nine(making->day - ported[i].changed_days_ago),
                 });
    }
}

/* ---- everyone else ---- */

static void add_bars(struct making *making, int position)
{
    const struct demo_product *line = &making->customer->products[position];
    for (int i = 0; i < KINDS; i++) {
        bool is_barred = random_permille(&making->random, kind_permille[i]);
        int64_t day = random_between(&making->random, line->start_date, making->day);
        if (is_barred)
            add_bar(making, (struct demo_bar){.product = position,
                                              .kind = kinds[i],
                                              .reason = "",
                                              .barred_at = at_nine(day)});
    }
}

/* The number came with the customer. */
static void add_arrival(struct making *making, int position)
{
    const struct demo_product *line = &making->customer->products[position];
    bool came = random_permille(&making->random, 150);
    const char *from = operators[random_below(&making->random, 4)];
    bool done = line->start_date + 2 <= making->day;
    int64_t changed = done ? line->start_date + 2 : line->start_date;
    if (!came)
        return;
    add_port(making, (struct demo_port){
                         .product = position,
                         .direction = "IN",
                         .status = done ? "DONE" : "REQUESTED",
                         .number = line->service_identifier,
                         .other_operator = from,
                         .wanted_on = line->start_date + 2,
                         .requested_at = at_nine(line->start_date),
                         .changed_at = at_nine(changed),
                     });
}

static void add_lines(struct making *making)
{
    const struct demo_customer *customer = making->customer;
    for (int i = 0; i < customer->product_count; i++) {
        const struct demo_product *product = &customer->products[i];
        bool mobile = strcmp(catalogue[product->offering].offering.category, "MOBILE") == 0;
        bool in_use = strcmp(product->status, "ACTIVE") == 0 && product->start_date <= making->day;
        if (!mobile || !in_use)
            continue;
        add_bars(making, i);
        add_arrival(making, i);
    }
}

/* ---- the stock ---- */

static void add_stock(struct making *making)
{
    struct demo_mobile *mobile = making->mobile;
    struct random *random = &making->random;
    bool lends = random_permille(random, 600), rests = random_permille(random, 80);
    int64_t ahead = random_between(random, 1, 180), ago = random_between(random, 1, 700);
    mobile->spare = random_permille(random, 250);
    mobile->spare_embedded = random_permille(random, 300);
    mobile->spare_puk1 = random_below(random, 100000000);
    mobile->spare_puk2 = random_below(random, 100000000);
    if (!lends || making->customer->mobile_lines > NUMBERS_LEFT)
        return;
    mobile->free_number = telephone_mobile(making->customer);
    mobile->free_from = rests ? making->day + ahead : making->day - ago;
}

struct demo_mobile *mobile_make(struct demo_customer *customer)
{
    struct arena *arena = customer->arena;
    size_t most = (size_t)customer->product_count + 1;
    struct demo_mobile *mobile = arena_new(arena, struct demo_mobile);
    *mobile = (struct demo_mobile){
        .bars = arena_array(arena, struct demo_bar, most * KINDS),
        .ports = arena_array(arena, struct demo_port, most),
    };
    struct making making = {
        .customer = customer,
        .mobile = mobile,
        .random = random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_MOBILE),
        .day = customer->world->day,
    };
    if (customer->ordinal <= SHOWCASE_COUNT)
        tell_stories(&making);
    else
        add_lines(&making);
    if (customer->ordinal != DEMO_CORPORATION)
        add_stock(&making);
    return mobile;
}
