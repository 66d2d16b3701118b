/* customer: what is found and said of customers beyond what is stored of them. */
#pragma once

#include "run/resolver.h"

/* Query.customers(search:): numbers, telephone numbers in any form, e-mail addresses, names in any
 * order. */
predicate_function customer_search;

/* Customer.age(on:), of birth_date. */
enum status customer_age(struct compute *compute);

/* Customer.verificationState(on:), of identity_verified and identity_valid_until. */
enum status customer_verification_state(struct compute *compute);
