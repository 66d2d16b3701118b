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
    bool tells_cost;           /* extensions: {cost: true} */
};

/* What a request may bring, each a setting of config.c. */
struct parameter_limits {
    uint32_t body;       /* bytes */
    uint32_t json_depth;
    uint32_t variables;  /* bytes of them as JSON */
};

/* With words for the client in *problem: STATUS_INVALID for what is no JSON, STATUS_REFUSED for JSON
 * that is no such request, STATUS_LIMIT for what is too large or too deep. */
enum status parameters_from_json(struct parameters *parameters, struct arena *arena,
                                 const struct parameter_limits *limits, struct str body,
                                 const char **problem);
enum status parameters_from_url(struct parameters *parameters, struct arena *arena,
                                const struct parameter_limits *limits, struct str query_string,
                                const char **problem);

/* A JSON object from a client: no duplicate keys, no deep nesting, nothing behind it. Owned by the
 * arena. */
enum status parameters_json_object(json_t **object, struct arena *arena, uint32_t depth,
                                   struct str text, const char **problem);
