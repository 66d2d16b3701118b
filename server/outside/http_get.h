/* http_get: another system is asked something by HTTP, on an event loop, within a time.
 *
 * One request on a connection of its own, HTTP/1.0, so that the answer is whatever comes until the
 * other side closes. No redirects, no compression, no TLS: what goes further than the operator's
 * own network goes through a proxy that adds it.
 */
#pragma once

#include "base/buf.h"
#include "base/status.h"
#include <sys/socket.h>

struct arena;
struct loop;
struct loop_timer;
struct loop_watch;

struct http_address {
    struct sockaddr_storage at;
    socklen_t at_length;
    struct str host; /* as the request names it */
    struct str path; /* what the query is put behind */
};

/* http://host:port/path. The name is looked up, once, which may take a while. False with the reason
 * in *problem. Lives in the arena. */
bool http_address_read(struct http_address *address, struct arena *arena, struct str url,
                       struct str *problem);

/* Behind a path: name=value, the value in percent signs where it has to be. */
struct str http_query(struct arena *arena, struct str path, const char *name, struct str value);

struct http_get {
    /* To be filled: */
    struct loop *loop;
    struct arena *arena;
    const struct http_address *address;
    struct str target; /* path and query */
    uint32_t timeout_ms;
    size_t limit_bytes; /* of the answer */
    void (*on_done)(struct http_get *get);
    void *context;

    /* For on_done: STATUS_OK and the body of an answer with status 200; else why not. */
    enum status status;
    struct str body;

    /* Its own: */
    struct loop_watch *watch;
    struct loop_timer *timer;
    struct buf request, answer;
    size_t sent;
    int socket;
};

/* on_done is called once, after this has returned and not later than the time allows. */
void http_get_start(struct http_get *get);
