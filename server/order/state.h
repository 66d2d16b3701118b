/* state: where orders, their items and products stand, and what may follow on it (TMF622, TMF637).
 *
 * All that may follow on what is here, once: mutations, the provisioner and the tests ask it.
 */
#pragma once

#include "base/str.h"
#include <stdbool.h>

enum order_state {
    ORDER_ACKNOWLEDGED,
    ORDER_REJECTED,
    ORDER_PENDING,
    ORDER_HELD,
    ORDER_IN_PROGRESS,
    ORDER_ASSESSING_CANCELLATION,
    ORDER_PENDING_CANCELLATION,
    ORDER_CANCELLED,
    ORDER_COMPLETED,
    ORDER_FAILED,
    ORDER_PARTIAL, /* never of an item */
    ORDER_STATES,
};

enum product_status {
    PRODUCT_CREATED,
    PRODUCT_PENDING_ACTIVE,
    PRODUCT_ACTIVE,
    PRODUCT_SUSPENDED,
    PRODUCT_PENDING_TERMINATE,
    PRODUCT_TERMINATED,
    PRODUCT_CANCELLED,
    PRODUCT_ABORTED,
    PRODUCT_STATUSES,
};

/* As the tables and the schema have them. */
const char *order_state_name(enum order_state state);
const char *product_status_name(enum product_status status);

/* ORDER_STATES, PRODUCT_STATUSES: there is none by that name. */
enum order_state order_state_named(struct str name);
enum product_status product_status_named(struct str name);

/* Whether `to` may follow on `from`. */
bool order_may_become(enum order_state from, enum order_state to);
bool order_item_may_become(enum order_state from, enum order_state to);
bool product_may_become(enum product_status from, enum product_status to);

/* Nothing follows any more. */
bool order_state_is_end(enum order_state state);

/* Whether the customer has it: it is charged, and there are tabs for its kind. */
bool product_status_is_held(enum product_status status);
