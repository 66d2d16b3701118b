/* ledger: the last twelve months of each account, so that its balance is its last entry's. */
#pragma once

#include "model.h"

/* Products must be there. */
void ledger_make(struct demo_customer *customer);

/* Bills for the last `months` months of the account, the newest `unpaid` of them not paid. */
void ledger_bill(struct demo_customer *customer, int account, int months, int unpaid);

/* From the balance, and whether more than the newest bill is open. */
void ledger_set_payment_status(struct demo_customer *customer, int account, int unpaid);
