/* nodes: fields that lead to a row of whatever type: by a global id, or by a kind and a key. */
#include "schema/loading.h"

#include "base/arena.h"
#include <ctype.h>

void nodes_bind(struct loading *loading, struct field *field)
{
    const struct type *named = field->type->named;
    struct str coordinate = field_coordinate(loading, field);
    if (named->kind != TYPE_INTERFACE ||
        field->argument_count != 1 + moments_argument_count(field) ||
        !str_is(field->arguments[0].type->named->name, "ID")) {
        mistake(loading, coordinate,
                "@node gives an interface and takes one argument: an id, or ids");
        return;
    }
    struct binding *nodes = arena_array(loading->arena, struct binding, named->possible_count);
    for (uint32_t i = 0; i < named->possible_count; i++) {
        const struct table *table = table_of(named->possible[i]);
        if (table == NULL || !table->global_ids) {
            mistake(loading, coordinate, "%.*s has no @table, or its ids do not name its type",
                    STR_ARG(named->possible[i]->name));
            return;
        }
        nodes[i] = (struct binding){
            .kind = BIND_ONE,
            .target = table,
            .target_key = table->primary_key,
            .key_argument = &field->arguments[0],
            .is_node = true,
        };
    }
    struct binding *binding = arena_new(loading->arena, struct binding);
    *binding = (struct binding){.kind = BIND_NODE, .nodes = nodes};
    field->binding = binding;
}

/* ---- by kind and key ---- */

/* TROUBLE_TICKET for TroubleTicket. */
static struct str upper_case(struct arena *arena, struct str name)
{
    struct str snake = snake_case(arena, name);
    char *upper = arena_text(arena, snake.len + 1);
    for (size_t i = 0; i < snake.len; i++)
        upper[i] = (char)toupper((unsigned char)snake.at[i]);
    upper[snake.len] = '\0';
    return (struct str){.at = upper, .len = snake.len};
}

bool nodes_lead_to(const struct loading *loading, const struct type *type)
{
    for (uint32_t i = 0; i < loading->schema->type_count; i++) {
        const struct type *from = loading->schema->types[i];
        for (uint32_t j = 0; j < from->field_count && is_ours(from); j++) {
            const struct ast_directive *one = field_directive(&from->fields[j], "one");
            const struct type *named = from->fields[j].type->named;
            if (one != NULL && directive_text(one, "kind").at != NULL && type_is_abstract(named) &&
                type_is_possible(named, type))
                return true;
        }
    }
    return false;
}

/* How to find the rows of one type. */
static bool bind_possible(struct loading *loading, struct str coordinate, const struct type *type,
                          const struct binding *field, const struct catalogue_column *kind,
                          struct binding *out)
{
    const struct table *table = table_of(type);
    struct str value = directive_text(type_directive(type, "value"), "name");
    if (table == NULL) {
        mistake(loading, coordinate, "%.*s has no @table", STR_ARG(type->name));
        return false;
    }
    if (value.at == NULL)
        value = upper_case(loading->arena, type->name);
    *out = (struct binding){
        .kind = BIND_ONE,
        .target = table,
        .target_key = table->primary_key,
        .column = field->column,
        .kind_column = field->kind_column,
        .average = 1,
    };
    return kind_value(loading, type, value, kind, &out->kind_value) &&
           need_unique_key(loading, coordinate, table, "@one leads to one row");
}

/* Every kind that the column can hold is one of the types. */
static void check_kinds(struct loading *loading, struct str coordinate,
                        const struct catalogue_column *kind, const struct binding *nodes,
                        uint32_t count)
{
    for (uint32_t i = 0; i < kind->value_count; i++) {
        bool known = false;
        for (uint32_t j = 0; j < count; j++)
            known |= str_equal(cell_str(&nodes[j].kind_value), kind->values[i]);
        if (!known)
            mistake(loading, coordinate, "column %.*s may hold %.*s, which no type here is called",
                    STR_ARG(kind->name), STR_ARG(kind->values[i]));
    }
}

void nodes_bind_kind(struct loading *loading, struct field *field,
                     const struct ast_directive *directive)
{
    const struct table *parent = table_of(field->parent);
    const struct type *named = field->type->named;
    struct str coordinate = field_coordinate(loading, field),
               key = directive_text(directive, "key");
    if (parent == NULL || !type_is_abstract(named) || table_of(named) != NULL || key.at == NULL) {
        mistake(loading, coordinate,
                "@one(kind:) leads from a row to an interface or union over several tables, and "
                "needs @one(key:)");
        return;
    }
    struct binding *binding = arena_new(loading->arena, struct binding);
    *binding = (struct binding){
        .kind = BIND_NODE, .column = key, .kind_column = directive_text(directive, "kind")};
    const struct catalogue_column *kind =
        need_column(loading, coordinate, parent, binding->kind_column);
    if (need_column(loading, coordinate, parent, key) == NULL || kind == NULL)
        return;
    if (field->type->kind == USE_NON_NULL)
        mistake(loading, coordinate, "nothing proves that the row is there; drop the !");
    struct binding *nodes = arena_array(loading->arena, struct binding, named->possible_count);
    for (uint32_t i = 0; i < named->possible_count; i++) {
        if (!bind_possible(loading, coordinate, named->possible[i], binding, kind, &nodes[i]))
            return;
    }
    check_kinds(loading, coordinate, kind, nodes, named->possible_count);
    binding->nodes = nodes;
    field->binding = binding;
}
