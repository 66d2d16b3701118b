/* customer: finding customers by what a caller says of themselves. */
#pragma once

#include "plan/binding.h"

/* Query.customers(search:): numbers, telephone numbers in any form, e-mail addresses, names in any
 * order. */
predicate_function customer_search;
