/* lane: one thread with its event loop, its h2o context and the parts that work on it. */
#include "http/lane.h"

#include "http/access_log.h"
#include "http/door.h"
#include "http/health.h"
#include <stdlib.h>

/* ---- the end ---- */

static void on_drain(void *context)
{
    struct lane *lane = context;
    if (lane->draining)
        return;
    lane->draining = true;
    lane->drain_until_ms =
        lane->loop->super.ops->now_ms(&lane->loop->super) + lane->options->drain_ms;
    door_leave(lane);
    h2o_context_request_shutdown(&lane->context);
}

void lane_drain(struct lane *lane)
{
    lane->loop->super.ops->post(&lane->loop->super, on_drain, lane);
}

/* A connection on which nothing of a next request has arrived yet has no beginning of one. */
static int is_busy(h2o_req_t *req, void *context)
{
    return req->timestamps.request_begin_at.tv_sec != 0;
}

static bool is_drained(struct lane *lane)
{
    h2o_globalconf_t *config = lane->context.globalconf;
    uint64_t now_ms = lane->loop->super.ops->now_ms(&lane->loop->super);
    return config->http1.callbacks.foreach_request(&lane->context, is_busy, NULL) == 0 ||
           now_ms >= lane->drain_until_ms;
}

/* Runs the loop until nothing is in flight twice in a row: a request may be on its way. */
static void serve(struct lane *lane)
{
    for (int idle = 0; idle < 2;) {
        event_loop_run_once(lane->loop, lane->draining ? 50 : 1000);
        idle = lane->draining && is_drained(lane) ? idle + 1 : 0;
    }
}

/* h2o offers no other way to close connections that wait for a request than to let their time run
 * out. */
static void close_idle_connections(struct lane *lane)
{
    h2o_timeout_run(lane->loop->h2o, &lane->context.http1.req_timeout, UINT64_MAX);
    /* Armed though nobody speaks HTTP/2. */
    h2o_timeout_unlink(&lane->context.http2._graceful_shutdown_timeout);
    event_loop_run_once(lane->loop, 0);
}

void lane_run(const struct lane_shared *shared, unsigned number,
              void (*started)(void *, struct lane *), void *context)
{
    const struct server_options *options = shared->options;
    struct lane *lane = calloc(1, sizeof(*lane));
    if (lane == NULL)
        h2o_fatal("no memory left");
    lane->options = options;
    lane->assets = shared->assets;
    lane->door = shared->door;
    lane->numbers = &shared->numbers[number];
    lane->all_numbers = shared->numbers;
    lane->loop = event_loop_create();
    lane->parts.loop = &lane->loop->super;
    h2o_context_init(&lane->context, lane->loop->h2o, shared->config);
    lane->accept = (h2o_accept_ctx_t){.ctx = &lane->context, .hosts = shared->config->hosts};
    lane->health = health_create(lane);
    if (options->access_log != NULL)
        lane->access_log = access_log_create(&lane->loop->super, options->access_log);

    bool opened = options->open(options->shared, &lane->parts);
    bool listening = opened && door_enter(lane);
    started(context, listening ? lane : NULL);
    if (listening)
        serve(lane);
    close_idle_connections(lane);
    if (opened)
        options->close(options->shared, &lane->parts);
    if (lane->access_log != NULL)
        access_log_destroy(lane->access_log);
    lane->access_log = NULL;
    health_destroy(lane->health);
    h2o_context_dispose(&lane->context);
    event_loop_destroy(lane->loop);
    free(lane);
}
