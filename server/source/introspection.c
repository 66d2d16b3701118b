/* introspection: objects and leaves of the schema, as rows (specification §4). */
#include "source/introspection.h"

#include "base/arena.h"
#include "graphql/introspection.h"

static struct cell cell_of(struct introspected object)
{
    return (struct cell){.kind = CELL_OBJECT, .len = object.kind, .object = object.object};
}

static struct introspected object_of(const struct cell *cell)
{
    return (struct introspected){.kind = cell->len, .object = cell->object};
}

static struct cell leaf_cell(struct arena *arena, const struct input *value)
{
    switch (value->kind) {
    case INPUT_STRING:
        return cell_text(value->text);
    case INPUT_BOOLEAN:
        return cell_int(value->boolean);
    case INPUT_LIST: {
        struct cell_list *list = arena_new(arena, struct cell_list);
        list->items = arena_array(arena, struct cell, value->count);
        list->count = value->count;
        for (uint32_t i = 0; i < value->count; i++)
            list->items[i] = leaf_cell(arena, &value->items[i]);
        return (struct cell){.kind = CELL_LIST, .object = list};
    }
    default:
        return (struct cell){.kind = CELL_NULL};
    }
}

static void add_object(struct introspection_source *source, struct object_rows *rows,
                       uint32_t parent, struct introspected object)
{
    struct source_request *request = rows->request;
    struct cell *row = object_rows_add(rows, parent, cell_of(object), request->field->type->named);
    for (uint32_t i = 0; i < request->column_count; i++) {
        struct input value;
        introspect_leaf(source->schema, source->rights, object, request->columns[i].field,
                        request->arena, &value);
        row[2 + i] = leaf_cell(request->arena, &value);
    }
}

static bool introspection_start(struct source *super, struct source_request *request)
{
    struct introspection_source *source = (struct introspection_source *)super;
    struct object_rows rows = {.request = request};
    const struct field *field = request->field;
    if (field == source->schema->schema_field || field == source->schema->type_field) {
        struct introspected root;
        if (introspect_root(source->schema, source->rights, field, request->arguments,
                            request->arena, &root))
            add_object(source, &rows, 0, root);
        return true;
    }
    for (uint32_t i = 0; i < request->parent_count; i++) {
        struct introspected *objects;
        uint32_t count;
        if (!introspect_objects(source->schema, source->rights, object_of(&request->parents[i]),
                                field, request->arguments, request->arena, &objects, &count)) {
            object_rows_add(&rows, i, (struct cell){.kind = CELL_NULL}, NULL);
            continue;
        }
        for (uint32_t j = 0; j < count; j++)
            add_object(source, &rows, i, objects[j]);
    }
    return true;
}

void introspection_source_init(struct introspection_source *source, const struct schema *schema,
                               uint64_t rights)
{
    *source = (struct introspection_source){
        .super = {.start = introspection_start}, .schema = schema, .rights = rights};
}
