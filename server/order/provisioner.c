/* provisioner: looks whether something is due, does it, and rests when nothing is. */
#include "order/provisioner.h"

#include "base/arena.h"
#include "base/log.h"
#include "mariadb/database.h"
#include "order/network.h"
#include "order/port_step.h"
#include "order/step.h"
#include "order/work.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

enum { REST_MS = 500, LEAST_REST_MS = 5, AWAY_MS = 2000, STATEMENT_MS = 5000 };

struct provisioner {
    const struct database_address *address;
    const struct network *network;
    const struct vault *vault;
    struct database *database; /* NULL: there is none right now */
    bool away;                 /* it was said that it is */
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t ends;
    bool stopping;
};

/* ---- resting ---- */

static bool is_stopping(struct provisioner *provisioner)
{
    pthread_mutex_lock(&provisioner->mutex);
    bool stopping = provisioner->stopping;
    pthread_mutex_unlock(&provisioner->mutex);
    return stopping;
}

static void rest(struct provisioner *provisioner, int64_t ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_mutex_lock(&provisioner->mutex);
    if (!provisioner->stopping)
        pthread_cond_timedwait(&provisioner->ends, &provisioner->mutex, &until);
    pthread_mutex_unlock(&provisioner->mutex);
}

static int64_t rest_ms(const struct provisioner *provisioner)
{
    int64_t half = provisioner->network->pace_ms / 2;
    return half > REST_MS ? REST_MS : half < LEAST_REST_MS ? LEAST_REST_MS : half;
}

/* ---- working ---- */

static bool connect(struct provisioner *provisioner, struct arena *arena)
{
    struct str problem = {0};
    if (provisioner->database != NULL)
        return true;
    provisioner->database = database_open(provisioner->address, arena, &problem);
    if (provisioner->database != NULL)
        database_set_timeout(provisioner->database, STATEMENT_MS);
    else if (!provisioner->away)
        log_event(LOG_WARN, "orders wait for the database", "problem",
                  log_format(STR_FMT, STR_ARG(problem)), NULL);
    provisioner->away = provisioner->database == NULL;
    return !provisioner->away;
}

/* An order, and a number that moves. */
static enum status take_both(struct provisioner *provisioner, struct arena *arena, bool *found)
{
    const struct order_work work = {
        .database = provisioner->database, .arena = arena, .vault = provisioner->vault};
    bool order, port;
    enum status status = step_take(&work, provisioner->network, &order);
    if (status == STATUS_UNAVAILABLE || status == STATUS_TIMEOUT)
        return status;
    enum status moved = port_step_take(&work, provisioner->network, &port);
    *found = order || port;
    return status == STATUS_OK ? moved : status;
}

/* How long to rest before the next step. */
static int64_t take_step(struct provisioner *provisioner)
{
    struct arena *arena = arena_create();
    bool found = false, connected = connect(provisioner, arena);
    enum status status = connected ? take_both(provisioner, arena, &found) : STATUS_UNAVAILABLE;
    arena_destroy(arena);
    if (status == STATUS_UNAVAILABLE || status == STATUS_TIMEOUT)
        return AWAY_MS;
    if (status == STATUS_CONFLICT)
        return LEAST_REST_MS;
    return found ? 0 : rest_ms(provisioner);
}

static void *run(void *context)
{
    struct provisioner *provisioner = context;
    while (!is_stopping(provisioner)) {
        int64_t ms = take_step(provisioner);
        if (ms > 0)
            rest(provisioner, ms);
    }
    return NULL;
}

/* ---- from the program ---- */

struct provisioner *provisioner_start(const struct database_address *address,
                                      const struct network *network, const struct vault *vault)
{
    struct provisioner *provisioner = calloc(1, sizeof(*provisioner));
    if (provisioner == NULL)
        abort();
    provisioner->address = address;
    provisioner->network = network;
    provisioner->vault = vault;
    pthread_mutex_init(&provisioner->mutex, NULL);
    pthread_cond_init(&provisioner->ends, NULL);
    if (pthread_create(&provisioner->thread, NULL, run, provisioner) != 0)
        abort();
    return provisioner;
}

void provisioner_stop(struct provisioner *provisioner)
{
    pthread_mutex_lock(&provisioner->mutex);
    provisioner->stopping = true;
    pthread_cond_signal(&provisioner->ends);
    pthread_mutex_unlock(&provisioner->mutex);
    pthread_join(provisioner->thread, NULL);
    database_close(provisioner->database);
    pthread_cond_destroy(&provisioner->ends);
    pthread_mutex_destroy(&provisioner->mutex);
    free(provisioner);
}
