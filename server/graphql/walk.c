/* walk: depth first in source order; every function leaves the place as it found it. */
#include "graphql/walk.h"

#include "graphql/input_check.h"
#include "graphql/validation.h"

static void call_rules(struct validation *v, enum validation_event event)
{
    void (*const *rule)(struct validation *) = v->rules->on[event];
    if (rule == NULL)
        return;
    for (; *rule != NULL && !v->aborted; rule++)
        (*rule)(v);
}

static void walk_type_name(struct validation *v, const struct name *name)
{
    v->type_name = name;
    call_rules(v, ON_TYPE_NAME);
}

static void walk_type(struct validation *v, const struct ast_type *type)
{
    while (type->kind == AST_TYPE_LIST)
        type = type->of;
    walk_type_name(v, &type->name);
}

static void walk_value(struct validation *v, const struct ast_value *value,
                       const struct type_use *type, bool has_default)
{
    v->value = value;
    v->input_type = type != NULL && type_is_input(type->named) ? type : NULL;
    v->has_default = has_default;
    call_rules(v, ON_VALUE);
}

static void walk_arguments(struct validation *v, const struct ast_arguments *arguments,
                           const struct input_value *definitions, uint32_t count, bool of_field)
{
    for (uint32_t i = 0; i < arguments->count; i++) {
        v->argument = &arguments->items[i];
        v->argument_definition = input_value_find(definitions, count, v->argument->name.text);
        if (v->argument_definition != NULL &&
            !input_value_visible(v->argument_definition, v->rights))
            v->argument_definition = NULL;
        if (of_field)
            call_rules(v, ON_ARGUMENT);
        const struct input_value *definition = v->argument_definition;
        walk_value(v, &arguments->items[i].value, definition == NULL ? NULL : definition->type,
                   definition != NULL && definition->default_value != NULL);
    }
}

static void walk_directives(struct validation *v, const struct ast_directives *directives,
                            enum directive_location location)
{
    for (uint32_t i = 0; i < directives->count && !v->aborted; i++) {
        v->directive = &directives->items[i];
        v->location = location;
        call_rules(v, ON_DIRECTIVE);
        const struct directive *known =
            v->schema == NULL ? NULL : schema_directive(v->schema, v->directive->name.text);
        if (known != NULL && known->hidden)
            known = NULL;
        walk_arguments(v, &v->directive->arguments, known == NULL ? NULL : known->arguments,
                       known == NULL ? 0 : known->argument_count, false);
        call_rules(v, ON_DIRECTIVE_END);
    }
}

static void walk_selection_set(struct validation *v, const struct ast_selection_set *selections,
                               bool of_inline_fragment);

static void walk_field(struct validation *v, const struct ast_selection *selection)
{
    const struct type *outer = v->type;
    const struct field *outer_field = v->field;
    const struct field *field =
        v->parent_type == NULL
            ? NULL
            : schema_field(v->schema, v->parent_type, selection->name.text, v->rights);
    v->selection = selection;
    v->directives = &selection->directives;
    v->field = field;
    v->type = field == NULL ? NULL : field->type->named;
    call_rules(v, ON_FIELD);
    walk_arguments(v, &selection->arguments, field == NULL ? NULL : field->arguments,
                   field == NULL ? 0 : field->argument_count, true);
    walk_directives(v, &selection->directives, LOCATION_FIELD);
    if (selection->selections.count > 0)
        walk_selection_set(v, &selection->selections, false);
    v->selection = selection;
    v->field = field;
    call_rules(v, ON_FIELD_END);
    v->type = outer;
    v->field = outer_field;
}

static void walk_inline_fragment(struct validation *v, const struct ast_selection *selection)
{
    const struct type *outer = v->type;
    if (selection->type_condition.text.at != NULL)
        v->type = v->schema == NULL
                      ? NULL
                      : schema_type(v->schema, selection->type_condition.text, v->rights);
    v->selection = selection;
    v->directives = &selection->directives;
    call_rules(v, ON_INLINE_FRAGMENT);
    if (selection->type_condition.text.at != NULL)
        walk_type_name(v, &selection->type_condition);
    walk_directives(v, &selection->directives, LOCATION_INLINE_FRAGMENT);
    walk_selection_set(v, &selection->selections, true);
    v->type = outer;
}

static void walk_spread(struct validation *v, const struct ast_selection *selection)
{
    v->selection = selection;
    v->directives = &selection->directives;
    call_rules(v, ON_SPREAD);
    walk_directives(v, &selection->directives, LOCATION_FRAGMENT_SPREAD);
}

static void walk_selection_set(struct validation *v, const struct ast_selection_set *selections,
                               bool of_inline_fragment)
{
    const struct type *outer = v->parent_type;
    v->parent_type = v->type != NULL && type_is_composite(v->type) ? v->type : NULL;
    v->selections = selections;
    v->selections_of_inline_fragment = of_inline_fragment;
    call_rules(v, ON_SELECTION_SET);
    for (uint32_t i = 0; i < selections->count && !v->aborted; i++) {
        const struct ast_selection *selection = &selections->items[i];
        if (selection->kind == AST_FIELD)
            walk_field(v, selection);
        else if (selection->kind == AST_FRAGMENT_SPREAD)
            walk_spread(v, selection);
        else
            walk_inline_fragment(v, selection);
    }
    v->parent_type = outer;
}

static void walk_variable_definition(struct validation *v,
                                     const struct ast_variable_definition *variable)
{
    v->variable = variable;
    v->directives = &variable->directives;
    call_rules(v, ON_VARIABLE_DEFINITION);
    walk_type(v, variable->type);
    if (variable->default_value != NULL) {
        const struct type_use *type =
            v->schema == NULL ? NULL
                              : schema_type_use(v->schema, v->arena, variable->type, v->rights);
        walk_value(v, variable->default_value, type, false);
    }
    walk_directives(v, &variable->directives, LOCATION_VARIABLE_DEFINITION);
}

static const struct type *root_type(const struct validation *v, enum ast_operation_kind kind)
{
    if (v->schema == NULL)
        return NULL;
    const struct type *type = kind == AST_QUERY      ? v->schema->query
                              : kind == AST_MUTATION ? v->schema->mutation
                                                     : v->schema->subscription;
    return type != NULL && needs_met(type->needs, v->rights) && type->kind == TYPE_OBJECT ? type
                                                                                          : NULL;
}

static void walk_operation(struct validation *v, const struct ast_operation *operation)
{
    static const enum directive_location locations[] = {
        [AST_QUERY] = LOCATION_QUERY,
        [AST_MUTATION] = LOCATION_MUTATION,
        [AST_SUBSCRIPTION] = LOCATION_SUBSCRIPTION,
    };
    v->type = root_type(v, operation->kind);
    v->parent_type = NULL;
    v->directives = &operation->directives;
    call_rules(v, ON_OPERATION);
    for (uint32_t i = 0; i < operation->variable_count; i++)
        walk_variable_definition(v, &operation->variables[i]);
    walk_directives(v, &operation->directives, locations[operation->kind]);
    walk_selection_set(v, &operation->selections, false);
    call_rules(v, ON_OPERATION_END);
}

static void walk_fragment(struct validation *v, const struct ast_fragment *fragment)
{
    v->type =
        v->schema == NULL ? NULL : schema_type(v->schema, fragment->type_condition.text, v->rights);
    v->parent_type = NULL;
    v->directives = &fragment->directives;
    call_rules(v, ON_FRAGMENT);
    walk_type_name(v, &fragment->type_condition);
    walk_directives(v, &fragment->directives, LOCATION_FRAGMENT_DEFINITION);
    walk_selection_set(v, &fragment->selections, false);
}

static void walk_member(struct validation *v, const struct ast_directives *directives)
{
    v->directives = directives;
    call_rules(v, ON_MEMBER);
}

static void walk_input_values(struct validation *v, const struct ast_input_value *inputs,
                              uint32_t count, enum directive_location location)
{
    for (uint32_t i = 0; i < count; i++) {
        walk_member(v, &inputs[i].directives);
        walk_type(v, inputs[i].type);
        if (inputs[i].default_value != NULL)
            walk_value(v, inputs[i].default_value, NULL, false);
        walk_directives(v, &inputs[i].directives, location);
    }
}

static void walk_field_definitions(struct validation *v, const struct ast_type_system *definition)
{
    for (uint32_t i = 0; i < definition->field_count; i++) {
        const struct ast_field_definition *field = &definition->fields[i];
        walk_member(v, &field->directives);
        walk_input_values(v, field->arguments, field->argument_count, LOCATION_ARGUMENT_DEFINITION);
        walk_type(v, field->type);
        walk_directives(v, &field->directives, LOCATION_FIELD_DEFINITION);
    }
}

static void walk_enum_values(struct validation *v, const struct ast_type_system *definition)
{
    for (uint32_t i = 0; i < definition->value_count; i++) {
        walk_member(v, &definition->values[i].directives);
        walk_directives(v, &definition->values[i].directives, LOCATION_ENUM_VALUE);
    }
}

/* Interfaces come before the directives of a type, members of a union behind them. */
static void walk_type_system(struct validation *v, const struct ast_definition *definition)
{
    static const enum directive_location locations[] = {
        [AST_SCHEMA] = LOCATION_SCHEMA,
        [AST_SCALAR_TYPE] = LOCATION_SCALAR,
        [AST_OBJECT_TYPE] = LOCATION_OBJECT,
        [AST_INTERFACE_TYPE] = LOCATION_INTERFACE,
        [AST_UNION_TYPE] = LOCATION_UNION,
        [AST_ENUM_TYPE] = LOCATION_ENUM,
        [AST_INPUT_OBJECT_TYPE] = LOCATION_INPUT_OBJECT,
        [AST_DIRECTIVE] = LOCATION_SCHEMA, /* has none */
    };
    const struct ast_type_system *parts = &definition->type_system;
    v->directives = &parts->directives;
    call_rules(v, ON_TYPE_SYSTEM);
    for (uint32_t i = 0; definition->kind != AST_UNION_TYPE && i < parts->interface_count; i++)
        walk_type_name(v, &parts->interfaces[i]);
    walk_directives(v, &parts->directives, locations[definition->kind]);
    for (uint32_t i = 0; definition->kind == AST_UNION_TYPE && i < parts->interface_count; i++)
        walk_type_name(v, &parts->interfaces[i]);
    for (uint32_t i = 0; i < parts->operation_count; i++)
        walk_type_name(v, &parts->operations[i].type);
    walk_field_definitions(v, parts);
    walk_enum_values(v, parts);
    walk_input_values(v, parts->inputs, parts->input_count,
                      definition->kind == AST_DIRECTIVE ? LOCATION_ARGUMENT_DEFINITION
                                                        : LOCATION_INPUT_FIELD_DEFINITION);
}

void walk_definition(struct validation *v, const struct ast_definition *definition)
{
    v->definition = definition;
    v->field = NULL;
    if (definition->kind == AST_OPERATION)
        walk_operation(v, &definition->operation);
    else if (definition->kind == AST_FRAGMENT)
        walk_fragment(v, &definition->fragment);
    else
        walk_type_system(v, definition);
}

void walk_documents(struct validation *v)
{
    v->document = v->documents[0];
    call_rules(v, ON_DOCUMENT);
    for (uint32_t i = 0; i < v->document_count; i++) {
        v->document = v->documents[i];
        for (uint32_t k = 0; k < v->document->definition_count && !v->aborted; k++)
            walk_definition(v, &v->document->definitions[k]);
    }
    call_rules(v, ON_DOCUMENT_END);
}
