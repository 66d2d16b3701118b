/* coerce_literal: what validation has found right becomes a value. */
#include "graphql/coerce_literal.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/input_check.h"
#include "graphql/json_literal.h"

struct literal_coercion {
    struct arena *arena;
    const struct variables *variables;
    struct str *problem;
};

static bool coerce_value(const struct literal_coercion *coercion, const struct ast_value *literal,
                         const struct type_use *use, const struct path_step *path,
                         struct input *out);

static bool refuse(const struct literal_coercion *coercion, struct str message,
                   const struct path_step *path)
{
    *coercion->problem =
        str_printf(coercion->arena, STR_FMT ": " STR_FMT,
                   STR_ARG(input_path_text(coercion->arena, path)), STR_ARG(message));
    return false;
}

/* The variable's value, which has the right type already; an absent one stays absent. */
static bool coerce_variable(const struct literal_coercion *coercion, struct str name,
                            const struct type_use *use, const struct path_step *path,
                            struct input *out)
{
    const struct input *value =
        coercion->variables == NULL ? NULL : variable_value(coercion->variables, name);
    *out = value == NULL ? (struct input){.kind = INPUT_ABSENT} : *value;
    if (use->kind != USE_NON_NULL || (out->kind != INPUT_ABSENT && out->kind != INPUT_NULL))
        return true;
    struct str type = type_use_text(coercion->arena, use);
    const char *format = out->kind == INPUT_ABSENT
                             ? "Expected variable \"$" STR_FMT "\" provided to type \"" STR_FMT
                               "\" to provide a runtime value."
                             : "Expected variable \"$" STR_FMT
                               "\" provided to non-null type \"" STR_FMT "\" not to be null.";
    return refuse(coercion, str_printf(coercion->arena, format, STR_ARG(name), STR_ARG(type)),
                  path);
}

static bool coerce_leaf(const struct literal_coercion *coercion, const struct ast_value *literal,
                        const struct type *type, const struct path_step *path, struct input *out)
{
    if (type->kind == TYPE_ENUM) {
        *out = (struct input){.kind = INPUT_STRING, .text = literal->text};
        return true;
    }
    if (type->scalar == scalar_any()) {
        struct buf buf;
        buf_init(&buf, coercion->arena, 64);
        json_literal_write(&buf, literal, coercion->variables);
        *out = (struct input){.kind = INPUT_JSON, .text = buf_str(&buf)};
        return true;
    }
    struct str problem;
    if (type->scalar->from_literal(type->scalar, coercion->arena, literal, out, &problem))
        return true;
    return refuse(coercion, problem, path);
}

static const struct ast_value *given_value(const struct literal_coercion *coercion,
                                           const struct ast_value *literal, struct str name)
{
    for (uint32_t i = 0; i < literal->count; i++) {
        if (!str_equal(literal->fields[i].name.text, name))
            continue;
        const struct ast_value *value = &literal->fields[i].value;
        if (value->kind != AST_VALUE_VARIABLE)
            return value;
        const struct input *variable =
            coercion->variables == NULL ? NULL : variable_value(coercion->variables, value->text);
        return variable == NULL || variable->kind == INPUT_ABSENT ? NULL : value;
    }
    return NULL;
}

static bool coerce_object(const struct literal_coercion *coercion, const struct ast_value *literal,
                          const struct type *type, const struct path_step *path, struct input *out)
{
    *out = (struct input){
        .kind = INPUT_OBJECT,
        .count = type->input_count,
        .fields = arena_array(coercion->arena, struct input_field, type->input_count),
    };
    for (uint32_t i = 0; i < type->input_count; i++) {
        const struct input_value *input = &type->inputs[i];
        struct input_field *field = &out->fields[i];
        field->definition = input;
        const struct ast_value *given = given_value(coercion, literal, input->name);
        struct path_step step = {.parent = path, .key = input->name};
        if (given != NULL) {
            if (!coerce_value(coercion, given, input->type, &step, &field->value))
                return false;
            if (type->one_of && field->value.kind == INPUT_NULL)
                return refuse(coercion, input_problem_one_of(coercion->arena, type), &step);
        } else if (input_value_required(input)) {
            return refuse(coercion,
                          str_printf(coercion->arena,
                                     "Expected value of type \"" STR_FMT
                                     "\" to include required field \"" STR_FMT "\".",
                                     STR_ARG(type->name), STR_ARG(input->name)),
                          path);
        } else {
            coerce_literal_default(coercion->arena, input, &field->value);
        }
    }
    return true;
}

/* A variable that is absent is null as an item (specification §3.11). */
static bool coerce_list(const struct literal_coercion *coercion, const struct ast_value *literal,
                        const struct type_use *of, const struct path_step *path, struct input *out)
{
    bool list = literal->kind == AST_VALUE_LIST;
    *out = (struct input){.kind = INPUT_LIST, .count = list ? literal->count : 1};
    out->items = arena_array(coercion->arena, struct input, out->count);
    if (!list)
        return coerce_value(coercion, literal, of, path, &out->items[0]);
    for (uint32_t i = 0; i < literal->count; i++) {
        struct path_step step = {.parent = path, .index = i};
        if (!coerce_value(coercion, &literal->items[i], of, &step, &out->items[i]))
            return false;
        if (out->items[i].kind == INPUT_ABSENT)
            out->items[i].kind = INPUT_NULL;
    }
    return true;
}

static bool coerce_value(const struct literal_coercion *coercion, const struct ast_value *literal,
                         const struct type_use *use, const struct path_step *path,
                         struct input *out)
{
    if (literal->kind == AST_VALUE_VARIABLE)
        return coerce_variable(coercion, literal->text, use, path, out);
    if (use->kind == USE_NON_NULL) {
        if (literal->kind == AST_VALUE_NULL)
            return refuse(coercion, input_problem_null(coercion->arena, use), path);
        use = use->of;
    }
    if (literal->kind == AST_VALUE_NULL) {
        *out = (struct input){.kind = INPUT_NULL};
        return true;
    }
    if (use->kind == USE_LIST)
        return coerce_list(coercion, literal, use->of, path, out);
    if (use->named->kind == TYPE_INPUT_OBJECT)
        return coerce_object(coercion, literal, use->named, path, out);
    return coerce_leaf(coercion, literal, use->named, path, out);
}

bool coerce_literal_value(struct arena *arena, const struct ast_value *literal,
                          const struct type_use *use, const struct variables *variables,
                          struct input *out, struct str *problem)
{
    struct literal_coercion coercion = {.arena = arena, .variables = variables, .problem = problem};
    return coerce_value(&coercion, literal, use, NULL, out);
}

void coerce_literal_default(struct arena *arena, const struct input_value *input, struct input *out)
{
    struct str problem;
    *out = (struct input){.kind = INPUT_ABSENT};
    /* The schema's rules have found its defaults right; an unchecked schema's wrong default is
     * absent. */
    if (input->default_value != NULL &&
        !coerce_literal_value(arena, input->default_value, input->type, NULL, out, &problem))
        *out = (struct input){.kind = INPUT_ABSENT};
}
