/* buf: text that grows by doubling; the old copies stay in the arena until it goes. */
#include "buf.h"

#include "arena.h"
#include "encode.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *buf, struct arena *arena, size_t capacity)
{
    *buf = (struct buf){.arena = arena, .at = arena_text(arena, capacity), .capacity = capacity};
}

void buf_grow(struct buf *buf, size_t more)
{
    size_t capacity = buf->capacity < 64 ? 64 : buf->capacity;
    while (capacity - buf->len < more)
        capacity *= 2;
    char *at = arena_text(buf->arena, capacity);
    if (buf->len > 0)
        memcpy(at, buf->at, buf->len);
    buf->at = at;
    buf->capacity = capacity;
}

void buf_add_uint(struct buf *buf, uint64_t value)
{
    char digits[20];
    size_t start = sizeof(digits);
    do {
        digits[--start] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    buf_add(buf, (struct str){.at = digits + start, .len = sizeof(digits) - start});
}

void buf_add_int(struct buf *buf, int64_t value)
{
    if (value < 0)
        buf_add_char(buf, '-');
    buf_add_uint(buf, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

/* Decimal notation from 1e-7 up to 1e21, as JavaScript writes numbers; exponents beyond. */
static void add_digits(struct buf *buf, const char *digits, int digit_count, int point)
{
    if (point > 0 && point <= 21) {
        for (int i = 0; i < point || i < digit_count; i++) {
            if (i == point)
                buf_add_char(buf, '.');
            buf_add_char(buf, i < digit_count ? digits[i] : '0');
        }
    } else if (point <= 0 && point > -6) {
        buf_add(buf, STR("0."));
        for (int i = point; i < 0; i++)
            buf_add_char(buf, '0');
        buf_add(buf, (struct str){.at = digits, .len = (size_t)digit_count});
    } else {
        buf_add_char(buf, digits[0]);
        if (digit_count > 1) {
            buf_add_char(buf, '.');
            buf_add(buf, (struct str){.at = digits + 1, .len = (size_t)digit_count - 1});
        }
        buf_printf(buf, "e%+d", point - 1);
    }
}

void buf_add_double(struct buf *buf, double value)
{
    if (!isfinite(value)) {
        buf_add(buf, STR("null"));
        return;
    }
    if (value == 0) {
        buf_add_char(buf, '0');
        return;
    }
    char text[32];
    int precision = 1;
    do {
        snprintf(text, sizeof(text), "%.*e", precision - 1, value);
    } while (precision++ < 17 && strtod(text, NULL) != value);
    if (value < 0)
        buf_add_char(buf, '-');
    char digits[20];
    int digit_count = 0;
    const char *each = value < 0 ? text + 1 : text;
    for (; *each != 'e'; each++) {
        if (*each != '.')
            digits[digit_count++] = *each;
    }
    add_digits(buf, digits, digit_count, atoi(each + 1) + 1);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    vsnprintf(buf_reserve(buf, (size_t)len + 1), (size_t)len + 1, format, again);
    va_end(again);
    buf->len += (size_t)len;
}

static size_t escape(char *out, unsigned char c)
{
    static const char shorts[32] = {[8] = 'b', [9] = 't', [10] = 'n', [12] = 'f', [13] = 'r'};
    static const char hex[] = "0123456789abcdef";
    out[0] = '\\';
    if (c == '"' || c == '\\') {
        out[1] = (char)c;
        return 2;
    }
    if (shorts[c] != 0) {
        out[1] = shorts[c];
        return 2;
    }
    memcpy(out + 1, "u00", 3);
    out[4] = hex[c >> 4];
    out[5] = hex[c & 15];
    return 6;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

void buf_add_json_string(struct buf *buf, struct str text)
{
    /* At most six bytes come of one. */
    char *start = buf_reserve(buf, text.len * 6 + 2);
    char *out = start;
    *out++ = '"';
    const unsigned char *at = (const unsigned char *)text.at;
    for (size_t i = 0; i < text.len;) {
        unsigned char c = at[i];
        if (is_plain(c)) {
            size_t from = i;
            while (i < text.len && is_plain(at[i]))
                i++;
            memcpy(out, at + from, i - from);
            out += i - from;
        } else if (c < 0x80) {
            out += escape(out, c);
            i++;
        } else {
            size_t len = utf8_sequence(at + i, text.len - i);
            memcpy(out, len == 0 ? "\xEF\xBF\xBD" : (const char *)at + i, len == 0 ? 3 : len);
            out += len == 0 ? 3 : len;
            i += len == 0 ? 1 : len;
        }
    }
    *out++ = '"';
    buf->len += (size_t)(out - start);
}
