/* buf: texts and numbers of every length become the same JSON as when they are written byte by
 * byte. */
#include "base/buf.h"

#include "base/arena.h"
#include "unit/test.h"
#include <stdio.h>

static struct arena *arena;

/* The slow, obviously right way, for ASCII. */
static struct str expected(struct str text)
{
    char *out = arena_text(arena, text.len * 6 + 2), *to = out;
    *to++ = '"';
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\')
            to += sprintf(to, "\\%c", c);
        else if (c == '\n' || c == '\t' || c == '\r' || c == '\b' || c == '\f')
            to += sprintf(to, "\\%c",
                          c == '\n'   ? 'n'
                          : c == '\t' ? 't'
                          : c == '\r' ? 'r'
                          : c == '\b' ? 'b'
                                      : 'f');
        else if (c < 0x20)
            to += sprintf(to, "\\u%04x", c);
        else
            *to++ = (char)c;
    }
    *to++ = '"';
    return (struct str){.at = out, .len = (size_t)(to - out)};
}

static bool writes(struct str text, struct str json)
{
    struct buf buf;
    buf_init(&buf, arena, 1);
    buf_add_json_string(&buf, text);
    return str_equal(buf_str(&buf), json);
}

/* One character among others, at every place, in texts of every length. */
static void test_places(void)
{
    bool all = true;
    for (size_t len = 0; len <= 26; len++) {
        for (size_t at = 0; at <= len; at++) {
            for (int c = 0; c < 0x80; c++) {
                char text[32] = "abcdefghijklmnopqrstuvwxyz";
                if (at < len)
                    text[at] = (char)c;
                struct str piece = {.at = text, .len = len};
                all &= writes(piece, expected(piece));
            }
        }
    }
    TEST("every character is written as JSON wants it, wherever it is", all);
}

static void test_beyond_ascii(void)
{
    TEST("umlauts stay as they are",
         writes(STR("Müllermann, Fränzi"), STR("\"Müllermann, Fränzi\"")));
    TEST("also at the end", writes(STR("abcdefgö"), STR("\"abcdefgö\"")));
    TEST("what is no UTF-8 becomes a mark",
         writes(STR("abcdefg\xff"
                    "hijklmno\xc3"),
                STR("\"abcdefg\xEF\xBF\xBDhijklmno\xEF\xBF\xBD\"")));
}

static void test_numbers(void)
{
    bool all = true;
    uint64_t value = 0;
    for (int i = 0; i < 20000; i++) {
        char text[24];
        struct buf buf;
        buf_init(&buf, arena, 1);
        buf_add_uint(&buf, value);
        snprintf(text, sizeof(text), "%llu", (unsigned long long)value);
        all &= str_equal(buf_str(&buf), str_of(text));
        value = i < 11000 ? value + 1 : value * 3 + 7; /* wraps around */
    }
    TEST("whole numbers are written as printf does", all);
    struct buf buf;
    buf_init(&buf, arena, 1);
    buf_add_int(&buf, INT64_MIN);
    buf_add_uint(&buf, UINT64_MAX);
    TEST_TEXT("the least and the greatest, too", buf_str(&buf),
              STR("-922337203685477580818446744073709551615"));
}

static void test_pieces(void)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    struct buf buf;
    size_t len = 0;
    bool all = true;
    buf_init(&buf, arena, 1);
    for (size_t i = 0; i <= 40; i++) {
        buf_add(&buf, (struct str){.at = letters, .len = i});
        all &= buf.len == len + i && memcmp(buf.at + len, letters, i) == 0;
        len += i;
    }
    TEST("pieces of every length come whole", all);
}

static void test_patterns(void)
{
    struct buf buf;
    buf_init(&buf, arena, 1);
    buf_add_like(&buf, STR("100 %_a!"));
    TEST_TEXT("wildcards become plain characters of a pattern", buf_str(&buf), STR("100 !%!_a!!"));
}

int main(void)
{
    arena = arena_create();
    test_places();
    test_beyond_ascii();
    test_numbers();
    test_pieces();
    test_patterns();
    arena_destroy(arena);
    return test_end();
}
