/* order_change: an order that has not ended is changed, goes on, or is to be cancelled. */
#pragma once

#include "act/act.h"

extern const struct action order_amend;
extern const struct action order_cancel;
