/* milestones: how far an item is on its way, for those who look (TMF622 Milestone). */
#pragma once

#include "order/work.h"

/* The way it will go; the first milestone is reached. */
enum status milestones_plan(const struct order_work *work, const struct order_item *item);

/* One of them, by its code; NULL: all that are to come. */
enum status milestones_reach(const struct order_work *work, const struct order_item *item,
                             const char *code);

/* Those to come will not be reached: FAILED or CANCELLED. */
enum status milestones_close(const struct order_work *work, const struct order_item *item,
                             const char *state);
