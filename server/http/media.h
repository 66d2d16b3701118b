/* media: which media type a GraphQL answer may have, and whether a request's type can be read.
 * (GraphQL over HTTP, "Media Types"; RFC 9110 §12.5.1) */
#pragma once

#include "base/str.h"

enum media {
    MEDIA_NONE,    /* nothing that we can make is accepted */
    MEDIA_JSON,    /* application/json: the older way, where the status says little */
    MEDIA_GRAPHQL, /* application/graphql-response+json */
};

/* What the Accept header asks for; .at NULL: there is none, and application/json is meant. */
enum media media_accepted(struct str accept);

/* True for application/json, without a charset or in UTF-8. */
bool media_is_json(struct str content_type);
