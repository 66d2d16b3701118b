/* endpoint: /graphql, from an HTTP request to a call of the engine and back. Start reading here.
 *
 * What may be asked and how is GraphQL over HTTP (draft of 2026); what happens to a call is in
 * run/call.h.
 *
 *     endpoint_answer   refuses what is not such a request
 *     identify          finds out who asks, perhaps after a question to the database
 *     start             reads what is asked for and hands it to the engine
 *     on_answer         turns the outcome into a status and sends the body
 */
#include "http/endpoint.h"

#include "auth/identity.h"
#include "base/arena.h"
#include "http/lane.h"
#include "http/media.h"
#include "http/parameters.h"
#include "base/metrics.h"
#include "http/reply.h"
#include "http/timing.h"
#include "http/visit.h"
#include "run/call.h"
#include <time.h>

enum { QUERY_STRING_BYTES_MAX = 16 * 1024 };

/* One request while it is worked on; in the arena of its call. */
struct exchange {
    struct lane *lane;
    struct visit *visit;
    bool get;
    enum media media;
    struct identity_wait identity;
    struct call call;
    bool started;
};

/* ---- the answer ---- */

/* GraphQL over HTTP, "Status Codes". With application/json what is wrong with a document is told in
 * a 200; with application/graphql-response+json in a 4xx: which one, the audits and the newest
 * draft see differently, and --status-profile decides. */
enum status_profile { STATUSES_JSON, STATUSES_AUDIT, STATUSES_DRAFT, STATUS_PROFILES };

static const int statuses[][STATUS_PROFILES] = {
    [CALL_DATA] = {200, 200, 200},        [CALL_PARSE_FAILED] = {200, 400, 400},
    [CALL_INVALID] = {200, 400, 422},     [CALL_UNKNOWN_DOCUMENT] = {200, 400, 422},
    [CALL_NOT_ALLOWED] = {405, 405, 405}, [CALL_FORBIDDEN] = {403, 403, 403},
    [CALL_LIMIT] = {200, 400, 422},       [CALL_UNAVAILABLE] = {503, 503, 503},
    [CALL_INTERNAL] = {500, 500, 500},
};

enum { DATA_AND_ERRORS = 294 };

static enum status_profile profile_of(const struct exchange *exchange)
{
    if (exchange->media != MEDIA_GRAPHQL)
        return STATUSES_JSON;
    return exchange->lane->options->draft_statuses ? STATUSES_DRAFT : STATUSES_AUDIT;
}

static int status_of(const struct exchange *exchange, const struct call *call)
{
    enum status_profile profile = profile_of(exchange);
    if (profile == STATUSES_DRAFT && call->outcome == CALL_DATA && call->has_errors)
        return DATA_AND_ERRORS;
    return statuses[call->outcome][profile];
}

static const char *content_type(enum media media)
{
    return media == MEDIA_GRAPHQL ? REPLY_GRAPHQL : REPLY_JSON;
}

static void on_answer(struct call *call)
{
    struct exchange *exchange = call->context;
    h2o_req_t *req = visit_answer(exchange->visit);
    if (req == NULL)
        return;
    int status = status_of(exchange, call);
    if (status == 405)
        reply_header(req, "allow", STR("POST"));
    if (status == 503)
        reply_header(req, "retry-after", STR("1"));
    if (exchange->lane->options->server_timing)
        timing_header(req, &call->times);
    reply_send(req, status, content_type(exchange->media), call->body);
}

/* ---- what is asked ---- */

static enum status read_parameters(struct parameters *parameters, struct exchange *exchange,
                                   h2o_req_t *req, const char **problem)
{
    const struct parameter_limits *limits = &exchange->lane->options->limits;
    struct arena *arena = exchange->call.arena;
    struct str body = {.at = req->entity.base, .len = req->entity.len}, query_string = {0};
    if (!exchange->get)
        return parameters_from_json(parameters, arena, limits, body, problem);
    if (req->query_at != SIZE_MAX)
        query_string = (struct str){
            .at = req->path.base + req->query_at + 1,
            .len = req->path.len - req->query_at - 1,
        };
    return parameters_from_url(parameters, arena, limits, query_string, problem);
}

static void start(struct exchange *exchange, h2o_req_t *req)
{
    struct parameters parameters;
    const char *problem = NULL;
    struct call *call = &exchange->call;
    enum status status = read_parameters(&parameters, exchange, req, &problem);
    if (status != STATUS_OK) {
        bool draft = profile_of(exchange) == STATUSES_DRAFT && status != STATUS_INVALID;
        status = status == STATUS_LIMIT ? STATUS_LIMIT : STATUS_INVALID;
        reply_problem(visit_answer(exchange->visit), draft ? 422 : 400, status, problem);
        return;
    }
    call->engine = exchange->lane->parts.engine;
    call->viewer = exchange->identity.viewer;
    call->query = parameters.query;
    call->document_id = parameters.document_id;
    call->operation_name = parameters.operation_name;
    call->variables = parameters.variables;
    call->read_only = exchange->get;
    call->tells_cost = parameters.tells_cost;
    call->on_answer = on_answer;
    call->context = exchange;
    exchange->started = true;
    call_start(call);
}

/* ---- who asks ---- */

static void on_identity(struct identity_wait *wait)
{
    struct exchange *exchange = wait->context;
    enum status status = wait->status;
    h2o_req_t *req = visit_request(exchange->visit);
    if (req != NULL && status == STATUS_OK) {
        start(exchange, req);
        return;
    }
    req = visit_answer(exchange->visit);
    if (req != NULL)
        reply_unidentified(req, status);
}

/* Before the engine has the call there is nothing to abandon: identity_find() still answers. */
static void on_gone(void *context)
{
    struct exchange *exchange = context;
    if (exchange->started)
        call_abandon(&exchange->call);
}

static void identify(struct exchange *exchange, struct str token)
{
    struct lane *lane = exchange->lane;
    uint64_t now_ms = lane->loop->super.ops->now_ms(&lane->loop->super);
    exchange->identity = (struct identity_wait){
        .arena = exchange->call.arena,
        .on_known = on_identity,
        .context = exchange,
    };
    if (identity_find(lane->parts.identities, token, (int64_t)time(NULL), now_ms,
                      &exchange->identity))
        on_identity(&exchange->identity);
}

/* ---- the request ---- */

/* True: it is a request that can be read. Otherwise it was answered. */
static bool is_readable(h2o_req_t *req, bool get, enum media media)
{
    if (!get && !reply_method_is(req, "POST")) {
        reply_header(req, "allow", STR("GET, POST"));
        reply_problem(req, 405, STATUS_INVALID, "Send POST, or GET for queries.");
    } else if (!get && !media_is_json(reply_request_header(req, H2O_TOKEN_CONTENT_TYPE))) {
        reply_problem(req, 415, STATUS_INVALID,
                      "The Content-Type must be application/json, in UTF-8.");
    } else if (reply_request_header(req, H2O_TOKEN_CONTENT_ENCODING).at != NULL) {
        reply_problem(req, 415, STATUS_INVALID, "Send the body uncompressed.");
    } else if (media == MEDIA_NONE) {
        reply_problem(req, 406, STATUS_INVALID,
                      "Accept application/graphql-response+json or application/json, in UTF-8.");
    } else if (req->entity.len > lane_of(req)->options->limits.body ||
               (req->query_at != SIZE_MAX &&
                req->path.len - req->query_at > QUERY_STRING_BYTES_MAX)) {
        reply_problem(req, 413, STATUS_LIMIT, "The request is larger than is allowed.");
    } else {
        return true;
    }
    return false;
}

void endpoint_answer(h2o_req_t *req)
{
    bool get = reply_method_is(req, "GET");
    enum media media = media_accepted(reply_request_header(req, H2O_TOKEN_ACCEPT));
    struct str token = reply_bearer_token(req);

    if (!is_readable(req, get, media))
        return;
    if (token.at == NULL) {
        reply_unidentified(req, STATUS_UNAUTHENTICATED);
        return;
    }
    struct arena *arena = arena_create();
    struct exchange *exchange = arena_new(arena, struct exchange);
    exchange->lane = lane_of(req);
    exchange->get = get;
    exchange->media = media;
    exchange->visit = visit_begin(req, arena, on_gone, exchange);
    exchange->call.arena = arena;
    exchange->call.times.begun = metrics_now();
    identify(exchange, token);
}
