/* loop: what the rest of the server may ask of an event loop, without knowing whose it is.
 *
 * http/ implements it over h2o; a test may implement it over poll(2). All calls but loop_post()
 * belong to the loop's own thread.
 */
#pragma once

#include <stdint.h>

struct loop;
struct loop_watch;
struct loop_timer;

struct loop_ops {
    /* Watches a file descriptor, which stays the caller's. on_ready is called with what became
     * ready (LOOP_READ | LOOP_WRITE); reading is always watched, writing once per loop_want_write.
     */
    struct loop_watch *(*watch)(struct loop *loop, int fd,
                                void (*on_ready)(void *context, int ready), void *context);
    void (*want_write)(struct loop_watch *watch);
    void (*unwatch)(struct loop_watch *watch);

    /* Calls on_due once, after at least timeout_ms. loop_timer_cancel() is allowed until then. */
    struct loop_timer *(*timer)(struct loop *loop, uint64_t timeout_ms,
                                void (*on_due)(void *context), void *context);
    void (*timer_cancel)(struct loop_timer *timer);

    /* From any thread: calls run(context) on the loop's thread, in order, soon. */
    void (*post)(struct loop *loop, void (*run)(void *context), void *context);

    /* Milliseconds of a clock that does not jump. */
    uint64_t (*now_ms)(struct loop *loop);
};

enum { LOOP_READ = 1, LOOP_WRITE = 2 };

/* First member of every implementation's own struct. */
struct loop {
    const struct loop_ops *ops;
};
