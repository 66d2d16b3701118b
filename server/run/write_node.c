/* write_node: rows of whatever type: by global ids in the order of the ids, or by kind and key. */
#include "base/arena.h"
#include "run/writer.h"

/* The batch and row that an id names. False: there is none that the viewer may see. */
static bool find_row(struct writer *writer, const struct shape_field *field, struct place place,
                     struct str id, uint32_t *type, struct place *found)
{
    for (*type = 0; *type < field->shape_count; (*type)++) {
        struct cell key;
        if (!global_id_decode(writer->run->arena, field->shape_types[*type]->name, id, &key))
            continue;
        struct batch *batch = place.batch->children[field->child + *type];
        uint32_t at = keys_find(batch->keys, batch->key_count, key);
        if (at == NO_KEY ||
            (batch->status == STATUS_OK && batch->first[at] == batch->first[at + 1]))
            return false;
        *found = (struct place){.batch = batch};
        if (batch->status == STATUS_OK)
            found->row = batch->first[at];
        return true;
    }
    return false;
}

/* The row that was found in the batch of one of the types. */
static bool write_found(struct writer *writer, const struct shape_field *field, uint32_t type,
                        const struct type_use *use, struct place found,
                        const struct path_step *path)
{
    if (found.batch->status != STATUS_OK) {
        write_batch_error(writer, field, found.batch, path);
        return write_null(writer, use);
    }
    size_t mark = writer->out.len;
    if (write_object(writer, field->shapes[type], found, path))
        return true;
    return write_roll_back(writer, mark, use);
}

static bool write_one(struct writer *writer, const struct shape_field *field, struct place place,
                      const struct type_use *use, struct str id, const struct path_step *path)
{
    uint32_t type;
    struct place found;
    if (!find_row(writer, field, place, id, &type, &found))
        return write_missing(writer, field, use, path);
    return write_found(writer, field, type, use, found, path);
}

bool write_by_kind(struct writer *writer, const struct shape_field *field,
                   const struct type_use *use, struct place place, const struct path_step *path)
{
    const struct cell *kind = &write_cells(place.batch, place.row)[field->column];
    uint32_t type = 0;
    if (kind->kind == CELL_NULL)
        return write_missing(writer, field, use, path);
    while (type < field->shape_count && !kind_is(kind, &field->nodes[type].kind_value))
        type++;
    if (type == field->shape_count) {
        write_error(writer, field, path, "INTERNAL",
                    STR("The stored row names a kind that this schema does not know."));
        return write_null(writer, use);
    }
    struct place found = {.batch = place.batch->children[field->child + type]};
    uint32_t key = found.batch->status == STATUS_OK ? found.batch->key_of[place.row] : 0;
    if (found.batch->status == STATUS_OK) {
        if (key == NO_KEY || found.batch->first[key] == found.batch->first[key + 1])
            return write_missing(writer, field, use, path);
        found.row = found.batch->first[key];
    }
    return write_found(writer, field, type, use, found, path);
}

bool write_node(struct writer *writer, const struct shape_field *field, struct place place,
                const struct path_step *path)
{
    if (field->nodes != NULL)
        return write_by_kind(writer, field, field->type, place, path);
    if (write_refuses(writer->run, field->arguments)) {
        write_argument_error(writer, field->arguments, path);
        return write_null(writer, field->type);
    }
    const struct input *ids = &writer->run->arguments[field->arguments][0];
    const struct type_use *use = write_nullable(field->type);
    if (use->kind != USE_LIST)
        return write_one(writer, field, place, field->type, ids->text, path);
    size_t mark = writer->out.len;
    buf_add_char(&writer->out, '[');
    for (uint32_t i = 0; i < ids->count; i++) {
        struct path_step step = {.parent = path, .index = i};
        if (i > 0)
            buf_add_char(&writer->out, ',');
        if (!write_one(writer, field, place, use->of, ids->items[i].text, &step))
            return write_roll_back(writer, mark, field->type);
    }
    buf_add_char(&writer->out, ']');
    return true;
}
