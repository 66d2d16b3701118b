/* http_get: connect, send, read to the end; whatever goes wrong ends it early. */
#define _GNU_SOURCE
#include "outside/http_get.h"

#include "base/arena.h"
#include "base/loop.h"
#include <errno.h>
#include <netdb.h>
#include <unistd.h>

enum { READ_BYTES = 16384, HOST_BYTES = 256, PORT_BYTES = 6 };

/* ---- addresses ---- */

static bool look_up(struct http_address *address, struct arena *arena, const char *host,
                    const char *port, struct str *problem)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    int failed = getaddrinfo(host, port, &hints, &found);
    if (failed != 0) {
        *problem = str_printf(arena, "%s cannot be found: %s", host, gai_strerror(failed));
        return false;
    }
    memcpy(&address->at, found->ai_addr, found->ai_addrlen);
    address->at_length = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

bool http_address_read(struct http_address *address, struct arena *arena, struct str url,
                       struct str *problem)
{
    char host[HOST_BYTES], port[PORT_BYTES] = "80";
    const struct str scheme = STR("http://");
    *problem =
        str_printf(arena, "\"" STR_FMT "\" is not of the form http://host:port/path", STR_ARG(url));
    if (!str_starts(url, scheme))
        return false;
    struct str rest = {.at = url.at + scheme.len, .len = url.len - scheme.len};
    const char *slash = memchr(rest.at, '/', rest.len);
    size_t length = slash == NULL ? rest.len : (size_t)(slash - rest.at);
    address->host = str_copy(arena, (struct str){.at = rest.at, .len = length});
    address->path =
        length == rest.len
            ? STR("/")
            : str_copy(arena, (struct str){.at = rest.at + length, .len = rest.len - length});
    const char *colon = memchr(rest.at, ':', length);
    size_t name = colon == NULL ? length : (size_t)(colon - rest.at);
    if (name == 0 || name >= sizeof(host) || length - name > sizeof(port))
        return false;
    memcpy(host, rest.at, name);
    host[name] = '\0';
    if (colon != NULL) {
        size_t digits = length - name - 1;
        memcpy(port, colon + 1, digits);
        port[digits] = '\0';
    }
    return look_up(address, arena, host, port, problem);
}

static bool is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

struct str http_query(struct arena *arena, struct str path, const char *name, struct str value)
{
    struct buf buf;
    buf_init(&buf, arena, path.len + value.len * 3 + 64);
    buf_add(&buf, path);
    buf_add_char(&buf, memchr(path.at, '?', path.len) == NULL ? '?' : '&');
    buf_printf(&buf, "%s=", name);
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];
        if (is_plain(c))
            buf_add_char(&buf, (char)c);
        else
            buf_printf(&buf, "%%%02X", c);
    }
    return buf_str(&buf);
}

/* ---- the end ---- */

static void finish(struct http_get *get, enum status status)
{
    const struct loop_ops *ops = get->loop->ops;
    if (get->watch != NULL)
        ops->unwatch(get->watch);
    if (get->timer != NULL)
        ops->timer_cancel(get->timer);
    if (get->socket != -1)
        close(get->socket);
    get->status = status;
    get->on_done(get);
}

/* Also what could not even be begun ends here. */
static void on_due(void *context)
{
    struct http_get *get = context;
    get->timer = NULL;
    finish(get, STATUS_UNAVAILABLE);
}

/* ---- the answer ---- */

/* HTTP/1.0 200 and so on, an empty line, the body; a body in chunks was not asked for. */
static bool read_answer(struct http_get *get)
{
    struct str all = buf_str(&get->answer);
    const char *line = memchr(all.at, ' ', all.len);
    const char *end = memmem(all.at, all.len, "\r\n\r\n", 4);
    if (!str_starts(all, STR("HTTP/1.")) || end == NULL || line == NULL || line > end - 4 ||
        memcmp(line, " 200", 4) != 0)
        return false;
    get->body = (struct str){.at = end + 4, .len = all.len - (size_t)(end + 4 - all.at)};
    return true;
}

/* False: there is nothing more to wait for. */
static bool receive(struct http_get *get)
{
    for (;;) {
        ssize_t got = recv(get->socket, buf_reserve(&get->answer, READ_BYTES), READ_BYTES, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return true;
        if (got > 0)
            get->answer.len += (size_t)got;
        bool whole = got == 0 && read_answer(get);
        if (got > 0 && get->answer.len <= get->limit_bytes)
            continue;
        finish(get, whole ? STATUS_OK : STATUS_UNAVAILABLE);
        return false;
    }
}

static bool send_rest(struct http_get *get)
{
    while (get->sent < get->request.len) {
        ssize_t put = send(get->socket, get->request.at + get->sent, get->request.len - get->sent,
                           MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            get->loop->ops->want_write(get->watch);
            return true;
        }
        if (put < 0) {
            finish(get, STATUS_UNAVAILABLE);
            return false;
        }
        get->sent += (size_t)put;
    }
    return true;
}

static void on_ready(void *context, int ready)
{
    struct http_get *get = context;
    if ((ready & LOOP_WRITE) && !send_rest(get))
        return;
    if (ready & LOOP_READ)
        receive(get);
}

/* ---- the beginning ---- */

static void begin(struct http_get *get)
{
    const struct sockaddr *to = (const struct sockaddr *)&get->address->at;
    get->socket = socket(to->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (get->socket == -1)
        return;
    if (connect(get->socket, to, get->address->at_length) != 0 && errno != EINPROGRESS)
        return;
    get->watch = get->loop->ops->watch(get->loop, get->socket, on_ready, get);
    if (get->watch != NULL)
        get->loop->ops->want_write(get->watch);
}

void http_get_start(struct http_get *get)
{
    buf_init(&get->request, get->arena, 512);
    buf_init(&get->answer, get->arena, READ_BYTES);
    buf_printf(&get->request,
               "GET " STR_FMT " HTTP/1.0\r\nHost: " STR_FMT
               "\r\nAccept: application/json\r\nConnection: close\r\n\r\n",
               STR_ARG(get->target), STR_ARG(get->address->host));
    get->sent = 0;
    get->watch = NULL;
    begin(get);
    get->timer =
        get->loop->ops->timer(get->loop, get->watch == NULL ? 0 : get->timeout_ms, on_due, get);
}
