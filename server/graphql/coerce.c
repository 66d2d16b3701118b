/* coerce: the variables of a request and the arguments of a field. */
#include "graphql/coerce.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/coerce_json.h"
#include "graphql/coerce_literal.h"
#include "graphql/errors.h"
#include "graphql/input_check.h"
#include "graphql/printer.h"

struct variable_coercion {
    struct arena *arena;
    struct errors *errors;
    const struct document *document;
    const struct ast_variable_definition *variable;
};

static void report_variable(void *context, struct str message, const struct path_step *path)
{
    struct variable_coercion *coercion = context;
    struct error *error =
        errors_add(coercion->errors, "BAD_USER_INPUT",
                   "Variable \"$" STR_FMT "\" has invalid value" STR_FMT ": " STR_FMT,
                   STR_ARG(coercion->variable->name.text),
                   STR_ARG(input_path_text(coercion->arena, path)), STR_ARG(message));
    error_at(coercion->errors, error, coercion->document, coercion->variable->at);
}

static void refuse_type(struct variable_coercion *coercion)
{
    struct buf type;
    buf_init(&type, coercion->arena, 64);
    print_type(&type, coercion->variable->type);
    struct error *error =
        errors_add(coercion->errors, "BAD_USER_INPUT",
                   "Variable \"$" STR_FMT "\" expected value of type \"" STR_FMT
                   "\" which cannot be used as an input type.",
                   STR_ARG(coercion->variable->name.text), STR_ARG(buf_str(&type)));
    error_at(coercion->errors, error, coercion->document, coercion->variable->type->at);
}

static bool coerce_variable(struct variable_coercion *coercion, const struct schema *schema,
                            const json_t *json, uint64_t rights, struct input *out)
{
    const struct ast_variable_definition *variable = coercion->variable;
    const struct type_use *use = schema_type_use(schema, coercion->arena, variable->type, rights);
    if (use == NULL || !type_is_input(use->named)) {
        refuse_type(coercion);
        return false;
    }
    const json_t *given = json_object_getn(json, variable->name.text.at, variable->name.text.len);
    if (given == NULL && variable->default_value != NULL) {
        struct str problem;
        if (coerce_literal_value(coercion->arena, variable->default_value, use, NULL, out,
                                 &problem))
            return true;
        struct error *error =
            errors_add(coercion->errors, "BAD_USER_INPUT",
                       "Variable \"$" STR_FMT "\" has invalid default value" STR_FMT,
                       STR_ARG(variable->name.text), STR_ARG(problem));
        error_at(coercion->errors, error, coercion->document, variable->at);
        return false;
    }
    const struct coerce_json coerce = {
        .arena = coercion->arena, .rights = rights, .report = report_variable, .context = coercion};
    return coerce_json_value(&coerce, given, use, out);
}

/* CoerceVariableValues() (specification §6.1.2). */
bool coerce_variables(const struct schema *schema, const struct document *document,
                      const struct ast_operation *operation, const json_t *json, uint64_t rights,
                      struct arena *arena, struct errors *errors, struct variables *out)
{
    struct variable_coercion coercion = {.arena = arena, .errors = errors, .document = document};
    *out = (struct variables){
        .operation = operation,
        .values = arena_array(arena, struct input, operation->variable_count),
    };
    bool good = true;
    for (uint32_t i = 0; i < operation->variable_count; i++) {
        coercion.variable = &operation->variables[i];
        good = coerce_variable(&coercion, schema, json, rights, &out->values[i]) && good;
    }
    return good;
}

const struct input *variable_value(const struct variables *variables, struct str name)
{
    for (uint32_t i = 0; i < variables->operation->variable_count; i++) {
        if (str_equal(variables->operation->variables[i].name.text, name))
            return &variables->values[i];
    }
    return NULL;
}

static const struct ast_value *given_argument(const struct ast_arguments *given, struct str name)
{
    for (uint32_t i = 0; i < given->count; i++) {
        if (str_equal(given->items[i].name.text, name))
            return &given->items[i].value;
    }
    return NULL;
}

static bool coerce_argument(const struct input_value *definition, const struct ast_value *value,
                            const struct variables *variables, struct arena *arena,
                            struct input *out, struct str *problem)
{
    if (value != NULL && value->kind == AST_VALUE_VARIABLE && !input_value_required(definition)) {
        const struct input *variable =
            variables == NULL ? NULL : variable_value(variables, value->text);
        if (variable == NULL || variable->kind == INPUT_ABSENT)
            value = NULL;
    }
    if (value == NULL && input_value_required(definition)) {
        *problem = str_printf(
            arena, "Argument \"" STR_FMT "\" of required type \"" STR_FMT "\" was not provided.",
            STR_ARG(definition->coordinate), STR_ARG(type_use_text(arena, definition->type)));
        return false;
    }
    if (value == NULL) {
        coerce_literal_default(arena, definition, out);
        return true;
    }
    struct str reason;
    if (coerce_literal_value(arena, value, definition->type, variables, out, &reason))
        return true;
    *problem = str_printf(arena, "Argument \"" STR_FMT "\" has invalid value" STR_FMT,
                          STR_ARG(definition->coordinate), STR_ARG(reason));
    return false;
}

/* CoerceArgumentValues() (specification §6.4.1). */
bool coerce_arguments(const struct input_value *definitions, uint32_t count,
                      const struct ast_arguments *given, const struct variables *variables,
                      struct arena *arena, struct input *out, struct str *problem)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct ast_value *value = given_argument(given, definitions[i].name);
        if (!coerce_argument(&definitions[i], value, variables, arena, &out[i], problem))
            return false;
    }
    return true;
}

const struct input *input_member(const struct input *object, const char *name)
{
    for (uint32_t i = 0; i < object->count; i++) {
        if (str_is(object->fields[i].definition->name, name))
            return &object->fields[i].value;
    }
    return NULL;
}
