/* idle_loop: timers in a list, the next one first. */
#include "idle_loop.h"

#include "base/clock.h"
#include "log.h"
#include "loop.h"
#include <assert.h>
#include <stdlib.h>
#include <time.h>

struct loop_timer {
    struct idle_loop *loop;
    uint64_t due_ms;
    void (*on_due)(void *context);
    void *context;
    struct loop_timer *next;
};

struct idle_loop {
    struct loop super;
    struct loop_timer *timers;
};

static uint64_t now_ms(struct loop *loop)
{
    (void)loop;
    return clock_ms();
}

/* Behind those that are due at the same time. */
static struct loop_timer *add_timer(struct loop *super, uint64_t timeout_ms,
                                    void (*on_due)(void *context), void *context)
{
    struct idle_loop *loop = (struct idle_loop *)super;
    struct loop_timer *timer = calloc(1, sizeof(*timer));
    if (timer == NULL) {
        log_event(LOG_ERROR, "out of memory", NULL);
        abort();
    }
    *timer = (struct loop_timer){
        .loop = loop, .due_ms = now_ms(super) + timeout_ms, .on_due = on_due, .context = context};
    struct loop_timer **link = &loop->timers;
    while (*link != NULL && (*link)->due_ms <= timer->due_ms)
        link = &(*link)->next;
    timer->next = *link;
    *link = timer;
    return timer;
}

static void cancel_timer(struct loop_timer *timer)
{
    struct loop_timer **link = &timer->loop->timers;
    while (*link != timer)
        link = &(*link)->next;
    *link = timer->next;
    free(timer);
}

static const struct loop_ops ops = {
    .timer = add_timer, .timer_cancel = cancel_timer, .now_ms = now_ms};

struct loop *idle_loop_create(void)
{
    struct idle_loop *loop = calloc(1, sizeof(*loop));
    if (loop == NULL) {
        log_event(LOG_ERROR, "out of memory", NULL);
        abort();
    }
    loop->super.ops = &ops;
    return &loop->super;
}

void idle_loop_destroy(struct loop *super)
{
    struct idle_loop *loop = (struct idle_loop *)super;
    while (loop->timers != NULL)
        cancel_timer(loop->timers);
    free(loop);
}

static void sleep_until(struct loop *loop, uint64_t due_ms)
{
    uint64_t now = now_ms(loop);
    if (due_ms <= now)
        return;
    struct timespec pause = {.tv_sec = (time_t)((due_ms - now) / 1000),
                             .tv_nsec = (long)((due_ms - now) % 1000) * 1000000};
    nanosleep(&pause, NULL);
}

void idle_loop_run(struct loop *super, const bool *done)
{
    struct idle_loop *loop = (struct idle_loop *)super;
    while (!*done) {
        struct loop_timer *timer = loop->timers;
        assert(timer != NULL); /* nothing else could end the wait */
        sleep_until(super, timer->due_ms);
        loop->timers = timer->next;
        timer->on_due(timer->context);
        free(timer);
    }
}
