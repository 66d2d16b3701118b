/* parameters: what a GraphQL request asks for, read from a JSON body or a query string.
 * (GraphQL over HTTP, "Request Parameters") */
#pragma once

#include "base/status.h"
#include "base/str.h"
#include <jansson.h>

struct arena;

/* Everything lives in the arena. */
struct parameters {
    struct str query;          /* .at NULL: not given */
    struct str document_id;    /* .at NULL: not given */
    struct str operation_name; /* .at NULL: not given */
    const json_t *variables;   /* an object, or NULL */
};

/* STATUS_INVALID with words for the client in *problem. */
enum status parameters_from_json(struct parameters *parameters, struct arena *arena,
                                 struct str body, const char **problem);
enum status parameters_from_url(struct parameters *parameters, struct arena *arena,
                                struct str query_string, const char **problem);

/* A JSON object from a client: no duplicate keys, no deep nesting, nothing behind it. Owned by the
 * arena. NULL with words for the client in *problem. */
json_t *parameters_json_object(struct arena *arena, struct str text, const char **problem);
