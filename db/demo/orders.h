/* orders: what a customer ordered in the last five years, in step with the products. */
#pragma once

#include "model.h"

/* Products must be there; those of orders still under way become ones to come. */
void orders_make(struct demo_customer *customer);

/* An order that set up these products and is done; its items name them. */
void orders_add_completed(struct demo_customer *customer, const int *products, int count,
                          const char *channel, int64_t ordered_at);
