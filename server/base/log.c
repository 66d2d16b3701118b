/* log: one line of JSON per event on standard error. */
#include "log.h"

#include "arena.h"
#include "buf.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static _Atomic int lowest_level = LOG_INFO;

void log_set_level(enum log_level level)
{
    atomic_store(&lowest_level, (int)level);
}

static void add_head(struct buf *buf, enum log_level level, const char *message)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct tm utc;
    gmtime_r(&now.tv_sec, &utc);
    char time_text[32];
    strftime(time_text, sizeof(time_text), "%Y-%m-%dT%H:%M:%S", &utc);
    buf_printf(buf, "{\"time\":\"%s.%03ldZ\",\"level\":\"%s\",\"message\":", time_text,
               now.tv_nsec / 1000000, names[level]);
    buf_add_json_string(buf, str_of(message));
}

/* The line leaves in one write, so that lines of several threads never mix. */
void log_event(enum log_level level, const char *message, ...)
{
    if ((int)level < atomic_load(&lowest_level))
        return;
    struct arena *arena = arena_create();
    struct buf line;
    buf_init(&line, arena, 512);
    add_head(&line, level, message);
    va_list pairs;
    va_start(pairs, message);
    const char *key;
    while ((key = va_arg(pairs, const char *)) != NULL) {
        const char *value = va_arg(pairs, const char *);
        buf_add_char(&line, ',');
        buf_add_json_string(&line, str_of(key));
        buf_add_char(&line, ':');
        if (value == NULL)
            buf_add(&line, STR("null"));
        else
            buf_add_json_string(&line, str_of(value));
    }
    va_end(pairs);
    buf_add(&line, STR("}\n"));
    ssize_t written = write(STDERR_FILENO, line.at, line.len);
    (void)written; /* there is nowhere left to complain */
    arena_destroy(arena);
}

const char *log_format(const char *format, ...)
{
    static _Thread_local char ring[8][256];
    static _Thread_local unsigned turn;
    char *text = ring[turn++ % 8];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(ring[0]), format, arguments);
    va_end(arguments);
    return text;
}
