/* example: variables made up for a plan that is only explained. */
#include "run/example.h"

#include "base/arena.h"
#include "run/run.h"

static const struct {
    const char *type;
    const char *text;
} texts[] = {
    {"String", "example"},
    {"BigInt", "1"},
    {"MinorUnits", "1250"},
    {"Decimal", "1.00"},
    {"Date", "2026-10-01"},
    {"DateTime", "2026-10-01T12:00:00Z"},
};

static json_t *example_of(struct arena *arena, const struct plan *plan, const struct type *type);

static json_t *example_of_use(struct arena *arena, const struct plan *plan,
                              const struct type_use *use)
{
    while (use->kind == USE_NON_NULL)
        use = use->of;
    if (use->kind == USE_NAMED)
        return example_of(arena, plan, use->named);
    return json_pack("[o]", example_of_use(arena, plan, use->of));
}

static bool needs_a_member(const struct type *type)
{
    for (uint32_t i = 0; i < type->input_count; i++) {
        if (type->inputs[i].type->kind == USE_NON_NULL)
            return true;
    }
    return false;
}

/* What has to be given; where nothing has to, the first member: nothing said may be refused. */
static json_t *example_object(struct arena *arena, const struct plan *plan, const struct type *type)
{
    json_t *object = json_object();
    bool one = type->one_of || !needs_a_member(type);
    for (uint32_t i = 0; i < type->input_count; i++) {
        const struct input_value *input = &type->inputs[i];
        bool wanted = one ? i == 0 : input->type->kind == USE_NON_NULL;
        if (wanted)
            json_object_setn_new(object, input->name.at, input->name.len,
                                 example_of_use(arena, plan, input->type));
    }
    return object;
}

/* The id of a customer, or a plain one where there are none. */
static json_t *example_id(struct arena *arena, const struct plan *plan)
{
    const struct type *customer = schema_type(plan->schema, STR("Customer"), UINT64_MAX);
    struct cell key = cell_int(1);
    if (customer == NULL)
        return json_string("1");
    struct str id = global_id_encode(arena, customer->name, &key);
    return json_stringn(id.at, id.len);
}

static json_t *example_of(struct arena *arena, const struct plan *plan, const struct type *type)
{
    if (type->kind == TYPE_ENUM)
        return json_stringn(type->values[0].name.at, type->values[0].name.len);
    if (type->kind == TYPE_INPUT_OBJECT)
        return example_object(arena, plan, type);
    if (str_is(type->name, "ID"))
        return example_id(arena, plan);
    if (str_is(type->name, "Boolean"))
        return json_true();
    if (str_is(type->name, "Int"))
        return json_integer(PAGE_DEFAULT);
    if (str_is(type->name, "Float"))
        return json_real(1.5);
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        if (str_is(type->name, texts[i].type))
            return json_string(texts[i].text);
    }
    return json_object();
}

static json_t *example_of_variable(struct arena *arena, const struct plan *plan,
                                   const struct ast_type *type)
{
    if (type->kind == AST_TYPE_LIST)
        return json_pack("[o]", example_of_variable(arena, plan, type->of));
    return example_of(arena, plan, schema_type(plan->schema, type->name.text, UINT64_MAX));
}

static bool is_set(const json_t *variables, struct str name)
{
    return json_object_getn(variables, name.at, name.len) != NULL;
}

/* The first wish counts: a variable can be both skipped and included by. */
static void set_conditions(json_t *variables, const struct plan *plan)
{
    for (uint32_t i = 1; i < plan->condition_count; i++) {
        for (uint32_t j = 0; j < plan->conditions[i].count; j++) {
            const struct condition_term *term = plan->conditions[i].terms[j];
            for (uint32_t k = 0; k < term->count; k++) {
                struct str name = plan->operation->variables[term->literals[k].variable].name.text;
                if (!is_set(variables, name))
                    json_object_setn_new(variables, name.at, name.len,
                                         json_boolean(term->literals[k].wanted));
            }
        }
    }
}

static void release_json(void *json)
{
    json_decref(json);
}

const json_t *example_variables(struct arena *arena, const struct plan *plan, const json_t *given)
{
    const struct ast_operation *operation = plan->operation;
    json_t *variables = given == NULL ? json_object() : json_copy((json_t *)given);
    arena_defer(arena, release_json, variables);
    set_conditions(variables, plan);
    for (uint32_t i = 0; i < operation->variable_count; i++) {
        const struct ast_variable_definition *definition = &operation->variables[i];
        struct str name = definition->name.text;
        bool needed = definition->type->non_null && definition->default_value == NULL;
        if (needed && !is_set(variables, name))
            json_object_setn_new(variables, name.at, name.len,
                                 example_of_variable(arena, plan, definition->type));
    }
    return variables;
}
