/* interactions: when a customer and the operator were in touch in the last twelve months. */
#pragma once

#include "model.h"

/* Orders and tickets must be there. */
void interactions_make(struct demo_customer *customer);
