/* references: types whose rows are held in memory (@reference), and which columns of them. */
#include "schema/loading.h"

#include "base/arena.h"

static void add_column(struct loading *loading, struct reference *reference, struct str column)
{
    for (uint32_t i = 0; i < reference->column_count; i++) {
        if (str_equal(reference->columns[i], column))
            return;
    }
    struct str *columns = arena_array(loading->arena, struct str, reference->column_count + 1);
    if (reference->column_count > 0)
        memcpy(columns, reference->columns, reference->column_count * sizeof(*columns));
    columns[reference->column_count++] = column;
    reference->columns = columns;
}

static void add_columns(struct loading *loading, struct reference *reference,
                        const struct field *field)
{
    const struct binding *binding = field->binding;
    if (binding == NULL)
        return;
    bool by_kind = binding->kind == BIND_NODE && binding->kind_column.len > 0;
    if (binding->kind == BIND_COLUMN || binding->kind == BIND_ONE || by_kind)
        add_column(loading, reference, binding->column);
    if (by_kind)
        add_column(loading, reference, binding->kind_column);
    for (uint32_t i = 0; binding->kind == BIND_EMBEDDED && i < field->type->named->field_count; i++)
        add_column(loading, reference, binding->embedded[i]);
    for (uint32_t i = 0; i < binding->need_count; i++)
        add_column(loading, reference, binding->needs[i].column);
}

static struct str select_text(struct loading *loading, const struct reference *reference)
{
    struct buf text;
    buf_init(&text, loading->arena, 256);
    for (uint32_t i = 0; i < reference->column_count; i++)
        buf_printf(&text, "%s`" STR_FMT "`", i == 0 ? "SELECT " : ", ",
                   STR_ARG(reference->columns[i]));
    buf_printf(&text, "\nFROM " STR_FMT "\nORDER BY `" STR_FMT "`\nLIMIT ?",
               STR_ARG(reference->table->quoted), STR_ARG(reference->table->primary_key));
    return buf_str(&text);
}

static void check(struct loading *loading, const struct type *type, const struct table *table)
{
    if (!table->open)
        mistake(loading, type->name,
                "@reference holds rows for everybody, and these have owners: drop it, or say "
                "@public");
    if (table->half_count > 0)
        mistake(loading, type->name, "@reference and @join do not go together");
    if (table->kind_count > 0)
        mistake(loading, type->name, "@reference holds rows of one type, and these have several");
    need_unique_key(loading, type->name, table, "@reference finds its rows by it");
}

static void bind_reference(struct loading *loading, const struct type *type, struct table *table)
{
    struct reference *reference = arena_new(loading->arena, struct reference);
    *reference = (struct reference){.index = loading->reference_count, .table = table};
    check(loading, type, table);
    add_column(loading, reference, table->primary_key);
    for (uint32_t i = 0; i < type->field_count; i++)
        add_columns(loading, reference, &type->fields[i]);
    reference->select = select_text(loading, reference);
    table->reference = reference;
    loading->references[loading->reference_count++] = reference;
}

void references_bind(struct loading *loading)
{
    const struct schema *schema = loading->schema;
    loading->references = arena_array(loading->arena, const struct reference *, schema->type_count);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        const struct type *type = schema->types[i];
        if (!is_ours(type) || type_directive(type, "reference") == NULL)
            continue;
        if (table_of(type) == NULL)
            mistake(loading, type->name, "@reference needs @table");
        else
            bind_reference(loading, type, type->binding);
    }
}
