/* filters: the tables that a document's filters may look into, each with its row rule. */
#include "plan/filter.h"
#include "plan/planner.h"

#include "base/arena.h"

static bool is_known(const struct plan *plan, const struct table *table)
{
    for (uint32_t i = 0; i < plan->filter_table_count; i++) {
        if (plan->filter_tables[i].table == table)
            return true;
    }
    return false;
}

static void add_table(struct planner *planner, const struct table *table)
{
    struct plan *plan = planner->plan;
    struct filter_table *tables =
        arena_array(planner->arena, struct filter_table, plan->filter_table_count + 1);
    if (plan->filter_table_count > 0)
        memcpy(tables, plan->filter_tables, plan->filter_table_count * sizeof(*tables));
    tables[plan->filter_table_count].table = table;
    sql_filter_table(planner, &tables[plan->filter_table_count++]);
    plan->filter_tables = tables;
}

/* Which of its members a filter will have is known when it runs: all of them are prepared for. */
static void add_tables(struct planner *planner, const struct filter *filter)
{
    for (uint32_t i = 0; i < filter->input->input_count; i++) {
        const struct filter_member *member = &filter->members[i];
        bool relation = member->kind == FILTER_ONE || member->kind == FILTER_MANY;
        if (!relation || is_known(planner->plan, member->inner->table))
            continue;
        add_table(planner, member->inner->table);
        add_tables(planner, member->inner);
    }
}

void filter_build(struct planner *planner, const struct fetch *fetch)
{
    const struct input_value *where = fetch->binding->where_argument;
    if (where != NULL && ast_argument(&fetch->ast->arguments, "where") != NULL)
        add_tables(planner, where->type->named->binding);
}
