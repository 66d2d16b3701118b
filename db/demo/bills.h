/* bills: what an account is asked to pay for a month, line by line. */
#pragma once

#include "model.h"

/* What the account's products cost in the month that begins on this day: whole months only. */
int64_t bills_monthly_sum(const struct demo_customer *customer, int account, int64_t month);

/* The bill for that month: a line for each product, and one for what was used. Its position, or
 * DEMO_NONE when there is nothing to bill. */
int bills_add(struct demo_customer *customer, int account, int64_t month, int64_t used_minor);

/* Less remains of it. */
void bills_pay(struct demo_customer *customer, int bill, int64_t amount_minor);

/* What remains of the account's bills; of those only whose last day in time is before `overdue_on`,
 * unless it is 0. *count: of how many. */
int64_t bills_remaining(const struct demo_customer *customer, int account, int64_t overdue_on,
                        int *count);
