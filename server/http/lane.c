/* lane: one thread with its event loop, its h2o context and the parts that work on it. */
#include "http/lane.h"

#include "base/metrics.h"
#include "http/access_log.h"
#include "http/health.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
    ACCEPTS_AT_ONCE = 16,
    UNACKNOWLEDGED_MS = 15000, /* a peer that takes nothing for so long is gone */
};

/* ---- connections ---- */

/* A client that never reads would hold its answer for ever: h2o has no timeout for writing. */
static void set_timeouts(int fd)
{
    const int on = 1, unacknowledged_ms = UNACKNOWLEDGED_MS;
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms, sizeof(unacknowledged_ms));
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
}

static unsigned connection_limit(const struct lane *lane)
{
    return lane->options->connection_limit / lane->options->threads;
}

static void on_accept(h2o_socket_t *listener, const char *error);

static void on_connection_closed(void *context)
{
    struct lane *lane = context;
    counter_set(&lane->numbers->connections, --lane->connections);
    if (lane->listener != NULL && !h2o_socket_is_reading(lane->listener))
        h2o_socket_read_start(lane->listener, on_accept);
}

static bool accept_one(struct lane *lane)
{
    h2o_socket_t *socket = h2o_evloop_socket_accept(lane->listener);
    if (socket == NULL)
        return false;
    counter_set(&lane->numbers->connections, ++lane->connections);
    socket->on_close.cb = on_connection_closed;
    socket->on_close.data = lane;
    set_timeouts(h2o_socket_get_fd(socket));
    h2o_accept(&lane->accept, socket);
    return true;
}

/* At the limit nothing is accepted until somebody leaves; the kernel keeps the others waiting. */
static void on_accept(h2o_socket_t *listener, const char *error)
{
    struct lane *lane = listener->data;
    for (int i = 0; i < ACCEPTS_AT_ONCE && lane->connections < connection_limit(lane); i++)
        if (!accept_one(lane))
            return;
    if (lane->connections >= connection_limit(lane))
        h2o_socket_read_stop(listener);
}

static bool listen_here(struct lane *lane, int listener)
{
    int copy = fcntl(listener, F_DUPFD_CLOEXEC, 0);
    if (copy == -1)
        return false;
    lane->listener = h2o_evloop_socket_create(lane->loop->h2o, copy, H2O_SOCKET_FLAG_DONT_READ);
    lane->listener->data = lane;
    h2o_socket_read_start(lane->listener, on_accept);
    return true;
}

/* ---- the end ---- */

static void on_drain(void *context)
{
    struct lane *lane = context;
    if (lane->draining)
        return;
    lane->draining = true;
    lane->drain_until_ms =
        lane->loop->super.ops->now_ms(&lane->loop->super) + lane->options->drain_ms;
    while (accept_one(lane)) /* whoever was let in by the kernel is served */
        continue;
    h2o_socket_t *listener = lane->listener;
    lane->listener = NULL;
    h2o_socket_read_stop(listener);
    h2o_socket_close(listener);
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

void lane_run(const struct server_options *options, const struct assets *assets,
              h2o_globalconf_t *config, int listener, struct http_numbers *all_numbers,
              unsigned number, void (*started)(void *, struct lane *), void *context)
{
    struct lane *lane = calloc(1, sizeof(*lane));
    if (lane == NULL)
        h2o_fatal("no memory left");
    lane->options = options;
    lane->assets = assets;
    lane->numbers = &all_numbers[number];
    lane->all_numbers = all_numbers;
    lane->loop = event_loop_create();
    lane->parts.loop = &lane->loop->super;
    h2o_context_init(&lane->context, lane->loop->h2o, config);
    lane->accept = (h2o_accept_ctx_t){.ctx = &lane->context, .hosts = config->hosts};
    lane->health = health_create(lane);
    if (options->access_log != NULL)
        lane->access_log = access_log_create(&lane->loop->super, options->access_log);

    bool opened = options->open(options->shared, &lane->parts);
    bool listening = opened && listen_here(lane, listener);
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
