/* moments: @asOf on arguments, and whether everything below such a field can be answered as of
 * then. */
#include "schema/loading.h"

#include "base/arena.h"

/* ---- tables ---- */

void moments_bind_table(struct loading *loading, struct table *table,
                        const struct ast_directive *directive)
{
    struct str coordinate = table->type->name;
    table->timeless = directive_flag(directive, "timeless");
    table->recorded = directive_text(directive, "recorded");
    if (table->versioned + table->timeless + (table->recorded.len > 0) > 1)
        mistake(loading, coordinate,
                "%.*s keeps a history, or @table(recorded:) says when its rows were written, or it "
                "is timeless; only one of these",
                STR_ARG(table->name));
    if (table->recorded.len == 0)
        return;
    const struct catalogue_column *column =
        need_column(loading, coordinate, table, table->recorded);
    if (column != NULL && (column->kind != CATALOGUE_DATETIME || column->nullable))
        mistake(loading, coordinate,
                "column %.*s is %.*s%s; @table(recorded:) needs a DATETIME or TIMESTAMP that is "
                "NOT NULL",
                STR_ARG(column->name), STR_ARG(column->column_type),
                column->nullable ? " and may be NULL" : "");
}

/* ---- arguments ---- */

static bool says_when(const struct input_value *argument)
{
    return ast_directive(&argument->ast->directives, "asOf") != NULL;
}

uint32_t moments_argument_count(const struct field *field)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < field->argument_count; i++)
        count += says_when(&field->arguments[i]);
    return count;
}

static void bind_argument(struct loading *loading, const struct field *field,
                          const struct input_value *argument)
{
    struct binding *binding = field->binding;
    struct str coordinate = argument->coordinate;
    bool rows = binding != NULL && (binding->kind == BIND_ONE || binding->kind == BIND_LIST ||
                                    binding->kind == BIND_CONNECTION || binding->kind == BIND_NODE);
    if (!rows)
        mistake(loading, coordinate, "@asOf belongs to fields with @one, @many or @node");
    else if (argument->type->kind != USE_NAMED || !str_is(argument->type->named->name, "DateTime"))
        mistake(loading, coordinate, "@asOf needs a DateTime that may be null, which is now");
    else if (argument->default_value != NULL)
        mistake(loading, coordinate, "@asOf takes no default: without it, it is now");
    else if (binding->predicate != NULL)
        mistake(
            loading, coordinate,
            "the field's predicate looks at what is there now; drop @asOf or @many(predicate:)");
    else if (binding->moment_argument != NULL)
        mistake(loading, coordinate, "one argument with @asOf is enough");
    else
        binding->moment_argument = argument;
}

/* ---- what is reached ---- */

/* A walk over the types below a field with @asOf. */
struct reach {
    struct loading *loading;
    struct str from; /* the argument's coordinate */
    bool *seen;      /* by type index */
};

static void reach_type(struct reach *reach, const struct type *type);

static void refuse(struct reach *reach, const struct table *table)
{
    mistake(reach->loading, table->type->name,
            "%.*s leads here, and table %.*s keeps no history: add WITH SYSTEM VERSIONING in a "
            "migration, name the column that says when a row was written with @table(recorded:), "
            "or say @table(timeless: true) when its rows never change",
            STR_ARG(reach->from), STR_ARG(table->name));
}

static void check_tables(struct reach *reach, const struct table *table)
{
    if (!table->versioned && !table->timeless && table->recorded.len == 0)
        refuse(reach, table);
    for (uint32_t i = 0; i < table->half_count; i++) {
        if (!table->halves[i].table->versioned && !table->timeless)
            refuse(reach, table->halves[i].table);
    }
}

static void reach_fields(struct reach *reach, const struct type *type)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (type_is_composite(type->fields[i].type->named))
            reach_type(reach, type->fields[i].type->named);
    }
}

static void reach_type(struct reach *reach, const struct type *type)
{
    if (reach->seen[type->index])
        return;
    reach->seen[type->index] = true;
    const struct table *table = table_of(type);
    if (table != NULL)
        check_tables(reach, table);
    reach_fields(reach, type);
    for (uint32_t i = 0; type_is_abstract(type) && i < type->possible_count; i++)
        reach_type(reach, type->possible[i]);
}

/* Each type is complained of once, wherever it is reached from. */
void moments_bind(struct loading *loading)
{
    const struct schema *schema = loading->schema;
    bool *seen = arena_array(loading->arena, bool, schema->type_count);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        const struct type *type = schema->types[i];
        if (type->kind != TYPE_OBJECT || !is_ours(type))
            continue;
        for (uint32_t j = 0; j < type->field_count; j++) {
            const struct field *field = &type->fields[j];
            for (uint32_t k = 0; k < field->argument_count; k++) {
                const struct input_value *argument = &field->arguments[k];
                if (!says_when(argument))
                    continue;
                bind_argument(loading, field, argument);
                struct reach reach = {
                    .loading = loading, .from = argument->coordinate, .seen = seen};
                reach_type(&reach, field->type->named);
            }
        }
    }
}
