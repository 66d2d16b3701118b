/* state: the tables of what may follow on what. */
#include "order/state.h"

#define BIT(state) (1u << (state))

static const char *const states[ORDER_STATES] = {
    [ORDER_ACKNOWLEDGED] = "ACKNOWLEDGED",
    [ORDER_REJECTED] = "REJECTED",
    [ORDER_PENDING] = "PENDING",
    [ORDER_HELD] = "HELD",
    [ORDER_IN_PROGRESS] = "IN_PROGRESS",
    [ORDER_ASSESSING_CANCELLATION] = "ASSESSING_CANCELLATION",
    [ORDER_PENDING_CANCELLATION] = "PENDING_CANCELLATION",
    [ORDER_CANCELLED] = "CANCELLED",
    [ORDER_COMPLETED] = "COMPLETED",
    [ORDER_FAILED] = "FAILED",
    [ORDER_PARTIAL] = "PARTIAL",
};

/* A cancellation that is denied leads back to where it was asked for. */
static const unsigned order_followers[ORDER_STATES] = {
    [ORDER_ACKNOWLEDGED] = BIT(ORDER_REJECTED) | BIT(ORDER_IN_PROGRESS) | BIT(ORDER_PENDING),
    [ORDER_PENDING] =
        BIT(ORDER_IN_PROGRESS) | BIT(ORDER_CANCELLED) | BIT(ORDER_ASSESSING_CANCELLATION),
    [ORDER_HELD] =
        BIT(ORDER_IN_PROGRESS) | BIT(ORDER_CANCELLED) | BIT(ORDER_ASSESSING_CANCELLATION),
    [ORDER_IN_PROGRESS] = BIT(ORDER_PENDING) | BIT(ORDER_HELD) | BIT(ORDER_ASSESSING_CANCELLATION) |
                          BIT(ORDER_COMPLETED) | BIT(ORDER_FAILED) | BIT(ORDER_PARTIAL),
    [ORDER_ASSESSING_CANCELLATION] = BIT(ORDER_IN_PROGRESS) | BIT(ORDER_PENDING) | BIT(ORDER_HELD) |
                                     BIT(ORDER_PENDING_CANCELLATION),
    [ORDER_PENDING_CANCELLATION] = BIT(ORDER_CANCELLED),
};

static const char *const statuses[PRODUCT_STATUSES] = {
    [PRODUCT_CREATED] = "CREATED",
    [PRODUCT_PENDING_ACTIVE] = "PENDING_ACTIVE",
    [PRODUCT_ACTIVE] = "ACTIVE",
    [PRODUCT_SUSPENDED] = "SUSPENDED",
    [PRODUCT_PENDING_TERMINATE] = "PENDING_TERMINATE",
    [PRODUCT_TERMINATED] = "TERMINATED",
    [PRODUCT_CANCELLED] = "CANCELLED",
    [PRODUCT_ABORTED] = "ABORTED",
};

/* Beyond TMF637: what was never taken up may be given up at once, and who gives a product up may
 * think better of it while it lasts. */
static const unsigned product_followers[PRODUCT_STATUSES] = {
    [PRODUCT_CREATED] = BIT(PRODUCT_PENDING_ACTIVE) | BIT(PRODUCT_ACTIVE) | BIT(PRODUCT_CANCELLED) |
                        BIT(PRODUCT_ABORTED),
    [PRODUCT_PENDING_ACTIVE] = BIT(PRODUCT_ACTIVE) | BIT(PRODUCT_ABORTED) | BIT(PRODUCT_CANCELLED),
    [PRODUCT_ACTIVE] =
        BIT(PRODUCT_SUSPENDED) | BIT(PRODUCT_PENDING_TERMINATE) | BIT(PRODUCT_TERMINATED),
    [PRODUCT_SUSPENDED] = BIT(PRODUCT_ACTIVE) | BIT(PRODUCT_PENDING_TERMINATE),
    [PRODUCT_PENDING_TERMINATE] =
        BIT(PRODUCT_TERMINATED) | BIT(PRODUCT_ACTIVE) | BIT(PRODUCT_SUSPENDED),
};

static unsigned find(const char *const *names, unsigned count, struct str name)
{
    unsigned found = 0;
    while (found < count && !str_is(name, names[found]))
        found++;
    return found;
}

const char *order_state_name(enum order_state state)
{
    return states[state];
}

const char *product_status_name(enum product_status status)
{
    return statuses[status];
}

enum order_state order_state_named(struct str name)
{
    return find(states, ORDER_STATES, name);
}

enum product_status product_status_named(struct str name)
{
    return find(statuses, PRODUCT_STATUSES, name);
}

bool order_may_become(enum order_state from, enum order_state to)
{
    return from < ORDER_STATES && to < ORDER_STATES && (order_followers[from] & BIT(to)) != 0;
}

bool order_item_may_become(enum order_state from, enum order_state to)
{
    return to != ORDER_PARTIAL && order_may_become(from, to);
}

bool product_may_become(enum product_status from, enum product_status to)
{
    return from < PRODUCT_STATUSES && to < PRODUCT_STATUSES &&
           (product_followers[from] & BIT(to)) != 0;
}

bool order_state_is_end(enum order_state state)
{
    return order_followers[state] == 0;
}

bool product_status_is_held(enum product_status status)
{
    return status == PRODUCT_ACTIVE || status == PRODUCT_SUSPENDED ||
           status == PRODUCT_PENDING_TERMINATE;
}
