/* idle_loop: an event loop without events, for a thread on which everything is waited for. It has
 * timers alone, so what the engine puts off until the end of a turn happens in its order.
 */
#pragma once

#include <stdbool.h>

struct loop;

struct loop *idle_loop_create(void);

/* No timer is left that somebody may still cancel. */
void idle_loop_destroy(struct loop *loop);

/* Runs timers as they fall due until *done. There has to be one left until then. */
void idle_loop_run(struct loop *loop, const bool *done);
