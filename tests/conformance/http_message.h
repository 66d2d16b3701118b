/* http_message: requests read from a socket that blocks, as far as HTTP/1.1 (RFC 9112) is needed
 * here. */
#pragma once

#include "base/str.h"

struct arena;

enum { HTTP_HEAD_LIMIT = 64 * 1024, HTTP_BODY_LIMIT = 64 * 1024 * 1024 };

/* What was received and not yet used up. */
struct http_reader {
    int fd;
    char *bytes;
    size_t from;
    size_t to;
    size_t capacity;
};

struct http_message {
    struct str method;
    struct str path; /* without its query */
    struct str body;
    bool keep_alive;
    const char *status; /* of HTTP_MALFORMED */
    const char *problem;
};

enum http_outcome {
    HTTP_READ,
    HTTP_CLOSED,    /* or silent for too long */
    HTTP_MALFORMED, /* to be answered with message->status, and then closed */
};

/* Blocks until a request is there; its texts are in the arena. */
enum http_outcome http_read(struct http_reader *reader, struct arena *arena,
                            struct http_message *message);
void http_reader_release(struct http_reader *reader);
