/* batch: gathering the keys of parents and giving the rows back to them. */
#include "run/batch.h"

#include "base/arena.h"
#include "base/viewer.h"
#include <stdlib.h>

static int cell_compare(const struct cell *a, const struct cell *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == CELL_TEXT)
        return str_compare(cell_str(a), cell_str(b));
    return a->integer == b->integer ? 0 : a->integer < b->integer ? -1 : 1;
}

static int compare_cells(const void *a, const void *b)
{
    return cell_compare(a, b);
}

/* An unsigned key of the parent meets a signed one of the child. */
static struct cell normal_key(struct cell cell)
{
    if (cell.kind == CELL_UINT && cell.integer >= 0)
        cell.kind = CELL_INT;
    return cell;
}

uint32_t keys_find(const struct cell *keys, uint32_t count, struct cell key)
{
    key = normal_key(key);
    const struct cell *found =
        count == 0 ? NULL : bsearch(&key, keys, count, sizeof(key), compare_cells);
    return found == NULL ? NO_KEY : (uint32_t)(found - keys);
}

uint32_t keys_find_near(const struct cell *keys, uint32_t count, uint32_t near, struct cell key)
{
    if (near == NO_KEY)
        return keys_find(keys, count, key);
    key = normal_key(key);
    if (cell_compare(&keys[near], &key) == 0)
        return near;
    if (near + 1 < count && cell_compare(&keys[near + 1], &key) == 0)
        return near + 1;
    if (near > 0 && cell_compare(&keys[near - 1], &key) == 0)
        return near - 1;
    return keys_find(keys, count, key);
}

uint32_t keys_unique(struct cell *keys, uint32_t count)
{
    uint32_t unique = 0, ascending = 1;
    while (ascending < count && cell_compare(&keys[ascending - 1], &keys[ascending]) <= 0)
        ascending++;
    if (ascending < count) /* most keys come in order */
        qsort(keys, count, sizeof(*keys), compare_cells);
    for (uint32_t i = 0; i < count; i++) {
        if (unique == 0 || cell_compare(&keys[unique - 1], &keys[i]) != 0)
            keys[unique++] = keys[i];
    }
    return unique;
}

static const struct cell *parent_cell(const struct batch *parent, uint32_t row, uint32_t column)
{
    return &parent->rows.cells[(size_t)row * parent->rows.width + column];
}

const struct type *batch_row_type(const struct batch *batch, uint32_t row)
{
    return batch->types != NULL ? batch->types[row]
                                : parent_cell(batch, row, batch->fetch->type_column)->object;
}

/* Some fields belong to parents of some types only. */
static bool has_child(const struct batch *batch, uint32_t row)
{
    const struct fetch *fetch = batch->fetch;
    if (fetch->parent_type_count == 0)
        return true;
    const struct type *type = batch_row_type(batch->parent, row);
    for (uint32_t i = 0; i < fetch->parent_type_count; i++) {
        if (fetch->parent_types[i] == type)
            return true;
    }
    return false;
}

/* Rows of a type that the viewer may not know of are not asked for, whoever leads to them. */
static bool is_visible(const struct batch *batch)
{
    return batch->fetch->kind_value == NULL ||
           needs_met(batch->fetch->binding->target->type->needs, batch->run->call->viewer->rights);
}

const struct cell *batch_parent_key(const struct batch *batch, uint32_t row)
{
    const struct fetch *fetch = batch->fetch;
    const struct cell *cell = parent_cell(batch->parent, row, fetch->parent_column);
    if (!is_visible(batch))
        return NULL;
    if (fetch->kind_value != NULL &&
        !kind_is(parent_cell(batch->parent, row, fetch->kind_column), fetch->kind_value))
        return NULL;
    return cell->kind == CELL_NULL || !has_child(batch, row) ? NULL : cell;
}

void batch_link(struct batch *batch)
{
    uint32_t near = NO_KEY, count = batch->parent->rows.count;
    batch->key_of = arena_array(batch->run->arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct cell *cell = batch_parent_key(batch, i);
        batch->key_of[i] = NO_KEY;
        if (cell == NULL || batch->key_count == 0)
            continue;
        near = keys_find_near(batch->keys, batch->key_count, near, *cell);
        batch->key_of[i] = near;
    }
}

/* Each key once, ascending; a parent without a key has none. */
static void gather_column_keys(struct batch *batch)
{
    const struct batch *parent = batch->parent;
    uint32_t count = 0;
    batch->keys = arena_array(batch->run->arena, struct cell, parent->rows.count);
    for (uint32_t i = 0; i < parent->rows.count; i++) {
        const struct cell *cell = batch_parent_key(batch, i);
        if (cell != NULL)
            batch->keys[count++] = normal_key(*cell);
    }
    batch->key_count = keys_unique(batch->keys, count);
    batch_link(batch);
}

/* Every row is a key of its own; the resolver gets the columns it needs of each. */
static void gather_rows(struct batch *batch)
{
    const struct batch *parent = batch->parent;
    const struct binding *binding = batch->fetch->field->binding;
    uint32_t needs = binding->need_count;
    batch->keys = arena_array(batch->run->arena, struct cell, parent->rows.count);
    struct cell *cells =
        arena_array(batch->run->arena, struct cell, (size_t)parent->rows.count * needs);
    for (uint32_t i = 0; i < parent->rows.count; i++, cells += needs) {
        batch->key_of[i] = NO_KEY;
        if (!has_child(batch, i))
            continue;
        for (uint32_t j = 0; j < needs; j++)
            cells[j] = *parent_cell(parent, i, batch->fetch->need_columns[j]);
        batch->key_of[i] = batch->key_count;
        batch->keys[batch->key_count++] = (struct cell){.kind = CELL_OBJECT, .object = cells};
    }
}

/* Every object of a fitting type is a key of its own. */
static void gather_objects(struct batch *batch)
{
    const struct batch *parent = batch->parent;
    if (parent->fetch->kind == FETCH_ROWS) {
        gather_rows(batch);
        return;
    }
    batch->keys = arena_array(batch->run->arena, struct cell, parent->rows.count);
    for (uint32_t i = 0; i < parent->rows.count; i++) {
        const struct cell *object = parent_cell(parent, i, OBJECT_COLUMN);
        batch->key_of[i] = NO_KEY;
        if (object->kind == CELL_NULL || !has_child(batch, i))
            continue;
        batch->key_of[i] = batch->key_count;
        batch->keys[batch->key_count++] = *object;
    }
}

/* The key in a global id of that type, or of one of those whose rows are in its table: *wanted. */
static bool id_key(struct arena *arena, const struct table *table, struct str id, struct cell *key,
                   const struct type **wanted)
{
    if (!type_is_abstract(table->type))
        return global_id_decode(arena, table->type->name, id, key);
    for (uint32_t i = 0; i < table->kind_count; i++) {
        *wanted = table->kinds[i].table->type;
        if (global_id_decode(arena, (*wanted)->name, id, key))
            return true;
    }
    return false;
}

/* What an argument's value is as a key of that column. False: nothing can have it. */
static bool argument_key(struct arena *arena, const struct binding *binding,
                         const struct input *value, struct cell *key, const struct type **wanted)
{
    bool is_id = str_is(binding->key_argument->type->named->name, "ID");
    if (value->kind == INPUT_INT) {
        *key = cell_int(value->integer);
        return !binding->key_is_text;
    }
    if (value->kind != INPUT_STRING)
        return false;
    if (is_id && binding->target->global_ids &&
        str_equal(binding->target_key, binding->target->primary_key))
        return id_key(arena, binding->target, value->text, key, wanted);
    if (binding->key_is_text) {
        *key = cell_text(value->text);
        return true;
    }
    return plain_id_decode(value->text, key);
}

/* The ids that name rows of this type, if the viewer may know of it. */
static void gather_node_keys(struct batch *batch)
{
    struct run *run = batch->run;
    const struct fetch *fetch = batch->fetch;
    const struct type *type = fetch->binding->target->type;
    uint32_t index = (uint32_t)(fetch->binding->key_argument - fetch->field->arguments);
    const struct input *ids = &run->arguments[fetch->arguments][index];
    uint32_t count = ids->kind == INPUT_LIST ? ids->count : 1;
    const struct input *items = ids->kind == INPUT_LIST ? ids->items : ids;
    batch->keys = arena_array(run->arena, struct cell, count);
    batch->key_of[0] = NO_KEY;
    for (uint32_t i = 0; i < count && needs_met(type->needs, run->call->viewer->rights); i++)
        batch->key_count +=
            global_id_decode(run->arena, type->name, items[i].text, &batch->keys[batch->key_count]);
    batch->key_count = keys_unique(batch->keys, batch->key_count);
}

/* At the root the key is an argument. */
static void gather_argument_key(struct batch *batch)
{
    const struct fetch *fetch = batch->fetch;
    const struct binding *binding = fetch->binding;
    uint32_t index = (uint32_t)(binding->key_argument - fetch->field->arguments);
    const struct input *value = &batch->run->arguments[fetch->arguments][index];
    batch->keys = arena_new(batch->run->arena, struct cell);
    bool usable = argument_key(batch->run->arena, binding, value, batch->keys, &batch->wanted);
    batch->key_count = usable ? 1 : 0;
    batch->key_of[0] = usable ? 0 : NO_KEY;
}

bool batch_is_keyless(const struct batch *batch)
{
    const struct fetch *fetch = batch->fetch;
    return fetch->kind != FETCH_OBJECTS && fetch->binding->target_key.len == 0;
}

bool batch_has_keys(const struct batch *batch)
{
    return batch->key_count > 0;
}

struct batch *batch_create(struct run *run, const struct fetch *fetch, struct batch *parent)
{
    struct batch *batch = arena_new(run->arena, struct batch);
    *batch = (struct batch){
        .run = run,
        .fetch = fetch,
        .parent = parent,
        .key_of = arena_array(run->arena, uint32_t, parent->rows.count),
        .children = arena_array(run->arena, struct batch *, fetch->child_count),
    };
    if (fetch->kind == FETCH_OBJECTS)
        gather_objects(batch);
    else if (fetch->binding->is_node)
        gather_node_keys(batch);
    else if (batch_is_keyless(batch))
        batch->key_count = 1; /* key_of[0] is 0 already */
    else if (fetch->parent->kind == FETCH_ROOT)
        gather_argument_key(batch);
    else
        gather_column_keys(batch);
    batch->first = arena_array(run->arena, uint32_t, batch->key_count + 1);
    return batch;
}

struct batch *batch_create_early(struct run *run, const struct fetch *fetch, struct batch *parent)
{
    struct batch *batch = arena_new(run->arena, struct batch);
    *batch = (struct batch){
        .run = run,
        .fetch = fetch,
        .parent = parent,
        .keys = parent->keys,
        .key_count = parent->key_count,
        .first = arena_array(run->arena, uint32_t, parent->key_count + 1),
        .children = arena_array(run->arena, struct batch *, fetch->child_count),
    };
    return batch;
}

/* How many rows of each key may stay. */
static uint32_t rows_limit(const struct batch *batch)
{
    const struct fetch *fetch = batch->fetch;
    if (fetch->kind != FETCH_ROWS || fetch->binding->kind == BIND_ONE)
        return UINT32_MAX;
    return batch->run->pages[fetch->index].limit;
}

/* `near`: the key of the row before, or NO_KEY. */
static uint32_t key_of_row(const struct batch *batch, const struct source_request *chunk,
                           uint32_t row, uint32_t near)
{
    if (batch->fetch->kind == FETCH_OBJECTS)
        return chunk->parent_of[row];
    if (batch->key_count == 1) /* whatever the database thinks is equal to the one key */
        return 0;
    return keys_find_near(batch->keys, batch->key_count, near,
                          chunk->rows.cells[(size_t)row * chunk->rows.width]);
}

/* Counts the rows of each key into first[key + 1]; remembers each row's key. */
static uint32_t *count_rows(struct batch *batch)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < batch->chunk_count; i++)
        total += batch->chunks[i].rows.count;
    uint32_t *keys = arena_array(batch->run->arena, uint32_t, total);
    uint32_t at = 0, key = NO_KEY;
    for (uint32_t i = 0; i < batch->chunk_count; i++) {
        for (uint32_t row = 0; row < batch->chunks[i].rows.count; row++) {
            key = key_of_row(batch, &batch->chunks[i], row, key);
            keys[at++] = key;
            if (key != NO_KEY)
                batch->first[key + 1]++;
        }
    }
    return keys;
}

/* From counts to the places of the rows that stay. */
static void place_keys(struct batch *batch)
{
    uint32_t limit = rows_limit(batch);
    batch->more = arena_array(batch->run->arena, bool, batch->key_count);
    for (uint32_t key = 0; key < batch->key_count; key++) {
        uint32_t count = batch->first[key + 1];
        batch->more[key] = count > limit;
        batch->first[key + 1] = batch->first[key] + (count > limit ? limit : count);
    }
    batch->rows.count = batch->first[batch->key_count];
}

/* Walking backward, the last row that came is the first of the page. */
static uint32_t place_of_row(const struct batch *batch, uint32_t key, uint32_t taken)
{
    uint32_t begin = batch->first[key], end = batch->first[key + 1];
    bool backward =
        batch->fetch->kind == FETCH_ROWS && batch->run->pages[batch->fetch->index].backward;
    return backward ? end - 1 - taken : begin + taken;
}

/* True when every row of the only chunk already is where it belongs, so that none has to move. */
static bool is_in_place(const struct batch *batch, const uint32_t *keys)
{
    bool backward =
        batch->fetch->kind == FETCH_ROWS && batch->run->pages[batch->fetch->index].backward;
    if (batch->chunk_count != 1 || backward)
        return false;
    for (uint32_t key = 0, row = 0; key < batch->key_count; key++) {
        for (; row < batch->first[key + 1]; row++) {
            if (keys[row] != key)
                return false;
        }
    }
    return true;
}

void batch_group(struct batch *batch)
{
    struct arena *arena = batch->run->arena;
    uint32_t *keys = count_rows(batch);
    place_keys(batch);
    if (is_in_place(batch, keys)) {
        batch->rows.width = batch->chunks[0].rows.width;
        batch->rows.cells = batch->chunks[0].rows.cells;
        return;
    }
    uint32_t width = batch->chunk_count > 0 ? batch->chunks[0].rows.width : 0;
    for (uint32_t i = 1; i < batch->chunk_count && width == 0; i++)
        width = batch->chunks[i].rows.width;
    batch->rows.width = width;
    batch->rows.cells = arena_array(arena, struct cell, (size_t)batch->rows.count * width);
    uint32_t *taken = arena_array(arena, uint32_t, batch->key_count);
    uint32_t at = 0;
    for (uint32_t i = 0; i < batch->chunk_count; i++) {
        const struct rows *rows = &batch->chunks[i].rows;
        for (uint32_t row = 0; row < rows->count; row++) {
            uint32_t key = keys[at++];
            if (key == NO_KEY || taken[key] == batch->first[key + 1] - batch->first[key])
                continue;
            uint32_t place = place_of_row(batch, key, taken[key]++);
            memcpy(batch->rows.cells + (size_t)place * width, rows->cells + (size_t)row * width,
                   width * sizeof(struct cell));
        }
    }
}
