/* ledger: the last twelve months of each account, so that its balance is its last entry's. */
#pragma once

#include "model.h"

/* Products must be there. */
void ledger_make(struct demo_customer *customer);

/* Bills for the last `months` months of the account, the newest `unpaid` of them not paid. */
void ledger_bill(struct demo_customer *customer, int account, int months, int unpaid);

/* All of a bill, or a part. */
void ledger_pay(struct demo_customer *customer, int bill, const char *method, int64_t amount_minor,
                int64_t at);

/* What of its bills is due and overdue, and what was done about it, once all its entries are there.
 */
void ledger_sum_up(struct demo_customer *customer, int account);

/* Credit is bought, and used: a CHARGE or USAGE. */
void ledger_top_up(struct demo_customer *customer, int account, const char *method,
                   int64_t amount_minor, int64_t at);
void ledger_use(struct demo_customer *customer, int account, const char *kind, int64_t amount_minor,
                int64_t at);

/* What use cost in the month that begins on this day, as its bill or its credit was charged. */
int64_t ledger_used(const struct demo_customer *customer, int account, int64_t month);
