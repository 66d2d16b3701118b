/* write_node: rows of whatever type by their global ids, in the order of the ids. */
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

static bool write_one(struct writer *writer, const struct shape_field *field, struct place place,
                      const struct type_use *use, struct str id, const struct path_step *path)
{
    uint32_t type;
    struct place found;
    if (!find_row(writer, field, place, id, &type, &found))
        return write_missing(writer, field, use, path);
    if (found.batch->status != STATUS_OK) {
        write_batch_error(writer, field, found.batch, path);
        return write_null(writer, use);
    }
    size_t mark = writer->out.len;
    if (write_object(writer, field->shapes[type], found, path))
        return true;
    return write_roll_back(writer, mark, use);
}

bool write_node(struct writer *writer, const struct shape_field *field, struct place place,
                const struct path_step *path)
{
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
