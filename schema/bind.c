/* bind: types to tables, leaves to columns, embedded objects to columns, and what is left to
 * resolvers. */
#include "schema/loading.h"

#include "base/arena.h"

/* ---- tables ---- */

static void bind_scope(struct loading *loading, const struct type *type, struct table *table)
{
    const struct ast_directive *scope = type_directive(type, "scope");
    table->open = type_directive(type, "public") != NULL;
    if (scope == NULL && !table->open)
        mistake(loading, type->name,
                "whose rows are these? add @scope(customer:) or @scope(partner:), or @public when "
                "they are everybody's");
    if (scope != NULL && table->open)
        mistake(loading, type->name, "@scope and @public contradict each other");
    if (scope == NULL)
        return;
    table->scope_customer = directive_text(scope, "customer");
    table->scope_partner = directive_text(scope, "partner");
    if (table->scope_customer.len == 0 && table->scope_partner.len == 0)
        mistake(loading, type->name, "@scope names no column");
    if (table->scope_customer.len > 0)
        need_column(loading, type->name, table, table->scope_customer);
    if (table->scope_partner.len > 0)
        need_column(loading, type->name, table, table->scope_partner);
    bool customer = str_equal(table->scope_customer, table->primary_key);
    bool partner = str_equal(table->scope_partner, table->primary_key);
    if (customer || partner)
        need_unique_key(loading, type->name, table, "row rules are made of it");
    /* The one that also names the partner, where another table of customers does not. */
    if (customer && (loading->scopes.customer == NULL || table->scope_partner.len > 0))
        loading->scopes.customer = table;
    if (partner)
        loading->scopes.partner = table;
}

static struct str quoted_name(struct arena *arena, const struct table *table)
{
    if (table->database.len == 0)
        return str_printf(arena, "`" STR_FMT "`", STR_ARG(table->name));
    return str_printf(arena, "`" STR_FMT "`.`" STR_FMT "`", STR_ARG(table->database),
                      STR_ARG(table->name));
}

static void refuse_table(struct loading *loading, const struct table *table)
{
    if (table->database.len == 0)
        mistake(loading, table->type->name,
                "there is no table %.*s; add it in a migration or mend @table(name:)",
                STR_ARG(table->name));
    else
        mistake(loading, table->type->name,
                "database %.*s has no table %.*s that Dossier's user may read; mend @table, or "
                "GRANT SELECT",
                STR_ARG(table->database), STR_ARG(table->name));
}

/* The columns are named when the table defines them, else as MariaDB calls its own. */
static void find_period(const struct catalogue_table *found, struct table *table)
{
    table->row_start = STR("row_start");
    table->row_end = STR("row_end");
    for (size_t i = 0; i < found->columns.count; i++) {
        const struct catalogue_column *column = found->columns.entries[i].value;
        if (column->begins_version)
            table->row_start = column->name;
        if (column->ends_version)
            table->row_end = column->name;
    }
}

bool table_check(struct loading *loading, struct table *table)
{
    if (table->primary_key.at == NULL)
        table->primary_key = STR("id");
    table->quoted = quoted_name(loading->arena, table);
    const struct catalogue_table *found = catalogued_table(loading, table);
    if (found == NULL) {
        refuse_table(loading, table);
        return false;
    }
    table->versioned = found->is_versioned;
    if (table->versioned)
        find_period(found, table);
    return need_column(loading, table->type->name, table, table->primary_key) != NULL;
}

static void bind_table(struct loading *loading, struct type *type,
                       const struct ast_directive *directive)
{
    struct table *table = arena_new(loading->arena, struct table);
    *table = (struct table){
        .name = directive_text(directive, "name"),
        .database = directive_text(directive, "database"),
        .type = type,
        .primary_key = directive_text(directive, "key"),
        .global_ids = has_global_ids(type),
    };
    if (!table_check(loading, table))
        return;
    if (table->global_ids)
        need_unique_key(loading, type->name, table, "a global id names one row");
    bind_scope(loading, type, table);
    halves_bind(loading, type, table);
    moments_bind_table(loading, table, directive);
    kinds_bind(loading, type, table);
    type->binding = table;
}

void tables_bind(struct loading *loading)
{
    for (uint32_t i = 0; i < loading->schema->type_count; i++) {
        struct type *type = loading->schema->types[i];
        const struct ast_directive *directive =
            is_ours(type) ? type_directive(type, "table") : NULL;
        if (directive != NULL && kinds_owner(loading, type) == NULL)
            bind_table(loading, type, directive);
        if (is_ours(type))
            kinds_check(loading, type);
    }
    for (uint32_t i = 0; i < loading->schema->type_count; i++) {
        const struct table *table = table_of(loading->schema->types[i]);
        if (table == NULL || !is_ours(table->type) || table->open)
            continue;
        const struct scope_tables *scopes = &loading->scopes;
        if (scopes->partner == NULL ||
            (table->scope_partner.len == 0 &&
             (scopes->customer == NULL || scopes->customer->scope_partner.len == 0)))
            mistake(loading, table->type->name,
                    "row rules need a type scoped by its own key as partner, and one as customer "
                    "that has a partner");
    }
}

/* ---- columns ---- */

bool leaf_fits(const struct type *type, const struct catalogue_column *column)
{
    static const struct {
        const char *name;
        uint32_t kinds;
    } fits[] = {
        {"Int", 1u << CATALOGUE_INTEGER},
        {"BigInt", 1u << CATALOGUE_INTEGER},
        {"Decimal", 1u << CATALOGUE_DECIMAL},
        {"Float", 1u << CATALOGUE_DOUBLE | 1u << CATALOGUE_DECIMAL | 1u << CATALOGUE_INTEGER},
        {"Boolean", 1u << CATALOGUE_INTEGER},
        {"ID", 1u << CATALOGUE_INTEGER | 1u << CATALOGUE_TEXT},
        {"Date", 1u << CATALOGUE_DATE},
        {"DateTime", 1u << CATALOGUE_DATETIME},
        {"JSON", 1u << CATALOGUE_TEXT},
    };
    for (size_t i = 0; i < sizeof(fits) / sizeof(*fits); i++) {
        if (str_is(type->name, fits[i].name))
            return (fits[i].kinds >> column->kind) & 1;
    }
    if (type->kind == TYPE_ENUM)
        return column->kind == CATALOGUE_ENUM || column->kind == CATALOGUE_TEXT;
    return column->kind != CATALOGUE_BYTES && column->kind != CATALOGUE_OTHER &&
           column->kind != CATALOGUE_SET;
}

/* Every value the column can hold is a value of the enum. */
static void check_values(struct loading *loading, struct str coordinate, const struct type *type,
                         const struct catalogue_column *column)
{
    for (uint32_t i = 0; i < column->value_count; i++) {
        bool known = false;
        for (uint32_t j = 0; j < type->value_count; j++)
            known |= str_equal(type->values[j].name, column->values[i]);
        if (!known)
            mistake(loading, coordinate, "column %.*s may hold %.*s, which enum %.*s lacks",
                    STR_ARG(column->name), STR_ARG(column->values[i]), STR_ARG(type->name));
    }
}

static void check_leaf(struct loading *loading, struct str coordinate, const struct type_use *use,
                       const struct table *table, struct str column_name)
{
    const struct catalogue_column *column = need_column(loading, coordinate, table, column_name);
    if (column == NULL)
        return;
    if (!leaf_fits(use->named, column))
        mistake(loading, coordinate, "column %.*s is %.*s, which cannot be %.*s",
                STR_ARG(column->name), STR_ARG(column->column_type), STR_ARG(use->named->name));
    if (use->kind == USE_NON_NULL && column->nullable)
        mistake(loading, coordinate, "column %.*s may be NULL; drop the ! or make it NOT NULL",
                STR_ARG(column->name));
    if (use->named->kind == TYPE_ENUM)
        check_values(loading, coordinate, use->named, column);
}

static void bind_column(struct loading *loading, struct field *field, const struct table *table)
{
    const struct ast_directive *directive = field_directive(field, "column");
    struct binding *binding = arena_new(loading->arena, struct binding);
    binding->kind = BIND_COLUMN;
    binding->column = directive_text(directive, "name");
    if (binding->column.at == NULL)
        binding->column = snake_case(loading->arena, field->name);
    struct str coordinate = field_coordinate(loading, field);
    if (!half_find(loading, coordinate, table, directive, &binding->half))
        return;
    if (str_is(field->type->named->name, "ID")) {
        binding->id_type = directive_text(directive, "id");
        const struct table *named = table->versions == NULL ? table : table->versions->of;
        if (binding->id_type.at == NULL && named->global_ids &&
            str_equal(binding->column, table->primary_key))
            binding->id_type = named->type->name;
    }
    if (binding->id_type.len > 0 &&
        schema_type(loading->schema, binding->id_type, UINT64_MAX) == NULL)
        mistake(loading, coordinate, "there is no type %.*s", STR_ARG(binding->id_type));
    const struct table *holder = half_check(loading, field, table, binding->half);
    check_leaf(loading, coordinate, field->type, holder, binding->column);
    field->binding = binding;
}

static void bind_embedded(struct loading *loading, struct field *field, const struct table *table,
                          const struct ast_directive *directive)
{
    const struct ast_argument *columns = ast_argument(&directive->arguments, "columns");
    const struct type *type = field->type->named;
    struct str coordinate = field_coordinate(loading, field);
    if (columns == NULL || columns->value.kind != AST_VALUE_LIST ||
        columns->value.count != type->field_count) {
        mistake(loading, coordinate,
                "@embedded(columns:) has to name a column for each of the %u fields of %.*s",
                type->field_count, STR_ARG(type->name));
        return;
    }
    struct binding *binding = arena_new(loading->arena, struct binding);
    binding->kind = BIND_EMBEDDED;
    if (!half_find(loading, coordinate, table, directive, &binding->half))
        return;
    const struct table *holder = half_check(loading, field, table, binding->half);
    binding->embedded = arena_array(loading->arena, struct str, type->field_count);
    for (uint32_t i = 0; i < type->field_count; i++) {
        binding->embedded[i] = columns->value.items[i].text;
        struct str inner = str_printf(loading->arena, STR_FMT "." STR_FMT, STR_ARG(coordinate),
                                      STR_ARG(type->fields[i].name));
        const struct type_use *use = type->fields[i].type;
        if (field->type->kind != USE_NON_NULL && i == 0 && use->kind == USE_NON_NULL)
            use = use->of; /* its being NULL is what makes the whole object null */
        check_leaf(loading, inner, use, holder, binding->embedded[i]);
    }
    field->binding = binding;
}

/* ---- fields ---- */

static void bind_generated(struct loading *loading, struct type *type)
{
    static const struct {
        const char *name;
        enum binding_kind kind;
    } kinds[] = {
        {"nodes", BIND_NODES},
        {"edges", BIND_EDGES},
        {"pageInfo", BIND_PAGE_INFO},
        {"totalCount", BIND_TOTAL_COUNT},
        {"cursor", BIND_EDGE_CURSOR},
        {"node", BIND_EDGE_NODE},
        {"hasNextPage", BIND_HAS_NEXT_PAGE},
        {"hasPreviousPage", BIND_HAS_PREVIOUS_PAGE},
        {"startCursor", BIND_START_CURSOR},
        {"endCursor", BIND_END_CURSOR},
    };
    for (uint32_t i = 0; i < type->field_count; i++) {
        for (size_t j = 0; j < sizeof(kinds) / sizeof(*kinds); j++) {
            if (!str_is(type->fields[i].name, kinds[j].name))
                continue;
            struct binding *binding = arena_new(loading->arena, struct binding);
            binding->kind = kinds[j].kind;
            type->fields[i].binding = binding;
        }
    }
}

static bool is_generated(const struct loading *loading, const struct type *type)
{
    if (loading->generated.count == 0)
        return false;
    if (map_get(&loading->generated, type->name) != NULL || str_is(type->name, "PageInfo"))
        return true;
    for (size_t i = 0; i < loading->generated.count; i++) {
        struct str element = *(struct str *)loading->generated.entries[i].value;
        if (type->name.len == element.len + 4 && str_starts(type->name, element) &&
            str_ends(type->name, STR("Edge")))
            return true;
    }
    return false;
}

static void bind_field(struct loading *loading, struct field *field, const struct table *table)
{
    const struct ast_directive *one = field_directive(field, "one"),
                               *many = field_directive(field, "many");
    const struct ast_directive *embedded = field_directive(field, "embedded"),
                               *merge = field_directive(field, "merge");
    bool rows = table != NULL || is_root(loading->schema, field->parent);
    if (many != NULL && !rows)
        mistake(loading, field_coordinate(loading, field),
                "@many belongs to types with @table and to the root");
    else if (history_bind_part(loading, field, table))
        return;
    else if (field_directive(field, "history") != NULL)
        history_bind_field(loading, field, field_directive(field, "history"));
    else if (field_directive(field, "node") != NULL)
        nodes_bind(loading, field);
    else if (one != NULL)
        relation_bind_one(loading, field, one);
    else if (many != NULL)
        relation_bind_many(loading, field, many);
    else if (merge != NULL && rows)
        merge_bind(loading, field, merge);
    else if (field_directive(field, "resolver") != NULL)
        resolver_bind(loading, field, table);
    else if (embedded != NULL && table != NULL)
        bind_embedded(loading, field, table, embedded);
    else if (table != NULL && !type_is_composite(field->type->named))
        bind_column(loading, field, table);
    else if (rows)
        mistake(loading, field_coordinate(loading, field),
                "where does it come from? add @one, @many, @embedded or @resolver");
}

/* A type that is neither a table nor embedded is made by C code, which must know its leaves. */
static void check_made(struct loading *loading, const struct type *type)
{
    if (type_directive(type, "embedded") != NULL || is_root(loading->schema, type))
        return;
    const struct resolver *leaves = resolver_find(loading->sources->resolvers, type->name);
    if (leaves == NULL || leaves->leaf == NULL)
        mistake(
            loading, type->name,
            "where do its values come from? add @table, or a leaf function in resolvers/index.c");
}

void fields_bind(struct loading *loading)
{
    for (uint32_t i = 0; i < loading->schema->type_count; i++) {
        struct type *type = loading->schema->types[i];
        if (type->kind != TYPE_OBJECT || !is_ours(type))
            continue;
        if (is_generated(loading, type)) {
            bind_generated(loading, type);
            continue;
        }
        const struct table *table = table_of(type);
        bool embedded = type_directive(type, "embedded") != NULL;
        if (table == NULL)
            check_made(loading, type);
        for (uint32_t j = 0; j < type->field_count && !embedded; j++)
            bind_field(loading, &type->fields[j], table);
    }
}
