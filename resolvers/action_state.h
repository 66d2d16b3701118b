/* action_state: what can be done with a thing as it stands now, and what keeps the rest from it. */
#pragma once

#include "run/resolver.h"

/* .later of Customer.actions, Product.actions and ProductOrder.actions. */
void action_state_of_customers(struct resolve *resolve);
void action_state_of_products(struct resolve *resolve);
void action_state_of_orders(struct resolve *resolve);

enum status action_state_reasons(struct resolve *resolve);
void action_state_leaf(const struct resolve *resolve, const void *object, const struct field *field,
                       struct cell *out);
void action_state_reason_leaf(const struct resolve *resolve, const void *object,
                              const struct field *field, struct cell *out);
