/* str: comparing, hashing and copying pieces of text. */
#include "str.h"

#include "arena.h"
#include <stdarg.h>
#include <stdio.h>

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);
    if (order != 0)
        return order;
    return a.len == b.len ? 0 : a.len < b.len ? -1 : 1;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.at, prefix.at, prefix.len) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.at + s.len - suffix.len, suffix.at, suffix.len) == 0);
}

/* Eight bytes at a time, multiplied and folded: names are short, and the keys of these tables are
 * the schema's own or bounded in number by the limits of a document. */
uint64_t str_hash(struct str s)
{
    const uint64_t factor = 0x9e3779b97f4a7c15u;
    uint64_t hash = s.len * factor, piece;
    for (; s.len >= sizeof(piece); s.at += sizeof(piece), s.len -= sizeof(piece)) {
        memcpy(&piece, s.at, sizeof(piece));
        hash = (hash ^ piece) * factor;
        hash ^= hash >> 32;
    }
    piece = 0;
    for (size_t i = 0; i < s.len; i++)
        piece = piece << 8 | (unsigned char)s.at[i];
    hash = (hash ^ piece) * factor;
    return hash ^ hash >> 32;
}

struct str str_copy(struct arena *arena, struct str s)
{
    char *copy = arena_text(arena, s.len + 1);
    if (s.len > 0)
        memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    return (struct str){.at = copy, .len = s.len};
}

struct str str_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = arena_text(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, arguments);
    return (struct str){.at = text, .len = (size_t)len};
}

struct str str_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str text = str_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}
