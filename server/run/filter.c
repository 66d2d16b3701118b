/* filter: what a client asks of the rows of a list, as a condition.
 *
 * What a filter says of a row is either so or not so; there is no third. A value that is NULL is
 * equal to nothing, and `not` is what is left: (…) IS NOT TRUE. Members come in the order of the
 * input type, whatever order they were written in, so that equal shapes give equal texts. Other
 * tables are looked into by `IN (SELECT …)`, inside of which the other table is t in turn, narrowed
 * by its row rule, which the planner has written.
 */
#include "plan/filter.h"
#include "run/run.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"
#include "run/engine_internal.h"
#include <assert.h>

struct filtering {
    struct run *run;
    struct predicate *out;
    const struct cell *moment; /* NULL: now */
    uint32_t depth;
    struct str problem; /* .at NULL: none */
};

static bool is_said(const struct input *value)
{
    return value->kind != INPUT_ABSENT && value->kind != INPUT_NULL;
}

static void refuse(struct filtering *filtering, struct str problem)
{
    if (filtering->problem.at == NULL)
        filtering->problem = problem;
}

/* Conditions of all filters of a request are counted together. */
static void count_condition(struct filtering *filtering)
{
    const struct engine_options *options = &filtering->run->call->engine->engine->options;
    if (++filtering->run->filter_conditions > options->filter_limit)
        refuse(filtering,
               str_printf(filtering->run->arena,
                          "The filters of this request have more than %u conditions; ask for less "
                          "at once.",
                          options->filter_limit));
}

/* Steps one object deeper. False: too deep. */
static bool enter(struct filtering *filtering)
{
    const struct engine_options *options = &filtering->run->call->engine->engine->options;
    if (++filtering->depth <= options->filter_depth)
        return true;
    refuse(filtering, str_printf(filtering->run->arena,
                                 "A filter goes deeper than %u objects; say it more simply.",
                                 options->filter_depth));
    return false;
}

static void leave(struct filtering *filtering)
{
    filtering->depth--;
}

static void add(struct filtering *filtering, struct str text)
{
    predicate_text(filtering->out, text);
}

/* Before each part of a conjunction. */
static void join(struct filtering *filtering, uint32_t *parts)
{
    if ((*parts)++ > 0)
        add(filtering, STR(" AND "));
}

/* ---- what a column holds ---- */

static void add_value(struct filtering *filtering, const struct filter_member *member,
                      const struct input *asked);

static void add_null(struct filtering *filtering, const struct filter_member *member, bool wanted)
{
    predicate_column(filtering->out, member->compared.column);
    add(filtering, wanted ? STR(" IS NULL") : STR(" IS NOT NULL"));
}

static void add_several(struct filtering *filtering, const struct filter_member *member,
                        const struct input *list)
{
    if (list->count > PAGE_LIMIT)
        refuse(filtering, STR("\"in\" takes at most 200 values."));
    else
        predicate_in(filtering->out, &member->compared, list);
}

static void add_operation(struct filtering *filtering, const struct filter_member *member,
                          enum filter_operation operation, const struct input *value)
{
    static const char *const comparisons[] = {
        [FILTER_EQUAL] = "=",     [FILTER_AT_LEAST] = ">=", [FILTER_AT_MOST] = "<=",
        [FILTER_MORE_THAN] = ">", [FILTER_LESS_THAN] = "<",
    };
    switch (operation) {
    case FILTER_IN:
        add_several(filtering, member, value);
        return;
    case FILTER_STARTS_WITH:
        predicate_like(filtering->out, &member->compared, "", value->text);
        return;
    case FILTER_CONTAINS:
        predicate_like(filtering->out, &member->compared, "%", value->text);
        return;
    case FILTER_IS_NULL:
        add_null(filtering, member, value->boolean);
        return;
    case FILTER_VALUE_NOT:
        add(filtering, STR("("));
        add_value(filtering, member, value);
        add(filtering, STR(") IS NOT TRUE"));
        return;
    default:
        predicate_compare(filtering->out, &member->compared, comparisons[operation], value);
    }
}

/* A conjunction of all that is asked of one value. */
static void add_value(struct filtering *filtering, const struct filter_member *member,
                      const struct input *asked)
{
    uint32_t parts = 0;
    if (!enter(filtering))
        return;
    for (uint32_t i = 0; i < asked->count; i++) {
        const struct input *value = &asked->fields[i].value;
        if (!is_said(value))
            continue;
        join(filtering, &parts);
        count_condition(filtering);
        add_operation(filtering, member, member->operations[i], value);
    }
    if (parts == 0)
        add(filtering, STR("TRUE"));
    leave(filtering);
}

/* ---- other tables ---- */

static void add_object(struct filtering *filtering, const struct filter *filter,
                       const struct input *object);

static const struct row_rule *rule_of(const struct filtering *filtering, const struct table *table)
{
    const struct plan *plan = filtering->run->plan;
    for (uint32_t i = 0; i < plan->filter_table_count; i++) {
        if (plan->filter_tables[i].table == table)
            return &plan->filter_tables[i].rule;
    }
    return NULL;
}

/* Which rows of the other table there are for this viewer, as of the moment of the list. */
static void add_visible(struct filtering *filtering, const struct table *table)
{
    const struct run *run = filtering->run;
    const struct viewer *viewer = run->call->viewer;
    const struct row_rule *rule = rule_of(filtering, table);
    struct predicate *out = filtering->out;
    assert(rule != NULL && rule->decided); /* the planner has prepared for all that may be said */
    bool then = filtering->moment != NULL && viewer->kind == VIEWER_PARTNER;
    struct str condition = then ? rule->then : rule->condition[viewer->kind];
    if (filtering->moment != NULL && rule->recorded.len > 0) {
        add(filtering, rule->recorded);
        predicate_parameter(out, *filtering->moment);
        add(filtering, STR(" AND "));
    }
    if (condition.len > 0) {
        add(filtering, condition);
        add(filtering, STR(" AND "));
    }
    if (condition.len > 0 && rule->bound[viewer->kind])
        predicate_parameter(out, narrow_scope(viewer));
    if (narrow_kind_count(run, table) == ALL_KINDS)
        return;
    narrow_kinds(run, table, out);
    add(filtering, STR(" AND "));
}

/* t.`here` IN (SELECT t.`there` FROM … WHERE <row rule> AND <filter>) */
static void look_into(struct filtering *filtering, const struct filter *filter, struct str here,
                      struct str there, const struct input *object)
{
    struct predicate *out = filtering->out;
    count_condition(filtering);
    predicate_column(out, here);
    add(filtering, STR(" IN (SELECT "));
    predicate_column(out, there);
    add(filtering, STR(" FROM "));
    add(filtering, filter->table->quoted);
    if (filtering->moment != NULL && filter->table->versioned) {
        add(filtering, STR(" FOR SYSTEM_TIME AS OF TIMESTAMP ?"));
        predicate_parameter(out, *filtering->moment);
    }
    add(filtering, STR(" AS t WHERE "));
    add_visible(filtering, filter->table);
    add_object(filtering, filter, object);
    add(filtering, STR(")"));
}

static void add_many(struct filtering *filtering, const struct filter_member *member,
                     const struct input *list)
{
    const struct binding *relation = member->relation;
    const struct input *some = input_member(list, "some"), *none = input_member(list, "none");
    uint32_t parts = 0;
    if (is_said(some)) {
        join(filtering, &parts);
        look_into(filtering, member->inner, relation->parent_key, relation->target_key, some);
    }
    if (is_said(none)) {
        join(filtering, &parts);
        add(filtering, STR("("));
        look_into(filtering, member->inner, relation->parent_key, relation->target_key, none);
        add(filtering, STR(") IS NOT TRUE"));
    }
    if (parts == 0)
        add(filtering, STR("TRUE"));
}

/* ---- objects ---- */

static void add_list(struct filtering *filtering, const struct filter *filter, bool all,
                     const struct input *list)
{
    if (list->count == 0)
        add(filtering, all ? STR("TRUE") : STR("FALSE"));
    else
        add(filtering, STR("("));
    for (uint32_t i = 0; i < list->count; i++) {
        if (i > 0)
            add(filtering, all ? STR(" AND ") : STR(" OR "));
        add_object(filtering, filter, &list->items[i]);
    }
    if (list->count > 0)
        add(filtering, STR(")"));
}

static void add_member(struct filtering *filtering, const struct filter *filter,
                       const struct filter_member *member, const struct input *value)
{
    switch (member->kind) {
    case FILTER_ALL:
    case FILTER_ANY:
        add_list(filtering, filter, member->kind == FILTER_ALL, value);
        return;
    case FILTER_NOT:
        add_object(filtering, filter, value);
        add(filtering, STR(" IS NOT TRUE"));
        return;
    case FILTER_VALUE:
        add_value(filtering, member, value);
        return;
    case FILTER_EMBEDDED:
        add_object(filtering, member->inner, value);
        return;
    case FILTER_ONE:
        look_into(filtering, member->inner, member->relation->column, member->relation->target_key,
                  value);
        return;
    case FILTER_MANY:
        add_many(filtering, member, value);
        return;
    }
}

/* A conjunction of all that is said, in brackets. */
static void add_object(struct filtering *filtering, const struct filter *filter,
                       const struct input *object)
{
    uint32_t parts = 0;
    if (!enter(filtering))
        return;
    add(filtering, STR("("));
    for (uint32_t i = 0; i < object->count && filtering->problem.at == NULL; i++) {
        if (!is_said(&object->fields[i].value))
            continue;
        join(filtering, &parts);
        add_member(filtering, filter, &filter->members[i], &object->fields[i].value);
    }
    if (parts == 0)
        add(filtering, STR("TRUE"));
    add(filtering, STR(")"));
    leave(filtering);
}

bool filter_bind(struct run *run, const struct fetch *fetch, const struct input *value,
                 struct predicate *out, struct str *problem)
{
    const struct cell *moment = &run->moments[fetch->index];
    struct filtering filtering = {
        .run = run, .out = out, .moment = moment->kind == CELL_NULL ? NULL : moment};
    const struct filter *filter = fetch->binding->where_argument->type->named->binding;
    add_object(&filtering, filter, value);
    *problem = filtering.problem;
    return filtering.problem.at == NULL;
}
