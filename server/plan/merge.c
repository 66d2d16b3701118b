/* merge: lists over several tables in one order: kinds and keys first, then the rows of each type.
 */
#include "plan/planner.h"

#include "base/arena.h"
#include "base/buf.h"

static struct row_column merged_column(struct str name)
{
    return (struct row_column){.name = name, .computed = true};
}

/* The rows have the key of the parent, then the columns of the order: at, kind, id. */
static void add_columns(struct planner *planner, struct fetch *fetch)
{
    const struct binding *binding = fetch->binding;
    for (uint32_t i = 0; i < binding->order_count && fetch->kind == FETCH_ROWS; i++)
        fetch_column(planner, fetch, merged_column(binding->order[i].column));
}

void merge_build(struct planner *planner, struct fetch *fetch)
{
    const struct binding *binding = fetch->binding;
    if (binding->branch_count == 0)
        return;
    add_columns(planner, fetch);
    fetch->branches = arena_array(planner->arena, struct fetch *, binding->branch_count);
    fetch->branch_count = binding->branch_count;
    for (uint32_t i = 0; i < binding->branch_count && !planner->failed; i++) {
        struct fetch *branch =
            fetch_create(planner, FETCH_BRANCH, (struct fetch *)fetch->parent, NULL);
        branch->field = fetch->field;
        branch->ast = fetch->ast;
        branch->binding = &binding->branches[i];
        branch->arguments = fetch->arguments;
        branch->condition = fetch->condition;
        branch->whole = fetch;
        fetch->branches[i] = branch;
    }
}

void merge_rows_build(struct planner *planner, struct fetch *fetch, const struct group *group,
                      struct shape_field *out)
{
    out->nodes = fetch->binding->nodes;
    out->column = fetch_column(planner, fetch, merged_column(out->nodes[0].kind_column));
    nodes_build_children(planner, (struct site){.fetch = fetch}, group, out->nodes, out);
}

void merge_add_select(const struct fetch *branch, struct buf *out)
{
    const struct binding *binding = branch->binding;
    struct str key = binding->target_key;
    buf_add(out, STR("SELECT "));
    if (key.len > 0)
        buf_printf(out, "t.`" STR_FMT "` AS `k`", STR_ARG(key));
    else
        buf_add(out, STR("0 AS `k`"));
    if (branch->whole->kind == FETCH_COUNT)
        buf_add(out, STR(", COUNT(*) AS `n`"));
    else
        buf_printf(out, ", t.`" STR_FMT "` AS `at`, %lld AS `kind`, t.`" STR_FMT "` AS `id`",
                   STR_ARG(binding->order[0].column), (long long)binding->kind_value.integer,
                   STR_ARG(binding->target->primary_key));
}
