/* input_text: what a mutation was given, as JSON: for its digest and for the record. */
#include "act/internal.h"

#include "base/buf.h"
#include "graphql/coerce.h"

static void add_value(struct buf *out, const struct input *value);

static void add_fields(struct buf *out, const struct input *object)
{
    bool first = true;
    buf_add_char(out, '{');
    for (uint32_t i = 0; i < object->count; i++) {
        const struct input_field *field = &object->fields[i];
        if (field->value.kind == INPUT_ABSENT)
            continue;
        if (!first)
            buf_add_char(out, ',');
        first = false;
        buf_add_json_string(out, field->definition->name);
        buf_add_char(out, ':');
        add_value(out, &field->value);
    }
    buf_add_char(out, '}');
}

static void add_items(struct buf *out, const struct input *list)
{
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        add_value(out, &list->items[i]);
    }
    buf_add_char(out, ']');
}

static void add_value(struct buf *out, const struct input *value)
{
    switch (value->kind) {
    case INPUT_INT:
        buf_add_int(out, value->integer);
        break;
    case INPUT_FLOAT:
        buf_add_double(out, value->real);
        break;
    case INPUT_BOOLEAN:
        buf_add(out, value->boolean ? STR("true") : STR("false"));
        break;
    case INPUT_LIST:
        add_items(out, value);
        break;
    case INPUT_OBJECT:
        add_fields(out, value);
        break;
    case INPUT_JSON:
        buf_add(out, value->text);
        break;
    case INPUT_ABSENT:
    case INPUT_NULL:
        buf_add(out, STR("null"));
        break;
    default:
        buf_add_json_string(out, value->text);
        break;
    }
}

struct str input_text(struct arena *arena, const struct input *input)
{
    struct buf out;
    buf_init(&out, arena, 256);
    add_value(&out, input);
    return buf_str(&out);
}
