/* amount: decimal text as an exact number of minor units. */
#pragma once

#include "base/str.h"

/* Digits, and perhaps a point with one or two more: "1889.5" is 188950. No sign, no blanks, no
 * thousands, nothing beyond 15 digits before the point. False: it is not that. */
bool amount_parse(struct str text, int64_t *minor);
