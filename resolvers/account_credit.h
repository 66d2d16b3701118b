/* account_credit: credit that is bought, and how far usage without it may run. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action account_set_credit_limit;
extern const struct action account_top_up;

enum credit_change { CREDIT_IS_LIMITED, CREDIT_IS_BOUGHT };

/* What keeps it from an account that is rated so: PREPAID, POSTPAID. */
void account_credit_hinders(struct str rating, enum credit_change change, struct hindrances *out);
