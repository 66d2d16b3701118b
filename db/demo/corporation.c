/* corporation: lines since eleven years ago, the newest by the dozen with a telephone each. */
#include "corporation.h"

#include "catalogue.h"
#include "db/dates.h"
#include "identity.h"
#include "ledger.h"
#include "orders.h"
#include "tickets.h"

enum {
    YEAR = 365,
    DELIVERIES = 14, /* of the last years, each an order */
    LINES_DELIVERED = 10,
    MONTHS_BILLED = 2,
    LOST_EVERY = 400, /* one in so many lines is barred: its telephone is lost */
};

static int add_line(struct demo_customer *customer, int rank, int64_t start)
{
    int offering = rank % 5 == 0 ? MOBILE_BUSINESS_L : MOBILE_BUSINESS_M;
    int line = model_add_product(customer, offering, DEMO_NONE, start);
    if (rank % LOST_EVERY == LOST_EVERY - 1)
        customer->products[line].status = "SUSPENDED";
    return line;
}

/* Of orders before the last five years nothing is kept. */
static void begin_with_lines(struct demo_customer *customer)
{
    int count = CORPORATION_LINES_HELD - DELIVERIES * LINES_DELIVERED;
    for (int i = 0; i < count; i++)
        add_line(customer, i, customer->since + (int64_t)i * 5 * YEAR / count);
}

static void deliver(struct demo_customer *customer, int which)
{
    int64_t start = customer->world->day - 20 - (DELIVERIES - 1 - which) * (int64_t)100;
    int products[2 * LINES_DELIVERED], count = 0;
    for (int i = 0; i < LINES_DELIVERED; i++) {
        products[count] = add_line(customer, i, start);
        products[count + 1] = model_add_product(customer, SMARTPHONE, products[count], start);
        count += 2;
    }
    orders_add_completed(customer, products, count, "AGENT",
                         dates_midnight(start - 9) + (int64_t)(9 + which % 8) * 3600 * 1000000);
}

void corporation_make(struct demo_customer *customer)
{
    customer->language = DEMO_GERMAN;
    customer->status = "ACTIVE";
    customer->segment = "KEY_ACCOUNT";
    customer->since = customer->world->day - 11 * YEAR;
    identity_organization(customer, STR("Quellenthal Gruppe SE"));
    identity_contacts(customer);
    begin_with_lines(customer);
    for (int i = 0; i < DELIVERIES; i++)
        deliver(customer, i);
    for (int account = 0; account < customer->account_count; account++) {
        ledger_bill(customer, account, MONTHS_BILLED, 0);
        ledger_sum_up(customer, account);
    }
    tickets_make(customer);
}
