/* access_log: one line of JSON per answer, without anything about the person who asked. */
#include "http/access_log.h"

#include "base/log.h"
#include "base/loop.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { GATHERED_BYTES = 64 * 1024, LINE_BYTES = 256, FLUSH_MS = 200 };

struct access_log {
    struct loop *loop;
    const char *path;
    struct loop_timer *timer; /* NULL: nothing is gathered */
    size_t len;
    bool complained;
    char gathered[GATHERED_BYTES];
};

struct logger {
    h2o_logger_t super;
    const char *(*route_of)(h2o_req_t *req);
    struct access_log *(*log_of)(h2o_req_t *req);
};

struct access_log *access_log_create(struct loop *loop, const char *path)
{
    struct access_log *log = calloc(1, sizeof(*log));
    if (log == NULL)
        h2o_fatal("no memory left");
    log->loop = loop;
    log->path = path;
    return log;
}

/* Lines that cannot be written are lost, and the first time that is said. */
static void flush(struct access_log *log)
{
    int fd = open(log->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    bool written = fd != -1 && write(fd, log->gathered, log->len) == (ssize_t)log->len;
    if (!written && !log->complained)
        log_event(LOG_WARN, "the access log cannot be written", "path", log->path, "problem",
                  strerror(errno), NULL);
    log->complained = !written;
    if (fd != -1)
        close(fd);
    log->len = 0;
}

static void on_flush(void *context)
{
    struct access_log *log = context;
    log->timer = NULL;
    flush(log);
}

void access_log_destroy(struct access_log *log)
{
    if (log->timer != NULL)
        log->loop->ops->timer_cancel(log->timer);
    if (log->len > 0)
        flush(log);
    free(log);
}

static const char *method_of(h2o_req_t *req)
{
    static const char *const known[] = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (h2o_memis(req->method.base, req->method.len, known[i], strlen(known[i])))
            return known[i];
    return "other";
}

static double milliseconds_between(struct timeval from, struct timeval to)
{
    return (double)(to.tv_sec - from.tv_sec) * 1000 + (double)(to.tv_usec - from.tv_usec) / 1000;
}

static void on_answered(h2o_logger_t *self, h2o_req_t *req)
{
    struct logger *logger = (struct logger *)self;
    struct access_log *log = logger->log_of(req);
    struct timespec now;
    struct tm utc;
    char at[32];

    if (log == NULL)
        return;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    strftime(at, sizeof(at), "%Y-%m-%dT%H:%M:%S", &utc);
    struct timeval end = {.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    if (log->len + LINE_BYTES > GATHERED_BYTES)
        flush(log);
    int len =
        snprintf(log->gathered + log->len, LINE_BYTES,
                 "{\"at\":\"%s.%03ldZ\",\"method\":\"%s\",\"route\":\"%s\",\"status\":%d,\"bytes\":"
                 "%zu,\"ms\":%.1f}\n",
                 at, now.tv_nsec / 1000000, method_of(req), logger->route_of(req), req->res.status,
                 req->bytes_sent, milliseconds_between(req->timestamps.request_begin_at, end));
    log->len += len < LINE_BYTES ? (size_t)len : 0;
    if (log->timer == NULL)
        log->timer = log->loop->ops->timer(log->loop, FLUSH_MS, on_flush, log);
}

void access_log_register(h2o_pathconf_t *paths, const char *(*route_of)(h2o_req_t *),
                         struct access_log *(*log_of)(h2o_req_t *))
{
    struct logger *logger = (struct logger *)h2o_create_logger(paths, sizeof(*logger));
    logger->super.log_access = on_answered;
    logger->route_of = route_of;
    logger->log_of = log_of;
}
