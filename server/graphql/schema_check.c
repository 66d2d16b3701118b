/* schema_check: roots, directives, and each type in its turn. */
#include "graphql/schema_check.h"

#include "base/arena.h"
#include "graphql/input_check.h"
#include "graphql/schema_checking.h"

static bool is_within(const void *part, const void *items, uint32_t count, size_t size)
{
    uintptr_t at = (uintptr_t)part, start = (uintptr_t)items;
    return at >= start && at < start + count * size;
}

static bool owns(const struct ast_type_system *definition, const void *part)
{
    return is_within(part, definition->fields, definition->field_count,
                     sizeof(*definition->fields)) ||
           is_within(part, definition->inputs, definition->input_count,
                     sizeof(*definition->inputs)) ||
           is_within(part, definition->values, definition->value_count,
                     sizeof(*definition->values));
}

const struct document *checking_document(const struct type *type, const void *part)
{
    for (uint32_t i = 0; i < type->extension_count; i++) {
        if (owns(type->extensions[i], part))
            return type->extensions[i]->document;
    }
    return type->ast == NULL ? NULL : type->ast->document;
}

struct error *checking_report(struct schema_checking *checking, struct str message)
{
    return errors_add_text(checking->errors, "GRAPHQL_VALIDATION_FAILED", message);
}

void checking_at(struct schema_checking *checking, struct error *error,
                 const struct document *document, uint32_t at)
{
    if (document != NULL)
        error_at(checking->errors, error, document, at);
}

void checking_at_type(struct schema_checking *checking, struct error *error,
                      const struct type *type)
{
    if (type->ast != NULL)
        checking_at(checking, error, type->ast->document, type->ast->at);
    for (uint32_t i = 0; i < type->extension_count; i++)
        checking_at(checking, error, type->extensions[i]->document, type->extensions[i]->at);
}

void checking_at_deprecation(struct schema_checking *checking, struct error *error,
                             const struct document *document,
                             const struct ast_directives *directives)
{
    const struct ast_directive *deprecated = ast_directive(directives, "deprecated");
    if (deprecated != NULL)
        checking_at(checking, error, document, deprecated->at);
}

void checking_name(struct schema_checking *checking, struct str name,
                   const struct document *document, uint32_t at)
{
    if (!str_starts(name, STR("__")))
        return;
    struct error *error = checking_report(
        checking,
        str_printf(checking->arena,
                   "Name \"" STR_FMT
                   "\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                   STR_ARG(name)));
    checking_at(checking, error, document, at);
}

static const char *const operation_words[] = {"query", "mutation", "subscription"};

/* Where the schema definition names the type of an operation; false: it does not. */
static bool at_operation(struct schema_checking *checking, struct error *error, int operation)
{
    const struct schema *schema = checking->schema;
    for (uint32_t i = 0; i < schema->definition_count; i++) {
        const struct ast_type_system *definition = schema->definitions[i];
        for (uint32_t k = 0; k < definition->operation_count; k++) {
            if ((int)definition->operations[k].operation != operation)
                continue;
            checking_at(checking, error, definition->document, definition->operations[k].type.at);
            return true;
        }
    }
    return false;
}

static void report_root_kind(struct schema_checking *checking, int operation,
                             const struct type *root)
{
    static const char *const words[] = {"Query", "Mutation", "Subscription"};
    struct error *error = checking_report(
        checking,
        str_printf(checking->arena, "%s root type must be Object type%s, it cannot be " STR_FMT ".",
                   words[operation], operation == AST_QUERY ? "" : " if provided",
                   STR_ARG(root->name)));
    if (!at_operation(checking, error, operation) && root->ast != NULL)
        checking_at(checking, error, root->ast->document, root->ast->at);
}

/* One type for two operations, or for all three. */
static void check_roots_differ(struct schema_checking *checking, const struct type *const roots[3])
{
    for (int first = AST_QUERY; first < AST_SUBSCRIPTION; first++) {
        const struct type *root = roots[first];
        bool earlier = first == AST_MUTATION && root == roots[AST_QUERY];
        if (root == NULL || root->kind != TYPE_OBJECT || earlier)
            continue;
        int same[3], count = 0;
        for (int each = first; each <= AST_SUBSCRIPTION; each++) {
            if (roots[each] == root)
                same[count++] = each;
        }
        if (count < 2)
            continue;
        struct str list = count == 2
                              ? str_printf(checking->arena, "%s and %s", operation_words[same[0]],
                                           operation_words[same[1]])
                              : STR("query, mutation, and subscription");
        struct error *error =
            checking_report(checking, str_printf(checking->arena,
                                                 "All root types must be different, \"" STR_FMT
                                                 "\" type is used as " STR_FMT " root types.",
                                                 STR_ARG(root->name), STR_ARG(list)));
        for (int i = 0; i < count; i++)
            at_operation(checking, error, same[i]);
    }
}

static void check_roots(struct schema_checking *checking)
{
    const struct schema *schema = checking->schema;
    const struct type *const roots[] = {schema->query, schema->mutation, schema->subscription};
    if (schema->query == NULL) {
        struct error *error = checking_report(checking, STR("Query root type must be provided."));
        if (schema->definition_count > 0 && !schema->definitions[0]->extension)
            checking_at(checking, error, schema->definitions[0]->document,
                        schema->definitions[0]->at);
    }
    for (int operation = AST_QUERY; operation <= AST_SUBSCRIPTION; operation++) {
        if (roots[operation] != NULL && roots[operation]->kind != TYPE_OBJECT)
            report_root_kind(checking, operation, roots[operation]);
    }
    check_roots_differ(checking, roots);
}

static void check_directives(struct schema_checking *checking)
{
    for (uint32_t i = 0; i < checking->schema->directive_count; i++) {
        const struct directive *directive = checking->schema->directives[i];
        checking_name(checking, directive->name, directive->ast->document, directive->ast->at);
        checking_arguments(checking, directive->arguments, directive->argument_count,
                           directive->ast->document, true);
    }
}

static void report_empty(struct schema_checking *checking, const char *what,
                         const struct type *type, const char *members)
{
    struct error *error = checking_report(
        checking, str_printf(checking->arena, "%s " STR_FMT " must define one or more %s.", what,
                             STR_ARG(type->name), members));
    checking_at_type(checking, error, type);
}

static void check_fields(struct schema_checking *checking, const struct type *type)
{
    if (type->field_count == 0)
        report_empty(checking, "Type", type, "fields");
    for (uint32_t i = 0; i < type->field_count; i++) {
        const struct field *field = &type->fields[i];
        if (field->ast == NULL)
            continue;
        const struct document *document = checking_document(type, field->ast);
        checking_name(checking, field->name, document, field->ast->at);
        if (field->type->named->kind == TYPE_INPUT_OBJECT) {
            struct error *error = checking_report(
                checking, str_printf(checking->arena,
                                     "The type of " STR_FMT "." STR_FMT
                                     " must be Output Type but got: " STR_FMT ".",
                                     STR_ARG(type->name), STR_ARG(field->name),
                                     STR_ARG(type_use_text(checking->arena, field->type))));
            checking_at(checking, error, document, field->ast->type->at);
        }
        checking_arguments(checking, field->arguments, field->argument_count, document, false);
    }
}

static void at_member(struct schema_checking *checking, struct error *error,
                      const struct ast_type_system *definition, struct str name)
{
    for (uint32_t i = 0; i < definition->interface_count; i++) {
        if (str_equal(definition->interfaces[i].text, name))
            checking_at(checking, error, definition->document, definition->interfaces[i].at);
    }
}

static void report_member(struct schema_checking *checking, const struct type *type,
                          const struct type *member, const char *format)
{
    struct error *error = checking_report(
        checking, str_printf(checking->arena, format, STR_ARG(type->name), STR_ARG(member->name)));
    at_member(checking, error, type->ast, member->name);
    for (uint32_t i = 0; i < type->extension_count; i++)
        at_member(checking, error, type->extensions[i], member->name);
}

static void check_members(struct schema_checking *checking, const struct type *type)
{
    if (type->possible_count == 0)
        report_empty(checking, "Union type", type, "member types");
    struct map seen;
    map_init(&seen, checking->arena, type->possible_count);
    for (uint32_t i = 0; i < type->possible_count; i++) {
        const struct type *member = type->possible[i];
        if (map_put(&seen, member->name, (void *)member) != NULL)
            report_member(checking, type, member,
                          "Union type " STR_FMT " can only include type " STR_FMT " once.");
        else if (member->kind != TYPE_OBJECT)
            report_member(checking, type, member,
                          "Union type " STR_FMT
                          " can only include Object types, it cannot include " STR_FMT ".");
    }
}

static void check_values(struct schema_checking *checking, const struct type *type)
{
    if (type->value_count == 0)
        report_empty(checking, "Enum type", type, "values");
    for (uint32_t i = 0; i < type->value_count; i++) {
        const struct enum_value *value = &type->values[i];
        checking_name(checking, value->name, checking_document(type, value->ast), value->ast->at);
    }
}

static void check_type(struct schema_checking *checking, struct default_cycles *cycles,
                       const struct type *type)
{
    checking_name(checking, type->name, type->ast->document, type->ast->at);
    switch (type->kind) {
    case TYPE_OBJECT:
    case TYPE_INTERFACE:
        check_fields(checking, type);
        checking_interfaces(checking, type);
        break;
    case TYPE_UNION:
        check_members(checking, type);
        break;
    case TYPE_ENUM:
        check_values(checking, type);
        break;
    case TYPE_INPUT_OBJECT:
        if (type->input_count == 0)
            report_empty(checking, "Input Object type", type, "fields");
        checking_input_object(checking, type);
        checking_default_cycles(cycles, type);
        break;
    case TYPE_SCALAR:
        break;
    }
}

bool schema_check(const struct schema *schema, struct errors *errors)
{
    uint32_t before = errors->count;
    struct schema_checking checking = {.schema = schema, .arena = errors->arena, .errors = errors};
    check_roots(&checking);
    check_directives(&checking);
    struct default_cycles *cycles = checking_default_cycles_create(&checking);
    for (uint32_t i = 0; i < schema->type_count; i++) {
        if (!schema->types[i]->built_in)
            check_type(&checking, cycles, schema->types[i]);
    }
    checking_finite(&checking);
    return errors->count == before;
}
