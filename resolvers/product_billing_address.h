/* product_billing_address: where the part of a bill goes that is for one product. */
#pragma once

#include "act/act.h"

extern const struct action product_set_billing_address;
