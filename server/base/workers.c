/* workers: threads that take jobs from one queue in order. */
#include "workers.h"

#include "log.h"
#include "loop.h"
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

struct job {
    struct loop *loop;
    void (*work)(void *job, void *context);
    void (*done)(void *job);
    void *job;
};

struct workers {
    struct workers_options options;
    pthread_t *threads;
    pthread_mutex_t mutex;
    pthread_cond_t job_waits;
    bool stopping;
    struct job *queue; /* a ring */
    size_t first, count;
};

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (memory == NULL) {
        log_event(LOG_ERROR, "out of memory", NULL);
        abort();
    }
    return memory;
}

/* False: nothing is left to do and nothing will come. */
static bool take_job(struct workers *workers, struct job *job)
{
    pthread_mutex_lock(&workers->mutex);
    while (workers->count == 0 && !workers->stopping)
        pthread_cond_wait(&workers->job_waits, &workers->mutex);
    bool taken = workers->count > 0;
    if (taken) {
        *job = workers->queue[workers->first];
        workers->first = (workers->first + 1) % workers->options.queue_limit;
        workers->count--;
    }
    pthread_mutex_unlock(&workers->mutex);
    return taken;
}

/* A context that could not be opened is tried again with the next job. */
static void *run(void *argument)
{
    struct workers *workers = argument;
    const struct workers_options *options = &workers->options;
    void *context = NULL;
    struct job job;
    while (take_job(workers, &job)) {
        if (context == NULL && options->open != NULL)
            context = options->open(options->shared);
        job.work(job.job, context);
        job.loop->ops->post(job.loop, job.done, job.job);
    }
    if (context != NULL && options->close != NULL)
        options->close(context);
    return NULL;
}

struct workers *workers_start(const struct workers_options *options)
{
    assert(options->threads > 0 && options->queue_limit > 0);
    struct workers *workers = allocate(1, sizeof(*workers));
    workers->options = *options;
    workers->threads = allocate(options->threads, sizeof(pthread_t));
    workers->queue = allocate(options->queue_limit, sizeof(struct job));
    pthread_mutex_init(&workers->mutex, NULL);
    pthread_cond_init(&workers->job_waits, NULL);
    /* Signals to the program are for the thread that waits for them. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (size_t i = 0; i < options->threads; i++) {
        int failed = pthread_create(&workers->threads[i], NULL, run, workers);
        assert(failed == 0);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return workers;
}

enum status workers_submit(struct workers *workers, struct loop *loop,
                           void (*work)(void *job, void *context), void (*done)(void *job),
                           void *job)
{
    pthread_mutex_lock(&workers->mutex);
    bool room = !workers->stopping && workers->count < workers->options.queue_limit;
    if (room) {
        size_t last = (workers->first + workers->count) % workers->options.queue_limit;
        workers->queue[last] = (struct job){.loop = loop, .work = work, .done = done, .job = job};
        workers->count++;
        pthread_cond_signal(&workers->job_waits);
    }
    pthread_mutex_unlock(&workers->mutex);
    return room ? STATUS_OK : STATUS_UNAVAILABLE;
}

void workers_stop(struct workers *workers)
{
    if (workers == NULL)
        return;
    pthread_mutex_lock(&workers->mutex);
    workers->stopping = true;
    pthread_cond_broadcast(&workers->job_waits);
    pthread_mutex_unlock(&workers->mutex);
    for (size_t i = 0; i < workers->options.threads; i++)
        pthread_join(workers->threads[i], NULL);
    pthread_mutex_destroy(&workers->mutex);
    pthread_cond_destroy(&workers->job_waits);
    free(workers->queue);
    free(workers->threads);
    free(workers);
}
