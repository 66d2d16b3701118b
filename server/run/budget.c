/* budget: what a call costs with the variables it brings, and whether its viewer may spend that. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "run/run.h"
#include <math.h>

static uint32_t budget_of(const struct run *run)
{
    return run->call->engine->engine->options.budgets[run->call->viewer->kind];
}

/* How many of the ids that were given name this type; the others are somebody else's rows. */
static uint32_t ids_of_type(const struct run *run, const struct fetch *fetch)
{
    const struct binding *binding = fetch->binding;
    uint32_t index = (uint32_t)(binding->key_argument - fetch->field->arguments), count = 0;
    const struct input *ids = &run->arguments[fetch->arguments][index];
    const struct input *items = ids->kind == INPUT_LIST ? ids->items : ids;
    for (uint32_t i = 0; i < (ids->kind == INPUT_LIST ? ids->count : 1); i++) {
        struct cell key;
        count += global_id_decode(run->arena, binding->target->type->name, items[i].text, &key);
    }
    return count;
}

/* Where the request says how many rows it wants. */
static uint32_t size_of(const struct run *run, const struct fetch *fetch)
{
    if (fetch->kind != FETCH_ROWS || !run->live[fetch->condition])
        return 0;
    return fetch->binding->is_node ? ids_of_type(run, fetch) : run->pages[fetch->index].limit;
}

static void evaluate(struct run *run)
{
    const struct plan *plan = run->plan;
    uint32_t *sizes = arena_array(run->arena, uint32_t, plan->fetch_count);
    for (uint32_t i = 0; i < plan->fetch_count; i++)
        sizes[i] = size_of(run, plan->fetches[i]);
    run->shares = arena_array(run->arena, struct cost_share, plan->fetch_count);
    run->cost = cost_evaluate(plan, run->live, sizes, run->shares);
    run->cost_known = true;
}

bool run_afford(struct run *run)
{
    uint32_t budget = budget_of(run);
    evaluate(run);
    if (budget == 0 || run->cost.points <= budget)
        return true;
    const struct fetch *dearest = run->plan->fetches[run->cost.dearest];
    struct error *error = errors_add(
        &run->errors, "COST_LIMIT_EXCEEDED",
        "This request costs %.0f points, and %u are allowed at once. %.0f of them are for " STR_FMT
        "." STR_FMT ": ask for fewer at a time.",
        ceil(run->cost.points), budget, ceil(run->shares[run->cost.dearest].points),
        STR_ARG(dearest->field->parent->name), STR_ARG(dearest->field->name));
    error_at(&run->errors, error, run->plan->document, dearest->ast->at);
    return false;
}

void run_tell_cost(const struct run *run, struct buf *out)
{
    if (!run->call->tells_cost || !run->cost_known)
        return;
    buf_printf(out,
               ",\"extensions\":{\"cost\":{\"requested\":%.0f,\"budget\":", ceil(run->cost.points));
    if (budget_of(run) == 0)
        buf_add(out, STR("null"));
    else
        buf_add_uint(out, budget_of(run));
    buf_printf(out, ",\"rowsAtMost\":%.0f,\"rows\":%llu,\"statements\":%u}}",
               run->cost.rows_at_most, (unsigned long long)run->rows_read, run->statements);
}
