/* answer: a machine with a state for every part of an answer, fed with packets. */
#include "answer.h"

#include "base/arena.h"
#include "failure.h"
#include "packets.h"
#include "result.h"
#include <assert.h>

enum {
    OK_MARK = 0x00,
    FILE_MARK = 0xfb, /* asks for a file of ours */
    END_MARK = 0xfe,
    ERROR_MARK = 0xff,
    END_LENGTH = 5, /* the mark, warnings, status */
    DEFINITION_TAIL = 12,
    COLUMNS_MOST = 4096, /* as MariaDB's tables have */
};

void answer_begin(struct answer *answer, struct result_columns *columns, struct arena *arena,
                  uint32_t row_limit)
{
    *answer = (struct answer){
        .sequence = 1,
        .keep = arena != NULL,
        .columns = columns,
        .arena = arena,
        .row_limit = row_limit,
    };
}

static unsigned two_bytes(const unsigned char *at)
{
    return at[0] | (unsigned)at[1] << 8;
}

/* Reads a number with its length before it, and moves *at behind it. */
static bool take_number(const unsigned char **at, const unsigned char *end, uint64_t *number)
{
    if (*at == end)
        return false;
    unsigned char first = *(*at)++;
    *number = first;
    if (first < 251)
        return true;
    size_t size = first == 252 ? 2 : first == 253 ? 3 : first == 254 ? 8 : 0;
    if (size == 0 || (size_t)(end - *at) < size)
        return false;
    *number = 0;
    memcpy(number, *at, size);
    *at += size;
    return true;
}

/* The first thing that goes wrong is what is told; rows that came before it are of no use. */
static void fail(struct answer *answer, enum status status, struct str problem)
{
    answer->rows = (struct rows){0};
    answer->row_room = 0;
    if (answer->status != STATUS_OK)
        return;
    answer->status = status;
    if (answer->keep)
        answer->problem = str_copy(answer->arena, problem);
    answer->keep = false;
}

/* The mark, the number, perhaps # and five letters, the text. */
static enum answer_state read_error(struct answer *answer, const struct packet *packet)
{
    if (packet->len < 3)
        return ANSWER_BROKEN;
    size_t head = packet->len >= 9 && packet->bytes[3] == '#' ? 9 : 3;
    unsigned number = two_bytes(packet->bytes + 1);
    if (answer->error_number == 0)
        answer->error_number = number;
    fail(answer, failure_status(number),
         (struct str){.at = (const char *)packet->bytes + head, .len = packet->len - head});
    return ANSWER_COMPLETE;
}

/* Of an OK packet or an end mark. What would come after a procedure's first result is read and
 * dropped: a query has one. */
static enum answer_state end_result(struct answer *answer, unsigned server_status)
{
    if ((server_status & SERVER_MORE_RESULTS_EXIST) == 0)
        return ANSWER_COMPLETE;
    fail(answer, STATUS_INTERNAL, STR("a statement with more than one result is not for the pool"));
    answer->further = true;
    return ANSWER_BEGINS;
}

/* The mark, affected rows, the last id, status, warnings. */
static enum answer_state read_ok(struct answer *answer, const struct packet *packet)
{
    const unsigned char *at = packet->bytes + 1, *end = packet->bytes + packet->len;
    uint64_t affected, last_id;
    if (!take_number(&at, end, &affected) || !take_number(&at, end, &last_id) || end - at < 4)
        return ANSWER_BROKEN;
    return end_result(answer, two_bytes(at));
}

/* Definitions are sent only when they are not as they were when last sent; a byte behind the count
 * tells. */
static enum answer_state read_count(struct answer *answer, const struct packet *packet)
{
    const unsigned char *at = packet->bytes, *end = packet->bytes + packet->len;
    uint64_t count;
    if (!take_number(&at, end, &count) || count > COLUMNS_MOST || end - at > 1)
        return ANSWER_BROKEN;
    bool defined = at == end || *at != 0;
    answer->columns_left = defined ? (uint32_t)count : 0;
    if (!defined)
        return count == answer->columns->width || answer->further ? ANSWER_COLUMNS_END
                                                                  : ANSWER_BROKEN;
    if (!answer->further)
        result_columns_resize(answer->columns, (uint32_t)count);
    return ANSWER_COLUMNS;
}

static enum answer_state read_first(struct answer *answer, const struct packet *packet)
{
    switch (packet->bytes[0]) {
    case OK_MARK:
        return read_ok(answer, packet);
    case ERROR_MARK:
        return read_error(answer, packet);
    case FILE_MARK:
        return ANSWER_BROKEN; /* no statement of ours loads files */
    default:
        return read_count(answer, packet);
    }
}

/* Names, then what has a fixed length: 12, character set, length, type, flags, decimals, nothing.
 */
static enum answer_state read_definition(struct answer *answer, const struct packet *packet)
{
    if (packet->len <= DEFINITION_TAIL)
        return ANSWER_BROKEN;
    const unsigned char *tail = packet->bytes + packet->len - DEFINITION_TAIL;
    if (tail[-1] != DEFINITION_TAIL)
        return ANSWER_BROKEN;
    struct result_columns *columns = answer->columns;
    if (!answer->further)
        result_columns_set(columns, columns->width - answer->columns_left, tail[6],
                           (two_bytes(tail + 7) & UNSIGNED_FLAG) != 0);
    return --answer->columns_left == 0 ? ANSWER_COLUMNS_END : ANSWER_COLUMNS;
}

static bool is_end(const struct packet *packet)
{
    return packet->bytes[0] == END_MARK && packet->len == END_LENGTH;
}

/* The number of rows is known only at the end; when all of them are here at once, as is usual,
 * there is room for exactly those. */
static void make_room(struct answer *answer, uint32_t count)
{
    struct rows *rows = &answer->rows;
    if (count <= answer->row_room)
        return;
    uint32_t room = answer->row_room > UINT32_MAX / 2 || count > answer->row_room * 2
                        ? count
                        : answer->row_room * 2;
    struct cell *cells = arena_array(answer->arena, struct cell, (size_t)room * rows->width);
    if (rows->count > 0)
        memcpy(cells, rows->cells, (size_t)rows->count * rows->width * sizeof(*cells));
    rows->cells = cells;
    answer->row_room = room;
}

/* False: somebody asked for fewer, or they cannot be counted. */
static bool accept(struct answer *answer, uint32_t more)
{
    uint64_t count = (uint64_t)answer->rows.count + more;
    if (answer->row_limit != 0 && count > answer->row_limit) {
        fail(answer, STATUS_LIMIT, STR("more rows than the query's limit"));
        return false;
    }
    if (count * answer->columns->width > UINT32_MAX) {
        fail(answer, STATUS_LIMIT, STR("more rows than can be counted"));
        return false;
    }
    make_room(answer, (uint32_t)count);
    return true;
}

static bool add_row(struct answer *answer, const unsigned char *bytes, size_t len)
{
    struct rows *rows = &answer->rows;
    return result_row(answer->columns, bytes, len, answer->arena,
                      rows->cells + (size_t)rows->count++ * rows->width);
}

/* All of them are copied at once, and their texts stay where the copy is. */
static enum answer_state add_run(struct answer *answer, const struct packet_run *run)
{
    if (!answer->keep || !accept(answer, run->count))
        return ANSWER_ROWS;
    const unsigned char *at = memcpy(arena_text(answer->arena, run->len), run->bytes, run->len);
    for (const unsigned char *end = at + run->len; at < end;) {
        size_t len = packet_length(at);
        if (!add_row(answer, at + PACKET_HEAD, len))
            return ANSWER_BROKEN;
        at += PACKET_HEAD + len;
    }
    return ANSWER_ROWS;
}

/* A row so large that it came in pieces, or what ends the rows. */
static enum answer_state read_row(struct answer *answer, const struct packet *packet)
{
    if (is_end(packet))
        return end_result(answer, two_bytes(packet->bytes + 3));
    if (packet->bytes[0] == ERROR_MARK)
        return read_error(answer, packet);
    if (packet->bytes[0] != OK_MARK)
        return ANSWER_BROKEN;
    if (!answer->keep || !accept(answer, 1))
        return ANSWER_ROWS;
    unsigned char *copy = (unsigned char *)arena_text(answer->arena, packet->len);
    memcpy(copy, packet->bytes, packet->len);
    return add_row(answer, copy, packet->len) ? ANSWER_ROWS : ANSWER_BROKEN;
}

static enum answer_state read_packet(struct answer *answer, const struct packet *packet)
{
    if (packet->len == 0)
        return ANSWER_BROKEN;
    switch (answer->state) {
    case ANSWER_BEGINS:
        return read_first(answer, packet);
    case ANSWER_COLUMNS:
        return read_definition(answer, packet);
    case ANSWER_COLUMNS_END:
        answer->rows.width = answer->columns->width;
        return is_end(packet) ? ANSWER_ROWS : ANSWER_BROKEN;
    case ANSWER_ROWS:
        return read_row(answer, packet);
    case ANSWER_COMPLETE:
    case ANSWER_BROKEN:
        break;
    }
    assert(!"an answer that goes on");
    return ANSWER_BROKEN;
}

void answer_read(struct answer *answer, struct packets *packets)
{
    struct packet packet;
    struct packet_run run;
    enum packets_state found = PACKETS_ONE;
    while (found == PACKETS_ONE && answer->state < ANSWER_COMPLETE) {
        if (answer->state == ANSWER_ROWS &&
            packets_run(packets, &run, OK_MARK, &answer->sequence)) {
            answer->state = add_run(answer, &run);
            continue;
        }
        found = packets_next(packets, &packet, &answer->sequence);
        if (found == PACKETS_ONE)
            answer->state = read_packet(answer, &packet);
    }
    if (found == PACKETS_BAD)
        answer->state = ANSWER_BROKEN;
}
