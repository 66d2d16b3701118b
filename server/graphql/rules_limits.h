/* rules_limits: how much a document may ask for, counted before anything else is looked at. */
#pragma once

#include <stdbool.h>

struct validation;

/* False after one error (code LIMIT). */
bool rules_limits_met(struct validation *v);
