/* server: HTTP on a few threads, from listening to the last answer before the end. */
#pragma once

#include "base/loop.h"
#include "base/status.h"
#include "base/str.h"
#include "http/parameters.h"

struct arena;
struct auth;
struct buf;
struct engine_loop;
struct identities;
struct server;
struct server_check;
struct sheet;
struct viewer;
struct workers;

/* What one event loop works with; made by whoever composes the program, on the loop's thread. */
struct server_parts {
    struct loop *loop;
    struct engine_loop *engine;
    struct identities *identities;
    void *own;
};

/* Whether the database answers. on_known comes once, after the check has returned to the loop. */
struct server_check {
    struct arena *arena;
    void (*on_known)(struct server_check *check);
    void *context;
    bool answers;
};

/* Who may ask for /metrics. */
enum metrics_audience {
    METRICS_LOOPBACK, /* programs on this machine, and operators with the right */
    METRICS_TOKEN,    /* operators with the right */
    METRICS_NOBODY,
};

struct server_options {
    const char *host; /* a numeric address */
    unsigned port;    /* 0: any that is free, see server_port() */
    unsigned threads;
    unsigned connection_limit; /* of all threads together */
    uint64_t drain_ms;
    const char *app_folder; /* the built app: index.html and what it loads */
    const char *access_log; /* a file; NULL: none */
    struct parameter_limits limits;
    bool draft_statuses; /* statuses as the newest draft of GraphQL over HTTP has them */
    bool server_timing;  /* answers of /graphql say what they took */
    enum metrics_audience metrics_audience;
    uint64_t metrics_right;
    const struct auth *auth;
    struct workers *workers; /* whose context is a struct database, or NULL */
    void *shared;            /* for the following */
    bool (*open)(void *shared, struct server_parts *parts);
    void (*close)(void *shared, struct server_parts *parts);
    void (*check)(struct server_parts *parts, struct server_check *check);
    void (*tell_metrics)(void *shared, struct buf *out); /* on any loop */
    /* The list of a panel of a tab, as this viewer may have it as a file; on any loop. */
    enum status (*find_sheet)(void *shared, const struct viewer *viewer, struct str tab,
                              struct str panel, struct arena *arena, struct sheet *sheet);
};

/* Returns when all threads accept connections. The options must outlive the server. NULL: it
 * cannot, with the reason in *problem. */
struct server *server_start(const struct server_options *options, struct arena *arena,
                            struct str *problem);

unsigned server_port(const struct server *server);

/* Lets what is in flight finish, for at most drain_ms, then ends all threads. */
void server_stop(struct server *server);
