/* loop_poll: watches, timers and a queue of posted calls around poll(2). */
#include "loop_poll.h"

#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { WATCHES_AT_MOST = 256 };

struct loop_watch {
    struct poll_loop *loop;
    int fd;
    bool wants_write;
    bool gone; /* freed at the end of the turn */
    void (*on_ready)(void *context, int ready);
    void *context;
};

struct loop_timer {
    struct poll_loop *loop;
    struct loop_timer *next;
    uint64_t due_ms;
    void (*on_due)(void *context);
    void *context;
};

struct posted {
    struct posted *next;
    void (*run)(void *context);
    void *context;
};

struct poll_loop {
    struct loop super;
    struct loop_watch *watches[WATCHES_AT_MOST];
    size_t watch_count;
    struct loop_timer *timers;
    pthread_mutex_t mutex;
    struct posted *first_posted, **last_posted;
    int wake[2];
};

static uint64_t now_ms(struct loop *loop)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static struct loop_watch *watch(struct loop *loop, int fd,
                                void (*on_ready)(void *context, int ready), void *context)
{
    struct poll_loop *own = (struct poll_loop *)loop;
    assert(own->watch_count < WATCHES_AT_MOST);
    struct loop_watch *watch = calloc(1, sizeof(*watch));
    *watch = (struct loop_watch){.loop = own, .fd = fd, .on_ready = on_ready, .context = context};
    own->watches[own->watch_count++] = watch;
    return watch;
}

static void want_write(struct loop_watch *watch)
{
    watch->wants_write = true;
}

static void unwatch(struct loop_watch *watch)
{
    assert(!watch->gone);
    watch->gone = true;
}

static struct loop_timer *timer(struct loop *loop, uint64_t timeout_ms,
                                void (*on_due)(void *context), void *context)
{
    struct poll_loop *own = (struct poll_loop *)loop;
    struct loop_timer *timer = calloc(1, sizeof(*timer));
    *timer = (struct loop_timer){
        .loop = own,
        .next = own->timers,
        .due_ms = now_ms(loop) + timeout_ms,
        .on_due = on_due,
        .context = context,
    };
    own->timers = timer;
    return timer;
}

static void unlink_timer(struct loop_timer *timer)
{
    struct loop_timer **link = &timer->loop->timers;
    while (*link != timer) {
        assert(*link != NULL);
        link = &(*link)->next;
    }
    *link = timer->next;
}

static void timer_cancel(struct loop_timer *timer)
{
    unlink_timer(timer);
    free(timer);
}

static void post(struct loop *loop, void (*run)(void *context), void *context)
{
    struct poll_loop *own = (struct poll_loop *)loop;
    struct posted *posted = calloc(1, sizeof(*posted));
    *posted = (struct posted){.run = run, .context = context};
    pthread_mutex_lock(&own->mutex);
    *own->last_posted = posted;
    own->last_posted = &posted->next;
    pthread_mutex_unlock(&own->mutex);
    ssize_t written = write(own->wake[1], "", 1);
    assert(written == 1);
}

static const struct loop_ops ops = {
    .watch = watch,
    .want_write = want_write,
    .unwatch = unwatch,
    .timer = timer,
    .timer_cancel = timer_cancel,
    .post = post,
    .now_ms = now_ms,
};

struct loop *loop_poll_create(void)
{
    struct poll_loop *own = calloc(1, sizeof(*own));
    own->super.ops = &ops;
    own->last_posted = &own->first_posted;
    pthread_mutex_init(&own->mutex, NULL);
    int failed = pipe(own->wake);
    assert(failed == 0);
    return &own->super;
}

static void free_gone(struct poll_loop *own)
{
    size_t kept = 0;
    for (size_t i = 0; i < own->watch_count; i++) {
        if (own->watches[i]->gone)
            free(own->watches[i]);
        else
            own->watches[kept++] = own->watches[i];
    }
    own->watch_count = kept;
}

void loop_poll_destroy(struct loop *loop)
{
    struct poll_loop *own = (struct poll_loop *)loop;
    free_gone(own);
    assert(own->watch_count == 0 && own->timers == NULL && own->first_posted == NULL);
    close(own->wake[0]);
    close(own->wake[1]);
    pthread_mutex_destroy(&own->mutex);
    free(own);
}

static void run_posted(struct poll_loop *own)
{
    char byte;
    ssize_t len = read(own->wake[0], &byte, 1);
    assert(len == 1);
    pthread_mutex_lock(&own->mutex);
    struct posted *posted = own->first_posted;
    own->first_posted = posted->next;
    if (own->first_posted == NULL)
        own->last_posted = &own->first_posted;
    pthread_mutex_unlock(&own->mutex);
    posted->run(posted->context);
    free(posted);
}

static void run_timers(struct poll_loop *own)
{
    uint64_t now = now_ms(&own->super);
    for (;;) {
        struct loop_timer *due = own->timers;
        while (due != NULL && due->due_ms > now)
            due = due->next;
        if (due == NULL)
            return;
        unlink_timer(due);
        due->on_due(due->context);
        free(due);
    }
}

static void turn(struct poll_loop *own, int timeout_ms)
{
    struct pollfd polled[WATCHES_AT_MOST + 1] = {{.fd = own->wake[0], .events = POLLIN}};
    size_t count = own->watch_count;
    for (size_t i = 0; i < count; i++) {
        struct loop_watch *each = own->watches[i];
        polled[i + 1] = (struct pollfd){
            .fd = each->fd, .events = (short)(POLLIN | (each->wants_write ? POLLOUT : 0))};
    }
    poll(polled, count + 1, timeout_ms);
    for (size_t i = 0; i < count; i++) {
        struct loop_watch *each = own->watches[i];
        int ready =
            (polled[i + 1].revents & (POLLIN | POLLHUP | POLLERR) ? LOOP_READ : 0) |
            (polled[i + 1].revents & (POLLOUT | POLLERR) && each->wants_write ? LOOP_WRITE : 0);
        if (each->gone || ready == 0)
            continue;
        if (ready & LOOP_WRITE)
            each->wants_write = false;
        each->on_ready(each->context, ready);
    }
    if (polled[0].revents & POLLIN)
        run_posted(own);
    run_timers(own);
    free_gone(own);
}

static int next_timeout(struct poll_loop *own, uint64_t until_ms)
{
    uint64_t next_ms = until_ms, now = now_ms(&own->super);
    for (struct loop_timer *each = own->timers; each != NULL; each = each->next)
        next_ms = each->due_ms < next_ms ? each->due_ms : next_ms;
    return next_ms <= now ? 0 : (int)(next_ms - now);
}

bool loop_poll_until(struct loop *loop, const bool *done, uint64_t timeout_ms)
{
    struct poll_loop *own = (struct poll_loop *)loop;
    uint64_t until_ms = now_ms(loop) + timeout_ms;
    while (!*done && now_ms(loop) < until_ms)
        turn(own, next_timeout(own, until_ms));
    return *done;
}

void loop_poll_for(struct loop *loop, uint64_t timeout_ms)
{
    const bool never = false;
    loop_poll_until(loop, &never, timeout_ms);
}
