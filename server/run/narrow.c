/* narrow: what arguments add to the condition of a fetch: values only as parameters, texts only
 * from the schema. */
#include "run/run.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/viewer.h"

enum { RESOLVER_PARAMETERS = 16 };

static void add_text(struct predicate *out, struct str text)
{
    buf_add(out->sql, text);
}

static void add_value(struct predicate *out, struct cell value)
{
    if (out->parameter_count == out->parameter_limit) {
        uint32_t limit = out->parameter_limit == 0 ? 8 : out->parameter_limit * 2;
        struct cell *parameters = arena_array(out->sql->arena, struct cell, limit);
        if (out->parameter_count > 0)
            memcpy(parameters, out->parameters, out->parameter_count * sizeof(*parameters));
        out->parameters = parameters;
        out->parameter_limit = limit;
    }
    out->parameters[out->parameter_count++] = value;
}

/* Conditions of a fetch hold all together. */
static void begin_condition(struct run *run, struct predicate *out)
{
    if (out->sql == NULL) {
        out->sql = arena_new(run->arena, struct buf);
        buf_init(out->sql, run->arena, 128);
    } else {
        add_text(out, STR("\nAND "));
    }
}

/* ---- types by a discriminator ---- */

/* Rows of a concrete type are those of its own kind. Of an abstract type a viewer who may see all
 * kinds gets all rows, also one of a kind nobody knows, which is an error; who may not see them all
 * gets those of the kinds they may see: rows of the others do not exist for them. */
static void add_kinds(struct run *run, const struct table *table, struct predicate *out)
{
    uint64_t rights = run->call->viewer->rights;
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->kind_count; i++)
        count += needs_met(table->kinds[i].table->type->needs, rights);
    bool all = count == table->kind_count;
    if (all && (table->kind_count == 0 || type_is_abstract(table->type)))
        return;
    begin_condition(run, out);
    if (count == 0) {
        add_text(out, STR("FALSE"));
        return;
    }
    buf_printf(out->sql, "t.`" STR_FMT "` IN (", STR_ARG(table->kind_column));
    for (uint32_t i = 0, added = 0; i < table->kind_count; i++) {
        if (!needs_met(table->kinds[i].table->type->needs, rights))
            continue;
        add_text(out, added++ == 0 ? STR("?") : STR(",?"));
        add_value(out, table->kinds[i].value);
    }
    buf_add_char(out->sql, ')');
}

/* ---- arguments with @match ---- */

static struct cell prefix_cell(struct arena *arena, struct str text)
{
    char *pattern = arena_text(arena, text.len * 2 + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '!' || text.at[i] == '%' || text.at[i] == '_')
            pattern[len++] = '!';
        pattern[len++] = text.at[i];
    }
    pattern[len++] = '%';
    return cell_text((struct str){.at = pattern, .len = len});
}

/* Padded to a power of two, so that few texts come of it. */
static void add_in(struct run *run, const struct compared *compared, const struct input *list,
                   struct predicate *out)
{
    uint32_t count = 0, padded = 1;
    struct cell *cells = arena_array(run->arena, struct cell, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        bool null = list->items[i].kind == INPUT_NULL;
        count += !null && operand_cell(run->arena, compared, &list->items[i], &cells[count]);
    }
    if (count == 0) {
        add_text(out, STR("FALSE"));
        return;
    }
    while (padded < count)
        padded *= 2;
    buf_printf(out->sql, "t.`" STR_FMT "` IN (", STR_ARG(compared->column));
    for (uint32_t i = 0; i < padded; i++) {
        if (i > 0)
            buf_add_char(out->sql, ',');
        add_text(out, operand_place(compared->operand));
        add_value(out, cells[i < count ? i : count - 1]);
    }
    buf_add_char(out->sql, ')');
}

static bool add_match(struct run *run, const struct match *match, const struct input *value,
                      struct predicate *out, struct str *problem)
{
    struct cell cell;
    begin_condition(run, out);
    if (value->kind == INPUT_LIST && value->count > PAGE_LIMIT) {
        *problem = str_printf(run->arena, "\"" STR_FMT "\" takes at most %u values.",
                              STR_ARG(match->argument->name), PAGE_LIMIT);
        return false;
    }
    if (value->kind == INPUT_LIST) {
        add_in(run, &match->compared, value, out);
    } else if (match->prefix) {
        buf_printf(out->sql, "t.`" STR_FMT "` LIKE ? ESCAPE '!'", STR_ARG(match->compared.column));
        add_value(out, prefix_cell(run->arena, value->text));
    } else if (operand_cell(run->arena, &match->compared, value, &cell)) {
        buf_printf(out->sql, "t.`" STR_FMT "` = " STR_FMT, STR_ARG(match->compared.column),
                   STR_ARG(operand_place(match->compared.operand)));
        add_value(out, cell);
    } else {
        add_text(out, STR("FALSE"));
    }
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
        add_value(out, parameters[i]);
    return true;
}

bool narrow_bind(struct run *run, const struct fetch *fetch, struct predicate *out,
                 struct str *problem)
{
    *out = (struct predicate){0};
    add_kinds(run, fetch->binding->target, out);
    if (fetch->binding->predicate != NULL && !add_resolver(run, fetch, out, problem))
        return false;
    return add_matches(run, fetch, out, problem);
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
