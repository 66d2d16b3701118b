/* currency: amounts in whole minor units as decimal numbers. */
#pragma once

#include "base/str.h"

struct buf;

/* 1250 EUR → 12.50, exactly, however large; -5 JPY → -5. `minor` is digits with or without a sign.
 * (ISO 4217) */
void currency_write(struct buf *out, struct str minor, struct str currency);
