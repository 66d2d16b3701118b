/* joins: tables that are joined to the one of a fetch, so that their rows cost no statement. */
#include "plan/planner.h"

#include "base/arena.h"

static bool join_equal(const struct join *a, const struct join *b)
{
    return a->table == b->table && a->binding == b->binding && a->base == b->base &&
           str_equal(a->base_column, b->base_column);
}

/* The number of the join as in struct row_column, made if it is not there yet. */
static uint32_t add_join(struct planner *planner, struct fetch *fetch, const struct join *wanted)
{
    for (uint32_t i = 0; i < fetch->join_count; i++) {
        if (join_equal(&fetch->joins[i], wanted))
            return i + 1;
    }
    if (fetch->join_count == fetch->join_capacity) {
        uint32_t capacity = fetch->join_capacity == 0 ? 4 : fetch->join_capacity * 2;
        struct join *joins = arena_array(planner->arena, struct join, capacity);
        if (fetch->join_count > 0)
            memcpy(joins, fetch->joins, fetch->join_count * sizeof(*joins));
        fetch->joins = joins;
        fetch->join_capacity = capacity;
    }
    fetch->joins[fetch->join_count] = *wanted;
    return ++fetch->join_count;
}

uint32_t site_column(struct planner *planner, struct site site, const struct half *half,
                     struct str column)
{
    uint32_t join = site.join;
    if (half != NULL) {
        const struct join wanted = {
            .table = half->table, .base = site.join, .base_column = half->on};
        join = add_join(planner, site.fetch, &wanted);
    }
    return fetch_column(planner, site.fetch, (struct row_column){.name = column, .join = join});
}
