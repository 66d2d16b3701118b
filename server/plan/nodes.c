/* nodes: rows of whatever type, by a global id or by a kind and a key: one fetch for each type. */
#include "plan/planner.h"

#include "base/arena.h"

static void limit_to_kind(struct planner *planner, struct site site, struct fetch *fetch)
{
    const struct binding *binding = fetch->binding;
    if (binding->kind_column.len == 0)
        return;
    fetch->kind_value = &binding->kind_value;
    fetch->kind_column = site_column(planner, site, NULL, binding->kind_column);
    share_limit(planner, site, fetch);
}

/* Of another type of the site's rows, which asked the same: all its children serve this one, too.
 */
static bool share_nodes(struct planner *planner, struct site site, const struct group *group,
                        const struct binding *binding, struct shape_field *out)
{
    if (site.row_type == NULL || binding->kind_column.len == 0)
        return false;
    const struct fetch wanted = {
        .kind = FETCH_ROWS,
        .field = out->field,
        .binding = &binding->nodes[0],
        .parent_column = row_parent_column(planner, site, out->field, &binding->nodes[0]),
        .kind_value = &binding->nodes[0].kind_value,
        .kind_column = out->column,
    };
    if (!share_child(planner, site, &wanted, group, out))
        return false;
    for (uint32_t i = 1; i < out->shape_count; i++)
        share_limit(planner, site, site.fetch->children[out->child + i]);
    return true;
}

static struct fetch *node_fetch(struct planner *planner, struct site site,
                                const struct group *group, const struct binding *binding,
                                const struct shape_field *field, uint32_t *child)
{
    const struct fetch wanted = {
        .kind = FETCH_ROWS,
        .field = field->field,
        .ast = field->ast,
        .binding = binding,
        .condition = field->condition,
        .parent_column = row_parent_column(planner, site, field->field, binding),
        .kind_value = field->nodes == NULL ? NULL : &binding->kind_value,
        .kind_column = field->column,
    };
    struct fetch *fetch = share_fetch(planner, site, &wanted, child);
    if (fetch != NULL)
        return fetch;
    fetch = row_fetch_create(planner, site, FETCH_ROWS, group, field, binding);
    limit_to_kind(planner, site, fetch);
    *child = fetch_add_child(planner, site.fetch, fetch);
    return fetch;
}

void node_build(struct planner *planner, struct site site, const struct group *group,
                const struct binding *binding, struct shape_field *out)
{
    out->kind = SHAPE_NODE;
    out->arguments = fetch_arguments(planner, out->field, out->ast);
    if (binding->kind_column.len > 0) {
        out->nodes = binding->nodes;
        out->column = site_column(planner, site, NULL, binding->kind_column);
    }
    if (!share_nodes(planner, site, group, binding, out))
        nodes_build_children(planner, site, group, binding->nodes, out);
}

void nodes_build_children(struct planner *planner, struct site site, const struct group *group,
                          const struct binding *nodes, struct shape_field *out)
{
    const struct type *named = out->type->named;
    out->shape_count = named->possible_count;
    out->shape_types = (const struct type **)named->possible;
    out->shapes = arena_array(planner->arena, struct shape *, named->possible_count);
    for (uint32_t i = 0; i < named->possible_count && !planner->failed; i++) {
        uint32_t child;
        struct fetch *fetch =
            node_fetch(planner, site, i == 0 ? group : NULL, &nodes[i], out, &child);
        if (i == 0)
            out->child = child; /* the others follow it */
        if (i == 0 && fetch->shapes == NULL)
            share_offer(fetch, out);
        struct site inner = {.fetch = fetch};
        out->shapes[i] = shape_build(planner, inner, named->possible[i], group);
    }
}
