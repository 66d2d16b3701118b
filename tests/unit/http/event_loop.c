/* event_loop: watches, timers and posts on h2o's loop behave as base/loop.h says. */
#include "http/event_loop.h"

#include "unit/test.h"
#include <sys/socket.h>
#include <unistd.h>

static struct event_loop *loop;
static struct loop *base;
static char order[64];

static void note(void *context)
{
    strcat(order, context);
}

static void run_for(uint64_t ms)
{
    uint64_t until = base->ops->now_ms(base) + ms;
    while (base->ops->now_ms(base) < until)
        event_loop_run_once(loop, 5);
}

static void test_posts(void)
{
    base->ops->post(base, note, "a");
    base->ops->post(base, note, "b");
    TEST("a post never runs at once", order[0] == '\0');
    event_loop_run_once(loop, 1000);
    TEST_TEXT("posts run in order", str_of(order), STR("ab"));
    order[0] = '\0';
}

static void *post_from_elsewhere(void *context)
{
    base->ops->post(base, note, "1");
    base->ops->post(base, note, "2");
    base->ops->post(base, note, "3");
    return NULL;
}

static void test_posts_of_other_threads(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, post_from_elsewhere, NULL);
    run_for(50);
    pthread_join(thread, NULL);
    run_for(20);
    TEST_TEXT("posts of another thread arrive in order", str_of(order), STR("123"));
    order[0] = '\0';
}

static unsigned again_count;

static void again(void *context)
{
    again_count++;
    base->ops->timer(base, 0, again, NULL);
}

static void test_timers(void)
{
    uint64_t begin = base->ops->now_ms(base);
    base->ops->timer(base, 30, note, "c");
    base->ops->timer(base, 10, note, "a");
    base->ops->timer(base, 10, note, "b");
    struct loop_timer *cancelled = base->ops->timer(base, 15, note, "X");
    struct loop_timer *also = base->ops->timer(base, 12, note, "Y");
    base->ops->timer_cancel(cancelled);
    base->ops->timer_cancel(also);
    while (order[0] == '\0')
        event_loop_run_once(loop, 1000);
    TEST("a timer is not early", base->ops->now_ms(base) - begin >= 10);
    run_for(40);
    TEST_TEXT("timers come by their time, then in order", str_of(order), STR("abc"));
    order[0] = '\0';
}

static void test_many_timers(void)
{
    struct loop_timer *timers[1000];
    for (int i = 0; i < 1000; i++)
        timers[i] = base->ops->timer(base, (uint64_t)(i * 7919 % 1000) + 60000, note, "X");
    for (int i = 0; i < 1000; i++)
        base->ops->timer_cancel(timers[i * 613 % 1000]);
    TEST("a thousand timers can be cancelled in any order",
         loop->timer_count == 0 && order[0] == '\0');
    again(NULL);
    event_loop_run_once(loop, 0);
    TEST("a timer that starts itself again does not hold the loop", again_count == 2);
    base->ops->timer_cancel(loop->timers[0]);
}

static struct loop_watch *watch;
static int ready_seen, reads_seen;

static void on_ready(void *context, int ready)
{
    char byte;
    ready_seen |= ready;
    if (ready == LOOP_READ) {
        reads_seen++;
        if (read(*(int *)context, &byte, 1) == 0)
            base->ops->unwatch(watch);
    }
}

static void test_watches(void)
{
    int ends[2];
    TEST("a pair of sockets can be had", socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    watch = base->ops->watch(base, ends[0], on_ready, &ends[0]);
    run_for(10);
    TEST("nothing is ready at first", ready_seen == 0);
    TEST("a byte is sent", write(ends[1], "x", 1) == 1);
    run_for(10);
    TEST("what arrives is told once", ready_seen == LOOP_READ && reads_seen == 1);
    base->ops->want_write(watch);
    base->ops->want_write(watch);
    run_for(10);
    TEST("a wish to write is told", (ready_seen & LOOP_WRITE) != 0);
    close(ends[1]);
    run_for(10);
    TEST("the end is told, and the watch may end meanwhile", reads_seen == 2);
    TEST("the descriptor stays the caller's", close(ends[0]) == 0);
}

/* ---- what a post writes ---- */

static h2o_socket_t *written_socket;

static void on_written(h2o_socket_t *socket, const char *error)
{
    note("w");
}

static void write_something(void *context)
{
    h2o_iovec_t bytes = h2o_iovec_init(H2O_STRLIT("answer"));
    h2o_socket_write(written_socket, &bytes, 1, on_written);
}

/* An answer that a post sends is done in the next turn, however long that may wait: h2o reads the
 * next request of the connection only then. */
static void test_writes_of_posts(void)
{
    int pair[2];
    TEST("there are sockets", socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair) == 0);
    written_socket = h2o_evloop_socket_create(loop->h2o, pair[0], H2O_SOCKET_FLAG_DONT_READ);
    base->ops->post(base, write_something, NULL);
    uint64_t begin = base->ops->now_ms(base);
    event_loop_run_once(loop, 1000);
    event_loop_run_once(loop, 1000);
    TEST_TEXT("what a post wrote is done in the next turn", str_of(order), STR("w"));
    TEST("which does not wait", base->ops->now_ms(base) - begin < 500);
    h2o_socket_close(written_socket);
    close(pair[1]);
    event_loop_run_once(loop, 0);
    order[0] = '\0';
}

int main(void)
{
    loop = event_loop_create();
    base = &loop->super;
    test_posts();
    test_posts_of_other_threads();
    test_timers();
    test_many_timers();
    test_watches();
    test_writes_of_posts();
    event_loop_destroy(loop);
    return test_end();
}
