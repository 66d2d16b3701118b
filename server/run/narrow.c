/* narrow: what arguments add to the condition of a fetch: values only as parameters, texts only
 * from the schema. */
#include "run/run.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"

enum { RESOLVER_PARAMETERS = 256 };

/* Conditions of a fetch hold all together. */
static void begin_condition(struct run *run, struct predicate *out)
{
    if (out->sql == NULL) {
        out->sql = arena_new(run->arena, struct buf);
        buf_init(out->sql, run->arena, 128);
    } else {
        predicate_text(out, STR("\nAND "));
    }
}

/* ---- types by a discriminator ---- */

/* Rows of a concrete type are those of its own kind. Of an abstract type a viewer who may see all
 * kinds gets all rows, also one of a kind nobody knows, which is an error; who may not see them all
 * gets those of the kinds they may see: rows of the others do not exist for them. */
uint32_t narrow_kind_count(const struct run *run, const struct table *table)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->kind_count; i++)
        count += needs_met(table->kinds[i].table->type->needs, run->call->viewer->rights);
    bool all = count == table->kind_count;
    return all && (table->kind_count == 0 || type_is_abstract(table->type)) ? ALL_KINDS : count;
}

void narrow_kinds(const struct run *run, const struct table *table, struct predicate *out)
{
    uint32_t added = 0;
    if (narrow_kind_count(run, table) == 0) {
        predicate_text(out, STR("FALSE"));
        return;
    }
    predicate_column(out, table->kind_column);
    predicate_text(out, STR(" IN ("));
    for (uint32_t i = 0; i < table->kind_count; i++) {
        if (!needs_met(table->kinds[i].table->type->needs, run->call->viewer->rights))
            continue;
        predicate_text(out, added++ == 0 ? STR("?") : STR(",?"));
        predicate_parameter(out, table->kinds[i].value);
    }
    predicate_text(out, STR(")"));
}

static void add_kinds(struct run *run, const struct table *table, struct predicate *out)
{
    if (narrow_kind_count(run, table) == ALL_KINDS)
        return;
    begin_condition(run, out);
    narrow_kinds(run, table, out);
}

/* ---- arguments with @match ---- */

static bool add_match(struct run *run, const struct match *match, const struct input *value,
                      struct predicate *out, struct str *problem)
{
    begin_condition(run, out);
    if (value->kind == INPUT_LIST && value->count > PAGE_LIMIT) {
        *problem = str_printf(run->arena, "\"" STR_FMT "\" takes at most %u values.",
                              STR_ARG(match->argument->name), PAGE_LIMIT);
        return false;
    }
    if (value->kind == INPUT_LIST)
        predicate_in(out, &match->compared, value);
    else if (match->prefix)
        predicate_like(out, &match->compared, "", value->text);
    else
        predicate_compare(out, &match->compared, "=", value);
    return true;
}

static bool add_matches(struct run *run, const struct fetch *fetch, struct predicate *out,
                        struct str *problem)
{
    const struct binding *binding = fetch->binding;
    for (uint32_t i = 0; i < binding->match_count; i++) {
        const struct match *match = &binding->matches[i];
        const struct input *value =
            &run->arguments[fetch->arguments][match->argument - fetch->field->arguments];
        bool given = value->kind != INPUT_ABSENT && value->kind != INPUT_NULL;
        if (given && !add_match(run, match, value, out, problem))
            return false;
    }
    return true;
}

/* ---- conditions of resolvers ---- */

static bool add_resolver(struct run *run, const struct fetch *fetch, struct predicate *out,
                         struct str *problem)
{
    struct cell parameters[RESOLVER_PARAMETERS];
    struct buf sql;
    buf_init(&sql, run->arena, 256);
    struct predicate own = {
        .viewer = run->call->viewer,
        .sql = &sql,
        .parameters = parameters,
        .parameter_limit = RESOLVER_PARAMETERS,
    };
    const struct input *arguments =
        fetch->arguments == UINT32_MAX ? NULL : run->arguments[fetch->arguments];
    *problem = STR("The arguments cannot be used.");
    if (fetch->binding->predicate(fetch->field, arguments, run->arena, &own, problem) != STATUS_OK)
        return false;
    begin_condition(run, out);
    buf_printf(out->sql, "(" STR_FMT ")", STR_ARG(buf_str(&sql)));
    for (uint32_t i = 0; i < own.parameter_count; i++)
        predicate_parameter(out, parameters[i]);
    return true;
}

static bool add_filter(struct run *run, const struct fetch *fetch, struct predicate *out,
                       struct str *problem)
{
    const struct input_value *where = fetch->binding->where_argument;
    if (where == NULL)
        return true;
    const struct input *value = &run->arguments[fetch->arguments][where - fetch->field->arguments];
    if (value->kind != INPUT_OBJECT)
        return true;
    begin_condition(run, out);
    return filter_bind(run, fetch, value, out, problem);
}

bool narrow_bind(struct run *run, const struct fetch *fetch, struct predicate *out,
                 struct str *problem)
{
    *out = (struct predicate){0};
    add_kinds(run, fetch->binding->target, out);
    if (fetch->binding->predicate != NULL && !add_resolver(run, fetch, out, problem))
        return false;
    return add_matches(run, fetch, out, problem) && add_filter(run, fetch, out, problem);
}

struct cell narrow_scope(const struct viewer *viewer)
{
    return viewer->kind == VIEWER_PARTNER ? cell_text(viewer->scope_path)
                                          : cell_int(viewer->scope_id);
}

static bool cells_equal(const struct cell *a, const struct cell *b)
{
    if (a->kind != b->kind)
        return false;
    return a->kind == CELL_TEXT ? str_equal(cell_str(a), cell_str(b)) : a->integer == b->integer;
}

bool narrow_equal(const struct predicate *a, const struct predicate *b)
{
    if (a->sql == NULL || b->sql == NULL)
        return a->sql == b->sql;
    if (a->parameter_count != b->parameter_count || !str_equal(buf_str(a->sql), buf_str(b->sql)))
        return false;
    for (uint32_t i = 0; i < a->parameter_count; i++) {
        if (!cells_equal(&a->parameters[i], &b->parameters[i]))
            return false;
    }
    return true;
}
