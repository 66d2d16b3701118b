/* wiring: values invented by type. */
#include "source/wiring.h"

#include "base/arena.h"
#include "graphql/schema.h"

static const struct type *concrete_type(const struct type *type)
{
    const struct type *chosen = type->possible_count > 0 ? type->possible[0] : NULL;
    for (uint32_t i = 1; i < type->possible_count; i++) {
        int order = str_compare(type->possible[i]->name, chosen->name);
        if (type->kind == TYPE_UNION ? order < 0 : order > 0)
            chosen = type->possible[i];
    }
    return chosen;
}

static struct cell named_leaf(const struct type *type)
{
    if (type->kind == TYPE_ENUM)
        return cell_text(type->values[0].name);
    if (str_is(type->name, "Int"))
        return cell_int(2);
    if (str_is(type->name, "Float"))
        return (struct cell){.kind = CELL_DOUBLE, .real = 3.14};
    if (str_is(type->name, "Boolean"))
        return cell_int(1);
    if (str_is(type->name, "ID"))
        return cell_text(STR("id"));
    if (str_is(type->name, "JSON")) /* its text is written as it is */
        return cell_text(STR("\"str\""));
    return cell_text(STR("str"));
}

static struct cell leaf(struct arena *arena, const struct type_use *use)
{
    if (use->kind == USE_NON_NULL)
        return leaf(arena, use->of);
    if (use->kind == USE_NAMED)
        return named_leaf(use->named);
    struct cell_list *list = arena_new(arena, struct cell_list);
    list->items = arena_array(arena, struct cell, 2);
    list->count = 2;
    list->items[0] = list->items[1] = leaf(arena, use->of);
    return (struct cell){.kind = CELL_LIST, .object = list};
}

static void add_object(struct object_rows *rows, uint32_t parent, const struct type *type)
{
    struct source_request *request = rows->request;
    struct cell object = {.kind = CELL_OBJECT, .object = type};
    struct cell *row = object_rows_add(rows, parent, object, type);
    for (uint32_t i = 0; i < request->column_count; i++) {
        if (request->columns[i].type == type)
            row[2 + i] = leaf(request->arena, request->columns[i].field->type);
    }
}

/* The use of a field's type with `level` lists opened. */
static const struct type_use *opened(const struct type_use *use, uint32_t level)
{
    for (; level > 0 || use->kind == USE_NON_NULL; use = use->of) {
        if (use->kind == USE_LIST)
            level--;
    }
    return use;
}

static bool wiring_start(struct source *source, struct source_request *request)
{
    struct object_rows rows = {.request = request};
    if (request->field == NULL) {
        add_object(&rows, 0, request->root);
        return true;
    }
    const struct type_use *use = opened(request->field->type, request->list_level);
    uint32_t count = use->kind == USE_LIST ? 2 : 1;
    const struct type *type = concrete_type(use->named);
    for (uint32_t i = 0; i < request->parent_count && type != NULL; i++) {
        for (uint32_t j = 0; j < count; j++)
            add_object(&rows, i, type);
    }
    return true;
}

void wiring_source_init(struct source *source)
{
    *source = (struct source){.start = wiring_start};
}
