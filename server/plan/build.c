/* build: from a selection of fields to fetches and shapes. */
#include "plan/planner.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/errors.h"
#include <assert.h>

/* Where the values of an object are: the columns of a fetch, perhaps under other names. */
struct site {
    struct fetch *fetch;
    const struct binding *embedded; /* NULL, or which columns make the embedded object */
};

static struct shape *build_object(struct planner *planner, struct site site, const struct type *type,
                                  const struct selected *selected);

/* ---- fetches ---- */

static struct fetch *fetch_create(struct planner *planner, enum fetch_kind kind, struct fetch *parent,
                                  const struct group *group)
{
    struct plan *plan = planner->plan;
    if (plan->fetch_count == planner->options->fetch_limit && !planner->failed) {
        errors_add(planner->errors, "LIMIT", "The document asks for too many lists and objects; ask for less at once.");
        planner->failed = true;
    }
    if (plan->fetch_count == planner->fetch_capacity) {
        planner->fetch_capacity = planner->fetch_capacity == 0 ? 16 : planner->fetch_capacity * 2;
        struct fetch **fetches = arena_array(planner->arena, struct fetch *, planner->fetch_capacity);
        if (plan->fetch_count > 0)
            memcpy(fetches, plan->fetches, plan->fetch_count * sizeof(struct fetch *));
        plan->fetches = fetches;
    }
    struct fetch *fetch = arena_new(planner->arena, struct fetch);
    *fetch = (struct fetch){
        .index = plan->fetch_count, .kind = kind, .parent = parent, .group = group,
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
    struct str *columns = arena_array(planner->arena, struct str, capacity);
    struct object_column *object_columns = arena_array(planner->arena, struct object_column, capacity);
    if (fetch->columns != NULL) {
        memcpy(columns, fetch->columns, fetch->width * sizeof(*columns));
        memcpy(object_columns, fetch->object_columns, fetch->width * sizeof(*object_columns));
    }
    fetch->columns = columns;
    fetch->object_columns = object_columns;
    fetch->column_capacity = capacity;
}

uint32_t fetch_column(struct planner *planner, struct fetch *fetch, struct str column)
{
    for (uint32_t i = 0; i < fetch->width; i++) {
        if (str_equal(fetch->columns[i], column))
            return i;
    }
    columns_grow(planner, fetch);
    fetch->columns[fetch->width] = column;
    return fetch->width++;
}

/* The number of the field's argument list; UINT32_MAX when the field takes none. */
static uint32_t argument_list(struct planner *planner, const struct field *field,
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
        uint32_t capacity = planner->argument_list_capacity == 0 ? 8 : planner->argument_list_capacity * 2;
        struct argument_list *lists = arena_array(planner->arena, struct argument_list, capacity);
        if (plan->argument_list_count > 0)
            memcpy(lists, plan->argument_lists, plan->argument_list_count * sizeof(*lists));
        plan->argument_lists = lists;
        planner->argument_list_capacity = capacity;
    }
    plan->argument_lists[plan->argument_list_count] = (struct argument_list){.field = field, .ast = ast};
    return plan->argument_list_count++;
}

static uint32_t object_column(struct planner *planner, struct fetch *fetch, const struct type *type,
                              const struct field *field, uint32_t arguments)
{
    columns_grow(planner, fetch);
    fetch->object_columns[fetch->width] =
        (struct object_column){.field = field, .type = type, .arguments = arguments};
    return fetch->width++;
}

static uint32_t add_child(struct planner *planner, struct fetch *parent, struct fetch *child)
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

static bool group_equal(const struct group *a, const struct group *b)
{
    if (!str_equal(a->key, b->key) || a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->items[i].field != b->items[i].field || !term_equal(a->items[i].term, b->items[i].term))
            return false;
    }
    return true;
}

static bool type_uses_equal(const struct type_use *a, const struct type_use *b)
{
    for (; a->kind == b->kind && a->kind != USE_NAMED; a = a->of)
        b = b->of;
    return a->kind == b->kind && a->named == b->named;
}

/* Objects of different types implement a field with defaults and a type of their own. */
static bool fields_alike(const struct field *a, const struct field *b)
{
    return a == b || (a->argument_count == 0 && b->argument_count == 0 && type_uses_equal(a->type, b->type));
}

/* The child that was already made for the same field of another concrete type of the parent, so that
 * both types' objects fetch together. */
static bool share_child(struct planner *planner, struct fetch *parent, const struct type *parent_type,
                        const struct group *group, const struct field *field, uint32_t *index)
{
    for (uint32_t i = 0; i < parent->child_count; i++) {
        struct fetch *child = parent->children[i];
        if (child->kind != FETCH_OBJECTS || child->group == NULL || !group_equal(child->group, group) ||
            !fields_alike(child->field, field))
            continue;
        const struct type **types =
            arena_array(planner->arena, const struct type *, child->parent_type_count + 1);
        memcpy(types, child->parent_types, child->parent_type_count * sizeof(*types));
        types[child->parent_type_count++] = parent_type;
        child->parent_types = types;
        *index = i;
        return true;
    }
    return false;
}

static void limit_parents(struct planner *planner, struct fetch *child, const struct type *parent_type)
{
    child->parent_types = arena_array(planner->arena, const struct type *, 1);
    child->parent_types[0] = parent_type;
    child->parent_type_count = 1;
}

/* ---- shapes ---- */

/* One shape for each type the objects may be of. */
static void build_shapes(struct planner *planner, struct site site, const struct type *named,
                         const struct group *group, struct shape ***shapes, const struct type ***types,
                         uint32_t *count)
{
    *count = named->possible_count;
    *types = (const struct type **)named->possible;
    *shapes = arena_array(planner->arena, struct shape *, named->possible_count);
    for (uint32_t i = 0; i < named->possible_count && !planner->failed; i++) {
        struct selected selected;
        select_fields(planner, named->possible[i], group->items, group->count, &selected);
        (*shapes)[i] = build_object(planner, site, named->possible[i], &selected);
    }
}

static enum form form_of(const struct type *type)
{
    static const struct {
        const char *name;
        enum form form;
    } forms[] = {
        {"Int", FORM_INT},           {"Float", FORM_FLOAT},     {"String", FORM_STRING},
        {"Boolean", FORM_BOOLEAN},   {"ID", FORM_ID},           {"BigInt", FORM_BIG_INT},
        {"Decimal", FORM_BIG_INT},   {"Date", FORM_DATE},       {"DateTime", FORM_DATE_TIME},
        {"JSON", FORM_JSON},
    };
    if (type->kind == TYPE_ENUM)
        return FORM_ENUM;
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
        if (str_is(type->name, forms[i].name))
            return forms[i].form;
    }
    return FORM_ANY;
}

static void build_column(struct planner *planner, struct site site, const struct binding *binding,
                         struct shape_field *out)
{
    out->kind = SHAPE_LEAF;
    out->form = form_of(out->type->named);
    out->column = fetch_column(planner, site.fetch, binding->column);
    if (binding->id_type.len > 0) {
        out->form = FORM_GLOBAL_ID;
        out->constant = binding->id_type;
    }
}

/* A field of an object that is made of columns of its parent's row. */
static void build_embedded_column(struct planner *planner, struct site site, struct shape_field *out)
{
    const struct field *field = out->field;
    uint32_t index = (uint32_t)(field - field->parent->fields);
    out->kind = SHAPE_LEAF;
    out->form = form_of(field->type->named);
    out->column = fetch_column(planner, site.fetch, site.embedded->embedded[index]);
}

static void build_embedded(struct planner *planner, struct site site, const struct binding *binding,
                           const struct group *group, struct shape_field *out)
{
    struct site inner = {.fetch = site.fetch, .embedded = binding};
    out->kind = SHAPE_EMBEDDED;
    out->column = fetch_column(planner, site.fetch, binding->embedded[0]);
    build_shapes(planner, inner, out->type->named, group, &out->shapes, &out->shape_types, &out->shape_count);
}

/* ---- objects of a source in memory ---- */

static uint32_t list_depth(const struct type_use *use)
{
    uint32_t depth = 0;
    for (; use != NULL; use = use->of)
        depth += use->kind == USE_LIST;
    return depth;
}

static enum object_source source_of(const struct planner *planner, const struct fetch *parent,
                                    const struct field *field)
{
    const struct schema *schema = planner->options->schema;
    if (field == schema->schema_field || field == schema->type_field)
        return OBJECTS_INTROSPECTION;
    return parent->kind == FETCH_OBJECTS ? parent->source : OBJECTS_RESOLVER;
}

/* One fetch for each level of lists; the innermost one has the objects. */
static struct fetch *create_object_fetches(struct planner *planner, struct fetch *parent,
                                           const struct group *group, const struct shape_field *field)
{
    uint32_t depth = list_depth(field->type);
    struct fetch *first = NULL, *innermost = parent;
    for (uint32_t level = 0; level == 0 || level < depth; level++) {
        struct fetch *fetch = fetch_create(planner, FETCH_OBJECTS, innermost, level == 0 ? group : NULL);
        fetch->source = source_of(planner, parent, field->field);
        fetch->field = field->field;
        fetch->ast = field->ast;
        fetch->arguments = argument_list(planner, field->field, field->ast);
        fetch->list_level = level;
        fetch->parent_column = OBJECT_COLUMN;
        fetch->condition = level == 0 ? field->condition : 0;
        if (first == NULL) {
            first = fetch;
        } else {
            add_child(planner, innermost, fetch);
            innermost->inner = fetch;
        }
        innermost = fetch;
    }
    return first;
}

static void build_objects(struct planner *planner, struct site site, const struct type *type,
                          const struct group *group, struct shape_field *out)
{
    out->kind = list_depth(out->type) == 0 ? SHAPE_ONE : SHAPE_LIST;
    struct fetch *fetch;
    if (share_child(planner, site.fetch, type, group, out->field, &out->child)) {
        fetch = site.fetch->children[out->child];
    } else {
        fetch = create_object_fetches(planner, site.fetch, group, out);
        limit_parents(planner, fetch, type);
        out->child = add_child(planner, site.fetch, fetch);
        struct fetch *innermost = fetch;
        while (innermost->inner != NULL)
            innermost = (struct fetch *)innermost->inner;
        build_shapes(planner, (struct site){.fetch = innermost}, out->type->named, group, &fetch->shapes,
                     &fetch->shape_types, &fetch->shape_count);
    }
    out->shapes = fetch->shapes;
    out->shape_types = fetch->shape_types;
    out->shape_count = fetch->shape_count;
}

static void build_object_leaf(struct planner *planner, struct site site, const struct type *type,
                              struct shape_field *out)
{
    out->kind = SHAPE_LEAF;
    out->form = form_of(out->type->named);
    out->arguments = argument_list(planner, out->field, out->ast);
    out->column = object_column(planner, site.fetch, type, out->field, out->arguments);
}

/* ---- rows of tables ---- */

static struct fetch *create_row_fetch(struct planner *planner, struct fetch *parent, enum fetch_kind kind,
                                      const struct group *group, const struct shape_field *field,
                                      const struct binding *binding)
{
    struct fetch *fetch = fetch_create(planner, kind, parent, group);
    fetch->field = field->field;
    fetch->ast = field->ast;
    fetch->binding = binding;
    fetch->arguments = argument_list(planner, field->field, field->ast);
    fetch->condition = field->condition;
    fetch_column(planner, fetch, binding->target_key.len > 0 ? binding->target_key : binding->target->primary_key);
    if (parent->kind != FETCH_ROOT) {
        struct str key = binding->kind == BIND_ONE ? binding->column : binding->parent_key;
        fetch->parent_column = fetch_column(planner, parent, key);
    }
    return fetch;
}

static void build_rows(struct planner *planner, struct site site, const struct group *group,
                       const struct binding *binding, struct shape_field *out)
{
    struct fetch *fetch = create_row_fetch(planner, site.fetch, FETCH_ROWS, group, out, binding);
    out->kind = binding->kind == BIND_ONE ? SHAPE_ONE : SHAPE_LIST;
    out->child = add_child(planner, site.fetch, fetch);
    build_shapes(planner, (struct site){.fetch = fetch}, out->type->named, group, &out->shapes,
                 &out->shape_types, &out->shape_count);
    sql_finish(planner, fetch);
}

/* ---- connections ---- */

static void need_order_columns(struct planner *planner, struct fetch *fetch)
{
    const struct binding *binding = fetch->binding;
    if (fetch->order_columns != NULL)
        return;
    fetch->order_columns = arena_array(planner->arena, uint32_t, binding->order_count);
    for (uint32_t i = 0; i < binding->order_count; i++)
        fetch->order_columns[i] = fetch_column(planner, fetch, binding->order[i].column);
}

static void build_total_count(struct planner *planner, struct fetch *rows, struct shape_field *out)
{
    struct fetch *parent = (struct fetch *)rows->parent;
    struct shape_field like = {.field = rows->field, .ast = rows->ast, .condition = out->condition};
    struct fetch *count = create_row_fetch(planner, parent, FETCH_COUNT, NULL, &like, rows->binding);
    count->arguments = rows->arguments;
    out->kind = SHAPE_TOTAL_COUNT;
    out->child = add_child(planner, parent, count);
    sql_finish(planner, count);
}

/* The fields of the connection, edge and page info types: kinds of shape over the rows of `fetch`. */
static void build_connection_field(struct planner *planner, struct fetch *fetch, enum binding_kind kind,
                                   const struct group *group, struct shape_field *out)
{
    static const enum shape_kind kinds[] = {
        [BIND_NODES] = SHAPE_NODES,
        [BIND_EDGES] = SHAPE_EDGES,
        [BIND_EDGE_NODE] = SHAPE_EDGE_NODE,
        [BIND_EDGE_CURSOR] = SHAPE_CURSOR,
        [BIND_PAGE_INFO] = SHAPE_PAGE_INFO,
        [BIND_HAS_NEXT_PAGE] = SHAPE_HAS_NEXT_PAGE,
        [BIND_HAS_PREVIOUS_PAGE] = SHAPE_HAS_PREVIOUS_PAGE,
        [BIND_START_CURSOR] = SHAPE_START_CURSOR,
        [BIND_END_CURSOR] = SHAPE_END_CURSOR,
    };
    if (kind == BIND_TOTAL_COUNT) {
        build_total_count(planner, fetch, out);
        return;
    }
    out->kind = kinds[kind];
    if (kind == BIND_EDGE_CURSOR || kind == BIND_START_CURSOR || kind == BIND_END_CURSOR)
        need_order_columns(planner, fetch);
    if (kind == BIND_HAS_NEXT_PAGE || kind == BIND_HAS_PREVIOUS_PAGE)
        fetch->needs_more = true;
    if (type_is_composite(out->type->named))
        build_shapes(planner, (struct site){.fetch = fetch}, out->type->named, group, &out->shapes,
                     &out->shape_types, &out->shape_count);
}

static void build_connection(struct planner *planner, struct site site, const struct group *group,
                             const struct binding *binding, struct shape_field *out)
{
    struct fetch *fetch = create_row_fetch(planner, site.fetch, FETCH_ROWS, group, out, binding);
    out->kind = SHAPE_CONNECTION;
    out->child = add_child(planner, site.fetch, fetch);
    build_shapes(planner, (struct site){.fetch = fetch}, out->type->named, group, &out->shapes,
                 &out->shape_types, &out->shape_count);
    sql_finish(planner, fetch);
}

/* ---- fields ---- */

static struct str lead_of(struct planner *planner, struct str key)
{
    return str_printf(planner->arena, ",\"" STR_FMT "\":", STR_ARG(key));
}

/* Duplicates under conditions: the first one that is live decides where the field stands (§6.3.2). */
static bool set_places(struct planner *planner, const struct group *group, struct shape_field *out)
{
    out->places = arena_array(planner->arena, struct shape_place, group->count);
    out->place_count = group->count;
    for (uint32_t i = 0; i < group->count; i++) {
        const struct condition_term **term = arena_array(planner->arena, const struct condition_term *, 1);
        term[0] = group->items[i].term;
        out->places[i] = (struct shape_place){.position = group->items[i].position,
                                              .condition = condition_any(planner, term, 1)};
    }
    return group->count > 1 && group->items[0].term != NULL;
}

static void build_by_binding(struct planner *planner, struct site site, const struct group *group,
                             const struct binding *binding, struct shape_field *out)
{
    switch (binding->kind) {
    case BIND_COLUMN:
        build_column(planner, site, binding, out);
        break;
    case BIND_EMBEDDED:
        build_embedded(planner, site, binding, group, out);
        break;
    case BIND_ONE:
    case BIND_LIST:
        build_rows(planner, site, group, binding, out);
        break;
    case BIND_CONNECTION:
        build_connection(planner, site, group, binding, out);
        break;
    default:
        build_connection_field(planner, site.fetch, binding->kind, group, out);
        break;
    }
}

/* True when the order of the selection set depends on this field's conditions. */
static bool build_field(struct planner *planner, struct site site, const struct type *type,
                        const struct group *group, struct shape_field *out)
{
    const struct ast_selection *ast = group->items[0].field;
    const struct field *field = schema_field(planner->options->schema, type, ast->name.text, UINT64_MAX);
    assert(field != NULL); /* the document is valid */
    *out = (struct shape_field){
        .lead = lead_of(planner, group->key),
        .key = group->key,
        .condition = group_condition(planner, group),
        .arguments = UINT32_MAX,
        .type = field->type,
        .field = field,
        .ast = ast,
    };
    const struct binding *binding = field->binding;
    if (field == planner->options->schema->typename_field) {
        out->kind = SHAPE_TYPENAME;
        out->constant = str_printf(planner->arena, "\"" STR_FMT "\"", STR_ARG(type->name));
    } else if (site.embedded != NULL) {
        build_embedded_column(planner, site, out);
    } else if (binding != NULL && binding->kind != BIND_RESOLVER) {
        build_by_binding(planner, site, group, binding, out);
    } else if (type_is_composite(field->type->named)) {
        build_objects(planner, site, type, group, out);
    } else {
        build_object_leaf(planner, site, type, out);
    }
    return set_places(planner, group, out);
}

static struct shape *build_object(struct planner *planner, struct site site, const struct type *type,
                                  const struct selected *selected)
{
    struct shape *shape = arena_new(planner->arena, struct shape);
    *shape = (struct shape){
        .type = type,
        .fields = arena_array(planner->arena, struct shape_field, selected->count),
        .field_count = selected->count,
    };
    for (uint32_t i = 0; i < selected->count && !planner->failed; i++)
        shape->reordered |= build_field(planner, site, type, &selected->groups[i], &shape->fields[i]);
    return shape;
}

static const struct type *root_type(const struct schema *schema, const struct ast_operation *operation)
{
    switch (operation->kind) {
    case AST_MUTATION:
        return schema->mutation;
    case AST_SUBSCRIPTION:
        return schema->subscription;
    default:
        return schema->query;
    }
}

struct plan *plan_make(struct arena *arena, const struct plan_options *options, const struct document *document,
                       const struct ast_operation *operation, struct errors *errors)
{
    struct plan *plan = arena_new(arena, struct plan);
    *plan = (struct plan){
        .arena = arena,
        .schema = options->schema,
        .document = document,
        .operation = operation,
        .needs = document_needs(options->schema, document),
        .conditions = arena_array(arena, struct condition, 8),
        .condition_count = 1, /* 0 always holds */
    };
    struct planner planner = {.arena = arena, .options = options, .plan = plan, .errors = errors, .condition_capacity = 8};
    const struct type *type = root_type(options->schema, operation);
    assert(type != NULL); /* the document is valid */
    plan->root = fetch_create(&planner, FETCH_ROOT, NULL, NULL);
    struct selected selected;
    select_root(&planner, type, &selected);
    plan->root_shape = build_object(&planner, (struct site){.fetch = plan->root}, type, &selected);
    if (planner.failed)
        return NULL;
    assert(plan_verify(plan));
    return plan;
}
