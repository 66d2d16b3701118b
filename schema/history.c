/* history: types of versions: of a field with @history, the loader writes what a version has.
 *
 * Ticket.history: TicketVersionConnection! makes TicketVersion out of type Ticket: since when and
 * until when a version was true, what changed with it, and those fields of Ticket that are columns
 * of its row.
 */
#include "schema/loading.h"

#include "base/arena.h"

enum { FIELDS_LIMIT = 63 }; /* a bit for each, and one for versions without a predecessor */

static const char version_suffix[] = "Version", connection_suffix[] = "VersionConnection";

/* ---- generated types ---- */

static bool has_directive(const struct ast_directives *directives, const char *name)
{
    return ast_directive(directives, name) != NULL;
}

/* What is found in the row itself, or in another one that a column of it names. */
static bool is_of_the_row(const struct ast_field_definition *field)
{
    static const char *const elsewhere[] = {"many", "resolver", "history", "node"};
    for (size_t i = 0; i < sizeof(elsewhere) / sizeof(*elsewhere); i++) {
        if (has_directive(&field->directives, elsewhere[i]))
            return false;
    }
    return field->argument_count == 0;
}

static bool is_name_of(const struct ast_field_definition *field, const struct document *model)
{
    for (uint32_t i = 0; i < model->definitions[0].type_system.field_count; i++) {
        if (str_equal(model->definitions[0].type_system.fields[i].name.text, field->name.text))
            return true;
    }
    return false;
}

/* The row that a column names may be gone when the version is looked at. */
static struct ast_type *nullable(struct loading *loading, const struct ast_type *type)
{
    struct ast_type *copy = arena_new(loading->arena, struct ast_type);
    *copy = *type;
    copy->non_null = false;
    return copy;
}

/* Clients choose among rows and sort them, not their versions. */
static struct ast_directives unchosen(struct loading *loading, struct ast_directives directives)
{
    struct ast_directives kept = {
        .items = arena_array(loading->arena, struct ast_directive, directives.count)};
    for (uint32_t i = 0; i < directives.count; i++) {
        struct str name = directives.items[i].name.text;
        if (!str_is(name, "filter") && !str_is(name, "sort"))
            kept.items[kept.count++] = directives.items[i];
    }
    return kept;
}

static void add_fields(struct loading *loading, const struct ast_type_system *type,
                       struct ast_type_system *version, const struct document *model)
{
    struct ast_field_definition *fields = arena_array(loading->arena, struct ast_field_definition,
                                                      version->field_count + type->field_count);
    memcpy(fields, version->fields, version->field_count * sizeof(*fields));
    for (uint32_t i = 0; i < type->field_count; i++) {
        struct ast_field_definition field = type->fields[i];
        if (!is_of_the_row(&field))
            continue;
        if (is_name_of(&field, model))
            mistake(loading,
                    str_printf(loading->arena, STR_FMT "." STR_FMT, STR_ARG(type->name.text),
                               STR_ARG(field.name.text)),
                    "versions of it have a field of that name: choose another, or drop @history");
        if (has_directive(&field.directives, "one"))
            field.type = nullable(loading, field.type);
        field.directives = unchosen(loading, field.directives);
        fields[version->field_count++] = field;
    }
    version->fields = fields;
}

/* Who may see a row may see its versions. */
static void add_rights(struct loading *loading, const struct ast_type_system *type,
                       struct ast_type_system *version)
{
    version->directives.items =
        arena_array(loading->arena, struct ast_directive, type->directives.count);
    for (uint32_t i = 0; i < type->directives.count; i++) {
        const struct ast_directive *directive = &type->directives.items[i];
        if (str_is(directive->name.text, "right") || str_is(directive->name.text, "public"))
            version->directives.items[version->directives.count++] = *directive;
    }
}

static struct document *parse_version(struct loading *loading, struct str type)
{
    struct str text = str_printf(
        loading->arena,
        "\"What a " STR_FMT " was for some time, by what the viewer may see of it.\"\n"
        "type " STR_FMT "%s {\n"
        "  \"Since when it was so.\"\n  validFrom: DateTime!\n"
        "  \"Until when it was so; null when it still is.\"\n  validUntil: DateTime\n"
        "  \"The fields that are different from the version before; none when there was none "
        "before.\"\n  changes: [String!]!\n"
        "}\n",
        STR_ARG(type), STR_ARG(type), version_suffix);
    return parse_generated(loading, text);
}

static void generate_version(struct loading *loading, const struct ast_type_system *type)
{
    struct document *model = parse_version(loading, type->name.text);
    struct document *document = arena_new(loading->arena, struct document);
    struct ast_definition *definition = arena_new(loading->arena, struct ast_definition);
    *document = *model;
    *definition = model->definitions[0];
    document->definitions = definition;
    add_rights(loading, type, &definition->type_system);
    add_fields(loading, type, &definition->type_system, model);
    document_add(loading, document);
    map_put(&loading->versions, definition->type_system.name.text, (void *)type);
}

static bool has_history(const struct ast_type_system *type)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        if (has_directive(&type->fields[i].directives, "history"))
            return true;
    }
    return false;
}

void history_generate(struct loading *loading)
{
    map_init(&loading->versions, loading->arena, 16);
    uint32_t document_count = loading->document_count;
    for (uint32_t i = 0; i < document_count; i++) {
        const struct document *document = loading->documents[i];
        for (uint32_t j = 0; j < document->definition_count; j++) {
            const struct ast_definition *definition = &document->definitions[j];
            if (definition->kind == AST_OBJECT_TYPE && !definition->type_system.extension &&
                has_history(&definition->type_system))
                generate_version(loading, &definition->type_system);
        }
    }
}

/* ---- tables ---- */

static void check_period(struct loading *loading, const struct table *table)
{
    const struct str names[] = {table->row_start, table->row_end};
    for (size_t i = 0; i < 2; i++) {
        const struct catalogue_column *column =
            catalogue_column(catalogued_table(loading, table), names[i]);
        if (column != NULL && column->kind != CATALOGUE_DATETIME)
            mistake(loading, table->type->name,
                    "%.*s counts transactions in column %.*s; @history needs the moments of its "
                    "versions, TIMESTAMP(6)",
                    STR_ARG(table->name), STR_ARG(column->name));
    }
}

/* A row that moves to another owner begins there anew: nobody learns what it was before. */
static struct str owner_of(const struct table *table)
{
    struct str owner = table->scope_customer.len > 0 ? table->scope_customer : table->scope_partner;
    return str_equal(owner, table->primary_key) ? (struct str){0} : owner;
}

static void bind_versions(struct loading *loading, struct type *version, const struct table *of)
{
    struct str coordinate = of->type->name;
    if (!of->versioned)
        mistake(loading, coordinate,
                "@history needs a table that keeps one: %.*s is not WITH SYSTEM VERSIONING",
                STR_ARG(of->name));
    if (of->half_count > 0)
        mistake(loading, coordinate, "@history knows the versions of one table: drop @join or it");
    need_unique_key(loading, coordinate, of, "@history tells rows apart by it");
    struct versions *versions = arena_new(loading->arena, struct versions);
    *versions = (struct versions){.of = of, .owner = owner_of(of)};
    check_period(loading, of);
    struct table *table = arena_new(loading->arena, struct table);
    *table = *of;
    table->type = version;
    table->global_ids = false;
    table->reference = NULL;
    table->versions = versions;
    version->binding = table;
}

void history_bind_tables(struct loading *loading)
{
    for (size_t i = 0; i < loading->versions.count; i++) {
        const struct ast_type_system *ast = loading->versions.entries[i].value;
        const struct type *type = schema_type(loading->schema, ast->name.text, UINT64_MAX);
        struct type *version =
            schema_type(loading->schema, loading->versions.entries[i].key, UINT64_MAX);
        if (table_of(type) != NULL)
            bind_versions(loading, version, table_of(type));
        else
            mistake(loading, type->name, "@history belongs to types with @table");
    }
}

/* ---- fields ---- */

void history_bind_field(struct loading *loading, struct field *field,
                        const struct ast_directive *directive)
{
    struct str coordinate = field_coordinate(loading, field);
    struct str wanted =
        str_printf(loading->arena, STR_FMT "%s", STR_ARG(field->parent->name), connection_suffix);
    const struct type *version = schema_type(
        loading->schema,
        str_printf(loading->arena, STR_FMT "%s", STR_ARG(field->parent->name), version_suffix),
        UINT64_MAX);
    if (!str_equal(field->type->named->name, wanted)) {
        mistake(loading, coordinate, "@history gives %.*s!", STR_ARG(wanted));
        return;
    }
    const struct table *target = version == NULL ? NULL : table_of(version);
    if (target == NULL)
        return; /* it was complained of already */
    struct binding *binding = arena_new(loading->arena, struct binding);
    struct order_term *order = arena_array(loading->arena, struct order_term, 1);
    *order = (struct order_term){.column = target->row_start, .descending = true};
    *binding = (struct binding){
        .kind = BIND_CONNECTION,
        .target = target,
        .target_key = target->primary_key,
        .parent_key = target->primary_key,
        .order = order,
        .order_count = 1,
        .average = directive_number(directive, "average", 5),
    };
    field->binding = binding;
}

bool history_bind_part(struct loading *loading, struct field *field, const struct table *table)
{
    if (table == NULL || table->versions == NULL)
        return false;
    struct binding binding = {.kind = BIND_COLUMN, .column = table->row_start};
    if (str_is(field->name, "validUntil"))
        binding = (struct binding){.kind = BIND_VALID_UNTIL, .target = table};
    else if (str_is(field->name, "changes"))
        binding = (struct binding){.kind = BIND_CHANGES, .target = table};
    else if (!str_is(field->name, "validFrom"))
        return false;
    struct binding *copy = arena_new(loading->arena, struct binding);
    *copy = binding;
    field->binding = copy;
    return true;
}

/* ---- what is compared ---- */

static void add_column(struct versions *versions, struct str name, uint32_t bit)
{
    versions->columns[versions->column_count++] = (struct version_column){.name = name, .bit = bit};
}

static void add_field(struct loading *loading, struct versions *versions, const struct field *field)
{
    const struct binding *binding = field->binding;
    bool compared =
        binding != NULL && (binding->kind == BIND_COLUMN || binding->kind == BIND_ONE ||
                            binding->kind == BIND_NODE || binding->kind == BIND_EMBEDDED);
    if (!compared || str_equal(binding->column, versions->of->row_start))
        return;
    if (versions->field_count == FIELDS_LIMIT) {
        mistake(loading, field_coordinate(loading, field), "@history knows %d fields, not more",
                FIELDS_LIMIT);
        return;
    }
    uint32_t bit = versions->field_count++;
    versions->fields[bit] = field;
    if (binding->kind != BIND_EMBEDDED) {
        add_column(versions, binding->column, bit);
        if (binding->kind_column.len > 0)
            add_column(versions, binding->kind_column, bit);
        return;
    }
    for (uint32_t i = 0; i < field->type->named->field_count; i++)
        add_column(versions, binding->embedded[i], bit);
}

static uint32_t count_columns(const struct type *type)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < type->field_count; i++)
        count += 2 + type->fields[i].type->named->field_count; /* a key, with its kind */
    return count;
}

void history_bind(struct loading *loading)
{
    for (size_t i = 0; i < loading->versions.count; i++) {
        const struct type *type =
            schema_type(loading->schema, loading->versions.entries[i].key, UINT64_MAX);
        if (table_of(type) == NULL)
            continue;
        struct versions *versions = (struct versions *)table_of(type)->versions;
        versions->fields = arena_array(loading->arena, const struct field *, FIELDS_LIMIT);
        versions->columns = arena_array(loading->arena, struct version_column, count_columns(type));
        for (uint32_t j = 0; j < type->field_count; j++)
            add_field(loading, versions, &type->fields[j]);
    }
}
