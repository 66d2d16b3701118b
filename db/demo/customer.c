/* customer: the order in which one customer comes about. */
#include "customer.h"

#include "base/arena.h"
#include "holdings.h"
#include "identity.h"
#include "ledger.h"
#include "messages.h"
#include "orders.h"
#include "showcase.h"
#include "tickets.h"
#include "usage.h"
#include <assert.h>

struct demo_customer *customer_make(const struct demo_world *world, struct arena *arena,
                                    int64_t ordinal)
{
    assert(ordinal >= 1);
    struct demo_customer *customer = arena_new(arena, struct demo_customer);
    customer->world = world;
    customer->arena = arena;
    customer->ordinal = ordinal;
    if (ordinal <= SHOWCASE_COUNT) {
        showcase_make(customer);
    } else {
        identity_make(customer);
        holdings_make(customer);
        orders_make(customer);
        ledger_make(customer);
        tickets_make(customer);
    }
    customer->usage = usage_make(customer);
    messages_make(customer);
    return customer;
}
