/* write: the answer, in one walk over shapes and rows (specification §6.4, §7.1).
 *
 * Null propagation works by rollback marks: whoever enters a nullable position remembers where the
 * text ended; when something non-null inside is missing, the text is cut back to there and becomes
 * null. Paths of errors are kept as steps on the stack and copied only when an error is recorded.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "run/batch.h"
#include "run/resolver.h"
#include "run/writer.h"

/* ---- leaves ---- */

bool write_leaf(struct writer *writer, const struct shape_field *field, const struct type_use *use,
                const struct cell *cell, const struct path_step *path)
{
    size_t mark = writer->out.len;
    if (cell->kind == CELL_NULL)
        return write_missing(writer, field, use, path);
    const struct type_use *inner = write_nullable(use);
    if (inner->kind != USE_LIST) {
        struct str problem;
        if (leaf_write(&writer->out, field->form, field->constant, cell, &problem))
            return true;
        write_error(writer, field, path, "INTERNAL", problem);
        return write_roll_back(writer, mark, use);
    }
    const struct cell_list *list = cell->kind == CELL_LIST ? cell->object : NULL;
    if (list == NULL)
        return write_missing(writer, field, use, path);
    buf_add_char(&writer->out, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        struct path_step step = {.parent = path, .index = i};
        if (i > 0)
            buf_add_char(&writer->out, ',');
        if (!write_leaf(writer, field, inner->of, &list->items[i], &step))
            return write_roll_back(writer, mark, use);
    }
    buf_add_char(&writer->out, ']');
    return true;
}

/* A leaf whose arguments cannot be used. */
static bool write_refused(struct writer *writer, const struct shape_field *field,
                          const struct path_step *path)
{
    write_argument_error(writer, field->arguments, path);
    return write_null(writer, field->type);
}

/* ---- objects behind a fetch ---- */

const struct cell *write_cells(const struct batch *batch, uint32_t row)
{
    return batch->rows.cells + (size_t)row * batch->rows.width;
}

/* NULL: no shape fits, which only a null object has. */
static const struct shape *shape_for(const struct shape_field *field, const struct batch *batch,
                                     uint32_t row)
{
    if (!batch->fetch->has_types)
        return field->shapes[0];
    const struct type *type = batch_row_type(batch, row);
    for (uint32_t i = 0; i < field->shape_count; i++) {
        if (field->shape_types[i] == type)
            return field->shapes[i];
    }
    return NULL;
}

static bool is_null_object(const struct batch *batch, uint32_t row)
{
    return batch->fetch->kind == FETCH_OBJECTS &&
           write_cells(batch, row)[OBJECT_COLUMN].kind == CELL_NULL;
}

static bool is_null_list(const struct batch *batch, uint32_t row)
{
    return is_null_object(batch, row) && write_cells(batch, row)[TYPE_COLUMN].object == NULL;
}

bool write_row(struct writer *writer, const struct shape_field *field, const struct type_use *use,
               struct place place, const struct path_step *path)
{
    if (field->nodes != NULL)
        return write_by_kind(writer, field, use, place, path);
    if (is_null_object(place.batch, place.row))
        return write_missing(writer, field, use, path);
    size_t mark = writer->out.len;
    const struct shape *shape = shape_for(field, place.batch, place.row);
    if (shape == NULL)
        write_error(writer, field, path, "INTERNAL",
                    STR("The stored row is of a kind that this schema does not know."));
    if (shape != NULL && write_object(writer, shape, place, path))
        return true;
    return write_roll_back(writer, mark, use);
}

/* The rows of one key as a list; where the rows are lists themselves, their rows in turn. */
bool write_rows(struct writer *writer, const struct shape_field *field, const struct type_use *use,
                struct batch *batch, uint32_t key, const struct path_step *path)
{
    size_t mark = writer->out.len;
    uint32_t begin = batch->first[key], end = batch->first[key + 1];
    if (begin < end && is_null_list(batch, begin))
        return write_missing(writer, field, use, path);
    const struct type_use *item = write_nullable(use)->of;
    buf_add_char(&writer->out, '[');
    for (uint32_t row = begin; row < end; row++) {
        struct path_step step = {.parent = path, .index = row - begin};
        if (row > begin)
            buf_add_char(&writer->out, ',');
        bool written;
        if (batch->fetch->inner != NULL)
            written = write_rows(writer, field, item, batch->children[0],
                                 batch->children[0]->key_of[row], &step);
        else
            written =
                write_row(writer, field, item, (struct place){.batch = batch, .row = row}, &step);
        if (!written)
            return write_roll_back(writer, mark, use);
    }
    buf_add_char(&writer->out, ']');
    return true;
}

/* A plain list that was cut says so: nothing is left out in silence. */
static void note_cut(struct writer *writer, const struct shape_field *field,
                     const struct batch *batch, uint32_t key, const struct path_step *path)
{
    bool list = batch->fetch->kind == FETCH_ROWS && batch->fetch->binding->kind == BIND_LIST;
    if (list && batch->more[key] && !writer->run->pages[batch->fetch->index].chosen)
        write_error(writer, field, path, "LIMIT",
                    str_printf(writer->run->arena, "Only the first %u of this list are given.",
                               batch->fetch->binding->limit));
}

static bool write_child(struct writer *writer, const struct shape_field *field, struct place place,
                        const struct path_step *path)
{
    struct batch *child = place.batch->children[field->child];
    if (child->status != STATUS_OK) {
        write_batch_error(writer, field, child, path);
        return write_null(writer, field->type);
    }
    uint32_t key = child->key_of[place.row];
    if (field->kind == SHAPE_LIST) {
        if (key == NO_KEY) {
            buf_add(&writer->out, STR("[]"));
            return true;
        }
        note_cut(writer, field, child, key, path);
        return write_rows(writer, field, field->type, child, key, path);
    }
    if (key == NO_KEY || child->first[key] == child->first[key + 1])
        return write_missing(writer, field, field->type, path);
    return write_row(writer, field, field->type,
                     (struct place){.batch = child, .row = child->first[key]}, path);
}

/* ---- fields ---- */

static bool write_embedded(struct writer *writer, const struct shape_field *field,
                           struct place place, const struct path_step *path)
{
    if (write_cells(place.batch, place.row)[field->column].kind == CELL_NULL)
        return write_missing(writer, field, field->type, path);
    size_t mark = writer->out.len;
    if (write_object(writer, field->shapes[0], place, path))
        return true;
    return write_roll_back(writer, mark, field->type);
}

static bool write_computed(struct writer *writer, const struct shape_field *field,
                           struct place place, const struct path_step *path)
{
    if (write_refuses(writer->run, field->arguments))
        return write_refused(writer, field, path);
    const struct compute *computed = &place.batch->computed[field->column];
    const struct compute_failure *failure =
        computed->failures == NULL ? NULL : &computed->failures[place.row];
    if (failure == NULL || failure->status == STATUS_OK)
        return write_leaf(writer, field, field->type, &computed->out[place.row], path);
    write_error(writer, field, path, status_code(failure->status), failure->words);
    return write_null(writer, field->type);
}

static bool write_field(struct writer *writer, const struct shape_field *field, struct place place,
                        const struct path_step *path)
{
    switch (field->kind) {
    case SHAPE_TYPENAME:
        buf_add(&writer->out, field->constant);
        return true;
    case SHAPE_LEAF:
        if (write_refuses(writer->run, field->arguments))
            return write_refused(writer, field, path);
        return write_leaf(writer, field, field->type,
                          &write_cells(place.batch, place.row)[field->column], path);
    case SHAPE_COMPUTED:
        return write_computed(writer, field, place, path);
    case SHAPE_VALID_UNTIL:
        return write_valid_until(writer, field, place, path);
    case SHAPE_CHANGES:
        return write_changes(writer, field, place);
    case SHAPE_EMBEDDED:
        return write_embedded(writer, field, place, path);
    case SHAPE_ONE:
    case SHAPE_LIST:
        return write_child(writer, field, place, path);
    case SHAPE_CONNECTION:
        return write_connection(writer, field, place, path);
    case SHAPE_NODE:
        return write_node(writer, field, place, path);
    default:
        return write_connection_part(writer, field, place, path);
    }
}

static uint32_t first_live_position(const struct run *run, const struct shape_field *field)
{
    for (uint32_t i = 0; i < field->place_count; i++) {
        if (run->live[field->places[i].condition])
            return field->places[i].position;
    }
    return UINT32_MAX;
}

/* The fields in the order in which the live ones are first met. */
static const struct shape_field **order_fields(struct run *run, const struct shape *shape)
{
    const struct shape_field **ordered =
        arena_array(run->arena, const struct shape_field *, shape->field_count);
    for (uint32_t i = 0; i < shape->field_count; i++) {
        uint32_t position = first_live_position(run, &shape->fields[i]), at = i;
        for (; at > 0 && first_live_position(run, ordered[at - 1]) > position; at--)
            ordered[at] = ordered[at - 1];
        ordered[at] = &shape->fields[i];
    }
    return ordered;
}

bool write_object(struct writer *writer, const struct shape *shape, struct place place,
                  const struct path_step *path)
{
    const struct shape_field **ordered = shape->reordered ? order_fields(writer->run, shape) : NULL;
    bool first = true;
    buf_add_char(&writer->out, '{');
    for (uint32_t i = 0; i < shape->field_count; i++) {
        const struct shape_field *field = ordered != NULL ? ordered[i] : &shape->fields[i];
        if (!writer->run->live[field->condition])
            continue;
        struct str lead = field->lead;
        buf_add(&writer->out, first ? (struct str){.at = lead.at + 1, .len = lead.len - 1} : lead);
        first = false;
        struct path_step step = {.parent = path, .key = field->key};
        if (!write_field(writer, field, place, &step))
            return false;
    }
    buf_add_char(&writer->out, '}');
    return true;
}

void run_write(struct run *run)
{
    struct writer writer = {.run = run};
    buf_init(&writer.out, run->arena, run->plan->fetch_count > 1 ? 16384 : 512);
    buf_add(&writer.out, STR("{\"data\":"));
    size_t mark = writer.out.len;
    struct place root = {.batch = run->root};
    if (run->unavailable) {
        run->call->outcome = CALL_UNAVAILABLE;
    }
    if (!write_object(&writer, run->plan->root_shape, root, NULL)) {
        writer.out.len = mark;
        buf_add(&writer.out, STR("null"));
    }
    if (run->errors.count > 0) {
        buf_add(&writer.out, STR(",\"errors\":"));
        errors_write(&run->errors, &writer.out);
    }
    run_tell_cost(run, &writer.out);
    buf_add_char(&writer.out, '}');
    run->call->has_errors = run->errors.count > 0;
    run->call->body = buf_str(&writer.out);
}
