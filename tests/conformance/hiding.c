/* hiding: which part of a schema is not seen. */
#include "hiding.h"

#include "graphql/input_check.h"
#include "graphql/schema.h"

struct hiding {
    struct schema *schema;
    uint64_t number;
    bool changed;
};

/* One in so many, by what it is called. */
static bool falls_on(const struct hiding *hiding, struct str owner, struct str name,
                     uint32_t one_in)
{
    uint64_t mixed =
        (str_hash(owner) * 31 + str_hash(name) + hiding->number) * UINT64_C(0x9e3779b97f4a7c15);
    return (mixed >> 33) % one_in == 0;
}

static void hide(struct hiding *hiding, uint64_t *needs)
{
    hiding->changed |= *needs == 0;
    *needs = HIDING_RIGHT;
}

static bool is_hidden(const struct type *type)
{
    return type->needs != 0;
}

/* ---- by lot ---- */

static void choose_inputs(struct hiding *hiding, struct str owner, struct input_value *inputs,
                          uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!input_value_required(&inputs[i]) && falls_on(hiding, owner, inputs[i].name, 8))
            hide(hiding, &inputs[i].needs);
    }
}

/* A field of an interface is hidden wherever it is implemented: its name alone decides. */
static void choose_members(struct hiding *hiding, struct type *type)
{
    for (uint32_t i = 0; i < type->field_count; i++) {
        struct field *field = &type->fields[i];
        if (falls_on(hiding, STR("field"), field->name, 10))
            hide(hiding, &field->needs);
        choose_inputs(hiding, field->name, field->arguments, field->argument_count);
    }
    choose_inputs(hiding, type->name, type->inputs, type->input_count);
    for (uint32_t i = 1; i < type->value_count; i++) {
        if (falls_on(hiding, type->name, type->values[i].name, 5))
            hide(hiding, &type->values[i].needs);
    }
}

static void choose(struct hiding *hiding, struct type *type)
{
    if (type->built_in)
        return;
    if (type != hiding->schema->query && falls_on(hiding, STR("type"), type->name, 12))
        hide(hiding, &type->needs);
    choose_members(hiding, type);
}

/* ---- by consequence ---- */

static bool lacks_required(const struct input_value *inputs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (input_value_required(&inputs[i]) && is_hidden(inputs[i].type->named))
            return true;
    }
    return false;
}

static bool has_members(const struct type *type)
{
    uint32_t seen = 0;
    for (uint32_t i = 0; i < type->field_count; i++)
        seen += type->fields[i].needs == 0 && !is_hidden(type->fields[i].type->named);
    for (uint32_t i = 0; i < type->input_count; i++)
        seen += type->inputs[i].needs == 0 && !is_hidden(type->inputs[i].type->named);
    for (uint32_t i = 0; i < type->possible_count && type->kind == TYPE_UNION; i++)
        seen += !is_hidden(type->possible[i]);
    return seen > 0 || type->kind == TYPE_SCALAR || type->kind == TYPE_ENUM;
}

static void follow(struct hiding *hiding, struct type *type)
{
    for (uint32_t i = 0; i < type->field_count && !type->built_in; i++) {
        struct field *field = &type->fields[i];
        if (is_hidden(field->type->named) ||
            lacks_required(field->arguments, field->argument_count))
            hide(hiding, &field->needs);
    }
    if (!type->built_in && (lacks_required(type->inputs, type->input_count) || !has_members(type)))
        hide(hiding, &type->needs);
}

void hiding_apply(struct schema *schema, uint64_t number)
{
    struct hiding hiding = {.schema = schema, .number = number};
    for (uint32_t i = 0; i < schema->type_count; i++)
        choose(&hiding, schema->types[i]);
    do {
        hiding.changed = false;
        for (uint32_t i = 0; i < schema->type_count; i++)
            follow(&hiding, schema->types[i]);
    } while (hiding.changed);
}
