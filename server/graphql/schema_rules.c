/* schema_rules: names that are defined once, and known where they are used. */
#include "graphql/schema_rules.h"

#include "base/arena.h"
#include "graphql/rules.h"
#include "graphql/schema_built_in.h"
#include "graphql/validation.h"
#include "graphql/walk.h"
#include <stddef.h>

/* A name, and the document it stands in. */
struct place {
    const struct document *document;
    uint32_t at;
    enum ast_definition_kind kind;
};

struct schema_rules {
    uint32_t schema_definitions;
    struct place root_operations[3];
    struct map type_names;      /* struct place */
    struct map directive_names; /* struct place */
    struct map members;         /* struct map of struct place, by type name: its fields */
    struct map values;          /* the same: its enum values */
};

static void report_twice(struct validation *v, struct str message, const struct place *first,
                         uint32_t again)
{
    struct error *error = validation_report_text(v, message);
    error_at(v->errors, error, first->document, first->at);
    validation_at(v, error, again);
}

static struct place *place_new(struct validation *v, uint32_t at)
{
    struct place *place = arena_new(v->arena, struct place);
    *place = (struct place){.document = v->document, .at = at, .kind = v->definition->kind};
    return place;
}

/* LoneSchemaDefinition */
static void check_lone_schema(struct validation *v)
{
    if (v->definition->kind != AST_SCHEMA || v->definition->type_system.extension)
        return;
    if (v->schema_rules->schema_definitions++ > 0)
        validation_at(v, validation_report(v, "Must provide only one schema definition."),
                      v->definition->at);
}

/* UniqueOperationTypes */
static void check_operation_types(struct validation *v)
{
    static const char *const words[] = {"query", "mutation", "subscription"};
    const struct ast_type_system *parts = &v->definition->type_system;
    for (uint32_t i = 0; i < parts->operation_count; i++) {
        const struct ast_root_operation *root = &parts->operations[i];
        struct place *known = &v->schema_rules->root_operations[root->operation];
        if (known->document == NULL)
            *known = (struct place){.document = v->document, .at = root->at};
        else
            report_twice(v,
                         str_printf(v->arena, "There can be only one %s type in schema.",
                                    words[root->operation]),
                         known, root->at);
    }
}

static bool defines_type(const struct ast_definition *definition)
{
    return definition->kind >= AST_SCALAR_TYPE && definition->kind <= AST_INPUT_OBJECT_TYPE &&
           !definition->type_system.extension;
}

/* UniqueTypeNames */
static void check_type_name(struct validation *v)
{
    const struct name *name = &v->definition->type_system.name;
    if (!defines_type(v->definition))
        return;
    const struct place *known = map_get(&v->schema_rules->type_names, name->text);
    if (known != NULL)
        report_twice(v,
                     str_printf(v->arena, "There can be only one type named \"" STR_FMT "\".",
                                STR_ARG(name->text)),
                     known, name->at);
    else
        map_put(&v->schema_rules->type_names, name->text, place_new(v, name->at));
}

static struct map *members_of(struct validation *v, struct map *types, struct str type)
{
    struct map *members = map_get(types, type);
    if (members == NULL) {
        members = arena_new(v->arena, struct map);
        map_init(members, v->arena, 8);
        map_put(types, type, members);
    }
    return members;
}

static void check_member(struct validation *v, struct map *members, const char *what,
                         const struct name *name)
{
    const struct place *known = map_get(members, name->text);
    if (known == NULL) {
        map_put(members, name->text, place_new(v, name->at));
        return;
    }
    report_twice(v,
                 str_printf(v->arena, "%s \"" STR_FMT "." STR_FMT "\" can only be defined once.",
                            what, STR_ARG(v->definition->type_system.name.text),
                            STR_ARG(name->text)),
                 known, name->at);
}

/* UniqueEnumValueNames, UniqueFieldDefinitionNames */
static void check_members(struct validation *v)
{
    const struct ast_type_system *parts = &v->definition->type_system;
    if (v->definition->kind == AST_SCHEMA || v->definition->kind == AST_DIRECTIVE)
        return;
    if (parts->value_count == 0 && parts->field_count == 0 && parts->input_count == 0)
        return;
    struct map *members = members_of(v, &v->schema_rules->members, parts->name.text);
    struct map *values = members_of(v, &v->schema_rules->values, parts->name.text);
    for (uint32_t i = 0; i < parts->value_count; i++)
        check_member(v, values, "Enum value", &parts->values[i].name);
    for (uint32_t i = 0; i < parts->field_count; i++)
        check_member(v, members, "Field", &parts->fields[i].name);
    for (uint32_t i = 0; i < parts->input_count; i++)
        check_member(v, members, "Field", &parts->inputs[i].name);
}

static void check_argument_names(struct validation *v, const struct ast_input_value *inputs,
                                 uint32_t count, struct str owner)
{
    if (count < 2)
        return;
    validation_unique_names(v,
                            (struct named_items){.items = inputs,
                                                 .count = count,
                                                 .size = sizeof(struct ast_input_value),
                                                 .offset = offsetof(struct ast_input_value, name)},
                            str_printf(v->arena, "Argument \"" STR_FMT "(", STR_ARG(owner)).at,
                            ":)\" can only be defined once.");
}

/* UniqueArgumentDefinitionNames */
static void check_argument_definitions(struct validation *v)
{
    const struct ast_type_system *parts = &v->definition->type_system;
    if (v->definition->kind == AST_DIRECTIVE)
        check_argument_names(v, parts->inputs, parts->input_count,
                             str_printf(v->arena, "@" STR_FMT, STR_ARG(parts->name.text)));
    for (uint32_t i = 0; i < parts->field_count; i++) {
        const struct ast_field_definition *field = &parts->fields[i];
        if (field->argument_count > 1)
            check_argument_names(v, field->arguments, field->argument_count,
                                 str_printf(v->arena, STR_FMT "." STR_FMT,
                                            STR_ARG(parts->name.text), STR_ARG(field->name.text)));
    }
}

/* UniqueDirectiveNames */
static void check_directive_name(struct validation *v)
{
    const struct name *name = &v->definition->type_system.name;
    if (v->definition->kind != AST_DIRECTIVE)
        return;
    const struct place *known = map_get(&v->schema_rules->directive_names, name->text);
    if (known != NULL)
        report_twice(v,
                     str_printf(v->arena, "There can be only one directive named \"@" STR_FMT "\".",
                                STR_ARG(name->text)),
                     known, name->at);
    else
        map_put(&v->schema_rules->directive_names, name->text, place_new(v, name->at));
}

/* PossibleTypeExtensions */
static void check_extension(struct validation *v)
{
    static const char *const words[] = {
        [AST_SCALAR_TYPE] = "scalar",       [AST_OBJECT_TYPE] = "object",
        [AST_INTERFACE_TYPE] = "interface", [AST_UNION_TYPE] = "union",
        [AST_ENUM_TYPE] = "enum",           [AST_INPUT_OBJECT_TYPE] = "input object",
    };
    const struct ast_definition *extension = v->definition;
    const struct name *name = &extension->type_system.name;
    if (!extension->type_system.extension || extension->kind == AST_SCHEMA)
        return;
    const struct ast_definition *defined = map_get(&v->type_definitions, name->text);
    if (defined == NULL) {
        validation_at(
            v,
            validation_report(v, "Cannot extend type \"" STR_FMT "\" because it is not defined.",
                              STR_ARG(name->text)),
            name->at);
    } else if (defined->kind != extension->kind) {
        const struct place place = {.document = defined->type_system.document, .at = defined->at};
        report_twice(v,
                     str_printf(v->arena, "Cannot extend non-%s type \"" STR_FMT "\".",
                                words[extension->kind], STR_ARG(name->text)),
                     &place, extension->at);
    }
}

#define RULES(...) ((void (*const[])(struct validation *)){__VA_ARGS__, NULL})

/* clang-format off */
static const struct rule_set type_system_rules = {
    .on = {
        [ON_OPERATION]     = RULES(rules_directives_unique),
        [ON_VARIABLE_DEFINITION] = RULES(rules_directives_unique),
        [ON_FRAGMENT]      = RULES(rules_directives_unique),
        [ON_FIELD]         = RULES(rules_directives_unique,
                                   rules_arguments_unique),
        [ON_SPREAD]        = RULES(rules_directives_unique),
        [ON_INLINE_FRAGMENT] = RULES(rules_directives_unique),
        [ON_VALUE]         = RULES(rules_values_fields_unique),
        [ON_DIRECTIVE]     = RULES(rules_directives_known,
                                   rules_arguments_known_of_directive,
                                   rules_arguments_unique_of_directive),
        [ON_TYPE_NAME]     = RULES(rules_types_known),
        [ON_TYPE_SYSTEM]   = RULES(check_lone_schema,
                                   check_operation_types,
                                   check_type_name,
                                   check_members,
                                   check_argument_definitions,
                                   check_directive_name,
                                   rules_directives_unique,
                                   check_extension),
        [ON_MEMBER]        = RULES(rules_directives_unique),
        [ON_DIRECTIVE_END] = RULES(rules_arguments_required_of_directive),
    },
};
/* clang-format on */

static void index_definitions(struct validation *v, struct document *document)
{
    for (uint32_t i = 0; i < document->definition_count; i++) {
        const struct ast_definition *definition = &document->definitions[i];
        struct str name = definition->type_system.name.text;
        if (definition->kind == AST_DIRECTIVE)
            map_put(&v->directive_definitions, name, (void *)&definition->type_system);
        else if (defines_type(definition))
            map_put(&v->type_definitions, name, (void *)definition);
    }
}

/* Built-in directives are known without being defined; built-in types only where the schema
 * language names them, which rules_types_known() sees to. */
static void index_built_in_directives(struct validation *v)
{
    const struct document *built_in = schema_built_in(v->arena);
    for (uint32_t i = 0; i < built_in->definition_count; i++) {
        const struct ast_definition *definition = &built_in->definitions[i];
        if (definition->kind == AST_DIRECTIVE)
            map_put(&v->directive_definitions, definition->type_system.name.text,
                    (void *)&definition->type_system);
    }
}

bool schema_rules(struct arena *arena, struct document **documents, uint32_t count,
                  struct errors *errors)
{
    uint32_t before = errors->count;
    struct schema_rules own = {0};
    static const struct validate_limits unlimited;
    struct validation v = {
        .documents = documents,
        .document_count = count,
        .limits = &unlimited,
        .arena = arena,
        .errors = errors,
        .error_limit = errors->limit,
        .rules = &type_system_rules,
        .schema_rules = &own,
    };
    map_init(&own.type_names, arena, 64);
    map_init(&own.directive_names, arena, 16);
    map_init(&own.members, arena, 64);
    map_init(&own.values, arena, 64);
    map_init(&v.directive_definitions, arena, 16);
    map_init(&v.type_definitions, arena, 64);
    index_built_in_directives(&v);
    for (uint32_t i = 0; i < count; i++)
        index_definitions(&v, documents[i]);
    walk_documents(&v);
    return errors->count == before;
}
