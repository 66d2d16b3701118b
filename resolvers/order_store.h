/* order_store: an order that may be, written: with its items, their products and their prices. */
#pragma once

#include "order/work.h"
#include "resolvers/order_draft.h"

/* A new order, received and not looked at. Its number is taken first of all that is locked besides
 * the customer, so that who orders at the same time waits here and not in the middle. */
enum status order_store_number(struct act *act, struct str *number);
enum status order_store_new(struct draft *draft, struct str number, struct order_work *work);

/* The items, behind those that the order has already; with their tasks. */
enum status order_store_items(struct draft *draft, const struct order_work *work);
