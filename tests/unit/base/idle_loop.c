/* idle_loop: timers run in order, also those that are added meanwhile, until all is done. */
#include "base/idle_loop.h"

#include "base/loop.h"
#include "unit/test.h"

enum { STEPS = 8 };

struct walk {
    struct loop *loop;
    int order[STEPS];
    int count;
    bool done;
};

struct step {
    struct walk *walk;
    int number;
};

static void take(struct step *step)
{
    step->walk->order[step->walk->count++] = step->number;
}

static void on_step(void *context)
{
    take(context);
}

static void on_last(void *context)
{
    struct step *step = context;
    take(step);
    step->walk->done = true;
}

static void on_branching(void *context)
{
    struct step *step = context;
    static struct step later = {.number = 4};
    later.walk = step->walk;
    take(step);
    step->walk->loop->ops->timer(step->walk->loop, 0, on_step, &later);
}

static bool test_order(void)
{
    struct walk walk = {.loop = idle_loop_create()};
    struct step first = {&walk, 1}, second = {&walk, 2}, third = {&walk, 3}, last = {&walk, 9};
    const struct loop_ops *ops = walk.loop->ops;
    ops->timer(walk.loop, 30, on_last, &last);
    ops->timer(walk.loop, 0, on_step, &first);
    ops->timer(walk.loop, 0, on_branching, &second);
    ops->timer(walk.loop, 0, on_step, &third);
    idle_loop_run(walk.loop, &walk.done);
    idle_loop_destroy(walk.loop);
    const int expected[] = {1, 2, 3, 4, 9};
    return walk.count == 5 && memcmp(walk.order, expected, sizeof(expected)) == 0;
}

static bool test_cancelled(void)
{
    struct walk walk = {.loop = idle_loop_create()};
    struct step never = {&walk, 1}, last = {&walk, 9};
    const struct loop_ops *ops = walk.loop->ops;
    struct loop_timer *timer = ops->timer(walk.loop, 0, on_step, &never);
    ops->timer(walk.loop, 5, on_last, &last);
    ops->timer_cancel(timer);
    idle_loop_run(walk.loop, &walk.done);
    ops->timer(walk.loop, 1000, on_step, &never); /* what is left is freed */
    idle_loop_destroy(walk.loop);
    return walk.count == 1 && walk.order[0] == 9;
}

int main(void)
{
    TEST("timers run as they fall due, those of the same moment in their order", test_order());
    TEST("a timer that was cancelled never runs", test_cancelled());
    return test_end();
}
