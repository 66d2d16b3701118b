/* write: the answer, in one walk over shapes and rows (specification §6.4, §7.1).
 *
 * Null propagation works by rollback marks: whoever enters a nullable position remembers where the
 * text ended; when something non-null inside is missing, the text is cut back to there and becomes
 * null. Paths of errors are kept as steps on the stack and copied only when an error is recorded.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "run/batch.h"

struct writer {
    struct run *run;
    struct buf out;
};

/* Where an object's values are. */
struct place {
    struct batch *batch;
    uint32_t row;
    uint32_t key; /* inside of a connection: whose rows */
};

static bool write_object(struct writer *writer, const struct shape *shape, struct place place,
                         const struct path_step *path);

/* ---- errors ---- */

static const struct path_step *keep_path(struct arena *arena, const struct path_step *path)
{
    if (path == NULL)
        return NULL;
    struct path_step *copy = arena_new(arena, struct path_step);
    *copy = *path;
    copy->parent = keep_path(arena, path->parent);
    return copy;
}

static void add_error_at(struct writer *writer, uint32_t at, const struct path_step *path, const char *code,
                         struct str message)
{
    struct run *run = writer->run;
    struct error *error = errors_add_text(&run->errors, code, message);
    error_at(&run->errors, error, run->plan->document, at);
    error->path = keep_path(run->arena, path);
}

static void add_error(struct writer *writer, const struct shape_field *field, const struct path_step *path,
                      const char *code, struct str message)
{
    add_error_at(writer, field->ast->at, path, code, message);
}

/* An argument list that could not be used is to blame, and which of its arguments. */
static void add_argument_error(struct writer *writer, uint32_t list, const struct path_step *path)
{
    const struct run *run = writer->run;
    add_error_at(writer, run->problems_at[list], path, "BAD_USER_INPUT", run->problems[list]);
}

static bool arguments_refused(const struct run *run, uint32_t list)
{
    return list != UINT32_MAX && run->problems[list].len > 0;
}

/* What a client is told about a fetch that failed; the log has the details. */
static void add_batch_error(struct writer *writer, const struct shape_field *field, const struct batch *batch,
                            const struct path_step *path)
{
    struct str message = batch->problem;
    if (arguments_refused(writer->run, batch->fetch->arguments)) {
        add_argument_error(writer, batch->fetch->arguments, path);
        return;
    }
    if (batch->status != STATUS_INVALID)
        message = str_printf(writer->run->arena, "This could not be read: %s.", status_meaning(batch->status));
    add_error(writer, field, path, status_code(batch->status), message);
}

/* Null where the type allows it. False: the parent has to become null, for a reason that is recorded. */
static bool write_null(struct writer *writer, const struct type_use *use)
{
    if (use->kind == USE_NON_NULL)
        return false;
    buf_add(&writer->out, STR("null"));
    return true;
}

/* The same, where the missing value itself is the error. */
static bool write_missing(struct writer *writer, const struct shape_field *field, const struct type_use *use,
                          const struct path_step *path)
{
    if (use->kind == USE_NON_NULL)
        add_error(writer, field, path, "INTERNAL",
                  str_printf(writer->run->arena, "Cannot return null for non-nullable field " STR_FMT "." STR_FMT ".",
                             STR_ARG(field->field->parent->name), STR_ARG(field->field->name)));
    return write_null(writer, use);
}

/* After something inside was missing: back to the mark, and null if that is allowed here. */
static bool roll_back(struct writer *writer, size_t mark, const struct type_use *use)
{
    writer->out.len = mark;
    return write_null(writer, use);
}

static const struct type_use *nullable(const struct type_use *use)
{
    return use->kind == USE_NON_NULL ? use->of : use;
}

/* ---- leaves ---- */

static bool write_leaf(struct writer *writer, const struct shape_field *field, const struct type_use *use,
                       const struct cell *cell, const struct path_step *path)
{
    size_t mark = writer->out.len;
    if (cell->kind == CELL_NULL)
        return write_missing(writer, field, use, path);
    const struct type_use *inner = nullable(use);
    if (inner->kind != USE_LIST) {
        struct str problem;
        if (leaf_write(&writer->out, field->form, field->constant, cell, &problem))
            return true;
        add_error(writer, field, path, "INTERNAL", problem);
        return roll_back(writer, mark, use);
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
            return roll_back(writer, mark, use);
    }
    buf_add_char(&writer->out, ']');
    return true;
}

/* A leaf whose arguments cannot be used. */
static bool write_refused(struct writer *writer, const struct shape_field *field, const struct path_step *path)
{
    add_argument_error(writer, field->arguments, path);
    return write_null(writer, field->type);
}

/* ---- objects behind a fetch ---- */

static const struct cell *row_cells(const struct batch *batch, uint32_t row)
{
    return batch->rows.cells + (size_t)row * batch->rows.width;
}

/* NULL: no shape fits, which only a null object has. */
static const struct shape *shape_for(const struct shape_field *field, const struct batch *batch, uint32_t row)
{
    if (batch->fetch->kind != FETCH_OBJECTS)
        return field->shapes[0];
    const struct type *type = row_cells(batch, row)[TYPE_COLUMN].object;
    for (uint32_t i = 0; i < field->shape_count; i++) {
        if (field->shape_types[i] == type)
            return field->shapes[i];
    }
    return NULL;
}

static bool is_null_object(const struct batch *batch, uint32_t row)
{
    return batch->fetch->kind == FETCH_OBJECTS && row_cells(batch, row)[OBJECT_COLUMN].kind == CELL_NULL;
}

static bool is_null_list(const struct batch *batch, uint32_t row)
{
    return is_null_object(batch, row) && row_cells(batch, row)[TYPE_COLUMN].object == NULL;
}

static bool write_row(struct writer *writer, const struct shape_field *field, const struct type_use *use,
                      struct place place, const struct path_step *path)
{
    if (is_null_object(place.batch, place.row))
        return write_missing(writer, field, use, path);
    size_t mark = writer->out.len;
    const struct shape *shape = shape_for(field, place.batch, place.row);
    if (shape != NULL && write_object(writer, shape, place, path))
        return true;
    return roll_back(writer, mark, use);
}

/* The rows of one key as a list; where the rows are lists themselves, their rows in turn. */
static bool write_rows(struct writer *writer, const struct shape_field *field, const struct type_use *use,
                       struct batch *batch, uint32_t key, const struct path_step *path)
{
    size_t mark = writer->out.len;
    uint32_t begin = batch->first[key], end = batch->first[key + 1];
    if (begin < end && is_null_list(batch, begin))
        return write_missing(writer, field, use, path);
    const struct type_use *item = nullable(use)->of;
    buf_add_char(&writer->out, '[');
    for (uint32_t row = begin; row < end; row++) {
        struct path_step step = {.parent = path, .index = row - begin};
        if (row > begin)
            buf_add_char(&writer->out, ',');
        bool written;
        if (batch->fetch->inner != NULL)
            written = write_rows(writer, field, item, batch->children[0], batch->children[0]->key_of[row], &step);
        else
            written = write_row(writer, field, item, (struct place){.batch = batch, .row = row}, &step);
        if (!written)
            return roll_back(writer, mark, use);
    }
    buf_add_char(&writer->out, ']');
    return true;
}

/* A plain list that was cut says so: nothing is left out in silence. */
static void note_cut(struct writer *writer, const struct shape_field *field, const struct batch *batch, uint32_t key,
                     const struct path_step *path)
{
    bool list = batch->fetch->kind == FETCH_ROWS && batch->fetch->binding->kind == BIND_LIST;
    if (list && batch->more[key])
        add_error(writer, field, path, "LIMIT",
                  str_printf(writer->run->arena, "Only the first %u of this list are given.", batch->fetch->binding->limit));
}

static bool write_child(struct writer *writer, const struct shape_field *field, struct place place,
                        const struct path_step *path)
{
    struct batch *child = place.batch->children[field->child];
    if (child->status != STATUS_OK) {
        add_batch_error(writer, field, child, path);
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
    return write_row(writer, field, field->type, (struct place){.batch = child, .row = child->first[key]}, path);
}

/* ---- connections ---- */

static bool write_connection(struct writer *writer, const struct shape_field *field, struct place place,
                             const struct path_step *path)
{
    struct batch *child = place.batch->children[field->child];
    if (child->status != STATUS_OK) {
        add_batch_error(writer, field, child, path);
        return write_null(writer, field->type);
    }
    size_t mark = writer->out.len;
    struct place inside = {.batch = child, .row = place.row, .key = child->key_of[place.row]};
    if (write_object(writer, field->shapes[0], inside, path))
        return true;
    return roll_back(writer, mark, field->type);
}

static bool write_edges(struct writer *writer, const struct shape_field *field, struct place place,
                        const struct path_step *path)
{
    size_t mark = writer->out.len;
    struct batch *batch = place.batch;
    bool none = place.key == NO_KEY;
    uint32_t begin = none ? 0 : batch->first[place.key], end = none ? 0 : batch->first[place.key + 1];
    const struct type_use *item = nullable(field->type)->of;
    buf_add_char(&writer->out, '[');
    for (uint32_t row = begin; row < end; row++) {
        struct path_step step = {.parent = path, .index = row - begin};
        if (row > begin)
            buf_add_char(&writer->out, ',');
        size_t item_mark = writer->out.len;
        struct place inside = {.batch = batch, .row = row, .key = place.key};
        if (!write_object(writer, field->shapes[0], inside, &step) && !roll_back(writer, item_mark, item))
            return roll_back(writer, mark, field->type);
    }
    buf_add_char(&writer->out, ']');
    return true;
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
    buf_add_json_string(&writer->out, cursor_encode(writer->run->arena, batch->fetch, row_cells(batch, row)));
}

/* The rows beyond the page lie ahead of the direction of walking; behind it, a cursor says there was
 * something to come from. */
static void write_has_more(struct writer *writer, struct place place, bool next)
{
    const struct page *page = &writer->run->pages[place.batch->fetch->index];
    bool ahead = place.key != NO_KEY && place.batch->more[place.key];
    bool more = next != page->backward ? ahead : page->cursor != NULL;
    buf_add(&writer->out, more ? STR("true") : STR("false"));
}

/* The count is a fetch of its own, beside the rows, below the same parent. */
static bool write_total_count(struct writer *writer, const struct shape_field *field, struct place place,
                              const struct path_step *path)
{
    const struct batch *count = place.batch->parent->children[field->child];
    if (count->status != STATUS_OK) {
        add_batch_error(writer, field, count, path);
        return write_null(writer, field->type);
    }
    uint32_t key = count->key_of[place.row];
    bool none = key == NO_KEY || count->first[key] == count->first[key + 1];
    const struct cell zero = cell_int(0);
    const struct cell *cell = none ? &zero : &row_cells(count, count->first[key])[1];
    return write_leaf(writer, field, field->type, cell, path);
}

static bool write_connection_part(struct writer *writer, const struct shape_field *field, struct place place,
                                  const struct path_step *path)
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
        buf_add_json_string(&writer->out, cursor_encode(writer->run->arena, place.batch->fetch,
                                                        row_cells(place.batch, place.row)));
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

/* ---- fields ---- */

static bool write_embedded(struct writer *writer, const struct shape_field *field, struct place place,
                           const struct path_step *path)
{
    if (row_cells(place.batch, place.row)[field->column].kind == CELL_NULL)
        return write_missing(writer, field, field->type, path);
    size_t mark = writer->out.len;
    if (write_object(writer, field->shapes[0], place, path))
        return true;
    return roll_back(writer, mark, field->type);
}

static bool write_field(struct writer *writer, const struct shape_field *field, struct place place,
                        const struct path_step *path)
{
    switch (field->kind) {
    case SHAPE_TYPENAME:
        buf_add(&writer->out, field->constant);
        return true;
    case SHAPE_LEAF:
        if (arguments_refused(writer->run, field->arguments))
            return write_refused(writer, field, path);
        return write_leaf(writer, field, field->type, &row_cells(place.batch, place.row)[field->column], path);
    case SHAPE_EMBEDDED:
        return write_embedded(writer, field, place, path);
    case SHAPE_ONE:
    case SHAPE_LIST:
        return write_child(writer, field, place, path);
    case SHAPE_CONNECTION:
        return write_connection(writer, field, place, path);
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
    const struct shape_field **ordered = arena_array(run->arena, const struct shape_field *, shape->field_count);
    for (uint32_t i = 0; i < shape->field_count; i++) {
        uint32_t position = first_live_position(run, &shape->fields[i]), at = i;
        for (; at > 0 && first_live_position(run, ordered[at - 1]) > position; at--)
            ordered[at] = ordered[at - 1];
        ordered[at] = &shape->fields[i];
    }
    return ordered;
}

static bool write_object(struct writer *writer, const struct shape *shape, struct place place,
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
    buf_init(&writer.out, run->arena, 4096);
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
    buf_add_char(&writer.out, '}');
    run->call->has_errors = run->errors.count > 0;
    run->call->body = buf_str(&writer.out);
}
