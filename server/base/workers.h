/* workers: a small bounded pool of threads for whatever blocks or burns CPU.
 *
 * Mutations, password hashing, PDF and mail run here, with plain blocking calls. Each thread has a
 * context of its own (a blocking database connection) made by `open`, lazily, and closed at the end.
 */
#pragma once

#include "status.h"
#include <stddef.h>

struct loop;
struct workers;

struct workers_options {
    size_t threads;
    size_t queue_limit;             /* waiting jobs; more are refused with STATUS_UNAVAILABLE */
    void *(*open)(void *shared);    /* the context of one thread; may return NULL */
    void (*close)(void *context);
    void *shared;
};

struct workers *workers_start(const struct workers_options *options);

/* Runs work(job, context) on a worker, then done(job) on the loop. STATUS_UNAVAILABLE: the queue is
 * full and neither is called. */
enum status workers_submit(struct workers *workers, struct loop *loop, void (*work)(void *job, void *context),
                           void (*done)(void *job), void *job);

/* Lets what is queued finish, then joins the threads. */
void workers_stop(struct workers *workers);
