/* relations: fields that lead to rows of another table, one or many. */
#include "schema/loading.h"

#include "base/arena.h"
#include <ctype.h>

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
    else
        bind_row_one(loading, field, binding, directive_text(directive, "key"));
    field->binding = binding;
}

/* ---- orders ---- */

/* The next word of "opened_at desc, id", a comma being a word; empty at the end. */
static struct str next_word(struct str *text)
{
    while (text->len > 0 && isspace((unsigned char)*text->at))
        *text = (struct str){.at = text->at + 1, .len = text->len - 1};
    size_t len = text->len > 0 && *text->at == ',' ? 1 : 0;
    while (len < text->len && *text->at != ',' && text->at[len] != ',' &&
           !isspace((unsigned char)text->at[len]))
        len++;
    struct str word = {.at = text->at, .len = len};
    *text = (struct str){.at = text->at + len, .len = text->len - len};
    return word;
}

static void add_term(struct loading *loading, const struct field *field, struct binding *binding,
                     struct str column)
{
    const struct catalogue_column *found =
        need_column(loading, field_coordinate(loading, field), binding->target, column);
    if (found != NULL && found->nullable && binding->kind == BIND_CONNECTION)
        mistake(loading, field_coordinate(loading, field),
                "column %.*s of the order may be NULL: pages need one that may not",
                STR_ARG(column));
    struct order_term *order =
        arena_array(loading->arena, struct order_term, binding->order_count + 1);
    if (binding->order_count > 0)
        memcpy(order, binding->order, binding->order_count * sizeof(*order));
    order[binding->order_count++] = (struct order_term){.column = column};
    binding->order = order;
}

/* Rows of one parent never share a place in the order. */
static void check_total(struct loading *loading, const struct field *field,
                        const struct binding *binding)
{
    const struct catalogue_table *catalogued = catalogued_table(loading, binding->target);
    struct str *columns = arena_array(loading->arena, struct str, binding->order_count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < binding->order_count; i++)
        columns[count++] = binding->order[i].column;
    if (binding->target_key.len > 0)
        columns[count++] = binding->target_key;
    if (!catalogue_is_unique(catalogued, columns, count))
        mistake(loading, field_coordinate(loading, field),
                "rows of %.*s may share a place in this order: name all columns of a unique key "
                "in key and order",
                STR_ARG(binding->target->name));
}

/* The order always ends in the key, so that it is total. */
static void bind_order(struct loading *loading, const struct field *field, struct binding *binding,
                       struct str text)
{
    bool by_key = false;
    for (struct str word = next_word(&text); word.len > 0; word = next_word(&text)) {
        if (str_is(word, ","))
            continue;
        if (str_is(word, "desc") && binding->order_count > 0) {
            binding->order[binding->order_count - 1].descending = true;
            continue;
        }
        add_term(loading, field, binding, word);
        by_key |= str_equal(word, binding->target->primary_key);
    }
    if (!by_key) {
        bool descending =
            binding->order_count > 0 && binding->order[binding->order_count - 1].descending;
        add_term(loading, field, binding, binding->target->primary_key);
        binding->order[binding->order_count - 1].descending = descending;
    }
    check_total(loading, field, binding);
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
    bind_order(loading, field, binding, directive_text(directive, "order"));
    bind_predicate(loading, field, binding, directive_text(directive, "predicate"));
    arguments_bind(loading, field, binding);
    field->binding = binding;
}
