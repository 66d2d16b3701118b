/* http_message: one request after the other from a connection. */
#include "http_message.h"

#include "base/arena.h"
#include "base/buf.h"
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>

/* What the head says about the body. */
struct framing {
    bool chunked;
    size_t length;
    bool expects_continue;
};

static size_t reader_left(const struct http_reader *reader)
{
    return reader->to - reader->from;
}

static bool reader_fill(struct http_reader *reader)
{
    if (reader->from > 0) {
        memmove(reader->bytes, reader->bytes + reader->from, reader_left(reader));
        reader->to -= reader->from;
        reader->from = 0;
    }
    if (reader->to == reader->capacity) {
        size_t capacity = reader->capacity == 0 ? 16 * 1024 : reader->capacity * 2;
        char *bytes = realloc(reader->bytes, capacity);
        if (bytes == NULL)
            return false;
        reader->bytes = bytes;
        reader->capacity = capacity;
    }
    ssize_t got = recv(reader->fd, reader->bytes + reader->to, reader->capacity - reader->to, 0);
    if (got <= 0)
        return false;
    reader->to += (size_t)got;
    return true;
}

void http_reader_release(struct http_reader *reader)
{
    free(reader->bytes);
    *reader = (struct http_reader){.fd = -1};
}

static enum http_outcome malformed(struct http_message *message, const char *status,
                                   const char *problem)
{
    message->status = status;
    message->problem = problem;
    message->keep_alive = false;
    return HTTP_MALFORMED;
}

/* One line without its end, in the arena. */
static enum http_outcome read_line(struct http_reader *reader, struct arena *arena,
                                   struct http_message *message, struct str *line)
{
    for (;;) {
        const char *start = reader->bytes + reader->from;
        const char *end =
            reader_left(reader) == 0 ? NULL : memchr(start, '\n', reader_left(reader));
        if (end != NULL) {
            size_t len = (size_t)(end - start);
            reader->from += len + 1;
            *line = str_copy(
                arena, (struct str){.at = start, .len = len - (len > 0 && start[len - 1] == '\r')});
            return HTTP_READ;
        }
        if (reader_left(reader) > HTTP_HEAD_LIMIT)
            return malformed(message, "431 Request Header Fields Too Large",
                             "A line of the head is too long.");
        if (!reader_fill(reader))
            return HTTP_CLOSED;
    }
}

static struct str take_word(struct str *line)
{
    const char *space = line->len == 0 ? NULL : memchr(line->at, ' ', line->len);
    size_t len = space == NULL ? line->len : (size_t)(space - line->at);
    struct str word = {.at = line->at, .len = len};
    size_t used = len + (space != NULL);
    *line = (struct str){.at = line->at + used, .len = line->len - used};
    return word;
}

static enum http_outcome read_request_line(struct http_reader *reader, struct arena *arena,
                                           struct http_message *message)
{
    struct str line = {0};
    do { /* empty lines before a request are ignored (§2.2) */
        enum http_outcome outcome = read_line(reader, arena, message, &line);
        if (outcome != HTTP_READ)
            return outcome;
    } while (line.len == 0);
    message->method = take_word(&line);
    struct str target = take_word(&line);
    const char *query = target.len == 0 ? NULL : memchr(target.at, '?', target.len);
    message->path = (struct str){.at = target.at,
                                 .len = query == NULL ? target.len : (size_t)(query - target.at)};
    if (!str_is(line, "HTTP/1.1") && !str_is(line, "HTTP/1.0"))
        return malformed(message, "400 Bad Request", "This is no request of HTTP/1.1.");
    message->keep_alive = str_is(line, "HTTP/1.1");
    return HTTP_READ;
}

/* Digits of a base and nothing else. */
static bool read_number(struct str digits, unsigned base, size_t *number)
{
    *number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.at[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                                                : 16;
        if (digit >= base || *number > HTTP_BODY_LIMIT)
            return false;
        *number = *number * base + digit;
    }
    return digits.len > 0;
}

static enum http_outcome read_field(struct http_message *message, struct str line,
                                    struct framing *framing)
{
    const char *colon = memchr(line.at, ':', line.len);
    if (colon == NULL || colon == line.at)
        return malformed(message, "400 Bad Request", "A header field has no name.");
    size_t name_len = (size_t)(colon - line.at);
    const char *value = colon + 1; /* the line ends with a NUL */
    value += strspn(value, " \t");
    if (name_len == 14 && strncasecmp(line.at, "content-length", name_len) == 0 &&
        !read_number(str_of(value), 10, &framing->length))
        return malformed(message, "400 Bad Request",
                         "The Content-Length is no number, or too large.");
    if (name_len == 17 && strncasecmp(line.at, "transfer-encoding", name_len) == 0) {
        framing->chunked = strcasecmp(value, "chunked") == 0;
        if (!framing->chunked)
            return malformed(message, "501 Not Implemented",
                             "The only transfer encoding is chunked.");
    }
    if (name_len == 10 && strncasecmp(line.at, "connection", name_len) == 0)
        message->keep_alive = strcasecmp(value, "close") != 0 &&
                              (message->keep_alive || strcasecmp(value, "keep-alive") == 0);
    if (name_len == 6 && strncasecmp(line.at, "expect", name_len) == 0)
        framing->expects_continue = strcasecmp(value, "100-continue") == 0;
    return HTTP_READ;
}

static enum http_outcome read_fields(struct http_reader *reader, struct arena *arena,
                                     struct http_message *message, struct framing *framing)
{
    size_t total = 0;
    for (;;) {
        struct str line;
        enum http_outcome outcome = read_line(reader, arena, message, &line);
        if (outcome != HTTP_READ || line.len == 0)
            return outcome;
        total += line.len;
        if (total > HTTP_HEAD_LIMIT)
            return malformed(message, "431 Request Header Fields Too Large",
                             "The head is too long.");
        outcome = read_field(message, line, framing);
        if (outcome != HTTP_READ)
            return outcome;
    }
}

static enum http_outcome read_bytes(struct http_reader *reader, struct http_message *message,
                                    size_t count, struct buf *body)
{
    if (body->len + count > HTTP_BODY_LIMIT)
        return malformed(message, "413 Content Too Large", "The body is larger than 64 MB.");
    while (count > 0) {
        if (reader_left(reader) == 0 && !reader_fill(reader))
            return HTTP_CLOSED;
        size_t some = reader_left(reader) < count ? reader_left(reader) : count;
        buf_add(body, (struct str){.at = reader->bytes + reader->from, .len = some});
        reader->from += some;
        count -= some;
    }
    return HTTP_READ;
}

/* §7.1; extensions and trailers are passed over. */
static enum http_outcome read_chunks(struct http_reader *reader, struct arena *arena,
                                     struct http_message *message, struct buf *body)
{
    for (;;) {
        struct str line;
        enum http_outcome outcome = read_line(reader, arena, message, &line);
        if (outcome != HTTP_READ)
            return outcome;
        size_t size;
        if (!read_number((struct str){.at = line.at, .len = strcspn(line.at, "; \t")}, 16, &size))
            return malformed(message, "400 Bad Request",
                             "The size of a chunk is no number, or too large.");
        if (size == 0)
            break;
        outcome = read_bytes(reader, message, size, body);
        if (outcome == HTTP_READ)
            outcome = read_line(reader, arena, message, &line);
        if (outcome != HTTP_READ)
            return outcome;
    }
    struct framing none = {0};
    struct http_message trailers = {0};
    enum http_outcome outcome = read_fields(reader, arena, &trailers, &none);
    return outcome == HTTP_MALFORMED ? malformed(message, trailers.status, trailers.problem)
                                     : outcome;
}

enum http_outcome http_read(struct http_reader *reader, struct arena *arena,
                            struct http_message *message)
{
    *message = (struct http_message){0};
    struct framing framing = {0};
    enum http_outcome outcome = read_request_line(reader, arena, message);
    if (outcome == HTTP_READ)
        outcome = read_fields(reader, arena, message, &framing);
    if (outcome != HTTP_READ)
        return outcome;
    const struct str go_on = STR("HTTP/1.1 100 Continue\r\n\r\n");
    if (framing.expects_continue && send(reader->fd, go_on.at, go_on.len, MSG_NOSIGNAL) < 0)
        return HTTP_CLOSED;
    struct buf body;
    buf_init(&body, arena, framing.length <= HTTP_BODY_LIMIT ? framing.length + 1 : 64);
    outcome = framing.chunked ? read_chunks(reader, arena, message, &body)
                              : read_bytes(reader, message, framing.length, &body);
    message->body = buf_str(&body);
    return outcome;
}
