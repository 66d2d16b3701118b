/* customer_update: Mutation.updateCustomer. */
#pragma once

#include "act/act.h"

extern const struct action customer_update;
