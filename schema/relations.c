/* relations: fields that lead to rows of another table, one or many. */
#include "schema/loading.h"

#include "base/arena.h"

static const struct table *target_table(struct loading *loading, const struct field *field)
{
    const struct type *type = field->type->named;
    const struct str *element = map_get(&loading->generated, type->name);
    if (element != NULL)
        type = schema_type(loading->schema, *element, UINT64_MAX);
    const struct table *table = type == NULL ? NULL : table_of(type);
    if (table == NULL)
        mistake(loading, field_coordinate(loading, field), "its type has no @table");
    return table;
}

/* At the root: the argument whose name in snake_case is the key; `id` stands for the table's own,
 * whatever that is called. */
static const struct input_value *key_argument(struct loading *loading, const struct field *field,
                                              const struct table *target, struct str key)
{
    bool own = str_equal(key, target->primary_key);
    for (uint32_t i = 0; i < field->argument_count; i++) {
        struct str name = field->arguments[i].name;
        if (str_equal(snake_case(loading->arena, name), key) || (own && str_is(name, "id")))
            return &field->arguments[i];
    }
    mistake(loading, field_coordinate(loading, field), "no argument is named like the key %.*s",
            STR_ARG(key));
    return NULL;
}

static bool is_indexed(struct loading *loading, const struct table *table, struct str column)
{
    const struct catalogue_table *found = catalogued_table(loading, table);
    return found != NULL && catalogue_is_indexed(found, &column, 1);
}

static void bind_root_one(struct loading *loading, struct field *field, struct binding *binding,
                          struct str key)
{
    binding->target_key = key.at == NULL ? binding->target->primary_key : key;
    binding->key_argument = key_argument(loading, field, binding->target, binding->target_key);
    const struct catalogue_column *column = need_column(loading, field_coordinate(loading, field),
                                                        binding->target, binding->target_key);
    binding->key_is_text = column != NULL && column->kind != CATALOGUE_INTEGER;
    if (column != NULL &&
        !catalogue_is_unique(catalogued_table(loading, binding->target), &binding->target_key, 1))
        mistake(loading, field_coordinate(loading, field),
                "column %.*s is not unique, so it cannot be @one", STR_ARG(binding->target_key));
    if (field->type->kind == USE_NON_NULL)
        mistake(loading, field_coordinate(loading, field), "an id may be unknown: drop the !");
}

/* The row may be out of the viewer's scope although its parent is not. */
static bool may_be_hidden(const struct table *parent, const struct table *target)
{
    return (!target->open && !(target->scope_customer.len > 0 && parent->scope_customer.len > 0)) ||
           kinds_may_hide(target);
}

static void bind_row_one(struct loading *loading, struct field *field, struct binding *binding,
                         struct str key)
{
    const struct table *parent = table_of(field->parent);
    struct str coordinate = field_coordinate(loading, field);
    binding->column = key.at != NULL ? key
                                     : str_printf(loading->arena, STR_FMT "_id",
                                                  STR_ARG(snake_case(loading->arena, field->name)));
    binding->target_key = binding->target->primary_key;
    need_unique_key(loading, coordinate, binding->target, "@one leads to one row");
    const struct catalogue_column *column =
        need_column(loading, coordinate, parent, binding->column);
    if (field->type->kind != USE_NON_NULL)
        return;
    if (column != NULL && column->nullable)
        mistake(loading, coordinate, "column %.*s may be NULL; drop the !", STR_ARG(column->name));
    if (may_be_hidden(parent, binding->target))
        mistake(loading, coordinate, "the viewer may not see that row; drop the !");
}

/* Of an object that C code makes: its leaf function gives the key for this field. */
static void bind_made_one(struct loading *loading, struct field *field, struct binding *binding)
{
    struct str coordinate = field_coordinate(loading, field);
    binding->target_key = binding->target->primary_key;
    need_unique_key(loading, coordinate, binding->target, "@one leads to one row");
    if (field->type->kind == USE_NON_NULL)
        mistake(loading, coordinate, "there may be no such row: drop the !");
}

void relation_bind_one(struct loading *loading, struct field *field,
                       const struct ast_directive *directive)
{
    if (directive_text(directive, "kind").at != NULL) {
        nodes_bind_kind(loading, field, directive);
        return;
    }
    const struct table *target = target_table(loading, field);
    if (target == NULL)
        return;
    struct binding *binding = arena_new(loading->arena, struct binding);
    *binding = (struct binding){.kind = BIND_ONE, .target = target, .average = 1};
    if (is_root(loading->schema, field->parent))
        bind_root_one(loading, field, binding, directive_text(directive, "key"));
    else if (table_of(field->parent) == NULL)
        bind_made_one(loading, field, binding);
    else
        bind_row_one(loading, field, binding, directive_text(directive, "key"));
    field->binding = binding;
}

/* ---- many ---- */

static void bind_predicate(struct loading *loading, const struct field *field,
                           struct binding *binding, struct str name)
{
    if (name.at == NULL)
        return;
    for (const struct named_predicate *each = loading->sources->predicates; each->name != NULL;
         each++) {
        if (str_is(name, each->name))
            binding->predicate = each->function;
    }
    if (binding->predicate == NULL)
        mistake(loading, field_coordinate(loading, field),
                "resolvers/index.c has no predicate %.*s", STR_ARG(name));
}

static void bind_many_key(struct loading *loading, const struct field *field,
                          struct binding *binding, struct str key)
{
    bool root = is_root(loading->schema, field->parent);
    struct str coordinate = field_coordinate(loading, field);
    if (key.at == NULL) {
        if (!root)
            mistake(loading, coordinate,
                    "@many(key:) has to name the column that holds this row's key");
        return;
    }
    binding->target_key = key;
    const struct catalogue_column *column = need_column(loading, coordinate, binding->target, key);
    if (column == NULL)
        return;
    binding->key_is_text = column->kind != CATALOGUE_INTEGER;
    if (!is_indexed(loading, binding->target, key))
        mistake(loading, coordinate, "no index of %.*s begins with %.*s",
                STR_ARG(binding->target->name), STR_ARG(key));
    if (root)
        binding->key_argument = key_argument(loading, field, binding->target, key);
    else if (need_unique_key(loading, coordinate, table_of(field->parent),
                             "@many tells its rows' parents apart by it"))
        binding->parent_key = table_of(field->parent)->primary_key;
}

void relation_bind_many(struct loading *loading, struct field *field,
                        const struct ast_directive *directive)
{
    const struct table *target = target_table(loading, field);
    if (target == NULL)
        return;
    bool connection = map_get(&loading->generated, field->type->named->name) != NULL;
    struct binding *binding = arena_new(loading->arena, struct binding);
    *binding = (struct binding){
        .kind = connection ? BIND_CONNECTION : BIND_LIST,
        .target = target,
        .limit = directive_number(directive, "limit", 100),
        .average = directive_number(directive, "average", 10),
    };
    bind_many_key(loading, field, binding, directive_text(directive, "key"));
    orders_bind(loading, field, binding, directive_text(directive, "order"));
    bind_predicate(loading, field, binding, directive_text(directive, "predicate"));
    arguments_bind(loading, field, binding);
    field->binding = binding;
}
