/* order_feasible: an order as the rules of feasibility look at it. */
#pragma once

#include "resolvers/feasibility_order.h"
#include "resolvers/order_draft.h"

/* User errors with reasons, each at its item. Not asked about what only rests or goes on. */
enum status order_feasible(const struct draft *draft, struct feasibility_verdict *verdict);
