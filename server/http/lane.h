/* lane: one thread with its event loop, its h2o context and the parts that work on it. */
#pragma once

#include "http/event_loop.h"
#include "http/metrics.h"
#include "http/server.h"
#include <h2o.h>

struct access_log;
struct door;
struct health;

struct lane {
    h2o_context_t context; /* how a request finds its lane: lane_of() */
    h2o_accept_ctx_t accept;
    struct event_loop *loop;
    const struct server_options *options;
    const struct assets *assets;
    struct server_parts parts;
    struct access_log *access_log;
    struct health *health;
    struct door *door;
    h2o_socket_t *listener;           /* NULL: accepts no more */
    unsigned connections;             /* those on their way here, too */
    struct http_numbers *numbers;     /* its own */
    struct http_numbers *all_numbers; /* of all lanes, options->threads of them */
    bool draining;
    uint64_t drain_until_ms;
};

static inline struct lane *lane_of(h2o_req_t *req)
{
    return H2O_STRUCT_FROM_MEMBER(struct lane, context, req->conn->ctx);
}

/* What the lanes of a server have in common. */
struct lane_shared {
    const struct server_options *options;
    const struct assets *assets;
    h2o_globalconf_t *config;
    struct door *door;
    struct http_numbers *numbers; /* options->threads of them */
};

/* Runs until it has drained; on the calling thread. `started` is called when it accepts connections
 * or cannot (false), once. `number` is which of the numbers are its own. */
void lane_run(const struct lane_shared *shared, unsigned number,
              void (*started)(void *context, struct lane *lane), void *context);

/* From any thread: accept nothing new, let what is in flight finish, then let lane_run() return. */
void lane_drain(struct lane *lane);
