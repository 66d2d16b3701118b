/* simulator: fates are drawn by a hash, and nothing is kept. */
#include "order/simulator.h"

#include "base/arena.h"
#include <inttypes.h>
#include <stdio.h>

enum { STEPS = 4, PATIENCE_STEPS = 8, TOO_LATE_OF = 5 };

enum fate { FATE_DONE, FATE_REFUSED, FATE_SILENT, FATE_ASKS };

/* How many of a hundred, and what for. */
static const struct {
    uint32_t below;
    enum fate fate;
    const char *reason;
} fates[] = {
    {2, FATE_REFUSED, "NO_CAPACITY"}, {3, FATE_REFUSED, "NOT_COMPATIBLE"},
    {6, FATE_SILENT, NULL},           {8, FATE_ASKS, "ADDRESS_UNCLEAR"},
    {100, FATE_DONE, NULL},
};

struct simulator {
    struct network network;
    int64_t pace_ms;
};

/* FNV-1a. */
static uint32_t hash(const struct network_job *job, const char *purpose)
{
    char text[64];
    uint32_t sum = 2166136261u;
    snprintf(text, sizeof(text), STR_FMT "/%" PRId64 "/%s", STR_ARG(job->order), job->position,
             purpose);
    for (const char *at = text; *at != '\0'; at++)
        sum = (sum ^ (unsigned char)*at) * 16777619u;
    return sum;
}

/* Who asks again is helped, and who wants to leave is let go. */
static enum fate draw_fate(const struct network_job *job, const char **reason)
{
    uint32_t drawn = hash(job, "fate") % 100, at = 0;
    while (drawn >= fates[at].below)
        at++;
    *reason = fates[at].reason;
    bool ending = str_is(job->action, "DELETE");
    bool again = job->attempt > 1;
    if ((fates[at].fate == FATE_REFUSED && ending) || (fates[at].fate != FATE_REFUSED && again))
        return FATE_DONE;
    return fates[at].fate;
}

static enum network_answer start(void *own, struct network_job *job)
{
    (void)own;
    (void)job;
    return NETWORK_WORKING;
}

static enum network_answer poll(void *own, struct network_job *job)
{
    static const enum network_answer answers[] = {
        [FATE_DONE] = NETWORK_DONE, [FATE_REFUSED] = NETWORK_REFUSED, [FATE_ASKS] = NETWORK_ASKS};
    const struct simulator *simulator = own;
    enum fate fate = draw_fate(job, &job->reason);
    if (fate == FATE_SILENT)
        return NETWORK_SILENT;
    int64_t steps = 1 + hash(job, "steps") % STEPS;
    return job->elapsed_ms < steps * simulator->pace_ms ? NETWORK_WORKING : answers[fate];
}

/* What has begun may have gone too far. */
static enum network_answer cancel(void *own, struct network_job *job)
{
    (void)own;
    bool late = job->elapsed_ms > 0 && hash(job, "cancel") % TOO_LATE_OF == 0;
    return late ? NETWORK_TOO_LATE : NETWORK_DONE;
}

const struct network *simulator_create(struct arena *arena, uint32_t pace_ms)
{
    struct simulator *simulator = arena_new(arena, struct simulator);
    *simulator = (struct simulator){.network = {.name = "simulator",
                                                .own = simulator,
                                                .start = start,
                                                .poll = poll,
                                                .cancel = cancel,
                                                .pace_ms = pace_ms,
                                                .patience_ms = (int64_t)pace_ms * PATIENCE_STEPS},
                                    .pace_ms = pace_ms};
    return &simulator->network;
}
