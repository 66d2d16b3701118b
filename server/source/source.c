/* source: collecting rows of objects. */
#include "source/source.h"

#include "base/arena.h"

struct cell *object_rows_add(struct object_rows *rows, uint32_t parent, struct cell object,
                             const struct type *type)
{
    struct source_request *request = rows->request;
    uint32_t width = 2 + request->column_count;
    if (request->rows.count == rows->capacity) {
        uint32_t capacity = rows->capacity == 0 ? 16 : rows->capacity * 2;
        struct cell *cells = arena_array(request->arena, struct cell, (size_t)capacity * width);
        uint32_t *parent_of = arena_array(request->arena, uint32_t, capacity);
        if (request->rows.count > 0) {
            memcpy(cells, request->rows.cells, sizeof(*cells) * request->rows.count * width);
            memcpy(parent_of, request->parent_of, sizeof(*parent_of) * request->rows.count);
        }
        request->rows = (struct rows){.width = width, .count = request->rows.count, .cells = cells};
        request->parent_of = parent_of;
        rows->capacity = capacity;
    }
    request->parent_of[request->rows.count] = parent;
    struct cell *row = request->rows.cells + (size_t)request->rows.count++ * width;
    row[0] = object;
    row[1] = (struct cell){.kind = CELL_OBJECT, .object = type};
    return row;
}
