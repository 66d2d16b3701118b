/* customer_create: Mutation.createCustomer. */
#pragma once

#include "act/act.h"

extern const struct action customer_create;
