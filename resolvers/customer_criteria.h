/* customer_criteria: what findCustomers(search:) asks, section by section, as a condition. */
#pragma once

#include "plan/binding.h"

/* Query.findCustomers(search:, limit:) */
predicate_function customer_criteria;
