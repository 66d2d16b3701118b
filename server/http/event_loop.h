/* event_loop: base/loop.h over h2o's event loop: watches, timers and posts for one thread.
 *
 * Created, run and destroyed by one thread, which is the loop's own; only post() may be called by
 * others.
 */
#pragma once

#include "base/loop.h"
#include <h2o.h>
#include <pthread.h>
#include <stdbool.h>

struct loop_post;

struct event_loop {
    struct loop super;
    h2o_loop_t *h2o;
    pthread_t thread;
    h2o_multithread_queue_t *queue; /* posts from other threads */
    h2o_multithread_receiver_t receiver;
    struct loop_post *first_post; /* posts from this thread, run at the end of the iteration */
    struct loop_post **last_post;
    struct loop_timer **timers; /* a heap, the next due first */
    size_t timer_count;
    size_t timer_capacity;
    uint64_t timers_started;
    struct loop_timer *unused_timers;
    /* Posts or timers ran. What they wrote h2o takes for done in its next turn, and reads on only
     * then: it must not wait for anything before. */
    bool wrote_perhaps;
};

/* The calling thread becomes the loop's own. */
struct event_loop *event_loop_create(void);

/* Waits for at most max_wait_ms for anything to happen and handles all that did. */
void event_loop_run_once(struct event_loop *loop, uint64_t max_wait_ms);

/* Nothing may be watched any more; timers that wait are dropped. */
void event_loop_destroy(struct event_loop *loop);
