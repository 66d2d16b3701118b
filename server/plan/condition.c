/* condition: @skip and @include kept as logic, so that one plan serves all values of variables. */
#include "plan/planner.h"

#include "base/arena.h"
#include <assert.h>

static uint32_t variable_index(const struct planner *planner, struct str name)
{
    const struct ast_operation *operation = planner->plan->operation;
    for (uint32_t i = 0; i < operation->variable_count; i++) {
        if (str_equal(operation->variables[i].name.text, name))
            return i;
    }
    assert(!"a valid document defines the variables it uses");
    return 0;
}

/* False: the term demands the variable to be both. */
static bool term_add(struct planner *planner, const struct condition_term *term, uint32_t variable,
                     bool wanted, const struct condition_term **out)
{
    uint32_t count = term == NULL ? 0 : term->count;
    for (uint32_t i = 0; i < count; i++) {
        if (term->literals[i].variable == variable) {
            *out = term;
            return term->literals[i].wanted == wanted;
        }
    }
    struct condition_term *longer = arena_alloc(
        planner->arena, sizeof(*longer) + (count + 1) * sizeof(struct condition_literal));
    uint32_t at = 0;
    for (; at < count && term->literals[at].variable < variable; at++)
        longer->literals[at] = term->literals[at];
    longer->literals[at] = (struct condition_literal){.variable = variable, .wanted = wanted};
    for (; at < count; at++)
        longer->literals[at + 1] = term->literals[at];
    longer->count = count + 1;
    *out = longer;
    return true;
}

bool term_and_directives(struct planner *planner, const struct condition_term *term,
                         const struct ast_directives *directives, const struct condition_term **out)
{
    *out = term;
    for (uint32_t i = 0; i < directives->count; i++) {
        const struct ast_directive *directive = &directives->items[i];
        bool skip = str_is(directive->name.text, "skip");
        if (!skip && !str_is(directive->name.text, "include"))
            continue;
        const struct ast_argument *condition = ast_argument(&directive->arguments, "if");
        if (condition->value.kind == AST_VALUE_BOOLEAN) {
            if (condition->value.boolean == skip)
                return false;
            continue;
        }
        uint32_t variable = variable_index(planner, condition->value.text);
        if (!term_add(planner, *out, variable, !skip, out))
            return false;
    }
    return true;
}

bool term_equal(const struct condition_term *a, const struct condition_term *b)
{
    if (a == b)
        return true;
    if (a == NULL || b == NULL || a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->literals[i].variable != b->literals[i].variable ||
            a->literals[i].wanted != b->literals[i].wanted)
            return false;
    }
    return true;
}

static bool condition_equal(const struct condition *condition, const struct condition_term **terms,
                            uint32_t count)
{
    if (condition->count != count)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!term_equal(condition->terms[i], terms[i]))
            return false;
    }
    return true;
}

uint32_t condition_any(struct planner *planner, const struct condition_term **terms, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (terms[i] == NULL)
            return 0;
    }
    struct plan *plan = planner->plan;
    for (uint32_t i = 1; i < plan->condition_count; i++) {
        if (condition_equal(&plan->conditions[i], terms, count))
            return i;
    }
    if (plan->condition_count == planner->condition_capacity) {
        planner->condition_capacity *= 2;
        struct condition *more =
            arena_array(planner->arena, struct condition, planner->condition_capacity);
        memcpy(more, plan->conditions, plan->condition_count * sizeof(*more));
        plan->conditions = more;
    }
    plan->conditions[plan->condition_count] = (struct condition){.terms = terms, .count = count};
    return plan->condition_count++;
}
