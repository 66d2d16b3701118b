/* telco: customers from a CSV file as IBM's sample "Telco Customer Churn" is one. */
#pragma once

#include "base/status.h"
#include <stdint.h>

struct chore;

/* Checks the whole file first; nothing is written unless all of it can be used, and then in one
 * transaction. Customers that are here already are left alone. `today` (days since 1970) is the day
 * the tenure of the file is counted back from; 0: the current day. */
enum status telco_import(struct chore *chore, const char *path, int64_t today);
