/* batch: multi-row INSERTs of few different lengths, so that their statements stay prepared. */
#include "batch.h"

#include "base/arena.h"
#include "base/buf.h"
#include "mariadb/database.h"
#include <assert.h>

enum {
    FIRST_CAPACITY = 64,
    MOST_ROWS = 256,        /* of one statement */
    MOST_PARAMETERS = 4096, /* of one statement; the protocol allows 65,535 */
};

void batch_init(struct batch *batch, const struct batch_table *table, struct arena *arena)
{
    *batch = (struct batch){.table = table, .arena = arena, .width = 1};
    for (const char *at = table->columns; *at != 0; at++)
        batch->width += *at == ',';
}

struct cell *batch_row(struct batch *batch)
{
    uint32_t width = batch->width;
    if (batch->count == batch->capacity) {
        uint32_t capacity = batch->capacity == 0 ? FIRST_CAPACITY : batch->capacity * 2;
        struct cell *cells = arena_array(batch->arena, struct cell, (size_t)capacity * width);
        if (batch->count > 0)
            memcpy(cells, batch->cells, sizeof(*cells) * batch->count * width);
        batch->cells = cells;
        batch->capacity = capacity;
    }
    struct cell *row = batch->cells + (size_t)batch->count * width;
    for (uint32_t i = 0; i < width; i++)
        row[i] = (struct cell){.kind = CELL_NULL};
    batch->count++;
    return row;
}

static struct str insert_text(const struct batch *batch, uint32_t rows)
{
    struct buf sql;
    buf_init(&sql, batch->arena, 256 + (size_t)rows * batch->width * 2);
    buf_printf(&sql, "INSERT %sINTO %s (%s) VALUES ", batch->table->skips_known ? "IGNORE " : "",
               batch->table->name, batch->table->columns);
    for (uint32_t row = 0; row < rows; row++) {
        buf_add(&sql, row == 0 ? STR("(?") : STR(", (?"));
        for (uint32_t column = 1; column < batch->width; column++)
            buf_add(&sql, STR(",?"));
        buf_add_char(&sql, ')');
    }
    if (batch->table->returns_ids)
        buf_add(&sql, STR(" RETURNING id"));
    return buf_str(&sql);
}

/* The largest power of two that neither exceeds what is left nor the limits of a statement. */
static uint32_t chunk_of(uint32_t left, uint32_t width)
{
    uint32_t chunk = 1;
    while (chunk * 2 <= left && chunk * 2 <= MOST_ROWS && chunk * 2 * width <= MOST_PARAMETERS)
        chunk *= 2;
    return chunk;
}

enum status batch_send(struct batch *batch, struct database *database, int64_t **ids)
{
    uint32_t width = batch->width;
    bool with_ids = batch->table->returns_ids;
    assert(ids != NULL || !with_ids);
    int64_t *all = with_ids ? arena_array(batch->arena, int64_t, batch->count) : NULL;
    struct str sql = {0};
    for (uint32_t sent = 0, previous = 0; sent < batch->count; sent += previous) {
        uint32_t chunk = chunk_of(batch->count - sent, width);
        if (chunk != previous)
            sql = insert_text(batch, chunk);
        struct rows rows = {0};
        TRY(database_run(database, batch->arena, sql, batch->cells + (size_t)sent * width,
                         chunk * width, with_ids ? &rows : NULL));
        if (with_ids && rows.count != chunk)
            return STATUS_INTERNAL;
        for (uint32_t i = 0; with_ids && i < chunk; i++)
            all[sent + i] = rows.cells[i].integer;
        previous = chunk;
    }
    if (ids != NULL)
        *ids = all;
    batch->count = 0;
    batch->capacity = 0; /* the ids and cells sent stay where they are until the arena goes */
    return STATUS_OK;
}
