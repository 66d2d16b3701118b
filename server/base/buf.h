/* buf: text that grows, in an arena. Every JSON answer and every SQL text is written into one. */
#pragma once

#include "str.h"

struct arena;

struct buf {
    struct arena *arena;
    char *at;
    size_t len;
    size_t capacity;
};

void buf_init(struct buf *buf, struct arena *arena, size_t capacity);

void buf_grow(struct buf *buf, size_t more);

/* Makes room for `more` bytes behind len and returns where they go; len is the caller's to move. */
static inline char *buf_reserve(struct buf *buf, size_t more)
{
    if (buf->capacity - buf->len < more)
        buf_grow(buf, more);
    return buf->at + buf->len;
}

/* Most pieces of an answer are this long: two moves that overlap, and no call. */
static inline bool buf_copy_short(char *to, struct str text)
{
    uint64_t first, last;
    if (text.len < sizeof(first) || text.len > 2 * sizeof(first))
        return false;
    memcpy(&first, text.at, sizeof(first));
    memcpy(&last, text.at + text.len - sizeof(last), sizeof(last));
    memcpy(to, &first, sizeof(first));
    memcpy(to + text.len - sizeof(last), &last, sizeof(last));
    return true;
}

static inline void buf_add(struct buf *buf, struct str text)
{
    if (text.len == 0)
        return;
    char *to = buf_reserve(buf, text.len);
    if (!buf_copy_short(to, text))
        memcpy(to, text.at, text.len);
    buf->len += text.len;
}

static inline void buf_add_char(struct buf *buf, char c)
{
    *buf_reserve(buf, 1) = c;
    buf->len++;
}

void buf_add_int(struct buf *buf, int64_t value);
void buf_add_uint(struct buf *buf, uint64_t value);

/* The shortest text that reads back as the same double; integers without a fraction (as
 * JSON.stringify). */
void buf_add_double(struct buf *buf, double value);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD. */
void buf_add_json_string(struct buf *buf, struct str text);

/* A part of a pattern for LIKE … ESCAPE '!', in which wildcards are plain characters. */
void buf_add_like(struct buf *buf, struct str text);

static inline struct str buf_str(const struct buf *buf)
{
    return (struct str){.at = buf->at, .len = buf->len};
}
