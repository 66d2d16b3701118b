/* posted: what pages of our own post without a token: small JSON, from this address only. */
#pragma once

#include "base/str.h"
#include <h2o.h>
#include <jansson.h>

struct arena;

/* True: it may be read. Otherwise it was answered. */
bool posted_is_acceptable(h2o_req_t *req);

/* The object in the body; NULL: there is none, and *problem may say why. Freed with the arena. */
json_t *posted_object(h2o_req_t *req, struct arena *arena, const char **problem);

/* A text of 1 to `limit` bytes. */
bool posted_text(const json_t *json, const char *key, size_t limit, struct arena *arena,
                 struct str *out);

/* Who asks, for counting: of an IPv6 address its /64, since one household has all of that. */
struct str posted_peer(h2o_req_t *req, struct arena *arena);
