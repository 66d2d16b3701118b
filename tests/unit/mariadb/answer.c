/* answer: bytes of MariaDB become rows or a failure, wherever they are cut, and whatever they are.
 */
#include "mariadb/answer.h"

#include "base/arena.h"
#include "mariadb/packets.h"
#include "mariadb/result.h"
#include "unit/test.h"
#include <stdlib.h>

enum { STREAM_MOST = 4096, RANDOM_STREAMS = 100000 };

/* What the server sends, with the count of the next packet. */
struct stream {
    unsigned char bytes[STREAM_MOST];
    size_t len;
    uint8_t count;
};

static void put(struct stream *stream, const char *bytes, size_t len)
{
    unsigned char *at = stream->bytes + stream->len;
    at[0] = (unsigned char)len;
    at[1] = (unsigned char)(len >> 8);
    at[2] = 0;
    at[3] = stream->count++;
    memcpy(at + PACKET_HEAD, bytes, len);
    stream->len += PACKET_HEAD + len;
}

#define PUT(stream, literal) put((stream), (literal), sizeof(literal) - 1)

static void put_end(struct stream *stream, bool more)
{
    const char bytes[] = {'\xfe', 0, 0, more ? 0x0a : 0x02, 0};
    put(stream, bytes, sizeof(bytes));
}

/* A definition of a column of that type; six names before it, here of one letter each. */
static void put_definition(struct stream *stream, enum enum_field_types type, char flags)
{
    char bytes[] = "\1a\1b\1c\1d\1e\1f\x0c\x2d\0\x50\0\0\0T\0\0\0\0\0";
    bytes[19] = (char)type;
    bytes[20] = flags;
    put(stream, bytes, sizeof(bytes) - 1);
}

/* INT and VARCHAR. */
static void put_head(struct stream *stream, bool defined)
{
    stream->count = 1;
    if (defined) {
        PUT(stream, "\2\1");
        put_definition(stream, MYSQL_TYPE_LONG, 0);
        put_definition(stream, MYSQL_TYPE_VAR_STRING, 0);
    } else {
        PUT(stream, "\2\0");
    }
    put_end(stream, false);
}

static void put_rows(struct stream *stream, int count)
{
    for (int i = 0; i < count; i++) {
        char row[] = "\0\0N\0\0\0\3abc";
        row[2] = (char)i;
        put(stream, row, sizeof(row) - 1);
    }
}

/* Reads the stream in pieces of that size; true when it came to an end in good order. */
static bool read_pieces(struct answer *answer, const struct stream *stream, size_t piece)
{
    struct packets packets = {0};
    for (size_t at = 0; at < stream->len && answer->state < ANSWER_COMPLETE; at += piece) {
        size_t room, len = stream->len - at < piece ? stream->len - at : piece;
        unsigned char *bytes = packets_room(&packets, &room);
        memcpy(bytes, stream->bytes + at, len);
        packets_added(&packets, len);
        answer_read(answer, &packets);
    }
    bool all = answer->state == ANSWER_COMPLETE && packets_left(&packets) == 0;
    packets_free(&packets);
    return all;
}

static struct result_columns columns;

static bool read_all(struct answer *answer, const struct stream *stream, struct arena *arena)
{
    answer_begin(answer, &columns, arena, 0);
    return read_pieces(answer, stream, stream->len);
}

static bool are_rows(const struct answer *answer, uint32_t count)
{
    const struct rows *rows = &answer->rows;
    bool right = answer->status == STATUS_OK && rows->count == count && rows->width == 2;
    for (uint32_t i = 0; i < count && right; i++)
        right = rows->cells[i * 2].integer == i && str_is(cell_str(&rows->cells[i * 2 + 1]), "abc");
    return right;
}

static void test_pieces(struct arena *arena)
{
    struct stream stream = {0};
    struct answer answer;
    put_head(&stream, true);
    put_rows(&stream, 40);
    put_end(&stream, false);
    bool all = true;
    for (size_t piece = 1; piece <= stream.len; piece++) {
        answer_begin(&answer, &columns, arena, 0);
        all &= read_pieces(&answer, &stream, piece) && are_rows(&answer, 40);
    }
    TEST("rows are the same in whatever pieces they come", all);
    for (size_t len = 0; len < stream.len; len++) {
        struct stream cut = stream;
        cut.len = len;
        all &= !read_all(&answer, &cut, arena) && answer.state != ANSWER_BROKEN;
    }
    TEST("until all of it is there, the answer is neither complete nor broken", all);
}

static void test_definitions(struct arena *arena)
{
    struct stream stream = {0};
    struct answer answer;
    put_head(&stream, false);
    put_rows(&stream, 2);
    put_end(&stream, false);
    TEST("definitions are remembered", read_all(&answer, &stream, arena) && are_rows(&answer, 2));
    stream = (struct stream){.count = 1};
    PUT(&stream, "\3\0");
    put_end(&stream, false);
    TEST("other columns than before without definitions are refused",
         !read_all(&answer, &stream, arena) && answer.state == ANSWER_BROKEN);
    stream = (struct stream){.count = 1};
    PUT(&stream, "\1\1");
    put_definition(&stream, MYSQL_TYPE_TINY, UNSIGNED_FLAG);
    put_end(&stream, false);
    PUT(&stream, "\0\0\xff");
    put_end(&stream, false);
    TEST("new definitions take their place", read_all(&answer, &stream, arena) &&
                                                 answer.rows.width == 1 &&
                                                 answer.rows.cells[0].integer == 255);
    stream = (struct stream){0};
    put_head(&stream, true);
    put_end(&stream, false);
    TEST("no rows are an answer, too", read_all(&answer, &stream, arena) && are_rows(&answer, 0));
}

static void test_errors(struct arena *arena)
{
    struct stream stream = {.count = 1};
    struct answer answer;
    PUT(&stream, "\xff\x25\x05#70100Query execution was interrupted");
    TEST("an error is an answer", read_all(&answer, &stream, arena) &&
                                      answer.error_number == 1317 &&
                                      answer.status == STATUS_UNAVAILABLE);
    TEST_TEXT("with its text", answer.problem, STR("Query execution was interrupted"));
    stream = (struct stream){0};
    put_head(&stream, true);
    put_rows(&stream, 3);
    PUT(&stream, "\xff\xb1\x07#70100too long");
    TEST("an error after rows takes them back", read_all(&answer, &stream, arena) &&
                                                    answer.status == STATUS_TIMEOUT &&
                                                    answer.rows.count == 0);
    stream = (struct stream){.count = 1};
    PUT(&stream, "\0\0\0\2\0\0\0");
    TEST("a success without rows is an answer",
         read_all(&answer, &stream, arena) && answer.status == STATUS_OK && answer.rows.count == 0);
    stream = (struct stream){0};
    put_head(&stream, true);
    put_rows(&stream, 2);
    put_end(&stream, true);
    uint8_t count = stream.count;
    put_head(&stream, false);
    stream.bytes[stream.len - 15 + 3] = count;
    stream.bytes[stream.len - 9 + 3] = (uint8_t)(count + 1);
    stream.count = (uint8_t)(count + 2);
    put_rows(&stream, 5);
    put_end(&stream, true);
    PUT(&stream, "\0\0\0\2\0\0\0");
    TEST("a second result is read to its end and refused", read_all(&answer, &stream, arena) &&
                                                               answer.status == STATUS_INTERNAL &&
                                                               answer.rows.count == 0);
}

static void test_limits(struct arena *arena)
{
    struct stream stream = {0};
    struct answer answer;
    put_head(&stream, true);
    put_rows(&stream, 10);
    put_end(&stream, false);
    answer_begin(&answer, &columns, arena, 10);
    TEST("as many rows as the limit are allowed",
         read_pieces(&answer, &stream, 50) && are_rows(&answer, 10));
    answer_begin(&answer, &columns, arena, 9);
    TEST("one more is not", read_pieces(&answer, &stream, 50) && answer.status == STATUS_LIMIT &&
                                answer.rows.count == 0);
    answer_begin(&answer, &columns, NULL, 0);
    TEST("what nobody waits for is read and dropped",
         read_pieces(&answer, &stream, 50) && answer.rows.cells == NULL);
}

static void test_wrong(struct arena *arena)
{
    static const struct {
        const char *what;
        const char *bytes;
        size_t len;
    } wrong[] = {
        {"an empty packet is refused", "\0\0\0\1", 4},
        {"a packet that is miscounted is refused", "\1\0\0\2\0", 5},
        {"a request for a file is refused", "\2\0\0\1\xfb/", 6},
        {"a short success is refused", "\3\0\0\1\0\0\0", 7},
        {"a short error is refused", "\2\0\0\1\xff\0", 6},
        {"thousands of columns are refused", "\4\0\0\1\xfc\xff\xff\1", 8},
        {"a definition that is none is refused", "\1\0\0\1\1\3\0\0\2abc", 12},
        {"columns without an end are refused", "\2\0\0\1\2\0\1\0\0\2\0", 11},
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct stream stream = {.len = wrong[i].len};
        struct answer answer;
        memcpy(stream.bytes, wrong[i].bytes, wrong[i].len);
        TEST(wrong[i].what, !read_all(&answer, &stream, arena) && answer.state == ANSWER_BROKEN);
    }
    struct packets packets = {0};
    size_t room;
    struct answer answer;
    answer_begin(&answer, &columns, arena, 0);
    for (uint8_t i = 1; i < 8 && answer.state != ANSWER_BROKEN; i++) {
        for (size_t left = PACKET_HEAD + PACKET_PIECE; left > 0;) {
            unsigned char *bytes = packets_room(&packets, &room);
            size_t len = left < room ? left : room;
            memset(bytes, 0, len);
            if (left == PACKET_HEAD + PACKET_PIECE)
                memcpy(bytes, (unsigned char[]){0xff, 0xff, 0xff, i}, PACKET_HEAD);
            packets_added(&packets, len);
            left -= len;
        }
        answer_read(&answer, &packets);
    }
    TEST("a packet without an end is refused", answer.state == ANSWER_BROKEN);
    packets_clear(&packets);
    TEST("and its memory given back", packets.bytes == NULL);
}

static void test_random(void)
{
    struct stream good = {0};
    put_head(&good, true);
    put_rows(&good, 4);
    put_end(&good, false);
    unsigned complete = 0, broken = 0;
    srandom(1);
    for (int i = 0; i < RANDOM_STREAMS; i++) {
        struct stream stream = good;
        struct arena *arena = arena_create();
        struct answer answer;
        for (long changes = 1 + random() % 3; changes > 0; changes--)
            stream.bytes[(size_t)random() % stream.len] = (unsigned char)random();
        answer_begin(&answer, &columns, arena, 0);
        complete += read_pieces(&answer, &stream, 1 + (size_t)random() % stream.len);
        broken += answer.state == ANSWER_BROKEN;
        arena_destroy(arena);
    }
    TEST("of streams with bytes changed at random many are refused", broken > RANDOM_STREAMS / 10);
    TEST("and some are answers all the same", complete > RANDOM_STREAMS / 10);
}

int main(void)
{
    struct arena *arena = arena_create();
    test_pieces(arena);
    test_definitions(arena);
    test_errors(arena);
    test_limits(arena);
    test_wrong(arena);
    test_random();
    result_columns_free(&columns);
    arena_destroy(arena);
    return test_end();
}
