/* cost: what a plan asks of the database, as a formula over the sizes and conditions of a request.
 */
#include "plan/cost.h"

#include "base/arena.h"
#include "plan/plan.h"
#include <math.h>

enum {
    OBJECTS_IN_LIST = 10,         /* of a source in memory: nobody says how many there are */
    COUNTED_AT_ROOT = PAGE_LIMIT, /* rows behind a count of all that there are */
};

/* ---- compiling ---- */

static bool gives_list(const struct fetch *fetch)
{
    uint32_t level = 0;
    for (const struct type_use *use = fetch->field->type; use != NULL; use = use->of)
        level += use->kind == USE_LIST;
    return fetch->list_level < level;
}

static void compile_rows(const struct fetch *fetch, struct cost_step *step)
{
    const struct binding *binding = fetch->binding;
    if (fetch->reference != NULL) {
        step->work = COST_OF_OBJECTS;
        step->most = 1;
        step->together = KEYS_IN_LIST; /* of the statement for what memory lacks */
        return;
    }
    bool at_root = fetch->parent->kind == FETCH_ROOT;
    step->work = COST_OF_ROWS;
    step->together = KEYS_IN_LIST;
    step->joins = fetch->join_count + fetch->branch_count;
    if (binding->kind == BIND_ONE) {
        step->most = binding->is_node ? 0 : 1;
        return;
    }
    bool chosen = binding->kind == BIND_CONNECTION || binding->size_argument != NULL;
    step->usual = at_root && chosen ? 0 : binding->average;
    step->beyond = 1;
    step->together = 0;
}

static void compile_step(const struct fetch *fetch, struct cost_step *step)
{
    *step = (struct cost_step){
        .parent = fetch->parent == NULL ? 0 : fetch->parent->index,
        .condition = fetch->condition,
    };
    if (fetch->kind == FETCH_ROWS) {
        compile_rows(fetch, step);
    } else if (fetch->kind == FETCH_COUNT) {
        step->work = COST_OF_COUNT;
        step->usual = fetch->parent->kind == FETCH_ROOT ? COUNTED_AT_ROOT : fetch->binding->average;
        step->most = 1;
        step->together = KEYS_IN_LIST;
    } else if (fetch->kind == FETCH_OBJECTS) {
        step->work = COST_OF_OBJECTS;
        step->most = gives_list(fetch) ? OBJECTS_IN_LIST : 1;
        const struct binding *binding = fetch->field == NULL ? NULL : fetch->field->binding;
        step->usual = binding == NULL ? 0 : binding->average;
    }
}

void cost_compile(struct plan *plan)
{
    plan->cost_steps = arena_array(plan->arena, struct cost_step, plan->fetch_count);
    for (uint32_t i = 0; i < plan->fetch_count; i++)
        compile_step(plan->fetches[i], &plan->cost_steps[i]);
}

/* ---- evaluating ---- */

/* Parents in one statement, as run/statement.c will have it. */
static uint32_t parents_together(const struct cost_step *step, uint32_t most)
{
    if (step->together > 0)
        return step->together;
    uint32_t wanted = most + step->beyond;
    return pages_are_deep(step->usual, wanted) ? BRANCHES_IN_UNION : keys_in_list(wanted);
}

static double points_of(const struct cost_step *step, const struct cost_share *share, uint32_t most,
                        double rows)
{
    if (step->work == COST_OF_OBJECTS)
        return rows / COST_OBJECTS;
    double statements = ceil(share->parents / parents_together(step, most));
    return COST_STATEMENT * (statements < 1 ? 1 : statements) + rows * (1 + step->joins);
}

/* Where all rows of several parents are read at once it may be some times as many as are wanted
 * before the statement is given up, and then those that are wanted. */
static double read_most(const struct cost_step *step, double parents, uint32_t wanted)
{
    if (step->together > 0 || parents <= 1 || pages_are_deep(step->usual, wanted))
        return parents * wanted;
    return parents * wanted * (LISTS_CUT_FACTOR + 1) +
           ROWS_ALWAYS_CUT * ceil(parents / keys_in_list(wanted));
}

static void evaluate_step(const struct cost_step *step, const struct cost_share *parent,
                          uint32_t size, double *read_at_most, struct cost_share *out)
{
    uint32_t most = step->most > 0 ? step->most : size;
    uint32_t usual = step->usual > 0 && step->usual < most ? step->usual : most;
    *out = (struct cost_share){.live = most > 0,
                               .parents = parent->rows,
                               .rows = parent->rows * usual,
                               .at_most = parent->at_most * most};
    if (!out->live)
        return;
    double counted = step->work == COST_OF_COUNT ? parent->rows * step->usual : out->rows;
    out->points = points_of(step, out, most, counted);
    if (step->together > 0 || step->work == COST_OF_ROWS)
        *read_at_most += read_most(step, parent->at_most, most + step->beyond);
}

struct cost cost_evaluate(const struct plan *plan, const bool *live, const uint32_t *sizes,
                          struct cost_share *shares)
{
    struct cost cost = {0};
    shares[0] = (struct cost_share){.live = true, .parents = 1, .rows = 1, .at_most = 1};
    for (uint32_t i = 1; i < plan->fetch_count; i++) {
        const struct cost_step *step = &plan->cost_steps[i];
        shares[i] = (struct cost_share){0};
        if (!shares[step->parent].live || !live[step->condition])
            continue;
        evaluate_step(step, &shares[step->parent], sizes[i], &cost.rows_at_most, &shares[i]);
        cost.points += shares[i].points;
        if (shares[i].points > shares[cost.dearest].points)
            cost.dearest = i;
    }
    return cost;
}
