/* customer: the order in which one customer comes about. */
#include "customer.h"

#include "base/arena.h"
#include "corporation.h"
#include "extras.h"
#include "holdings.h"
#include "identity.h"
#include "interactions.h"
#include "ledger.h"
#include "messages.h"
#include "mobile.h"
#include "orders.h"
#include "party.h"
#include "resources.h"
#include "showcase.h"
#include "tickets.h"
#include "usage.h"
#include <assert.h>

static void hold_and_order(struct demo_customer *customer)
{
    holdings_make(customer);
    orders_make(customer);
    ledger_make(customer);
    tickets_make(customer);
}

struct demo_customer *customer_make(const struct demo_world *world, struct arena *arena,
                                    int64_t ordinal)
{
    assert(ordinal >= 1);
    struct demo_customer *customer = arena_new(arena, struct demo_customer);
    bool large = ordinal == DEMO_CORPORATION;
    *customer = (struct demo_customer){
        .world = world,
        .arena = arena,
        .ordinal = ordinal,
        .product_capacity = large ? CORPORATION_PRODUCTS : DEMO_PRODUCTS,
        .line_capacity = large ? CORPORATION_BILL_LINES : DEMO_LINES,
    };
    customer->products =
        arena_array(arena, struct demo_product, (size_t)customer->product_capacity);
    customer->lines = arena_array(arena, struct demo_line, (size_t)customer->line_capacity);
    if (ordinal <= SHOWCASE_COUNT) {
        showcase_make(customer);
    } else if (large) {
        corporation_make(customer);
    } else {
        identity_make(customer);
        if (!model_is_prospect(customer))
            hold_and_order(customer);
    }
    customer->usage = usage_make(customer);
    customer->resources = resources_make(customer);
    if (!model_is_prospect(customer))
        messages_make(customer);
    interactions_make(customer);
    customer->party = party_make(customer);
    customer->extras = extras_make(customer);
    customer->mobile = mobile_make(customer);
    return customer;
}
