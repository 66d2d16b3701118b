/* feasibility_try: a rule held against orders of the past, before it is switched on. */
#pragma once

#include "base/str.h"
#include "db/chore.h"

enum { FEASIBILITY_TRY_ORDERS = 100000 }; /* the newest, that are looked at */

/* One line for each order that the rule would have refused, given to `found`; the newest first, as
 * they are read. version 0: the newest. */
enum status feasibility_try(struct chore *chore, const char *code, int64_t version,
                            void (*found)(struct str line));
