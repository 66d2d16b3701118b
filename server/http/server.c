/* server: HTTP on a few threads, from listening to the last answer before the end. */
#include "http/server.h"

#include "base/arena.h"
#include "base/log.h"
#include "http/access_log.h"
#include "http/assets.h"
#include "http/door.h"
#include "http/endpoint.h"
#include "http/exports.h"
#include "http/head.h"
#include "http/health.h"
#include "http/lane.h"
#include "http/letters.h"
#include "http/reply.h"
#include "http/resets.h"
#include "http/sessions.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    BACKLOG = 1024,
    ENTITY_BYTES_MAX = 1 << 20, /* h2o buffers so much before it asks us; we refuse earlier */
    REQUEST_MS = 10000,         /* for a whole request to arrive, and between two on a connection */
    THREADS_MAX = DOOR_LANES_MAX,
};

struct server {
    const struct server_options *options;
    const struct assets *assets;
    h2o_globalconf_t config;
    int listener;
    struct door door;
    unsigned port;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    unsigned started; /* threads that said whether they accept connections */
    unsigned failed;
    pthread_t threads[THREADS_MAX];
    struct lane *lanes[THREADS_MAX];
    struct http_numbers *numbers; /* by thread */
    unsigned numbered;            /* threads that have theirs */
};

/* ---- routes ---- */

/* clang-format off */
static const struct route {
    const char *path; /* with a slash at the end: everything below it */
    void (*answer)(h2o_req_t *req);
} routes[] = {
    {"/graphql",      endpoint_answer},
    {"/auth/login",   sessions_login},
    {"/auth/refresh", sessions_refresh},
    {"/auth/logout",  sessions_logout},
    {"/auth/token",   sessions_token},
    {"/auth/reset",   resets_choose},
    {"/auth/reset/look", resets_look},
    {"/export",       exports_answer},
    {"/healthz",      health_answer},
    {"/letters/",     letters_answer},
    {"/metrics",      metrics_answer},
};
/* clang-format on */

/* Below these nothing else is offered: the app's page is no answer to a mistyped address of the
 * API. */
static const char *const reserved[] = {"/graphql", "/auth",    "/export",
                                       "/healthz", "/letters", "/metrics"};

static bool path_is(h2o_req_t *req, const char *path)
{
    return h2o_memis(req->path_normalized.base, req->path_normalized.len, path, strlen(path));
}

static bool path_is_below(h2o_req_t *req, const char *path)
{
    size_t len = strlen(path);
    return path_is(req, path) ||
           (req->path_normalized.len > len && req->path_normalized.base[len] == '/' &&
            memcmp(req->path_normalized.base, path, len) == 0);
}

static bool is_route(h2o_req_t *req, const char *path)
{
    size_t len = strlen(path);
    if (path[len - 1] != '/')
        return path_is(req, path);
    return req->path_normalized.len > len && memcmp(req->path_normalized.base, path, len) == 0;
}

static const struct route *route_of(h2o_req_t *req)
{
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
        if (is_route(req, routes[i].path))
            return &routes[i];
    return NULL;
}

static bool is_reserved(h2o_req_t *req)
{
    for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
        if (path_is_below(req, reserved[i]))
            return true;
    return false;
}

/* The request's head as it came, at the front of what was read from its connection. */
static struct str raw_head(h2o_req_t *req)
{
    h2o_socket_t *socket = req->conn->callbacks->get_socket(req->conn);
    return (struct str){.at = socket->input->bytes, .len = socket->input->size};
}

static int on_request(h2o_handler_t *handler, h2o_req_t *req)
{
    struct head_problem problem = head_check(raw_head(req));
    const struct route *route = route_of(req);
    if (problem.http_status != 0)
        reply_problem_and_close(req, problem.http_status,
                                problem.http_status == 431 ? STATUS_LIMIT : STATUS_INVALID,
                                problem.message);
    else if (route != NULL)
        route->answer(req);
    else if (is_reserved(req))
        reply_problem(req, 404, STATUS_NOT_FOUND, "There is nothing at this address.");
    else
        assets_answer(lane_of(req)->assets, req);
    return 0;
}

/* ---- set-up ---- */

static const char *logged_route(h2o_req_t *req)
{
    const struct route *route = route_of(req);
    return route != NULL ? route->path : is_reserved(req) ? "unknown" : "app";
}

static struct http_numbers *numbers_of(h2o_req_t *req)
{
    return lane_of(req)->numbers;
}

static struct access_log *log_of(h2o_req_t *req)
{
    return lane_of(req)->access_log;
}

/* Everything hangs on the path h2o falls back to, so that its own errors pass our filters. */
static void configure(struct server *server)
{
    h2o_config_init(&server->config);
    server->config.server_name = h2o_iovec_init(H2O_STRLIT("dossier"));
    server->config.max_request_entity_size = ENTITY_BYTES_MAX;
    server->config.http1.upgrade_to_http2 = 0;
    server->config.http1.req_timeout = REQUEST_MS;
    h2o_hostconf_t *host =
        h2o_config_register_host(&server->config, h2o_iovec_init(H2O_STRLIT("default")), 65535);
    h2o_handler_t *handler = h2o_create_handler(&host->fallback_path, sizeof(*handler));
    handler->on_req = on_request;
    reply_register(&host->fallback_path);
    access_log_register(&host->fallback_path, logged_route, log_of);
    metrics_register(&host->fallback_path, logged_route, numbers_of);
}

static bool fail(struct arena *arena, const struct server_options *options, struct str *problem)
{
    const char *advice =
        errno == EADDRINUSE ? "; something listens there already, choose another --port"
        : errno == EINVAL   ? "; give --host a numeric address, for example 127.0.0.1 or ::1"
                            : "";
    *problem = str_printf(arena, "cannot listen on %s port %u: %s%s", options->host, options->port,
                          strerror(errno), advice);
    return false;
}

static bool make_address(struct sockaddr_storage *address, socklen_t *len,
                         const struct server_options *options)
{
    struct sockaddr_in *v4 = (struct sockaddr_in *)address;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)address;
    memset(address, 0, sizeof(*address));
    if (inet_pton(AF_INET, options->host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)options->port);
        *len = sizeof(*v4);
    } else if (inet_pton(AF_INET6, options->host, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((uint16_t)options->port);
        *len = sizeof(*v6);
    } else {
        errno = EINVAL;
        return false;
    }
    return true;
}

static bool open_listener(struct server *server, struct arena *arena, struct str *problem)
{
    const int on = 1;
    struct sockaddr_storage address;
    socklen_t len;
    if (!make_address(&address, &len, server->options))
        return fail(arena, server->options, problem);
    server->listener = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (server->listener == -1)
        return fail(arena, server->options, problem);
    setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(server->listener, (struct sockaddr *)&address, len) != 0 ||
        listen(server->listener, BACKLOG) != 0 ||
        getsockname(server->listener, (struct sockaddr *)&address, &len) != 0) {
        fail(arena, server->options, problem);
        close(server->listener);
        return false;
    }
    server->port =
        ntohs(address.ss_family == AF_INET ? ((struct sockaddr_in *)&address)->sin_port
                                           : ((struct sockaddr_in6 *)&address)->sin6_port);
    return true;
}

/* ---- threads ---- */

static void on_lane_started(void *context, struct lane *lane)
{
    struct server *server = context;
    pthread_mutex_lock(&server->mutex);
    if (lane == NULL)
        server->failed++;
    else
        server->lanes[server->started - server->failed] = lane;
    server->started++;
    pthread_cond_signal(&server->changed);
    pthread_mutex_unlock(&server->mutex);
}

static void *run_lane(void *context)
{
    struct server *server = context;
    unsigned number = __atomic_fetch_add(&server->numbered, 1, __ATOMIC_RELAXED);
    const struct lane_shared shared = {
        .options = server->options,
        .assets = server->assets,
        .config = &server->config,
        .door = &server->door,
        .numbers = server->numbers,
    };
    lane_run(&shared, number, on_lane_started, server);
    return NULL;
}

static void wait_until_started(struct server *server)
{
    pthread_mutex_lock(&server->mutex);
    while (server->started < server->options->threads)
        pthread_cond_wait(&server->changed, &server->mutex);
    pthread_mutex_unlock(&server->mutex);
}

struct server *server_start(const struct server_options *options, struct arena *arena,
                            struct str *problem)
{
    struct server *server = arena_new(arena, struct server);
    server->options = options;
    server->numbers = arena_array(arena, struct http_numbers, options->threads);
    server->assets = assets_load(arena, options->app_folder, problem);
    if (server->assets == NULL || !open_listener(server, arena, problem))
        return NULL;
    pthread_mutex_init(&server->mutex, NULL);
    pthread_cond_init(&server->changed, NULL);
    door_init(&server->door, server->listener);
    configure(server);
    for (unsigned i = 0; i < options->threads; i++)
        if (pthread_create(&server->threads[i], NULL, run_lane, server) != 0)
            h2o_fatal("no thread can be started");
    wait_until_started(server);
    if (server->failed > 0) {
        *problem = STR("an event loop could not be started; see the log");
        server_stop(server);
        return NULL;
    }
    return server;
}

unsigned server_port(const struct server *server)
{
    return server->port;
}

void server_stop(struct server *server)
{
    door_close(&server->door);
    for (unsigned i = 0; i < server->started - server->failed; i++)
        lane_drain(server->lanes[i]);
    for (unsigned i = 0; i < server->options->threads; i++)
        pthread_join(server->threads[i], NULL);
    close(server->listener);
    door_destroy(&server->door);
    h2o_config_dispose(&server->config);
    pthread_mutex_destroy(&server->mutex);
    pthread_cond_destroy(&server->changed);
}
