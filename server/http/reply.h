/* reply: how answers leave, with the headers that every answer carries and errors in the shape of
 * the place that was asked; and the few things one wants to know of a request to decide on one. */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <h2o.h>

#define REPLY_JSON    "application/json; charset=utf-8"
#define REPLY_GRAPHQL "application/graphql-response+json; charset=utf-8"

/* Adds the security headers to every answer of these paths, and puts h2o's own errors into our
 * words. */
void reply_register(h2o_pathconf_t *paths);

/* Adds a header; both texts must outlive the request. */
void reply_header(h2o_req_t *req, const char *name, struct str value);

/* The body must live until the request is disposed of: in its pool, or for ever. */
void reply_send(h2o_req_t *req, int status, const char *content_type, struct str body);

/* As reply_send(), of a body that may go away. */
void reply_send_copy(h2o_req_t *req, int status, const char *content_type, struct str body);

/* {"errors":[{"message":…,"extensions":{"code":…}}]} for /graphql, {"error":{"code":…,"message":…}}
 * elsewhere. */
void reply_problem(h2o_req_t *req, int http_status, enum status status, const char *message);

/* As reply_problem(), and the connection ends: what follows on it cannot be trusted. */
void reply_problem_and_close(h2o_req_t *req, int http_status, enum status status,
                             const char *message);

/* To somebody whose token is missing or not good, or whom nobody can identify right now. */
void reply_unidentified(h2o_req_t *req, enum status status);

/* Of the Authorization header; .at NULL: there is none. */
struct str reply_bearer_token(h2o_req_t *req);

/* The first of that name; .at NULL: none. */
struct str reply_request_header(const h2o_req_t *req, const h2o_token_t *name);
bool reply_method_is(const h2o_req_t *req, const char *method);

/* False: the method is another one, and that was answered. */
bool reply_method_reads(h2o_req_t *req);
bool reply_method_posts(h2o_req_t *req);
