/* inspect: JSON values as messages show them. */
#include "base/buf.h"
#include "graphql/json_literal.h"
#include "graphql/scalars.h"

enum { LIST_LIMIT = 10, DEPTH_LIMIT = 2 };

static void inspect(struct buf *buf, const json_t *json, unsigned depth);

static void inspect_list(struct buf *buf, const json_t *list, unsigned depth)
{
    size_t count = json_array_size(list);
    if (count > 0 && depth > DEPTH_LIMIT) {
        buf_add(buf, STR("[Array]"));
        return;
    }
    buf_add_char(buf, '[');
    for (size_t i = 0; i < count && i < LIST_LIMIT; i++) {
        if (i > 0)
            buf_add(buf, STR(", "));
        inspect(buf, json_array_get(list, i), depth);
    }
    if (count > LIST_LIMIT)
        buf_printf(buf, ", ... %zu more item%s", count - LIST_LIMIT,
                   count == LIST_LIMIT + 1 ? "" : "s");
    buf_add_char(buf, ']');
}

static void inspect_object(struct buf *buf, const json_t *object, unsigned depth)
{
    if (json_object_size(object) == 0) {
        buf_add(buf, STR("{}"));
        return;
    }
    if (depth > DEPTH_LIMIT) {
        buf_add(buf, STR("[Object]"));
        return;
    }
    const char *key, *before = "{ ";
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        buf_add(buf, str_of(before));
        buf_add(buf, str_of(key));
        buf_add(buf, STR(": "));
        inspect(buf, value, depth);
        before = ", ";
    }
    buf_add(buf, STR(" }"));
}

/* `depth` counts the lists and objects around the value and itself. */
static void inspect(struct buf *buf, const json_t *json, unsigned depth)
{
    switch (json_typeof(json)) {
    case JSON_ARRAY:
        inspect_list(buf, json, depth + 1);
        break;
    case JSON_OBJECT:
        inspect_object(buf, json, depth + 1);
        break;
    default:
        json_literal_write_json(buf, json);
        break;
    }
}

void inspect_json(struct buf *buf, const json_t *json)
{
    inspect(buf, json, 0);
}
