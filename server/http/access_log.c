/* access_log: one line of JSON per answer, without anything about the person who asked. */
#include "http/access_log.h"

#include "base/log.h"
#include "base/loop.h"
#include <assert.h>
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
    time_t second; /* of second_text */
    char second_text[32];
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

/* ---- lines: every answer makes one, so they are put together by hand ---- */

static char *add_text(char *to, const char *text)
{
    size_t len = strlen(text);
    memcpy(to, text, len);
    return to + len;
}

static char *add_number(char *to, uint64_t number, int least_digits)
{
    char digits[20];
    int count = 0;
    for (; number > 0 || count < least_digits; number /= 10)
        digits[count++] = (char)('0' + number % 10);
    while (count > 0)
        *to++ = digits[--count];
    return to;
}

/* The date and time to the second, which is the same for many lines. */
static const char *second_of(struct access_log *log, time_t second)
{
    struct tm utc;
    if (second != log->second) {
        gmtime_r(&second, &utc);
        strftime(log->second_text, sizeof(log->second_text), "%Y-%m-%dT%H:%M:%S", &utc);
        log->second = second;
    }
    return log->second_text;
}

static uint64_t tenths_of_ms(struct timeval from, struct timespec to)
{
    int64_t us = ((int64_t)to.tv_sec - from.tv_sec) * 1000000 + to.tv_nsec / 1000 - from.tv_usec;
    return us < 0 ? 0 : ((uint64_t)us + 50) / 100;
}

static char *add_line(char *to, struct logger *logger, struct access_log *log, h2o_req_t *req)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t tenths = tenths_of_ms(req->timestamps.request_begin_at, now);
    to = add_text(to, "{\"at\":\"");
    to = add_text(to, second_of(log, now.tv_sec));
    to = add_text(to, ".");
    to = add_number(to, (uint64_t)now.tv_nsec / 1000000, 3);
    to = add_text(to, "Z\",\"method\":\"");
    to = add_text(to, method_of(req));
    to = add_text(to, "\",\"route\":\"");
    to = add_text(to, logger->route_of(req));
    to = add_text(to, "\",\"status\":");
    to = add_number(to, (uint64_t)req->res.status, 3);
    to = add_text(to, ",\"bytes\":");
    to = add_number(to, req->bytes_sent, 1);
    to = add_text(to, ",\"ms\":");
    to = add_number(to, tenths / 10, 1);
    to = add_text(to, ".");
    to = add_number(to, tenths % 10, 1);
    return add_text(to, "}\n");
}

static void on_answered(h2o_logger_t *self, h2o_req_t *req)
{
    struct logger *logger = (struct logger *)self;
    struct access_log *log = logger->log_of(req);

    if (log == NULL)
        return;
    if (log->len + LINE_BYTES > GATHERED_BYTES)
        flush(log);
    char *line = log->gathered + log->len;
    size_t len = (size_t)(add_line(line, logger, log, req) - line);
    assert(len <= LINE_BYTES); /* methods and routes are names of ours */
    log->len += len;
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
