/* loop_poll: an event loop over poll(2) for tests, with the interface of base/loop.h. */
#pragma once

#include "base/loop.h"
#include <stdbool.h>

struct loop *loop_poll_create(void);
void loop_poll_destroy(struct loop *loop);

/* Runs until *done is true. False: that did not happen within timeout_ms. */
bool loop_poll_until(struct loop *loop, const bool *done, uint64_t timeout_ms);

/* Runs for that long. */
void loop_poll_for(struct loop *loop, uint64_t timeout_ms);
