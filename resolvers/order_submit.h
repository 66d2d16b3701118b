/* order_submit: an order is placed; the everyday ones have a mutation of their own each. */
#pragma once

#include "act/act.h"

extern const struct action order_submit;
extern const struct action order_add;
extern const struct action order_change_plan;
extern const struct action order_suspend;
extern const struct action order_resume;
extern const struct action order_terminate;
