/* task: whose turn it is: each item that is still to be worked off has a row that says when. */
#pragma once

#include "order/network.h"
#include "order/work.h"

/* Every item of the order that has not ended and has no task gets one, due at once. */
enum status task_ensure(const struct order_work *work);

/* All of the order are due at once. */
enum status task_wake(const struct order_work *work);

/* All of the order that waited for a person are tried anew. */
enum status task_retry(const struct order_work *work);

/* One is due so much later; never: a person has to do something first. */
enum status task_wait(const struct order_work *work, const struct order_item *item, int64_t ms);
enum status task_sleep(const struct order_work *work, const struct order_item *item);

/* Those that have not begun wait for the day that was asked for, endings until the last day is
 * over. */
enum status task_plan(const struct order_work *work);

/* The network was told. */
enum status task_started(const struct order_work *work, const struct order_item *item, int64_t ms);

struct network_job task_job(const struct order_item *item, struct str number);
