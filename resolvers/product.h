/* product: when what a customer holds ends next. */
#pragma once

#include "run/resolver.h"

/* Product.nextExpiry(on:), of binding_until and termination_date. */
enum status product_next_expiry(struct resolve *resolve);
void product_expiry_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out);
