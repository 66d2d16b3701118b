/* posted: what pages of our own post without a token: small JSON, from this address only. */
#include "http/posted.h"

#include "base/arena.h"
#include "http/media.h"
#include "http/parameters.h"
#include "http/reply.h"
#include <arpa/inet.h>
#include <netinet/in.h>

enum { BODY_BYTES_MAX = 4096, JSON_DEPTH = 8 };

/* A browser says where a request comes from; only our own pages may ask here. What says nothing is
 * not a browser. (RFC 6454; Fetch Metadata) */
static bool is_from_our_pages(h2o_req_t *req)
{
    ssize_t at = h2o_find_header_by_str(&req->headers, H2O_STRLIT("sec-fetch-site"), -1);
    if (at != -1) {
        h2o_iovec_t site = req->headers.entries[at].value;
        if (!h2o_memis(site.base, site.len, H2O_STRLIT("same-origin")) &&
            !h2o_memis(site.base, site.len, H2O_STRLIT("none")))
            return false;
    }
    at = h2o_find_header_by_str(&req->headers, H2O_STRLIT("origin"), -1);
    if (at == -1)
        return true;
    struct str origin = {.at = req->headers.entries[at].value.base,
                         .len = req->headers.entries[at].value.len};
    struct str host = {.at = req->authority.base, .len = req->authority.len};
    const char *schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < 2; i++) {
        size_t len = strlen(schemes[i]);
        struct str rest = {.at = origin.at + len, .len = origin.len - len};
        if (str_starts(origin, str_of(schemes[i])) && str_equal(rest, host))
            return true;
    }
    return false;
}

bool posted_is_acceptable(h2o_req_t *req)
{
    if (!reply_method_posts(req)) {
        return false;
    } else if (!media_is_json(reply_request_header(req, H2O_TOKEN_CONTENT_TYPE))) {
        reply_problem(req, 415, STATUS_INVALID,
                      "The Content-Type must be application/json, in UTF-8.");
    } else if (!is_from_our_pages(req)) {
        reply_problem(req, 403, STATUS_FORBIDDEN, "Only pages of this address may ask here.");
    } else if (req->entity.len > BODY_BYTES_MAX) {
        reply_problem(req, 413, STATUS_LIMIT, "The request is larger than is allowed.");
    } else {
        return true;
    }
    return false;
}

struct str posted_peer(h2o_req_t *req, struct arena *arena)
{
    struct sockaddr_storage peer = {0};
    if (req->conn->callbacks->get_peername(req->conn, (struct sockaddr *)&peer) == 0)
        return STR("unknown");
    if (peer.ss_family == AF_INET)
        return str_copy(arena,
                        (struct str){(const char *)&((struct sockaddr_in *)&peer)->sin_addr, 4});
    if (peer.ss_family == AF_INET6)
        return str_copy(arena,
                        (struct str){(const char *)&((struct sockaddr_in6 *)&peer)->sin6_addr, 8});
    return STR("local");
}

json_t *posted_object(h2o_req_t *req, struct arena *arena, const char **problem)
{
    json_t *json;
    struct str body = {req->entity.base, req->entity.len};
    return parameters_json_object(&json, arena, JSON_DEPTH, body, problem) == STATUS_OK ? json
                                                                                        : NULL;
}

bool posted_text(const json_t *json, const char *key, size_t limit, struct arena *arena,
                 struct str *out)
{
    const json_t *value = json_object_get(json, key);
    if (!json_is_string(value) || json_string_length(value) == 0 ||
        json_string_length(value) > limit)
        return false;
    *out = str_copy(arena, (struct str){json_string_value(value), json_string_length(value)});
    return true;
}
