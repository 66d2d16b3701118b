/* order_feasible: an order as the rules of feasibility look at it. */
#pragma once

#include "order/work.h"
#include "resolvers/feasibility_order.h"
#include "resolvers/order_draft.h"

/* User errors with reasons, each at its item. Not asked about what only rests or goes on. */
enum status order_feasible(const struct draft *draft, struct feasibility_verdict *verdict);

/* The same of an order that is changed, as it is to be: what is new, and of what it had whatever is
 * still to be begun. What was placed elsewhere was judged there, and only what is new is judged.
 * verdict->order.count is 0 when there is nothing to judge. */
enum status order_feasible_again(const struct draft *draft, const struct order_work *work,
                                 const struct order_items *items,
                                 struct feasibility_verdict *verdict);
