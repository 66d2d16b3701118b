/* account_credit: credit that is bought, and how far usage without it may run. */
#pragma once

#include "act/act.h"

extern const struct action account_set_credit_limit;
extern const struct action account_top_up;
