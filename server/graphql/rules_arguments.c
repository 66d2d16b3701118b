/* rules_arguments: the arguments of fields and directives. */
#include "base/arena.h"
#include "base/buf.h"
#include "graphql/input_check.h"
#include "graphql/printer.h"
#include "graphql/rules.h"
#include "graphql/validation.h"
#include <stddef.h>

void rules_arguments_known(struct validation *v)
{
    if (v->field == NULL || v->argument_definition != NULL)
        return;
    const struct field *field = v->field;
    validation_at(v,
                  validation_report(
                      v, "Unknown argument \"" STR_FMT "\" on field \"" STR_FMT "." STR_FMT "\".",
                      STR_ARG(v->argument->name.text), STR_ARG(field->parent->name),
                      STR_ARG(field->name)),
                  v->argument->name.at);
}

static bool has_input(const struct validation *v, const struct ast_type_system *definition, struct str name)
{
    const struct directive *directive =
        v->schema == NULL ? NULL : schema_directive(v->schema, definition->name.text);
    if (directive != NULL && directive->ast == definition) {
        const struct input_value *input =
            input_value_find(directive->arguments, directive->argument_count, name);
        return input != NULL && input_value_visible(input, v->rights);
    }
    for (uint32_t i = 0; i < definition->input_count; i++) {
        if (str_equal(definition->inputs[i].name.text, name))
            return true;
    }
    return false;
}

void rules_arguments_known_of_directive(struct validation *v)
{
    const struct ast_directive *directive = v->directive;
    if (directive->arguments.count == 0)
        return;
    const struct ast_type_system *definition = validation_directive(v, directive->name.text);
    for (uint32_t i = 0; definition != NULL && i < directive->arguments.count; i++) {
        const struct name *name = &directive->arguments.items[i].name;
        if (has_input(v, definition, name->text))
            continue;
        validation_at(
            v,
            validation_report(v, "Unknown argument \"" STR_FMT "\" on directive \"@" STR_FMT "\".",
                              STR_ARG(name->text), STR_ARG(directive->name.text)),
            name->at);
    }
}

static void check_unique(struct validation *v, const struct ast_arguments *arguments)
{
    if (arguments->count < 2)
        return;
    validation_unique_names(v,
                            (struct named_items){.items = arguments->items,
                                                 .count = arguments->count,
                                                 .size = sizeof(struct ast_argument),
                                                 .offset = offsetof(struct ast_argument, name)},
                            "There can be only one argument named \"", "\".");
}

void rules_arguments_unique(struct validation *v)
{
    check_unique(v, &v->selection->arguments);
}

void rules_arguments_unique_of_directive(struct validation *v)
{
    check_unique(v, &v->directive->arguments);
}

static bool is_given(const struct ast_arguments *arguments, struct str name)
{
    for (uint32_t i = 0; i < arguments->count; i++) {
        if (str_equal(arguments->items[i].name.text, name))
            return true;
    }
    return false;
}

void rules_arguments_required(struct validation *v)
{
    if (v->field == NULL)
        return;
    for (uint32_t i = 0; i < v->field->argument_count; i++) {
        const struct input_value *argument = &v->field->arguments[i];
        if (!input_value_required(argument) || is_given(&v->selection->arguments, argument->name))
            continue;
        validation_at(v,
                      validation_report(v,
                                        "Argument \"" STR_FMT "\" of type \"" STR_FMT
                                        "\" is required, but it was not provided.",
                                        STR_ARG(argument->coordinate),
                                        STR_ARG(type_use_text(v->arena, argument->type))),
                      v->selection->at);
    }
}

static void report_missing(struct validation *v, const struct ast_input_value *input)
{
    struct buf type;
    buf_init(&type, v->arena, 64);
    print_type(&type, input->type);
    validation_at(v,
                  validation_report(v,
                                    "Argument \"@" STR_FMT "(" STR_FMT ":)\" of type \"" STR_FMT
                                    "\" is required, but it was not provided.",
                                    STR_ARG(v->directive->name.text), STR_ARG(input->name.text),
                                    STR_ARG(buf_str(&type))),
                  v->directive->at);
}

void rules_arguments_required_of_directive(struct validation *v)
{
    const struct ast_type_system *definition = validation_directive(v, v->directive->name.text);
    for (uint32_t i = 0; definition != NULL && i < definition->input_count; i++) {
        const struct ast_input_value *input = &definition->inputs[i];
        if (input->type->non_null && input->default_value == NULL &&
            !is_given(&v->directive->arguments, input->name.text))
            report_missing(v, input);
    }
}
