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

/* ---- ports ---- */

/* How many of a hundred numbers, and for how many attempts nobody answers for them. */
static const struct {
    uint32_t below;
    int64_t silent_attempts;
    const char *reason;
} port_fates[] = {
    {3, 0, "NAME_DIFFERS"}, {5, 0, "NUMBER_UNKNOWN"}, {8, 1, NULL}, {10, 3, NULL}, {100, 0, NULL},
};

static bool is_port(const struct network_job *job)
{
    return str_is(job->action, "PORT_IN") || str_is(job->action, "PORT_OUT");
}

/* What becomes of a number follows from the number; who agreed lets it go on its day. */
static enum network_answer poll_port(struct network_job *job, int64_t pace_ms)
{
    const struct network_job number = {.order = job->service, .position = NETWORK_PORT_ASKED};
    uint32_t drawn = hash(&number, "port") % 100, at = 0;
    while (drawn >= port_fates[at].below)
        at++;
    bool asked = job->position == NETWORK_PORT_ASKED;
    if (asked && job->attempt <= port_fates[at].silent_attempts)
        return NETWORK_SILENT;
    if (job->elapsed_ms < (int64_t)(1 + hash(&number, "steps") % STEPS) * pace_ms)
        return NETWORK_WORKING;
    job->reason = asked ? port_fates[at].reason : NULL;
    return job->reason == NULL ? NETWORK_DONE : NETWORK_REFUSED;
}

/* ---- what it can do ---- */

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
    if (is_port(job))
        return poll_port(job, simulator->pace_ms);
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
