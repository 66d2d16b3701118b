/* computed: leaves that C code makes of a row's columns, for all rows of a fetch at once. */
#include "plan/planner.h"

#include "base/arena.h"

uint32_t *computed_columns(struct planner *planner, struct site site, const struct binding *binding)
{
    uint32_t *columns = arena_array(planner->arena, uint32_t, binding->need_count);
    for (uint32_t i = 0; i < binding->need_count; i++)
        columns[i] = site_column(planner, site, binding->needs[i].half, binding->needs[i].column);
    return columns;
}

/* The same field under another alias is computed once. */
static bool find_computed(const struct fetch *fetch, const struct computed *wanted, uint32_t *index)
{
    for (*index = 0; *index < fetch->computed_count; (*index)++) {
        const struct computed *each = &fetch->computed[*index];
        if (each->field == wanted->field && each->arguments == wanted->arguments &&
            each->condition == wanted->condition)
            return true;
    }
    return false;
}

static void add_computed(struct planner *planner, struct fetch *fetch,
                         const struct computed *computed)
{
    struct computed *more = arena_array(planner->arena, struct computed, fetch->computed_count + 1);
    if (fetch->computed_count > 0)
        memcpy(more, fetch->computed, fetch->computed_count * sizeof(*more));
    more[fetch->computed_count++] = *computed;
    fetch->computed = more;
}

void computed_build(struct planner *planner, struct site site, const struct binding *binding,
                    struct shape_field *out)
{
    out->kind = SHAPE_COMPUTED;
    out->form = shape_form(out->type->named);
    out->arguments = fetch_arguments(planner, out->field, out->ast);
    struct computed computed = {
        .field = out->field,
        .row_type = site.row_type,
        .binding = binding,
        .condition = out->condition,
        .arguments = out->arguments,
    };
    if (find_computed(site.fetch, &computed, &out->column))
        return;
    computed.columns = computed_columns(planner, site, binding);
    add_computed(planner, site.fetch, &computed);
}
