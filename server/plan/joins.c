/* joins: tables that are joined to the one of a fetch, so that their rows cost no statement.
 *
 * An object's other half is joined when a column of it is wanted. The one row that a column names
 * is joined when nothing hangs below it but its own columns, and when few rows are expected: with
 * many, the same row is often named again, and a fetch of its own reads each once. What is held in
 * memory is not joined.
 */
#include "plan/planner.h"

#include "base/arena.h"

enum {
    ROWS_TO_JOIN = 32, /* expected of the fetch, at most */
    JOINS_TO_JOIN = 8, /* of the fetch; an object's other half is joined beyond, too */
};

static bool join_equal(const struct join *a, const struct join *b)
{
    return a->table == b->table && (a->binding == NULL) == (b->binding == NULL) &&
           a->base == b->base && str_equal(a->base_column, b->base_column);
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

/* ---- rows that a column names ---- */

static uint64_t rows_expected(const struct fetch *fetch)
{
    if (fetch->parent == NULL)
        return 1;
    uint64_t parents = rows_expected(fetch->parent);
    if (fetch->kind != FETCH_ROWS || fetch->binding->kind == BIND_ONE)
        return parents;
    if (fetch->binding->kind == BIND_CONNECTION && fetch->parent->kind == FETCH_ROOT)
        return PAGE_DEFAULT;
    return parents * fetch->binding->average;
}

/* Nothing is selected but columns of the row, or of rows that it names, as of the same moment. */
static bool is_flat(struct planner *planner, const struct type *type, const struct group *group)
{
    const struct schema *schema = planner->options->schema;
    struct selected selected;
    select_fields(planner, type, group->items, group->count, &selected);
    for (uint32_t i = 0; i < selected.count; i++) {
        const struct group *inner = &selected.groups[i];
        const struct field *field =
            schema_field(schema, type, inner->items[0].field->name.text, UINT64_MAX);
        const struct binding *binding = field->binding;
        if (field == schema->typename_field)
            continue;
        if (binding == NULL)
            return false;
        bool flat = binding->kind == BIND_COLUMN || binding->kind == BIND_EMBEDDED ||
                    (binding->kind == BIND_ONE && binding->moment_argument == NULL &&
                     is_flat(planner, binding->target->type, inner));
        if (!flat)
            return false;
    }
    return true;
}

bool one_is_joined(struct planner *planner, struct site site, const struct group *group,
                   const struct binding *binding)
{
    bool in_memory = site.fetch->reference != NULL || binding->target->reference != NULL;
    return site.fetch->kind == FETCH_ROWS && !in_memory && binding->moment_argument == NULL &&
           binding->target->kind_count == 0 && site.fetch->join_count < JOINS_TO_JOIN &&
           rows_expected(site.fetch) <= ROWS_TO_JOIN &&
           is_flat(planner, binding->target->type, group);
}

void joined_build(struct planner *planner, struct site site, const struct group *group,
                  const struct binding *binding, struct shape_field *out)
{
    const struct join wanted = {
        .table = binding->target,
        .binding = binding,
        .base = site.join,
        .base_column = binding->column,
    };
    struct site inner = {.fetch = site.fetch, .join = add_join(planner, site.fetch, &wanted)};
    out->kind = SHAPE_EMBEDDED;
    out->column = site_column(planner, inner, NULL, binding->target->primary_key);
    shapes_build(planner, inner, out->type->named, group, &out->shapes, &out->shape_types,
                 &out->shape_count);
}
