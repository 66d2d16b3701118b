/* corporation: a customer with twelve thousand lines, to see that an account may be of any size.
 *
 * Ordinal DEMO_CORPORATION: there when there are ten thousand customers.
 */
#pragma once

#include "model.h"

enum {
    CORPORATION_LINES_HELD = 12000,
    CORPORATION_PRODUCTS = 12500,   /* with what hangs below the lines */
    CORPORATION_BILL_LINES = 25000, /* of two months */
};

void corporation_make(struct demo_customer *customer);
