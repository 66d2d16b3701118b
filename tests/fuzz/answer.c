/* answer: whatever a server sends, in whatever pieces, an answer ends or is broken, and its cells
 * lie in memory that is there. */
#include "mariadb/answer.h"

#include "base/arena.h"
#include "mariadb/packets.h"
#include "mariadb/result.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ANSWERS = 3 };

/* Reads every byte of every text. */
static void look_at(const struct rows *rows)
{
    volatile unsigned sum = 0;
    for (size_t i = 0; i < (size_t)rows->count * rows->width; i++) {
        struct str text = cell_str(&rows->cells[i]);
        for (size_t j = 0; j < text.len; j++)
            sum = sum + (unsigned char)text.at[j];
    }
}

/* The first byte says how long the pieces are, the second how many rows are allowed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct arena *arena = arena_create();
    struct packets packets = {0};
    struct result_columns columns = {0};
    struct answer answer;
    size_t piece = 1 + data[0], answers = 0;
    answer_begin(&answer, &columns, arena, data[1]);
    for (size_t at = 2; at < size && answer.state != ANSWER_BROKEN; at += piece) {
        size_t room, len = size - at < piece ? size - at : piece;
        unsigned char *bytes = packets_room(&packets, &room);
        memcpy(bytes, data + at, len);
        packets_added(&packets, len);
        answer_read(&answer, &packets);
        if (answer.state != ANSWER_COMPLETE)
            continue;
        if (data[1] != 0 && answer.rows.count > data[1])
            abort();
        look_at(&answer.rows);
        if (++answers == ANSWERS)
            break;
        answer_begin(&answer, &columns, arena, data[1]);
        answer_read(&answer, &packets);
    }
    result_columns_free(&columns);
    packets_free(&packets);
    arena_destroy(arena);
    return 0;
}
