/* workers: jobs run on threads, and end on the loop. */
#include "base/workers.h"

#include "base/loop.h"
#include "unit/loop_poll.h"
#include "unit/test.h"
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { JOBS = 1000 };

static pthread_t loop_thread;
static atomic_uint opened, closed, worked;
static atomic_bool gate;

struct job {
    unsigned *finished;
    bool *all_finished;
    unsigned target;
    bool on_loop;
    bool had_context;
    bool off_loop;
};

static void *open_context(void *shared)
{
    atomic_fetch_add(&opened, 1);
    return shared;
}

static void close_context(void *context)
{
    atomic_fetch_add(&closed, 1);
}

static void work(void *context_of_job, void *context)
{
    struct job *job = context_of_job;
    job->had_context = context != NULL;
    job->off_loop = !pthread_equal(pthread_self(), loop_thread);
    atomic_fetch_add(&worked, 1);
}

static void wait_at_gate(void *job, void *context)
{
    while (!atomic_load(&gate))
        usleep(1000);
    work(job, context);
}

static void done(void *context)
{
    struct job *job = context;
    job->on_loop = pthread_equal(pthread_self(), loop_thread);
    if (++*job->finished == job->target)
        *job->all_finished = true;
}

static void test_many(struct loop *loop)
{
    struct workers *workers = workers_start(&(struct workers_options){.threads = 3,
                                                                      .queue_limit = JOBS,
                                                                      .open = open_context,
                                                                      .close = close_context,
                                                                      .shared = loop});
    TEST("no context is opened before it is needed", atomic_load(&opened) == 0);
    static struct job jobs[JOBS];
    unsigned finished = 0;
    bool all_finished = false, taken = true;
    for (int i = 0; i < JOBS; i++) {
        jobs[i] =
            (struct job){.finished = &finished, .all_finished = &all_finished, .target = JOBS};
        taken &= workers_submit(workers, loop, work, done, &jobs[i]) == STATUS_OK;
    }
    TEST("as many jobs as the queue has room for are taken", taken);
    TEST("all of them finish", loop_poll_until(loop, &all_finished, 10000) && finished == JOBS);
    bool right = true;
    for (int i = 0; i < JOBS; i++)
        right &= jobs[i].on_loop && jobs[i].off_loop && jobs[i].had_context;
    TEST("they work on a worker with a context and end on the loop", right);
    workers_stop(workers);
    unsigned contexts = atomic_load(&opened);
    TEST("a context per thread at most", contexts >= 1 && contexts <= 3);
    TEST("every context is closed", atomic_load(&closed) == contexts);
}

static void test_full(struct loop *loop)
{
    struct workers *workers =
        workers_start(&(struct workers_options){.threads = 1, .queue_limit = 2});
    struct job jobs[4] = {0};
    unsigned finished = 0;
    bool all_finished = false;
    for (int i = 0; i < 4; i++)
        jobs[i] = (struct job){.finished = &finished, .all_finished = &all_finished, .target = 3};
    atomic_store(&worked, 0);
    workers_submit(workers, loop, wait_at_gate, done, &jobs[0]);
    usleep(100000); /* until the one thread has it */
    TEST("a queue with room takes a job",
         workers_submit(workers, loop, wait_at_gate, done, &jobs[1]) == STATUS_OK &&
             workers_submit(workers, loop, wait_at_gate, done, &jobs[2]) == STATUS_OK);
    TEST("a full one refuses it",
         workers_submit(workers, loop, wait_at_gate, done, &jobs[3]) == STATUS_UNAVAILABLE);
    atomic_store(&gate, true);
    workers_stop(workers);
    TEST("what was queued is finished before the threads end", atomic_load(&worked) == 3);
    TEST("and still ends on the loop", loop_poll_until(loop, &all_finished, 1000) && finished == 3);
    TEST("without a way to open one there is no context", !jobs[0].had_context);
    TEST("a refused job is not run", !jobs[3].off_loop);
}

int main(void)
{
    loop_thread = pthread_self();
    struct loop *loop = loop_poll_create();
    test_many(loop);
    test_full(loop);
    loop_poll_destroy(loop);
    return test_end();
}
