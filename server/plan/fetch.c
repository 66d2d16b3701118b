/* fetch: making fetches: their columns, their arguments, their children. */
#include "base/arena.h"
#include "graphql/errors.h"
#include "plan/planner.h"

struct fetch *fetch_create(struct planner *planner, enum fetch_kind kind, struct fetch *parent,
                           const struct group *group)
{
    struct plan *plan = planner->plan;
    if (plan->fetch_count == planner->options->fetch_limit && !planner->failed) {
        errors_add(planner->errors, "LIMIT",
                   "The document asks for too many lists and objects; ask for less at once.");
        planner->failed = true;
    }
    if (plan->fetch_count == planner->fetch_capacity) {
        planner->fetch_capacity = planner->fetch_capacity == 0 ? 16 : planner->fetch_capacity * 2;
        struct fetch **fetches =
            arena_array(planner->arena, struct fetch *, planner->fetch_capacity);
        if (plan->fetch_count > 0)
            memcpy(fetches, plan->fetches, plan->fetch_count * sizeof(struct fetch *));
        plan->fetches = fetches;
    }
    struct fetch *fetch = arena_new(planner->arena, struct fetch);
    *fetch = (struct fetch){
        .index = plan->fetch_count,
        .kind = kind,
        .parent = parent,
        .group = group,
        .has_types = kind == FETCH_OBJECTS,
        .type_column = TYPE_COLUMN,
        .width = kind == FETCH_OBJECTS || kind == FETCH_ROOT ? FIRST_LEAF_COLUMN : 0,
    };
    plan->fetches[plan->fetch_count++] = fetch;
    return fetch;
}

/* Makes room for one more of fetch->columns or fetch->object_columns. */
static void columns_grow(struct planner *planner, struct fetch *fetch)
{
    if (fetch->width < fetch->column_capacity)
        return;
    uint32_t capacity = fetch->column_capacity == 0 ? 8 : fetch->column_capacity * 2;
    struct row_column *columns = arena_array(planner->arena, struct row_column, capacity);
    struct object_column *object_columns =
        arena_array(planner->arena, struct object_column, capacity);
    if (fetch->columns != NULL) {
        memcpy(columns, fetch->columns, fetch->width * sizeof(*columns));
        memcpy(object_columns, fetch->object_columns, fetch->width * sizeof(*object_columns));
    }
    fetch->columns = columns;
    fetch->object_columns = object_columns;
    fetch->column_capacity = capacity;
}

uint32_t fetch_column(struct planner *planner, struct fetch *fetch, struct row_column column)
{
    for (uint32_t i = 0; i < fetch->width; i++) {
        if (fetch->columns[i].join == column.join && str_equal(fetch->columns[i].name, column.name))
            return i;
    }
    columns_grow(planner, fetch);
    fetch->columns[fetch->width] = column;
    return fetch->width++;
}

uint32_t fetch_arguments(struct planner *planner, const struct field *field,
                         const struct ast_selection *ast)
{
    if (field->argument_count == 0)
        return UINT32_MAX;
    struct plan *plan = planner->plan;
    for (uint32_t i = 0; i < plan->argument_list_count; i++) {
        if (plan->argument_lists[i].ast == ast && plan->argument_lists[i].field == field)
            return i;
    }
    if (plan->argument_list_count == planner->argument_list_capacity) {
        uint32_t capacity =
            planner->argument_list_capacity == 0 ? 8 : planner->argument_list_capacity * 2;
        struct argument_list *lists = arena_array(planner->arena, struct argument_list, capacity);
        if (plan->argument_list_count > 0)
            memcpy(lists, plan->argument_lists, plan->argument_list_count * sizeof(*lists));
        plan->argument_lists = lists;
        planner->argument_list_capacity = capacity;
    }
    plan->argument_lists[plan->argument_list_count] =
        (struct argument_list){.field = field, .ast = ast};
    return plan->argument_list_count++;
}

uint32_t fetch_object_column(struct planner *planner, struct fetch *fetch, const struct type *type,
                             const struct field *field, uint32_t arguments)
{
    columns_grow(planner, fetch);
    fetch->object_columns[fetch->width] =
        (struct object_column){.field = field, .type = type, .arguments = arguments};
    return fetch->width++;
}

uint32_t fetch_add_child(struct planner *planner, struct fetch *parent, struct fetch *child)
{
    if (parent->child_count == parent->child_capacity) {
        uint32_t capacity = parent->child_capacity == 0 ? 4 : parent->child_capacity * 2;
        struct fetch **children = arena_array(planner->arena, struct fetch *, capacity);
        if (parent->child_count > 0)
            memcpy(children, parent->children, parent->child_count * sizeof(struct fetch *));
        parent->children = children;
        parent->child_capacity = capacity;
    }
    parent->children[parent->child_count] = child;
    return parent->child_count++;
}
