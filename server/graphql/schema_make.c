/* schema_make: first every type by name, then what each of them says, then what follows from it. */
#include "graphql/schema_make.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/coerce.h"
#include "graphql/errors.h"
#include "graphql/printer.h"
#include "graphql/schema_built_in.h"
#include "graphql/schema_order.h"

struct making {
    struct arena *arena;
    struct schema *schema;
    struct errors *errors;
    const struct schema_options *options;
    struct map types;      /* every type there could be, those nobody refers to as well */
    struct map directives; /* struct directive by name */
    bool failed;
};

static bool is_type_kind(enum ast_definition_kind kind)
{
    return kind >= AST_SCALAR_TYPE && kind <= AST_INPUT_OBJECT_TYPE;
}

/* Only the first mistake is reported. */
static void fail_at(struct making *making, const struct ast_type_system *owner, uint32_t at,
                    struct str message)
{
    if (making->failed)
        return;
    making->failed = true;
    struct error *error = errors_add_text(making->errors, NULL, message);
    error_at(making->errors, error, owner->document, at);
}

static const struct type *find_type(struct making *making, const struct ast_type_system *owner,
                                    const struct name *name)
{
    const struct type *type = map_get(&making->types, name->text);
    if (type != NULL)
        return type;
    fail_at(making, owner, name->at,
            str_printf(making->arena, "Unknown type \"" STR_FMT "\".", STR_ARG(name->text)));
    return map_get(&making->types, STR("String"));
}

static const struct type_use *make_use(struct making *making, const struct ast_type_system *owner,
                                       const struct ast_type *ast)
{
    struct type_use *use = arena_new(making->arena, struct type_use);
    if (ast->kind == AST_TYPE_NAMED) {
        *use = (struct type_use){.kind = USE_NAMED, .named = find_type(making, owner, &ast->name)};
    } else {
        const struct type_use *of = make_use(making, owner, ast->of);
        *use = (struct type_use){.kind = USE_LIST, .named = of->named, .of = of};
    }
    if (!ast->non_null)
        return use;
    struct type_use *outer = arena_new(making->arena, struct type_use);
    *outer = (struct type_use){.kind = USE_NON_NULL, .named = use->named, .of = use};
    return outer;
}

/* The text an applied directive gives for an argument; .at NULL: the directive is not there. */
static struct str directive_text(struct making *making, const struct ast_type_system *owner,
                                 const struct ast_directives *directives, const char *directive,
                                 const char *argument, struct str otherwise)
{
    const struct ast_directive *applied = ast_directive(directives, directive);
    if (applied == NULL)
        return (struct str){0};
    const struct ast_argument *given = ast_argument(&applied->arguments, argument);
    if (given == NULL)
        return otherwise;
    if (given->value.kind == AST_VALUE_STRING)
        return given->value.text.at == NULL ? STR("") : given->value.text;
    struct buf message;
    buf_init(&message, making->arena, 128);
    buf_printf(&message, "Argument \"@%s(%s:)\" has invalid value: ", directive, argument);
    if (given->value.kind == AST_VALUE_NULL) {
        buf_add(&message, STR("Expected value of non-null type \"String!\" not to be null."));
    } else {
        buf_add(&message, STR("String cannot represent a non string value: "));
        print_value(&message, &given->value);
    }
    fail_at(making, owner, given->value.at, buf_str(&message));
    return (struct str){0};
}

static struct str deprecation(struct making *making, const struct ast_type_system *owner,
                              const struct ast_directives *directives)
{
    return directive_text(making, owner, directives, "deprecated", "reason",
                          STR("No longer supported"));
}

/* `field` is NULL for the arguments of a directive and the fields of an input object. */
static struct str coordinate(struct making *making, const struct ast_type_system *owner,
                             const struct ast_field_definition *field, struct str name)
{
    struct str type = owner->name.text;
    if (field != NULL)
        return str_printf(making->arena, STR_FMT "." STR_FMT "(" STR_FMT ":)", STR_ARG(type),
                          STR_ARG(field->name.text), STR_ARG(name));
    if (owner->location_count > 0)
        return str_printf(making->arena, "@" STR_FMT "(" STR_FMT ":)", STR_ARG(type),
                          STR_ARG(name));
    return str_printf(making->arena, STR_FMT "." STR_FMT, STR_ARG(type), STR_ARG(name));
}

static void make_inputs(struct making *making, const struct ast_type_system *owner,
                        const struct ast_field_definition *field, struct input_value *to,
                        const struct ast_input_value *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        to[i] = (struct input_value){
            .name = inputs[i].name.text,
            .coordinate = coordinate(making, owner, field, inputs[i].name.text),
            .description = inputs[i].description,
            .type = make_use(making, owner, inputs[i].type),
            .default_value = inputs[i].default_value,
            .deprecation_reason = deprecation(making, owner, &inputs[i].directives),
            .ast = &inputs[i],
        };
    }
}

static void make_field(struct making *making, const struct ast_type_system *owner,
                       struct field *field, const struct ast_field_definition *ast,
                       const struct type *parent)
{
    *field = (struct field){
        .name = ast->name.text,
        .description = ast->description,
        .arguments = arena_array(making->arena, struct input_value, ast->argument_count),
        .argument_count = ast->argument_count,
        .type = make_use(making, owner, ast->type),
        .deprecation_reason = deprecation(making, owner, &ast->directives),
        .ast = ast,
        .parent = parent,
    };
    make_inputs(making, owner, ast, field->arguments, ast->arguments, ast->argument_count);
}

static void add_fields(struct making *making, struct type *type, const struct ast_type_system *part)
{
    for (uint32_t i = 0; i < part->field_count; i++) {
        struct field *field = &type->fields[type->field_count++];
        make_field(making, part, field, &part->fields[i], type);
        map_put(&type->field_map, field->name, field);
    }
}

static void add_names(struct making *making, struct type *type, const struct ast_type_system *part)
{
    for (uint32_t i = 0; i < part->interface_count; i++) {
        const struct type *named = find_type(making, part, &part->interfaces[i]);
        if (type->kind == TYPE_UNION)
            type->possible[type->possible_count++] = named;
        else
            type->interfaces[type->interface_count++] = named;
    }
}

static void add_values(struct making *making, struct type *type, const struct ast_type_system *part)
{
    for (uint32_t i = 0; i < part->value_count; i++) {
        const struct ast_enum_value *ast = &part->values[i];
        type->values[type->value_count++] = (struct enum_value){
            .name = ast->name.text,
            .description = ast->description,
            .deprecation_reason = deprecation(making, part, &ast->directives),
            .ast = ast,
        };
    }
}

/* What a definition or one of its extensions adds to the type. */
static void add_part(struct making *making, struct type *type, const struct ast_type_system *part)
{
    type->applied[type->applied_count++] = &part->directives;
    add_fields(making, type, part);
    add_names(making, type, part);
    add_values(making, type, part);
    if (type->kind == TYPE_INPUT_OBJECT) {
        make_inputs(making, part, NULL, type->inputs + type->input_count, part->inputs,
                    part->input_count);
        type->input_count += part->input_count;
    }
    if (type->kind == TYPE_SCALAR) {
        struct str url =
            directive_text(making, part, &part->directives, "specifiedBy", "url", (struct str){0});
        type->specified_by = url.at != NULL ? url : type->specified_by;
        if (type->specified_by.at == NULL)
            type->specified_by = str_of(type->scalar->specified_by);
    }
}

/* Room for what all parts together add. */
static void fill_type(struct making *making, struct type *type)
{
    uint32_t fields = type->ast->field_count, names = type->ast->interface_count;
    uint32_t values = type->ast->value_count, inputs = type->ast->input_count;
    for (uint32_t i = 0; i < type->extension_count; i++) {
        fields += type->extensions[i]->field_count;
        names += type->extensions[i]->interface_count;
        values += type->extensions[i]->value_count;
        inputs += type->extensions[i]->input_count;
    }
    type->fields = arena_array(making->arena, struct field, fields);
    if (type->kind == TYPE_OBJECT || type->kind == TYPE_INTERFACE)
        map_init(&type->field_map, making->arena, fields);
    if (type->kind == TYPE_UNION)
        type->possible = arena_array(making->arena, const struct type *, names);
    else
        type->interfaces = arena_array(making->arena, const struct type *, names);
    type->values = arena_array(making->arena, struct enum_value, values);
    type->inputs = arena_array(making->arena, struct input_value, inputs);
    type->applied =
        arena_array(making->arena, const struct ast_directives *, type->extension_count + 1);
    add_part(making, type, type->ast);
    for (uint32_t i = 0; i < type->extension_count; i++)
        add_part(making, type, type->extensions[i]);
}

static void fill_types(struct making *making, unsigned kinds)
{
    for (size_t i = 0; i < making->types.count; i++) {
        struct type *type = making->types.entries[i].value;
        if (kinds >> type->kind & 1)
            fill_type(making, type);
    }
}

static void declare_type(struct making *making, const struct ast_definition *definition,
                         bool built_in)
{
    static const enum type_kind kinds[] = {
        [AST_SCALAR_TYPE] = TYPE_SCALAR,       [AST_OBJECT_TYPE] = TYPE_OBJECT,
        [AST_INTERFACE_TYPE] = TYPE_INTERFACE, [AST_UNION_TYPE] = TYPE_UNION,
        [AST_ENUM_TYPE] = TYPE_ENUM,           [AST_INPUT_OBJECT_TYPE] = TYPE_INPUT_OBJECT,
    };
    const struct ast_type_system *ast = &definition->type_system;
    if (map_get(&making->types, ast->name.text) != NULL)
        return;
    struct type *type = arena_new(making->arena, struct type);
    type->kind = kinds[definition->kind];
    type->name = ast->name.text;
    type->description = ast->description;
    type->ast = ast;
    type->built_in = built_in;
    type->one_of = ast_directive(&ast->directives, "oneOf") != NULL;
    if (type->kind == TYPE_SCALAR)
        type->scalar =
            built_in || !making->options->standard_scalars ? scalar_find(type->name) : scalar_any();
    map_put(&making->types, type->name, type);
}

static void extend_type(struct making *making, const struct ast_type_system *extension)
{
    struct type *type = map_get(&making->types, extension->name.text);
    if (type == NULL || type->built_in)
        return;
    const struct ast_type_system **all =
        arena_array(making->arena, const struct ast_type_system *, type->extension_count + 1);
    if (type->extension_count > 0)
        memcpy(all, type->extensions, type->extension_count * sizeof(*all));
    all[type->extension_count++] = extension;
    type->extensions = all;
}

static void make_directive(struct making *making, const struct ast_type_system *ast)
{
    if (map_get(&making->directives, ast->name.text) != NULL)
        return;
    struct directive *directive = arena_new(making->arena, struct directive);
    *directive = (struct directive){
        .name = ast->name.text,
        .description = ast->description,
        .ast = ast,
        .arguments = arena_array(making->arena, struct input_value, ast->input_count),
        .argument_count = ast->input_count,
        .repeatable = ast->repeatable,
        .built_in = schema_built_in_directive(ast->name.text),
    };
    make_inputs(making, ast, NULL, directive->arguments, ast->inputs, ast->input_count);
    for (uint32_t i = 0; i < ast->location_count; i++) {
        enum directive_location location;
        if (directive_location_find(ast->locations[i].text, &location))
            directive->locations |= 1u << location;
    }
    map_put(&making->directives, directive->name, directive);
}

static void add_schema_definition(struct making *making, const struct ast_type_system *ast)
{
    struct schema *schema = making->schema;
    if (ast->description.at != NULL)
        schema->description = ast->description;
    const struct ast_type_system **all =
        arena_array(making->arena, const struct ast_type_system *, schema->definition_count + 1);
    /* The definition first, however the documents are ordered. */
    uint32_t at = ast->extension ? schema->definition_count : 0;
    for (uint32_t i = 0; i < schema->definition_count; i++)
        all[i < at ? i : i + 1] = schema->definitions[i];
    all[at] = ast;
    schema->definitions = all;
    schema->definition_count++;
}

static const struct type **root_of(struct schema *schema, enum ast_operation_kind operation)
{
    return operation == AST_QUERY      ? &schema->query
           : operation == AST_MUTATION ? &schema->mutation
                                       : &schema->subscription;
}

/* Default root operation type names (§3.3.1) hold where no schema definition stands. */
static void find_roots(struct making *making)
{
    struct schema *schema = making->schema;
    bool defined = false;
    for (uint32_t i = 0; i < schema->definition_count; i++) {
        const struct ast_type_system *ast = schema->definitions[i];
        defined = defined || !ast->extension;
        for (uint32_t k = 0; k < ast->operation_count; k++)
            *root_of(schema, ast->operations[k].operation) =
                find_type(making, ast, &ast->operations[k].type);
    }
    static const char *const names[] = {"Query", "Mutation", "Subscription"};
    for (int operation = AST_QUERY; operation <= AST_SUBSCRIPTION && !defined; operation++) {
        const struct type *type = map_get(&making->types, str_of(names[operation]));
        if (type != NULL)
            *root_of(schema, (enum ast_operation_kind)operation) = type;
    }
}

static void read_documents(struct making *making, struct document **documents, uint32_t count,
                           bool built_in)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < documents[i]->definition_count; k++) {
            const struct ast_definition *definition = &documents[i]->definitions[k];
            if (is_type_kind(definition->kind) && !definition->type_system.extension)
                declare_type(making, definition, built_in);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < documents[i]->definition_count; k++) {
            const struct ast_definition *definition = &documents[i]->definitions[k];
            if (definition->kind == AST_SCHEMA)
                add_schema_definition(making, &definition->type_system);
            else if (is_type_kind(definition->kind) && definition->type_system.extension)
                extend_type(making, &definition->type_system);
        }
    }
}

static void read_directives(struct making *making, struct document **documents, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < documents[i]->definition_count; k++) {
            const struct ast_definition *definition = &documents[i]->definitions[k];
            if (definition->kind == AST_DIRECTIVE)
                make_directive(making, &definition->type_system);
        }
    }
}

/* Nothing of the built-in document is shown as the schema's own text. */
static void forget_asts(struct type *type)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        for (uint32_t k = 0; k < type->fields[i].argument_count; k++)
            type->fields[i].arguments[k].ast = NULL;
        type->fields[i].ast = NULL;
    }
    for (uint32_t i = 0; i < type->value_count; i++)
        type->values[i].ast = NULL;
    type->ast = NULL;
    type->applied_count = 0;
}

static void take_meta_fields(struct making *making)
{
    struct type *meta = map_get(&making->types, STR("__Meta"));
    meta->name = STR("<meta>"); /* as messages call where these fields are */
    for (uint32_t i = 0; i < meta->field_count; i++) {
        for (uint32_t k = 0; k < meta->fields[i].argument_count; k++) {
            struct input_value *argument = &meta->fields[i].arguments[k];
            argument->coordinate =
                str_printf(making->arena, "<meta>." STR_FMT "(" STR_FMT ":)",
                           STR_ARG(meta->fields[i].name), STR_ARG(argument->name));
        }
    }
    making->schema->typename_field = map_get(&meta->field_map, STR("__typename"));
    making->schema->schema_field = map_get(&meta->field_map, STR("__schema"));
    making->schema->type_field = map_get(&meta->field_map, STR("__type"));
}

struct schema *schema_make(struct arena *arena, struct document **documents, uint32_t count,
                           const struct schema_options *options, struct errors *errors)
{
    struct making making = {.arena = arena, .errors = errors, .options = options};
    struct document *built_in = schema_built_in(arena);
    making.schema = arena_new(arena, struct schema);
    making.schema->arena = arena;
    map_init(&making.types, arena, 64);
    map_init(&making.directives, arena, 16);
    /* Built-in types first: a definition by the same name is the built-in one again. */
    read_documents(&making, &built_in, 1, true);
    read_documents(&making, documents, count, false);
    /* In the order in which graphql-js would come upon a mistake in an applied directive. */
    fill_types(&making, 1u << TYPE_SCALAR);
    read_directives(&making, documents, count);
    read_directives(&making, &built_in, 1);
    fill_types(&making, 1u << TYPE_OBJECT | 1u << TYPE_INTERFACE | 1u << TYPE_UNION |
                            1u << TYPE_INPUT_OBJECT);
    fill_types(&making, 1u << TYPE_ENUM);
    find_roots(&making);
    take_meta_fields(&making);
    for (size_t i = 0; i < making.types.count; i++) {
        struct type *type = making.types.entries[i].value;
        if (type->built_in)
            forget_asts(type);
    }
    if (making.failed)
        return NULL;
    schema_order(making.schema, &making.types, &making.directives, documents, count);
    return making.schema;
}
