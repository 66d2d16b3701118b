/* order_conflict: what others have made of an order since the version that a change begins from. */
#pragma once

#include "act/act.h"

struct draft;

/* The cells that the order is locked with, from its version on. */
#define ORDER_CONFLICT_COLUMNS "t.version, t.requested_date"
enum { ORDER_CONFLICT_VERSION, ORDER_CONFLICT_DAY };

/* A user error when others want it for another day by now than the one that is given. */
enum status order_conflict_day(struct act *act, const struct cell *now);

/* A user error for each thing in the draft that others have added since. */
enum status order_conflict_items(const struct draft *draft, const struct cell *version);
