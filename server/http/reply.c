/* reply: how answers leave. */
#include "http/reply.h"

#include "base/arena.h"
#include "base/buf.h"
#include <strings.h>

struct header {
    h2o_iovec_t name;
    h2o_iovec_t value;
};

#define HEADER(name, value)   \
    {                         \
        {H2O_STRLIT(name)},   \
        {                     \
            H2O_STRLIT(value) \
        }                     \
    }

/* The app loads everything from its own origin, and shows PDFs it has read in a frame; its Trusted
 * Types policy is called dossier. h2o takes names by pointers that are not const, and changes none.
 */
static struct header security_headers[] = {
    HEADER("content-security-policy",
           "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; "
           "frame-src blob:; "
           "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
           "trusted-types dossier"),
    HEADER("x-content-type-options", "nosniff"),
    HEADER("x-frame-options", "DENY"),
    HEADER("referrer-policy", "no-referrer"),
    HEADER("cross-origin-opener-policy", "same-origin"),
    HEADER("cross-origin-resource-policy", "same-origin"),
    HEADER("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
};

enum { SECURITY_HEADERS = sizeof(security_headers) / sizeof(security_headers[0]) };

static const struct {
    int http_status;
    const char *reason;
    enum status status; /* for h2o's own errors */
    const char *message;
} statuses[] = {
    {200, "OK", STATUS_OK, ""},
    {204, "No Content", STATUS_OK, ""},
    {294, "Partial Success", STATUS_OK, ""}, /* GraphQL over HTTP: data and errors */
    {304, "Not Modified", STATUS_OK, ""},
    {400, "Bad Request", STATUS_INVALID, "This is not a well-formed HTTP request."},
    {401, "Unauthorized", STATUS_UNAUTHENTICATED, "Sign in first."},
    {403, "Forbidden", STATUS_FORBIDDEN, "This is not allowed."},
    {404, "Not Found", STATUS_NOT_FOUND, "There is nothing at this address."},
    {405, "Method Not Allowed", STATUS_INVALID, "This method is not offered here."},
    {406, "Not Acceptable", STATUS_INVALID, "None of the accepted media types can be made."},
    {413, "Content Too Large", STATUS_LIMIT, "The request is larger than is allowed."},
    {415, "Unsupported Media Type", STATUS_INVALID, "Send application/json in UTF-8."},
    {416, "Range Not Satisfiable", STATUS_INVALID, "There is no such range."},
    {417, "Expectation Failed", STATUS_INVALID, "Only Expect: 100-continue is understood."},
    {422, "Unprocessable Content", STATUS_INVALID, "The request cannot be used as it is."},
    {429, "Too Many Requests", STATUS_RATE, "Too many requests; wait a little."},
    {431, "Request Header Fields Too Large", STATUS_LIMIT,
     "The request's headers are too many or too long."},
    {500, "Internal Server Error", STATUS_INTERNAL, "Something went wrong on our side."},
    {502, "Bad Gateway", STATUS_INTERNAL, "Something went wrong on our side."},
    {503, "Service Unavailable", STATUS_UNAVAILABLE,
     "The service cannot answer right now; try again soon."},
};

struct str reply_request_header(const h2o_req_t *req, const h2o_token_t *name)
{
    ssize_t at = h2o_find_header(&req->headers, name, -1);
    if (at == -1)
        return (struct str){0};
    h2o_iovec_t value = req->headers.entries[at].value;
    return (struct str){.at = value.base, .len = value.len};
}

bool reply_method_is(const h2o_req_t *req, const char *method)
{
    return h2o_memis(req->method.base, req->method.len, method, strlen(method));
}

static size_t status_row(int http_status)
{
    for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
        if (statuses[i].http_status == http_status)
            return i;
    h2o_fatal("an HTTP status that reply.c does not list");
}

void reply_header(h2o_req_t *req, const char *name, struct str value)
{
    h2o_add_header_by_str(&req->pool, &req->res.headers, name, strlen(name), 1, NULL, value.at,
                          value.len);
}

static bool asks_graphql(const h2o_req_t *req)
{
    static const char path[] = "/graphql";
    return req->path_normalized.len >= sizeof(path) - 1 &&
           memcmp(req->path_normalized.base, path, sizeof(path) - 1) == 0;
}

/* In the request's pool. */
static struct str problem_body(h2o_req_t *req, enum status status, const char *message)
{
    struct arena *arena = arena_create();
    struct buf buf;
    buf_init(&buf, arena, 256);
    if (asks_graphql(req)) {
        buf_add(&buf, STR("{\"errors\":[{\"message\":"));
        buf_add_json_string(&buf, str_of(message));
        buf_printf(&buf, ",\"extensions\":{\"code\":\"%s\"}}]}", status_code(status));
    } else {
        buf_printf(&buf, "{\"error\":{\"code\":\"%s\",\"message\":", status_code(status));
        buf_add_json_string(&buf, str_of(message));
        buf_add(&buf, STR("}}"));
    }
    h2o_iovec_t copy = h2o_strdup(&req->pool, buf.at, buf.len);
    arena_destroy(arena);
    return (struct str){.at = copy.base, .len = copy.len};
}

/* ---- h2o's own errors ---- */

struct replacement {
    h2o_ostream_t super;
    h2o_iovec_t body;
};

static void on_send_replaced(h2o_ostream_t *stream, h2o_req_t *req, h2o_iovec_t *bufs, size_t count,
                             h2o_send_state_t state)
{
    struct replacement *replacement = (struct replacement *)stream;
    size_t sent = count == 0 ? 0 : 1; /* nothing for HEAD */
    h2o_ostream_send_next(stream, req, &replacement->body, sent, state);
}

/* h2o answers what it cannot read itself, in plain text; nothing of ours is plain text. */
static bool is_from_h2o(const h2o_req_t *req)
{
    ssize_t at = h2o_find_header(&req->res.headers, H2O_TOKEN_CONTENT_TYPE, -1);
    return req->res.status >= 400 && at != -1 &&
           h2o_memis(req->res.headers.entries[at].value.base,
                     req->res.headers.entries[at].value.len,
                     H2O_STRLIT("text/plain; charset=utf-8"));
}

/* All at once: every answer has them, and h2o would look each name up. */
static void add_security_headers(h2o_req_t *req)
{
    h2o_headers_t *headers = &req->res.headers;
    h2o_vector_reserve(&req->pool, headers, headers->size + SECURITY_HEADERS + 1);
    for (size_t i = 0; i < SECURITY_HEADERS; i++)
        headers->entries[headers->size++] =
            (h2o_header_t){.name = &security_headers[i].name, .value = security_headers[i].value};
}

static void on_answer_starts(h2o_filter_t *self, h2o_req_t *req, h2o_ostream_t **slot)
{
    if (is_from_h2o(req)) {
        size_t row = status_row(req->res.status);
        struct replacement *replacement =
            (struct replacement *)h2o_add_ostream(req, sizeof(*replacement), slot);
        struct str body = problem_body(req, statuses[row].status, statuses[row].message);
        slot = &replacement->super.next;
        replacement->super.do_send = on_send_replaced;
        replacement->body = h2o_iovec_init(body.at, body.len);
        req->res.content_length = body.len;
        req->res.reason = statuses[row].reason;
        h2o_set_header(&req->pool, &req->res.headers, H2O_TOKEN_CONTENT_TYPE,
                       H2O_STRLIT(REPLY_JSON), 1);
    }
    add_security_headers(req);
    if (h2o_find_header(&req->res.headers, H2O_TOKEN_CACHE_CONTROL, -1) == -1)
        h2o_add_header(&req->pool, &req->res.headers, H2O_TOKEN_CACHE_CONTROL, NULL,
                       H2O_STRLIT("no-store"));
    h2o_setup_next_ostream(req, slot);
}

void reply_register(h2o_pathconf_t *paths)
{
    h2o_filter_t *filter = h2o_create_filter(paths, sizeof(*filter));
    filter->on_setup_ostream = on_answer_starts;
}

/* ---- ours ---- */

void reply_send(h2o_req_t *req, int status, const char *content_type, struct str body)
{
    static h2o_generator_t generator; /* does nothing: everything is sent at once */
    h2o_iovec_t bytes = h2o_iovec_init(body.at, body.len);

    req->res.status = status;
    req->res.reason = statuses[status_row(status)].reason;
    req->res.content_length = status == 204 || status == 304 ? SIZE_MAX : body.len;
    if (content_type != NULL)
        h2o_add_header(&req->pool, &req->res.headers, H2O_TOKEN_CONTENT_TYPE, NULL, content_type,
                       strlen(content_type));
    h2o_start_response(req, &generator);
    if (reply_method_is(req, "HEAD") || body.len == 0)
        h2o_send(req, NULL, 0, H2O_SEND_STATE_FINAL);
    else
        h2o_send(req, &bytes, 1, H2O_SEND_STATE_FINAL);
}

void reply_send_copy(h2o_req_t *req, int status, const char *content_type, struct str body)
{
    h2o_iovec_t copy = h2o_strdup(&req->pool, body.at, body.len);
    reply_send(req, status, content_type, (struct str){.at = copy.base, .len = copy.len});
}

void reply_problem(h2o_req_t *req, int http_status, enum status status, const char *message)
{
    reply_send(req, http_status, REPLY_JSON, problem_body(req, status, message));
}

void reply_problem_and_close(h2o_req_t *req, int http_status, enum status status,
                             const char *message)
{
    req->http1_is_persistent = 0;
    reply_problem(req, http_status, status, message);
}

/* ---- what is asked ---- */

bool reply_method_reads(h2o_req_t *req)
{
    if (reply_method_is(req, "GET") || reply_method_is(req, "HEAD"))
        return true;
    reply_header(req, "allow", STR("GET, HEAD"));
    reply_problem(req, 405, STATUS_INVALID, "Only GET and HEAD are offered here.");
    return false;
}

bool reply_method_posts(h2o_req_t *req)
{
    if (reply_method_is(req, "POST"))
        return true;
    reply_header(req, "allow", STR("POST"));
    reply_problem(req, 405, STATUS_INVALID, "Send POST.");
    return false;
}

/* ---- of who asks ---- */

struct str reply_bearer_token(h2o_req_t *req)
{
    static const struct str scheme = STR("bearer ");
    struct str value = reply_request_header(req, H2O_TOKEN_AUTHORIZATION);
    if (value.len <= scheme.len || strncasecmp(value.at, scheme.at, scheme.len) != 0)
        return (struct str){0};
    return (struct str){.at = value.at + scheme.len, .len = value.len - scheme.len};
}

/* One body for all that is wrong with a token: which it was is nobody's business. */
void reply_unidentified(h2o_req_t *req, enum status status)
{
    if (status == STATUS_UNAVAILABLE) {
        reply_header(req, "retry-after", STR("1"));
        reply_problem(req, 503, status, "Nobody can be identified right now; try again soon.");
        return;
    }
    if (status != STATUS_UNAUTHENTICATED) {
        reply_problem(req, 500, status, status_meaning(status));
        return;
    }
    reply_header(req, "www-authenticate", STR("Bearer realm=\"dossier\", error=\"invalid_token\""));
    reply_problem(req, 401, status,
                  "The access token is missing, expired or not valid; sign in again.");
}
