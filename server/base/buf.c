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
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    char digits[20];
    size_t start = sizeof(digits);
    for (; value >= 100; value /= 100)
        memcpy(digits + (start -= 2), pairs + value % 100 * 2, 2);
    if (value >= 10)
        memcpy(digits + (start -= 2), pairs + value * 2, 2);
    else
        digits[--start] = (char)('0' + value);
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

/* ASCII that a JSON string holds as it is. */
static const bool plain[256] = {
    [0x20 ... '"' - 1] = true, ['"' + 1 ... '\\' - 1] = true, ['\\' + 1 ... 0x7f] = true};

static bool are_plain(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highest = ones << 7;
    uint64_t not_quote = eight ^ (ones * '"'), not_backslash = eight ^ (ones * '\\');
    return (((eight - ones * 0x20) | (not_quote - ones) | (not_backslash - ones) | eight) &
            highest) == 0;
}

/* Copies what needs no change, from the front of the text; returns how much that was. */
static size_t copy_plain(char *out, const char *at, size_t len)
{
    uint64_t eight;
    size_t done = 0;
    for (; len - done >= sizeof(eight); done += sizeof(eight)) {
        memcpy(&eight, at + done, sizeof(eight));
        if (!are_plain(eight))
            break;
        memcpy(out + done, &eight, sizeof(eight));
    }
    for (; done < len && plain[(unsigned char)at[done]]; done++)
        out[done] = at[done];
    return done;
}

void buf_add_json_string(struct buf *buf, struct str text)
{
    /* At most six bytes come of one. */
    char *start = buf_reserve(buf, text.len * 6 + 2);
    char *out = start;
    *out++ = '"';
    for (size_t i = 0; i < text.len;) {
        size_t same = copy_plain(out, text.at + i, text.len - i);
        out += same;
        i += same;
        if (i == text.len)
            break;
        unsigned char c = (unsigned char)text.at[i];
        if (c < 0x80) {
            out += escape(out, c);
            i++;
        } else {
            size_t len = utf8_sequence((const unsigned char *)text.at + i, text.len - i);
            memcpy(out, len == 0 ? "\xEF\xBF\xBD" : text.at + i, len == 0 ? 3 : len);
            out += len == 0 ? 3 : len;
            i += len == 0 ? 1 : len;
        }
    }
    *out++ = '"';
    buf->len += (size_t)(out - start);
}

void buf_add_like(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '!' || text.at[i] == '%' || text.at[i] == '_')
            buf_add_char(buf, '!');
        buf_add_char(buf, text.at[i]);
    }
}
