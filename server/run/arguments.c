/* arguments: what a request's variables make of a plan: conditions, arguments, pages. */
#include "run/run.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"

static bool condition_holds(struct run *run, const struct condition *condition)
{
    for (uint32_t i = 0; i < condition->count; i++) {
        const struct condition_term *term = condition->terms[i];
        bool holds = true;
        for (uint32_t j = 0; j < term->count && holds; j++) {
            const struct input *value = &run->variables.values[term->literals[j].variable];
            holds = value->kind == INPUT_BOOLEAN && value->boolean == term->literals[j].wanted;
        }
        if (holds)
            return true;
    }
    return false;
}

/* The `if` of @skip and @include is never null, but a variable with a default may be set to null.
 */
static bool check_condition_variables(struct run *run)
{
    const struct plan *plan = run->plan;
    for (uint32_t i = 1; i < plan->condition_count; i++) {
        for (uint32_t j = 0; j < plan->conditions[i].count; j++) {
            const struct condition_term *term = plan->conditions[i].terms[j];
            for (uint32_t k = 0; k < term->count; k++) {
                uint32_t variable = term->literals[k].variable;
                if (run->variables.values[variable].kind == INPUT_BOOLEAN)
                    continue;
                const struct ast_variable_definition *definition =
                    &plan->operation->variables[variable];
                struct error *error =
                    errors_add(&run->errors, "BAD_USER_INPUT",
                               "Argument \"if\" of non-null type \"Boolean!\" must not be null, "
                               "which variable \"$" STR_FMT "\" is.",
                               STR_ARG(definition->name.text));
                error_at(&run->errors, error, plan->document, definition->at);
                return false;
            }
        }
    }
    return true;
}

static const struct input *argument(const struct run *run, const struct fetch *fetch,
                                    const char *name)
{
    for (uint32_t i = 0; i < fetch->field->argument_count; i++) {
        if (str_is(fetch->field->arguments[i].name, name))
            return &run->arguments[fetch->arguments][i];
    }
    return NULL;
}

static bool is_given(const struct input *value)
{
    return value != NULL && value->kind != INPUT_ABSENT && value->kind != INPUT_NULL;
}

static bool bind_fail(struct run *run, const struct fetch *fetch, struct str message)
{
    struct error *error = errors_add(&run->errors, "BAD_USER_INPUT", STR_FMT, STR_ARG(message));
    error_at(&run->errors, error, run->plan->document, fetch->ast->at);
    return false;
}

/* first/after walk forward, last/before backward (Relay's cursor connections). */
static bool bind_page(struct run *run, const struct fetch *fetch, struct page *page)
{
    const struct input *first = argument(run, fetch, "first"), *last = argument(run, fetch, "last");
    const struct input *after = argument(run, fetch, "after"),
                       *before = argument(run, fetch, "before");
    if (is_given(first) && is_given(last))
        return bind_fail(run, fetch, STR("Give \"first\" or \"last\", not both."));
    page->backward = is_given(last) || (is_given(before) && !is_given(first));
    const struct input *size = page->backward ? last : first;
    const struct input *cursor = page->backward ? before : after;
    if (is_given(page->backward ? after : before))
        return bind_fail(run, fetch,
                         STR("Use \"after\" with \"first\", and \"before\" with \"last\"."));
    page->limit = PAGE_DEFAULT;
    if (is_given(size)) {
        if (size->integer < 1 || size->integer > PAGE_LIMIT)
            return bind_fail(run, fetch,
                             STR("\"first\" and \"last\" take a number from 1 to 200."));
        page->limit = (uint32_t)size->integer;
    }
    if (is_given(cursor) && !cursor_decode(run->arena, fetch->binding, cursor->text, page))
        return bind_fail(run, fetch,
                         STR("The cursor is not one of this list in this order. Use one that this "
                             "list has given in the same order, unchanged."));
    return true;
}

/* A plain list gives as many rows as it may, or as the caller says. */
static bool bind_size(struct run *run, const struct fetch *fetch, struct page *page)
{
    const struct binding *binding = fetch->binding;
    const struct input_value *argument = binding->size_argument;
    page->limit = binding->limit;
    if (argument == NULL)
        return true;
    const struct input *size =
        &run->arguments[fetch->arguments][argument - fetch->field->arguments];
    if (!is_given(size))
        return true;
    if (size->integer < 1 || size->integer > binding->limit)
        return bind_fail(run, fetch,
                         str_printf(run->arena, "\"" STR_FMT "\" takes a number from 1 to %u.",
                                    STR_ARG(argument->name), binding->limit));
    page->limit = (uint32_t)size->integer;
    page->chosen = true;
    return true;
}

static bool bind_ids(struct run *run, const struct fetch *fetch)
{
    uint32_t index = (uint32_t)(fetch->binding->key_argument - fetch->field->arguments);
    if (run->arguments[fetch->arguments][index].count <= PAGE_LIMIT)
        return true;
    return bind_fail(run, fetch, STR("Ask for at most 200 ids at once."));
}

static bool bind_fetch(struct run *run, const struct fetch *fetch)
{
    bool rows =
        fetch->kind == FETCH_ROWS || fetch->kind == FETCH_COUNT || fetch->kind == FETCH_BRANCH;
    uint32_t condition = fetch->whole == NULL ? fetch->condition : fetch->whole->condition;
    if (!rows || !run->live[condition])
        return true;
    if (fetch->arguments != UINT32_MAX && run->problems[fetch->arguments].len > 0)
        return bind_fail(run, fetch, run->problems[fetch->arguments]);
    if (fetch->binding->is_node && !bind_ids(run, fetch))
        return false;
    struct page *page = &run->pages[fetch->index];
    bool paged = fetch->kind == FETCH_ROWS && fetch->binding->kind == BIND_CONNECTION;
    bool list = fetch->kind == FETCH_ROWS && fetch->binding->kind == BIND_LIST;
    struct str problem;
    if ((paged || list) && !order_bind(run, fetch, page, &problem))
        return bind_fail(run, fetch, problem);
    if ((paged && !bind_page(run, fetch, page)) || (list && !bind_size(run, fetch, page)))
        return false;
    return narrow_bind(run, fetch, &run->predicates[fetch->index], &problem) ||
           bind_fail(run, fetch, problem);
}

static uint32_t value_at(const struct ast_selection *field, struct str argument)
{
    for (uint32_t i = 0; i < field->arguments.count; i++) {
        if (str_equal(field->arguments.items[i].name.text, argument))
            return field->arguments.items[i].value.at;
    }
    return field->at;
}

/* One by one, to know which of them is to blame. */
static void bind_argument_list(struct run *run, uint32_t index)
{
    const struct argument_list *list = &run->plan->argument_lists[index];
    const struct field *field = list->field;
    struct input *values = arena_array(run->arena, struct input, field->argument_count);
    run->arguments[index] = values;
    for (uint32_t i = 0; i < field->argument_count; i++) {
        if (coerce_arguments(&field->arguments[i], 1, &list->ast->arguments, &run->variables,
                             run->arena, &values[i], &run->problems[index]))
            continue;
        if (run->problems[index].len == 0)
            run->problems[index] = STR("The arguments cannot be used.");
        run->problems_at[index] = value_at(list->ast, field->arguments[i].name);
        return;
    }
}

static void bind_argument_lists(struct run *run)
{
    uint32_t count = run->plan->argument_list_count;
    run->arguments = arena_array(run->arena, struct input *, count);
    run->problems = arena_array(run->arena, struct str, count);
    run->problems_at = arena_array(run->arena, uint32_t, count);
    for (uint32_t i = 0; i < count; i++)
        bind_argument_list(run, i);
}

bool run_bind(struct run *run)
{
    const struct plan *plan = run->plan;
    if (!coerce_variables(plan->schema, plan->document, plan->operation, run->call->variables,
                          run->call->viewer->rights, run->arena, &run->errors, &run->variables))
        return false;
    if (!check_condition_variables(run))
        return false;
    run->live = arena_array(run->arena, bool, plan->condition_count);
    run->live[0] = true;
    for (uint32_t i = 1; i < plan->condition_count; i++)
        run->live[i] = condition_holds(run, &plan->conditions[i]);
    bind_argument_lists(run);
    run->pages = arena_array(run->arena, struct page, plan->fetch_count);
    run->predicates = arena_array(run->arena, struct predicate, plan->fetch_count);
    run->moments = arena_array(run->arena, struct cell, plan->fetch_count);
    for (uint32_t i = 0; i < plan->fetch_count; i++) {
        if (!moment_bind(run, plan->fetches[i]) || !bind_fetch(run, plan->fetches[i]))
            return false;
    }
    return run_afford(run);
}
