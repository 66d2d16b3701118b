/* holdings: the products of an ordinary customer, from the first day to the last. */
#pragma once

#include <stdint.h>

struct demo_customer;

/* Identity must be there. Orders, which may turn products into ones still to come, follow. */
void holdings_make(struct demo_customer *customer);

/* Ends a product and its parts on that day. */
void holdings_terminate(struct demo_customer *customer, int product, int64_t last_day);
