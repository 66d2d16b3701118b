/* relations: fields that lead to rows of other tables: one, a list, or a connection with its pages.
 */
#include "base/arena.h"
#include "plan/filter.h"
#include "plan/planner.h"

static struct row_column own_column(struct str name)
{
    return (struct row_column){.name = name};
}

/* What belongs to a row that is asked for by its key belongs to that key, whether the row is there
 * or not. Not for texts: the database may find other keys equal than we do. */
static bool is_early(const struct fetch *parent, const struct fetch *fetch)
{
    return parent->kind == FETCH_ROWS && !parent->has_types && fetch->parent_column == 0 &&
           fetch->binding->kind_column.len == 0 && fetch->reference == NULL &&
           parent->binding->target_key.len > 0 && !parent->binding->key_is_text;
}

/* Of an object, the C code that made it says which row is meant. */
static uint32_t object_key_column(struct planner *planner, struct fetch *fetch,
                                  const struct field *field)
{
    for (uint32_t i = FIRST_LEAF_COLUMN; i < fetch->width; i++) {
        if (fetch->object_columns[i].field == field)
            return i;
    }
    return fetch_object_column(planner, fetch, field->parent, field, UINT32_MAX);
}

uint32_t row_parent_column(struct planner *planner, struct site site, const struct field *field,
                           const struct binding *binding)
{
    if (site.fetch->kind == FETCH_ROOT)
        return 0;
    if (site.fetch->kind == FETCH_OBJECTS)
        return object_key_column(planner, site.fetch, field);
    return site_column(planner, site, NULL,
                       binding->kind == BIND_ONE ? binding->column : binding->parent_key);
}

/* Rows that are held in memory are as wide as they are there. */
static void use_reference(struct planner *planner, struct fetch *fetch)
{
    const struct reference *reference = fetch->binding->target->reference;
    if (reference == NULL)
        return;
    fetch->reference = reference;
    for (uint32_t i = 0; i < reference->column_count; i++)
        fetch_column(planner, fetch, own_column(reference->columns[i]));
}

struct fetch *row_fetch_create(struct planner *planner, struct site site, enum fetch_kind kind,
                               const struct group *group, const struct shape_field *field,
                               const struct binding *binding)
{
    struct fetch *fetch = fetch_create(planner, kind, site.fetch, group);
    fetch->field = field->field;
    fetch->ast = field->ast;
    fetch->binding = binding;
    fetch->arguments = fetch_arguments(planner, field->field, field->ast);
    fetch->condition = field->condition;
    filter_build(planner, fetch);
    fetch_column(planner, fetch,
                 own_column(binding->target_key.len > 0 ? binding->target_key
                                                        : binding->target->primary_key));
    bool by_column = site.fetch->kind == FETCH_ROWS && binding->kind_column.len == 0;
    if (by_column && binding->kind == BIND_ONE)
        use_reference(planner, fetch);
    fetch->parent_column = row_parent_column(planner, site, field->field, binding);
    fetch->early = is_early(site.fetch, fetch);
    if (kind == FETCH_ROWS && binding->target->kind_count > 0 &&
        type_is_abstract(binding->target->type)) {
        fetch->has_types = true;
        fetch->type_column = fetch_column(planner, fetch, own_column(binding->target->kind_column));
    }
    merge_build(planner, fetch);
    return fetch;
}

/* The rows of a field with what is selected of them. */
static void build_rows(struct planner *planner, struct site site, const struct group *group,
                       const struct binding *binding, struct shape_field *out)
{
    const struct fetch wanted = {.kind = FETCH_ROWS,
                                 .field = out->field,
                                 .ast = out->ast,
                                 .binding = binding,
                                 .condition = out->condition,
                                 .parent_column =
                                     row_parent_column(planner, site, out->field, binding)};
    if (share_child(planner, site, &wanted, group, out))
        return;
    struct fetch *fetch = share_fetch(planner, site, &wanted, &out->child);
    bool fresh = fetch == NULL;
    if (fresh) {
        fetch = row_fetch_create(planner, site, FETCH_ROWS, group, out, binding);
        share_limit(planner, site, fetch);
        out->child = fetch_add_child(planner, site.fetch, fetch);
    }
    shapes_build(planner, (struct site){.fetch = fetch}, out->type->named, group, &out->shapes,
                 &out->shape_types, &out->shape_count);
    if (fresh)
        share_offer(fetch, out);
}

void rows_build(struct planner *planner, struct site site, const struct group *group,
                const struct binding *binding, struct shape_field *out)
{
    out->kind = binding->kind == BIND_ONE ? SHAPE_ONE : SHAPE_LIST;
    build_rows(planner, site, group, binding, out);
}

/* ---- connections ---- */

static void need_order_columns(struct planner *planner, struct fetch *fetch)
{
    const struct binding *binding = fetch->binding;
    if (fetch->order_columns != NULL)
        return;
    fetch->order_columns = arena_array(planner->arena, uint32_t, binding->order_count);
    for (uint32_t i = 0; i < binding->order_count; i++)
        fetch->order_columns[i] =
            fetch_column(planner, fetch, own_column(binding->order[i].column));
    if (binding->sort == NULL || ast_argument(&fetch->ast->arguments, "orderBy") == NULL)
        return;
    /* What the request sorts by is known when it runs. */
    for (uint32_t i = 0; i < binding->sort->count; i++)
        fetch_column(planner, fetch, own_column(binding->sort->terms[i].column));
    fetch_column(planner, fetch, own_column(binding->target->primary_key));
}

static void build_total_count(struct planner *planner, struct fetch *rows, struct shape_field *out)
{
    struct fetch *parent = (struct fetch *)rows->parent;
    struct shape_field like = {.field = rows->field, .ast = rows->ast, .condition = out->condition};
    const struct site site = {.fetch = parent};
    const struct fetch wanted = {.kind = FETCH_COUNT,
                                 .field = rows->field,
                                 .ast = rows->ast,
                                 .binding = rows->binding,
                                 .condition = out->condition,
                                 .parent_column = rows->parent_column};
    out->kind = SHAPE_TOTAL_COUNT;
    if (share_fetch(planner, site, &wanted, &out->child) != NULL)
        return;
    struct fetch *count = row_fetch_create(planner, site, FETCH_COUNT, NULL, &like, rows->binding);
    count->arguments = rows->arguments;
    out->child = fetch_add_child(planner, parent, count);
}

void connection_field_build(struct planner *planner, struct fetch *fetch, enum binding_kind kind,
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
    if (fetch->branch_count > 0 && (kind == BIND_NODES || kind == BIND_EDGE_NODE)) {
        merge_rows_build(planner, fetch, group, out);
        return;
    }
    if (kind == BIND_EDGE_CURSOR || kind == BIND_START_CURSOR || kind == BIND_END_CURSOR)
        need_order_columns(planner, fetch);
    if (kind == BIND_HAS_NEXT_PAGE || kind == BIND_HAS_PREVIOUS_PAGE)
        fetch->needs_more = true;
    if (type_is_composite(out->type->named))
        shapes_build(planner, (struct site){.fetch = fetch}, out->type->named, group, &out->shapes,
                     &out->shape_types, &out->shape_count);
}

void connection_build(struct planner *planner, struct site site, const struct group *group,
                      const struct binding *binding, struct shape_field *out)
{
    out->kind = SHAPE_CONNECTION;
    build_rows(planner, site, group, binding, out);
}
