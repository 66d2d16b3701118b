/* rights: which rights a type, field or enum needs; nothing is visible by omission. */
#include "schema/loading.h"

#include "base/arena.h"
#include "mariadb/database.h"

enum status rights_read(struct rights *rights, struct arena *arena, struct database *database)
{
    struct rows rows;
    TRY(database_run(database, arena,
                     STR("SELECT bit, tab, level FROM right_definition ORDER BY bit"), NULL, 0,
                     &rows));
    rights->list = arena_array(arena, struct right, rows.count);
    rights->count = rows.count;
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct cell *cells = rows.cells + (size_t)i * rows.width;
        rights->list[i] = (struct right){.bit = (uint32_t)cells[0].integer,
                                         .tab = cell_str(&cells[1]),
                                         .level = cell_str(&cells[2])};
    }
    return STATUS_OK;
}

uint64_t rights_mask(const struct rights *rights, struct str tab, struct str level)
{
    for (uint32_t i = 0; i < rights->count; i++) {
        const struct right *right = &rights->list[i];
        if (str_equal(right->tab, tab) && right->level.len == level.len &&
            strncasecmp(right->level.at, level.at, level.len) == 0)
            return UINT64_C(1) << right->bit;
    }
    return 0;
}

static uint64_t directive_needs(struct loading *loading, struct str coordinate,
                                const struct ast_directive *directive)
{
    if (directive == NULL)
        return 0;
    struct str tab = directive_text(directive, "tab"), level = directive_text(directive, "level");
    if (level.at == NULL)
        level = STR("READ");
    uint64_t mask = rights_mask(&loading->sources->rights, tab, level);
    if (mask == 0)
        mistake(loading, coordinate,
                "there is no right %.*s:%.*s; add it to right_definition in a migration",
                STR_ARG(tab), STR_ARG(level));
    return mask;
}

/* What is open to everybody has to say so. */
static void check_type(struct loading *loading, const struct type *type)
{
    bool said = type_directive(type, "right") != NULL || type_directive(type, "public") != NULL ||
                type_directive(type, "embedded") != NULL || kinds_owner(loading, type) != NULL;
    if (said || is_root(loading->schema, type) || map_get(&loading->generated, type->name) != NULL)
        return;
    if (str_is(type->name, "PageInfo") || str_ends(type->name, STR("Edge")))
        return;
    mistake(loading, type->name, "who may see it? add @right(tab:) or @public");
}

static void bind_type(struct loading *loading, struct type *type)
{
    bool said = type_is_abstract(type) &&
                (type_directive(type, "table") != NULL || type_directive(type, "right") != NULL);
    if ((type->kind != TYPE_OBJECT && !said) || !is_ours(type))
        return;
    check_type(loading, type);
    type->needs |= directive_needs(loading, type->name, type_directive(type, "right"));
    const struct type *owner = kinds_owner(loading, type);
    if (owner != NULL)
        type->needs |= directive_needs(loading, type->name, type_directive(owner, "right"));
    for (uint32_t i = 0; i < type->field_count; i++) {
        struct field *field = &type->fields[i];
        const struct ast_directive *right = field_directive(field, "right");
        field->needs |=
            right == NULL ? 0 : directive_needs(loading, field_coordinate(loading, field), right);
    }
}

/* Members of input types that say so. */
static void bind_input(struct loading *loading, struct type *type)
{
    for (uint32_t i = 0; i < type->input_count; i++) {
        struct input_value *input = &type->inputs[i];
        const struct ast_directive *right =
            input->ast == NULL ? NULL : ast_directive(&input->ast->directives, "right");
        if (right != NULL)
            input->needs |= directive_needs(loading, input->coordinate, right);
    }
}

/* A member whose type is not there for a viewer is not there either. */
static void bind_members(struct type *type)
{
    for (uint32_t i = 0; i < type->input_count; i++)
        type->inputs[i].needs |= type->inputs[i].type->named->needs;
}

/* A field of an interface can be asked for without naming the type whose field is then read: it
 * needs what each of those needs, beyond what their type does. */
static void bind_interface(struct type *type)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        struct field *field = &type->fields[i];
        for (uint32_t j = 0; j < type->possible_count; j++) {
            const struct field *own = map_get(&type->possible[j]->field_map, field->name);
            if (own != NULL)
                field->needs |= own->needs & ~type->possible[j]->needs;
        }
    }
}

/* An interface or union over several tables needs what all its types need. */
static void bind_abstract(struct type *type)
{
    uint64_t common = UINT64_MAX;
    for (uint32_t i = 0; i < type->possible_count; i++)
        common &= type->possible[i]->needs;
    if (type->possible_count > 0)
        type->needs |= common;
}

/* A connection and its edges are as visible as what they hold. */
static void bind_connection(struct loading *loading, struct str connection, struct str element_name)
{
    const struct type *element = schema_type(loading->schema, element_name, UINT64_MAX);
    struct type *type = schema_type(loading->schema, connection, UINT64_MAX);
    struct str edge_name = str_printf(loading->arena, STR_FMT "Edge", STR_ARG(element_name));
    struct type *edge = schema_type(loading->schema, edge_name, UINT64_MAX);
    if (element == NULL || type == NULL || edge == NULL)
        return;
    type->needs = edge->needs = element->needs;
}

/* Enums and embedded objects are seen by whoever sees one of their uses: they need what all uses
 * need. */
static void bind_used(struct schema *schema)
{
    uint64_t *common = arena_array(schema->arena, uint64_t, schema->type_count);
    memset(common, 0xff, schema->type_count * sizeof(*common));
    for (uint32_t i = 0; i < schema->type_count; i++) {
        const struct type *type = schema->types[i];
        for (uint32_t j = 0; j < type->field_count && is_ours(type); j++)
            common[type->fields[j].type->named->index] &= type->needs | type->fields[j].needs;
    }
    for (uint32_t i = 0; i < schema->type_count; i++) {
        struct type *type = schema->types[i];
        bool follows =
            is_ours(type) && (type->kind == TYPE_ENUM || type_directive(type, "embedded") != NULL);
        if (follows && common[i] != UINT64_MAX)
            type->needs = common[i];
    }
}

void rights_bind(struct loading *loading)
{
    struct schema *schema = loading->schema;
    for (uint32_t i = 0; i < schema->type_count; i++)
        bind_type(loading, schema->types[i]);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        if (schema->types[i]->kind == TYPE_INPUT_OBJECT)
            bind_input(loading, schema->types[i]);
    }
    for (uint32_t i = 0; i < schema->type_count; i++) {
        if (type_is_abstract(schema->types[i]) && is_ours(schema->types[i]))
            bind_abstract(schema->types[i]);
    }
    for (size_t i = 0; i < loading->generated.count; i++)
        bind_connection(loading, loading->generated.entries[i].key,
                        *(struct str *)loading->generated.entries[i].value);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        struct type *type = schema->types[i];
        for (uint32_t j = 0; j < type->field_count && is_ours(type); j++)
            type->fields[j].needs |= type->fields[j].type->named->needs;
    }
    bind_used(schema);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        if (schema->types[i]->kind == TYPE_INPUT_OBJECT)
            bind_members(schema->types[i]);
    }
    for (uint32_t i = 0; i < schema->type_count; i++) {
        if (schema->types[i]->kind == TYPE_INTERFACE && is_ours(schema->types[i]))
            bind_interface(schema->types[i]);
    }
}
