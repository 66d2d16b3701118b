/* metrics: numbers that one thread counts and others read, and how they are told to Prometheus.
 *
 * A counter belongs to one loop, which alone adds to it; whoever reads gets a value that was there.
 * No lock, no locked instruction. Text is the exposition format 0.0.4 of Prometheus.
 */
#pragma once

#include "base/str.h"

struct buf;

static inline void counter_add(uint64_t *counter, uint64_t more)
{
    __atomic_store_n(counter, __atomic_load_n(counter, __ATOMIC_RELAXED) + more, __ATOMIC_RELAXED);
}

static inline void counter_set(uint64_t *counter, uint64_t value)
{
    __atomic_store_n(counter, value, __ATOMIC_RELAXED);
}

static inline uint64_t counter_read(const uint64_t *counter)
{
    return __atomic_load_n(counter, __ATOMIC_RELAXED);
}

/* How long something took, in a few classes: up to 1, 5, 25, 100, 250, 1000 ms, and longer. */
enum { DURATION_CLASSES = 7 };

struct durations {
    uint64_t classes[DURATION_CLASSES];
    uint64_t nanoseconds; /* all together */
};

void durations_add(struct durations *durations, uint64_t nanoseconds);

/* Adds what another loop counted, for telling. */
void durations_sum(struct durations *sum, const struct durations *more);

/* Nanoseconds of a clock that does not jump. */
uint64_t metrics_now(void);

/* The lines that every family of samples begins with. `type` is counter, gauge or histogram. */
void metrics_family(struct buf *out, const char *name, const char *type, const char *help);

/* name{labels} value. Labels as they are written, `document="Account",code="LIMIT"`, or empty; what
 * is in them needs no escapes. */
void metrics_sample(struct buf *out, const char *name, const char *labels, uint64_t value);
void metrics_seconds(struct buf *out, const char *name, const char *labels, uint64_t nanoseconds);
void metrics_durations(struct buf *out, const char *name, const char *labels,
                       const struct durations *durations);

/* What the process takes: memory, processor time, open files. */
void metrics_process(struct buf *out);
