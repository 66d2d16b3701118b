/* billing_account_update: Mutation.updateBillingAccount. */
#pragma once

#include "act/act.h"

extern const struct action billing_account_update;
