/* orders: one for what began on the same day, one for what ended, and the small changes in between.
 */
#include "orders.h"

#include "catalogue.h"
#include "db/dates.h"
#include "purpose.h"
#include "random.h"

enum {
    HISTORY_DAYS = 5 * 365 + 1,
    OPEN_DAYS = 30, /* older orders have ended */
    ITEMS_PER_ORDER = 20,
    YEARLY_PERMILLE = 1000, /* and what new products bring: 1.1 in all */
    ORDERS_KEPT = DEMO_ORDERS - 4,
};

static const int64_t HOUR = (int64_t)3600 * 1000000;

struct orders {
    struct demo_customer *customer;
    struct random random;
    int64_t first_day;
};

static const char *draw_channel(struct orders *orders)
{
    static const char *const channels[] = {"SELF_CARE", "AGENT", "SHOP", "PARTNER"};
    static const uint32_t alone[] = {400, 330, 240, 30, 0},
                          with_partner[] = {250, 150, 100, 500, 0};
    return channels[random_weighted(&orders->random,
                                    orders->customer->partner_id == 0 ? alone : with_partner)];
}

static const char *draw_open_state(struct orders *orders)
{
    static const char *const states[] = {
        "IN_PROGRESS",         "HELD", "PENDING", "ACKNOWLEDGED", "ASSESSING_CANCELLATION",
        "PENDING_CANCELLATION"};
    static const uint32_t weights[] = {600, 150, 120, 80, 30, 20, 0};
    return states[random_weighted(&orders->random, weights)];
}

/* Of all orders that ended 91 % are completed, 6 % cancelled, 2 % failed and 1 % done in part; only
 * changes can end badly, so among them it is more. */
static const char *draw_ended_state(struct orders *orders)
{
    static const char *const states[] = {"COMPLETED", "CANCELLED", "FAILED", "PARTIAL", "REJECTED"};
    static const uint32_t weights[] = {828, 118, 37, 16, 1, 0};
    return states[random_weighted(&orders->random, weights)];
}

void orders_add_completed(struct demo_customer *customer, const int *products, int count,
                          const char *channel, int64_t ordered_at)
{
    int64_t start = customer->products[products[0]].start_date;
    int position = model_add_order(customer, "COMPLETED", channel, ordered_at);
    struct demo_order *order = &customer->orders[position];
    order->requested_date = start;
    order->expected_date = start;
    order->completed_at = dates_midnight(start);
    if (order->completed_at <= ordered_at)
        order->completed_at = ordered_at + HOUR;
    for (int i = 0; i < count; i++) {
        customer->products[products[i]].ordered = true;
        model_add_item(customer, "ADD", customer->products[products[i]].offering, products[i]);
    }
}

/* Products are still to come, and so are their parts. */
static void add_open(struct orders *orders, int *products, int count, int64_t ordered_at)
{
    struct demo_customer *customer = orders->customer;
    const char *state = draw_open_state(orders);
    bool looked_at = strcmp(state, "ACKNOWLEDGED") != 0 && strcmp(state, "PENDING") != 0;
    int position = model_add_order(customer, state, draw_channel(orders), ordered_at);
    int64_t expected = customer->world->day + random_between(&orders->random, 1, 21);
    customer->orders[position].requested_date = expected - random_between(&orders->random, 0, 7);
    customer->orders[position].expected_date = looked_at ? expected : 0;
    for (int i = 0; i < count; i++) {
        struct demo_product *product = &customer->products[products[i]];
        product->ordered = true;
        product->status = looked_at ? "PENDING_ACTIVE" : "CREATED";
        product->start_date = expected;
        product->binding_until = 0;
        model_add_item(customer, "ADD", product->offering, products[i]);
    }
}

/* What began on the same day; when the order may be open, also the parts that were to follow. */
static int gather(struct orders *orders, int first, bool open, int *products)
{
    struct demo_customer *customer = orders->customer;
    int64_t start = customer->products[first].start_date;
    int count = 0;
    for (int i = first; i < customer->product_count && count < ITEMS_PER_ORDER; i++) {
        struct demo_product *product = &customer->products[i];
        bool together = product->start_date == start;
        for (int j = 0; open && !together && j < count; j++)
            together = product->parent == products[j];
        if (together && !product->ordered)
            products[count++] = i;
    }
    return count;
}

static bool may_be_open(struct orders *orders, int product)
{
    struct demo_customer *customer = orders->customer;
    const struct demo_product *it = &customer->products[product];
    if (strcmp(it->status, "ACTIVE") != 0)
        return false;
    /* A part that follows its service is set up at once: the service is there. */
    if (it->parent != DEMO_NONE)
        return false;
    if (strcmp(customer->status, "INITIALIZED") == 0)
        return true;
    return it->start_date > customer->world->day - OPEN_DAYS && it->start_date > customer->since &&
           random_permille(&orders->random, 560);
}

static void order_products(struct orders *orders)
{
    struct demo_customer *customer = orders->customer;
    for (int i = 0; i < customer->product_count; i++) {
        if (customer->products[i].ordered || customer->products[i].start_date < orders->first_day)
            continue;
        if (customer->order_count == ORDERS_KEPT || customer->item_count > DEMO_ITEMS / 2)
            return;
        int products[ITEMS_PER_ORDER];
        bool open = may_be_open(orders, i);
        int count = gather(orders, i, open, products);
        int64_t start = customer->products[i].start_date;
        bool first = start == customer->since;
        int64_t ordered_on = open || first ? start : start - random_between(&orders->random, 1, 12);
        if (ordered_on < customer->since)
            ordered_on = customer->since;
        int64_t ordered_at = random_moment(&orders->random, ordered_on > customer->world->day - 1
                                                                ? customer->world->day - 1
                                                                : ordered_on);
        if (open)
            add_open(orders, products, count, ordered_at);
        else
            orders_add_completed(customer, products, count, draw_channel(orders), ordered_at);
    }
}

static void order_endings(struct orders *orders)
{
    struct demo_customer *customer = orders->customer;
    for (int i = 0; i < customer->product_count && customer->order_count < ORDERS_KEPT; i++) {
        const struct demo_product *product = &customer->products[i];
        if (product->parent != DEMO_NONE || strcmp(product->status, "TERMINATED") != 0 ||
            product->termination_date < orders->first_day)
            continue;
        int64_t given = product->termination_date - random_between(&orders->random, 10, 40);
        if (given < product->start_date)
            given = product->start_date;
        int position = model_add_order(customer, "COMPLETED", draw_channel(orders),
                                       random_moment(&orders->random, given));
        customer->orders[position].requested_date = product->termination_date;
        customer->orders[position].expected_date = product->termination_date;
        customer->orders[position].completed_at = dates_midnight(product->termination_date + 1);
        for (int part = i, items = 0; part < customer->product_count && items < ITEMS_PER_ORDER;
             part++) {
            if (part == i || customer->products[part].parent == i) {
                model_add_item(customer, "DELETE", customer->products[part].offering, part);
                items++;
            }
        }
    }
}

/* Whether the product was there on the day. */
static bool held_on(const struct demo_product *product, int64_t day)
{
    bool to_come =
        strcmp(product->status, "CREATED") == 0 || strcmp(product->status, "PENDING_ACTIVE") == 0;
    return !to_come && product->start_date <= day &&
           (product->termination_date == 0 || product->termination_date > day);
}

/* DEMO_NONE when the draw met none that was there on that day. */
static int draw_held(struct orders *orders, int64_t day)
{
    struct demo_customer *customer = orders->customer;
    for (int tries = 0; tries < 8; tries++) {
        int product = (int)random_below(&orders->random, (uint32_t)customer->product_count);
        if (customer->products[product].parent == DEMO_NONE &&
            held_on(&customer->products[product], day))
            return product;
    }
    return DEMO_NONE;
}

static void add_change_items(struct orders *orders, int product, int64_t day)
{
    struct demo_customer *customer = orders->customer;
    static const uint32_t how_many[] = {500, 300, 130, 50, 20, 0}; /* 0.8 more on average */
    uint32_t more = random_weighted(&orders->random, how_many);
    model_add_item(customer, "MODIFY", customer->products[product].offering, product);
    for (int part = 0; part < customer->product_count && more > 0; part++) {
        if (customer->products[part].parent != product || !held_on(&customer->products[part], day))
            continue;
        bool modified = random_permille(&orders->random, 300);
        model_add_item(customer, modified ? "MODIFY" : "NO_CHANGE",
                       customer->products[part].offering, part);
        more--;
    }
    for (; more > 0; more--)
        model_add_item(customer, "ADD",
                       random_permille(&orders->random, 600) ? DATA_REFILL : TRAVEL_PASS,
                       DEMO_NONE);
}

/* Items share the order's state, but the last one of an order done in part failed. */
static void settle_items(struct demo_customer *customer, int order)
{
    bool partial = strcmp(customer->orders[order].state, "PARTIAL") == 0;
    for (int i = 0; i < customer->item_count; i++) {
        if (customer->items[i].order == order && partial)
            customer->items[i].state = i + 1 == customer->item_count ? "FAILED" : "COMPLETED";
    }
}

static void add_change(struct orders *orders, int64_t day)
{
    struct demo_customer *customer = orders->customer;
    int product = draw_held(orders, day);
    if (product == DEMO_NONE || customer->order_count == DEMO_ORDERS ||
        customer->item_count > DEMO_ITEMS - 20)
        return;
    bool open = day > customer->world->day - OPEN_DAYS && random_permille(&orders->random, 560);
    int64_t ordered_at = random_moment(&orders->random, day);
    int position =
        model_add_order(customer, open ? draw_open_state(orders) : draw_ended_state(orders),
                        draw_channel(orders), ordered_at);
    struct demo_order *order = &customer->orders[position];
    int64_t expected = day + random_between(&orders->random, 0, 14);
    order->requested_date = random_permille(&orders->random, 700) ? expected : 0;
    order->expected_date =
        open && expected <= customer->world->day ? customer->world->day + 3 : expected;
    if (!open)
        order->completed_at =
            ordered_at + random_between(&orders->random, 600, 6 * 86400) * 1000000;
    int64_t now = dates_midnight(customer->world->day);
    if (order->completed_at > now)
        order->completed_at = now > ordered_at ? now : ordered_at;
    add_change_items(orders, product, day);
    if (strcmp(order->state, "PARTIAL") == 0 &&
        customer->items[customer->item_count - 1].position == 1)
        model_add_item(customer, "ADD", DATA_REFILL, DEMO_NONE);
    settle_items(customer, position);
}

void orders_make(struct demo_customer *customer)
{
    struct orders orders = {
        .customer = customer,
        .random = random_of(customer->world->seed, (uint64_t)customer->ordinal, PURPOSE_ORDERS),
        .first_day = customer->world->day - HISTORY_DAYS,
    };
    int64_t day = customer->world->day;
    int64_t from = customer->since > orders.first_day ? customer->since : orders.first_day;
    order_products(&orders);
    order_endings(&orders);
    uint32_t due =
        random_times(&orders.random, (uint32_t)((day - from) * YEARLY_PERMILLE / 365), ORDERS_KEPT);
    for (uint32_t i = (uint32_t)customer->order_count; i < due; i++)
        add_change(&orders, random_between(&orders.random, from, day - 1));
}
