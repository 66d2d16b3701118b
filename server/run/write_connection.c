/* write_connection: a connection: nodes, edges, cursors, where the page lies, how many there are.
 */
#include "run/writer.h"

#include "base/arena.h"

bool write_connection(struct writer *writer, const struct shape_field *field, struct place place,
                      const struct path_step *path)
{
    struct batch *child = place.batch->children[field->child];
    if (child->status != STATUS_OK) {
        write_batch_error(writer, field, child, path);
        return write_null(writer, field->type);
    }
    size_t mark = writer->out.len;
    struct place inside = {.batch = child, .row = place.row, .key = child->key_of[place.row]};
    if (write_object(writer, field->shapes[0], inside, path))
        return true;
    return write_roll_back(writer, mark, field->type);
}

static bool write_edges(struct writer *writer, const struct shape_field *field, struct place place,
                        const struct path_step *path)
{
    size_t mark = writer->out.len;
    struct batch *batch = place.batch;
    bool none = place.key == NO_KEY;
    uint32_t begin = none ? 0 : batch->first[place.key],
             end = none ? 0 : batch->first[place.key + 1];
    const struct type_use *item = write_nullable(field->type)->of;
    buf_add_char(&writer->out, '[');
    for (uint32_t row = begin; row < end; row++) {
        struct path_step step = {.parent = path, .index = row - begin};
        if (row > begin)
            buf_add_char(&writer->out, ',');
        size_t item_mark = writer->out.len;
        struct place inside = {.batch = batch, .row = row, .key = place.key};
        if (!write_object(writer, field->shapes[0], inside, &step) &&
            !write_roll_back(writer, item_mark, item))
            return write_roll_back(writer, mark, field->type);
    }
    buf_add_char(&writer->out, ']');
    return true;
}

static struct str row_cursor(struct writer *writer, const struct batch *batch, uint32_t row)
{
    const struct page *page = &writer->run->pages[batch->fetch->index];
    return cursor_encode(writer->run->arena, batch->fetch, page, write_cells(batch, row));
}

static void write_cursor(struct writer *writer, struct place place, bool last)
{
    const struct batch *batch = place.batch;
    bool none = place.key == NO_KEY || batch->first[place.key] == batch->first[place.key + 1];
    if (none) {
        buf_add(&writer->out, STR("null"));
        return;
    }
    uint32_t row = last ? batch->first[place.key + 1] - 1 : batch->first[place.key];
    buf_add_json_string(&writer->out, row_cursor(writer, batch, row));
}

/* The rows beyond the page lie ahead of the direction of walking; behind it, a cursor says there
 * was something to come from. */
static void write_has_more(struct writer *writer, struct place place, bool next)
{
    const struct page *page = &writer->run->pages[place.batch->fetch->index];
    bool ahead = place.key != NO_KEY && place.batch->more[place.key];
    bool more = next != page->backward ? ahead : page->cursor != NULL;
    buf_add(&writer->out, more ? STR("true") : STR("false"));
}

/* The count is a fetch of its own, beside the rows, below the same parent. */
static bool write_total_count(struct writer *writer, const struct shape_field *field,
                              struct place place, const struct path_step *path)
{
    const struct batch *count = place.batch->parent->children[field->child];
    if (count->status != STATUS_OK) {
        write_batch_error(writer, field, count, path);
        return write_null(writer, field->type);
    }
    uint32_t key = count->key_of[place.row];
    bool none = key == NO_KEY || count->first[key] == count->first[key + 1];
    const struct cell zero = cell_int(0);
    const struct cell *cell = none ? &zero : &write_cells(count, count->first[key])[1];
    return write_leaf(writer, field, field->type, cell, path);
}

bool write_connection_part(struct writer *writer, const struct shape_field *field,
                           struct place place, const struct path_step *path)
{
    switch (field->kind) {
    case SHAPE_NODES:
        if (place.key != NO_KEY)
            return write_rows(writer, field, field->type, place.batch, place.key, path);
        buf_add(&writer->out, STR("[]"));
        return true;
    case SHAPE_EDGES:
        return write_edges(writer, field, place, path);
    case SHAPE_EDGE_NODE:
        return write_row(writer, field, field->type, place, path);
    case SHAPE_CURSOR:
        buf_add_json_string(&writer->out, row_cursor(writer, place.batch, place.row));
        return true;
    case SHAPE_PAGE_INFO:
        return write_object(writer, field->shapes[0], place, path);
    case SHAPE_START_CURSOR:
    case SHAPE_END_CURSOR:
        write_cursor(writer, place, field->kind == SHAPE_END_CURSOR);
        return true;
    case SHAPE_HAS_NEXT_PAGE:
    case SHAPE_HAS_PREVIOUS_PAGE:
        write_has_more(writer, place, field->kind == SHAPE_HAS_NEXT_PAGE);
        return true;
    default:
        return write_total_count(writer, field, place, path);
    }
}
