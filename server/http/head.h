/* head: whether a request's head can be understood in one way only.
 *
 * libh2o is lenient: of two Content-Length it takes the first, Transfer-Encoding silently wins over
 * Content-Length, bare line feeds and folded lines pass. Whoever stands in front may read such a
 * request differently, and one client's bytes become another's request. So we look ourselves.
 */
#pragma once

#include "base/str.h"

struct head_problem {
    int http_status; /* 0: none */
    const char *message;
};

/* `input` begins with the request line and holds the whole head; what follows is not looked at.
 * Names may be in any case. (RFC 9112 §2.2, §3.2, §5.1, §6.1, §6.3) */
struct head_problem head_check(struct str input);
