/* turn: one piece of the work that waits is taken and done in a transaction, or put off.
 *
 * Each kind of work says how it is found, done and put off; `step` is a structure of its own.
 */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <stdbool.h>

struct order_work;

enum { TURN_LATER_MS = 60000 };

struct turn {
    /* Locks what is due and passes over what others hold. */
    enum status (*claim)(void *step, bool *found);
    enum status (*perform)(void *step);
    /* After what cannot be done was rolled back: says so, and puts it off by TURN_LATER_MS. */
    void (*put_off)(void *step, enum status status, struct str problem);
};

/* *found: something was due. */
enum status turn_take(const struct turn *turn, const struct order_work *work, void *step,
                      bool *found);
