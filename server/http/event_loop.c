/* event_loop: base/loop.h over h2o's event loop. */
#include "http/event_loop.h"

#include "base/clock.h"
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

struct loop_watch {
    h2o_socket_t *socket; /* over a copy of the descriptor: h2o closes what it wraps */
    void (*on_ready)(void *context, int ready);
    void *context;
    bool wants_write;
};

struct loop_timer {
    struct event_loop *loop;
    uint64_t due_ms;
    uint64_t order; /* of creation, so that equal times come in order */
    size_t at;      /* in the heap */
    void (*on_due)(void *context);
    void *context;
    struct loop_timer *next_unused;
};

struct loop_post {
    h2o_multithread_message_t super;
    void (*run)(void *context);
    void *context;
    struct loop_post *next;
};

static void *must(void *memory)
{
    if (memory == NULL)
        h2o_fatal("no memory left");
    return memory;
}

static uint64_t now_ms(struct loop *loop)
{
    return clock_ms();
}

/* ---- watches ---- */

static void on_readable(h2o_socket_t *socket, const char *error)
{
    struct loop_watch *watch = socket->data;
    watch->on_ready(watch->context, LOOP_READ);
}

static void on_writable(h2o_socket_t *socket, const char *error)
{
    struct loop_watch *watch = socket->data;
    watch->wants_write = false;
    watch->on_ready(watch->context, LOOP_WRITE);
}

static struct loop_watch *watch_start(struct loop *base, int fd, void (*on_ready)(void *, int),
                                      void *context)
{
    struct event_loop *loop = (struct event_loop *)base;
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (copy == -1)
        return NULL;
    struct loop_watch *watch = must(calloc(1, sizeof(*watch)));
    watch->on_ready = on_ready;
    watch->context = context;
    watch->socket = h2o_evloop_socket_create(loop->h2o, copy, H2O_SOCKET_FLAG_DONT_READ);
    watch->socket->data = watch;
    h2o_socket_read_start(watch->socket, on_readable);
    return watch;
}

static void watch_want_write(struct loop_watch *watch)
{
    if (watch->wants_write)
        return;
    watch->wants_write = true;
    h2o_socket_notify_write(watch->socket, on_writable);
}

static void watch_stop(struct loop_watch *watch)
{
    h2o_socket_read_stop(watch->socket);
    h2o_socket_close(watch->socket);
    free(watch);
}

/* ---- timers ---- */

static bool timer_before(const struct loop_timer *a, const struct loop_timer *b)
{
    return a->due_ms != b->due_ms ? a->due_ms < b->due_ms : a->order < b->order;
}

static void heap_set(struct event_loop *loop, size_t at, struct loop_timer *timer)
{
    loop->timers[at] = timer;
    timer->at = at;
}

static void heap_rise(struct event_loop *loop, struct loop_timer *timer)
{
    size_t at = timer->at;
    while (at > 0 && timer_before(timer, loop->timers[(at - 1) / 2])) {
        heap_set(loop, at, loop->timers[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    heap_set(loop, at, timer);
}

static void heap_sink(struct event_loop *loop, struct loop_timer *timer)
{
    size_t at = timer->at;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= loop->timer_count)
            break;
        if (child + 1 < loop->timer_count &&
            timer_before(loop->timers[child + 1], loop->timers[child]))
            child++;
        if (!timer_before(loop->timers[child], timer))
            break;
        heap_set(loop, at, loop->timers[child]);
        at = child;
    }
    heap_set(loop, at, timer);
}

static void heap_remove(struct event_loop *loop, struct loop_timer *timer)
{
    struct loop_timer *last = loop->timers[--loop->timer_count];
    if (last != timer) {
        heap_set(loop, timer->at, last);
        heap_rise(loop, last);
        heap_sink(loop, last);
    }
    timer->next_unused = loop->unused_timers;
    loop->unused_timers = timer;
}

static struct loop_timer *timer_start(struct loop *base, uint64_t timeout_ms,
                                      void (*on_due)(void *), void *context)
{
    struct event_loop *loop = (struct event_loop *)base;
    struct loop_timer *timer = loop->unused_timers;
    if (timer != NULL)
        loop->unused_timers = timer->next_unused;
    else
        timer = must(malloc(sizeof(*timer)));
    if (loop->timer_count == loop->timer_capacity) {
        loop->timer_capacity = loop->timer_capacity == 0 ? 64 : loop->timer_capacity * 2;
        loop->timers = must(realloc(loop->timers, loop->timer_capacity * sizeof(*loop->timers)));
    }
    *timer = (struct loop_timer){.loop = loop,
                                 .due_ms = now_ms(base) + timeout_ms + (timeout_ms > 0),
                                 .order = loop->timers_started++,
                                 .at = loop->timer_count++,
                                 .on_due = on_due,
                                 .context = context};
    heap_rise(loop, timer);
    return timer;
}

static void timer_cancel(struct loop_timer *timer)
{
    heap_remove(timer->loop, timer);
}

/* Those that existed when we came here only: a timer of 0 ms that starts itself again must not keep
 * the loop from its sockets. */
static bool timers_run(struct event_loop *loop)
{
    bool any = false;
    uint64_t now_ms = clock_ms(), existing = loop->timers_started;
    while (loop->timer_count > 0 && loop->timers[0]->due_ms <= now_ms &&
           loop->timers[0]->order < existing) {
        struct loop_timer *timer = loop->timers[0];
        void (*on_due)(void *) = timer->on_due;
        void *context = timer->context;
        heap_remove(loop, timer);
        on_due(context);
        any = true;
    }
    return any;
}

/* ---- posts ---- */

static void on_messages(h2o_multithread_receiver_t *receiver, h2o_linklist_t *messages)
{
    while (!h2o_linklist_is_empty(messages)) {
        struct loop_post *post =
            H2O_STRUCT_FROM_MEMBER(struct loop_post, super.link, messages->next);
        h2o_linklist_unlink(&post->super.link);
        post->run(post->context);
        free(post);
    }
}

static void loop_post(struct loop *base, void (*run)(void *), void *context)
{
    struct event_loop *loop = (struct event_loop *)base;
    struct loop_post *post = must(calloc(1, sizeof(*post)));
    post->run = run;
    post->context = context;
    if (!pthread_equal(pthread_self(), loop->thread)) {
        h2o_multithread_send_message(&loop->receiver, &post->super);
        return;
    }
    *loop->last_post = post;
    loop->last_post = &post->next;
}

static bool posts_run(struct event_loop *loop)
{
    struct loop_post *post = loop->first_post;
    bool any = post != NULL;
    loop->first_post = NULL;
    loop->last_post = &loop->first_post;
    while (post != NULL) {
        struct loop_post *next = post->next;
        post->run(post->context);
        free(post);
        post = next;
    }
    return any;
}

/* ---- the loop ---- */

static const struct loop_ops ops = {
    .watch = watch_start,
    .want_write = watch_want_write,
    .unwatch = watch_stop,
    .timer = timer_start,
    .timer_cancel = timer_cancel,
    .post = loop_post,
    .now_ms = now_ms,
};

struct event_loop *event_loop_create(void)
{
    struct event_loop *loop = must(calloc(1, sizeof(*loop)));
    loop->super.ops = &ops;
    loop->thread = pthread_self();
    loop->h2o = h2o_evloop_create();
    loop->last_post = &loop->first_post;
    loop->queue = h2o_multithread_create_queue(loop->h2o);
    h2o_multithread_register_receiver(loop->queue, &loop->receiver, on_messages);
    return loop;
}

void event_loop_run_once(struct event_loop *loop, uint64_t max_wait_ms)
{
    uint64_t wait_ms = max_wait_ms;
    if (loop->first_post != NULL || loop->wrote_perhaps) {
        wait_ms = 0;
    } else if (loop->timer_count > 0) {
        uint64_t now_ms = clock_ms(), due_ms = loop->timers[0]->due_ms;
        uint64_t until_ms = due_ms > now_ms ? due_ms - now_ms : 0;
        if (until_ms < wait_ms)
            wait_ms = until_ms;
    }
    h2o_evloop_run(loop->h2o, wait_ms > INT32_MAX ? INT32_MAX : (int32_t)wait_ms);
    bool posts = posts_run(loop), timers = timers_run(loop);
    loop->wrote_perhaps = posts || timers;
}

void event_loop_destroy(struct event_loop *loop)
{
    posts_run(loop);
    h2o_multithread_unregister_receiver(loop->queue, &loop->receiver);
    h2o_multithread_destroy_queue(loop->queue);
    while (loop->timer_count > 0)
        heap_remove(loop, loop->timers[loop->timer_count - 1]);
    while (loop->unused_timers != NULL) {
        struct loop_timer *next = loop->unused_timers->next_unused;
        free(loop->unused_timers);
        loop->unused_timers = next;
    }
    free(loop->timers);
    h2o_evloop_destroy(loop->h2o);
    free(loop);
}
