/* halves: a type's other tables: one row of each for every object (@join). */
#include "schema/loading.h"

#include "base/arena.h"

enum { HALVES_LIMIT = 4 };

/* A foreign key of this one column, which is never NULL, to the other table's key. */
static bool is_proven(const struct catalogue_table *table, const struct half *half)
{
    for (size_t i = 0; i < table->references.count; i++) {
        const struct catalogue_reference *reference = table->references.entries[i].value;
        if (reference->column_count == 1 && !reference->columns[0]->nullable &&
            str_equal(reference->columns[0]->name, half->on) &&
            str_equal(reference->table, half->table->name) &&
            str_equal(reference->referred_columns[0], half->table->primary_key))
            return true;
    }
    return false;
}

static void bind_half(struct loading *loading, struct table *table,
                      const struct ast_directive *directive)
{
    struct table *other = arena_new(loading->arena, struct table);
    *other = (struct table){
        .name = directive_text(directive, "table"),
        .database = table->database,
        .type = table->type,
        .primary_key = directive_text(directive, "key"),
    };
    struct half *half = &table->halves[table->half_count];
    *half = (struct half){.table = other, .on = directive_text(directive, "on")};
    if (half->on.at == NULL)
        half->on = table->primary_key;
    struct str type = table->type->name;
    if (!table_check(loading, other) ||
        !need_unique_key(loading, type, other, "@join leads to one row"))
        return;
    struct str key = other->primary_key;
    const struct catalogue_column *on = need_column(loading, type, table, half->on),
                                  *to = need_column(loading, type, other, key);
    if (on == NULL || to == NULL)
        return;
    if (on->kind != to->kind)
        mistake(loading, type,
                "column %.*s of %.*s is %.*s and column %.*s of %.*s is %.*s: they are never equal",
                STR_ARG(on->name), STR_ARG(table->name), STR_ARG(on->column_type), STR_ARG(key),
                STR_ARG(other->name), STR_ARG(to->column_type));
    half->proven = is_proven(catalogued_table(loading, table), half);
    half->always = half->proven || directive_flag(directive, "required");
    table->half_count++;
}

void halves_bind(struct loading *loading, const struct type *type, struct table *table)
{
    table->halves = arena_array(loading->arena, struct half, HALVES_LIMIT);
    for (uint32_t i = 0; i < type->applied_count; i++) {
        const struct ast_directives *applied = type->applied[i];
        for (uint32_t j = 0; j < applied->count; j++) {
            if (!str_is(applied->items[j].name.text, "join"))
                continue;
            if (table->half_count == HALVES_LIMIT) {
                mistake(loading, type->name, "a type has at most %d tables more: make two types",
                        HALVES_LIMIT);
                return;
            }
            bind_half(loading, table, &applied->items[j]);
        }
    }
}

bool half_named(struct loading *loading, struct str coordinate, const struct table *table,
                struct str name, const struct half **half)
{
    *half = NULL;
    if (name.at == NULL || str_equal(name, table->name))
        return true;
    for (uint32_t i = 0; i < table->half_count; i++) {
        if (str_equal(table->halves[i].table->name, name)) {
            *half = &table->halves[i];
            return true;
        }
    }
    mistake(loading, coordinate, "%.*s has no @join(table: \"%.*s\")", STR_ARG(table->type->name),
            STR_ARG(name));
    return false;
}

bool half_find(struct loading *loading, struct str coordinate, const struct table *table,
               const struct ast_directive *directive, const struct half **half)
{
    return half_named(loading, coordinate, table, directive_text(directive, "table"), half);
}

const struct table *half_check(struct loading *loading, const struct field *field,
                               const struct table *table, const struct half *half)
{
    if (half == NULL)
        return table;
    if (field->type->kind == USE_NON_NULL && !half->always)
        mistake(loading, field_coordinate(loading, field),
                "there may be no row of %.*s; drop the !, or say @join(required: true)",
                STR_ARG(half->table->name));
    return half->table;
}
