/* metrics: /metrics, for Prometheus, and what is counted of HTTP itself. */
#include "http/metrics.h"

#include "auth/identity.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/metrics.h"
#include "http/lane.h"
#include "http/reply.h"
#include "http/visit.h"
#include <netinet/in.h>
#include <time.h>

#define EXPOSITION "text/plain; version=0.0.4; charset=utf-8"

/* ---- counting ---- */

struct counting {
    h2o_logger_t super;
    const char *(*route_of)(h2o_req_t *req);
    struct http_numbers *(*numbers_of)(h2o_req_t *req);
};

static struct answer_count *answer_kind(struct http_numbers *numbers, const char *route, int status)
{
    for (uint32_t i = 0; i < numbers->kinds; i++) {
        struct answer_count *kind = &numbers->answers[i];
        bool rest = i + 1 == ANSWER_KINDS;
        if (rest || (kind->route == route && kind->status == status))
            return kind;
    }
    struct answer_count *kind = &numbers->answers[numbers->kinds];
    bool last = numbers->kinds + 1 == ANSWER_KINDS;
    *kind = (struct answer_count){.route = last ? "others" : route, .status = last ? 0 : status};
    __atomic_store_n(&numbers->kinds, numbers->kinds + 1, __ATOMIC_RELEASE);
    return kind;
}

static void on_answered(h2o_logger_t *self, h2o_req_t *req)
{
    struct counting *counting = (struct counting *)self;
    struct http_numbers *numbers = counting->numbers_of(req);
    counter_add(&answer_kind(numbers, counting->route_of(req), req->res.status)->count, 1);
}

void metrics_register(h2o_pathconf_t *paths, const char *(*route_of)(h2o_req_t *),
                      struct http_numbers *(*numbers_of)(h2o_req_t *))
{
    struct counting *counting = (struct counting *)h2o_create_logger(paths, sizeof(*counting));
    counting->super.log_access = on_answered;
    counting->route_of = route_of;
    counting->numbers_of = numbers_of;
}

/* ---- telling ---- */

static void sum_answers(struct http_numbers *sum, const struct http_numbers *more)
{
    uint32_t kinds = __atomic_load_n(&more->kinds, __ATOMIC_ACQUIRE);
    for (uint32_t i = 0; i < kinds; i++) {
        const struct answer_count *kind = &more->answers[i];
        answer_kind(sum, kind->route, kind->status)->count += counter_read(&kind->count);
    }
    sum->connections += counter_read(&more->connections);
}

static void tell_http(const struct http_numbers *lanes, unsigned count, struct buf *out)
{
    struct http_numbers *sum = arena_new(out->arena, struct http_numbers);
    for (unsigned i = 0; i < count; i++)
        sum_answers(sum, &lanes[i]);
    metrics_family(out, "dossier_http_requests_total", "counter",
                   "HTTP requests that were answered, by route and status.");
    for (uint32_t i = 0; i < sum->kinds; i++) {
        const struct answer_count *kind = &sum->answers[i];
        const char *labels =
            str_printf(out->arena, "route=\"%s\",status=\"%d\"", kind->route, kind->status).at;
        metrics_sample(out, "dossier_http_requests_total", labels, kind->count);
    }
    metrics_family(out, "dossier_http_connections", "gauge", "Open connections.");
    metrics_sample(out, "dossier_http_connections", "", sum->connections);
}

static void tell(h2o_req_t *req)
{
    const struct lane *lane = lane_of(req);
    struct arena *arena = arena_create();
    struct buf out;
    buf_init(&out, arena, 64 * 1024);
    tell_http(lane->all_numbers, lane->options->threads, &out);
    lane->options->tell_metrics(lane->options->shared, &out);
    metrics_process(&out);
    reply_send_copy(req, 200, EXPOSITION, buf_str(&out));
    arena_destroy(arena);
}

/* ---- who may ask ---- */

/* An administrator's request, while the token is looked at. */
struct asking {
    struct visit *visit;
    struct identity_wait identity;
};

static void on_identity(struct identity_wait *wait)
{
    struct asking *asking = wait->context;
    enum status status = wait->status;
    const struct viewer *viewer = wait->viewer;
    h2o_req_t *req = visit_request(asking->visit);
    bool may = req != NULL && status == STATUS_OK && viewer->kind == VIEWER_OPERATOR &&
               (viewer->rights & lane_of(req)->options->metrics_right) != 0;
    req = visit_answer(asking->visit);
    if (req == NULL)
        return;
    if (may)
        tell(req);
    else if (status == STATUS_OK)
        reply_problem(req, 403, STATUS_FORBIDDEN, "Only administrators may see the metrics.");
    else
        reply_unidentified(req, status);
}

static void on_gone(void *context)
{
    (void)context; /* identity_find() still answers */
}

static void identify(h2o_req_t *req, struct str token)
{
    struct lane *lane = lane_of(req);
    struct arena *arena = arena_create();
    struct asking *asking = arena_new(arena, struct asking);
    asking->visit = visit_begin(req, arena, on_gone, asking);
    asking->identity =
        (struct identity_wait){.arena = arena, .on_known = on_identity, .context = asking};
    if (identity_find(lane->parts.identities, token, (int64_t)time(NULL),
                      lane->loop->super.ops->now_ms(&lane->loop->super), &asking->identity))
        on_identity(&asking->identity);
}

static bool is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
    return address->sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}

/* A proxy on this machine speaks for somebody else, and most say so. */
static bool is_from_here(h2o_req_t *req)
{
    static const char *const marks[] = {"forwarded", "x-forwarded-for", "x-real-ip"};
    struct sockaddr_storage peer = {0};
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (h2o_find_header_by_str(&req->headers, marks[i], strlen(marks[i]), -1) != -1)
            return false;
    return h2o_find_header(&req->headers, H2O_TOKEN_VIA, -1) == -1 &&
           req->conn->callbacks->get_peername(req->conn, (void *)&peer) > 0 &&
           is_loopback((struct sockaddr *)&peer);
}

void metrics_answer(h2o_req_t *req)
{
    enum metrics_audience audience = lane_of(req)->options->metrics_audience;
    struct str token = reply_bearer_token(req);
    if (audience == METRICS_NOBODY) {
        reply_problem(req, 404, STATUS_NOT_FOUND, "There is nothing at this address.");
    } else if (!reply_method_reads(req)) {
        return;
    } else if (token.at != NULL) {
        identify(req, token);
    } else if (audience == METRICS_LOOPBACK && is_from_here(req)) {
        tell(req);
    } else {
        reply_unidentified(req, STATUS_UNAUTHENTICATED);
    }
}
