/* rules_variables: variables where they are defined, and everywhere they are used. */
#include "base/arena.h"
#include "base/buf.h"
#include "graphql/fragment_spreads.h"
#include "graphql/input_check.h"
#include "graphql/printer.h"
#include "graphql/rules.h"
#include "graphql/validation.h"
#include "graphql/walk.h"
#include <stddef.h>

void rules_variables_names_unique(struct validation *v)
{
    const struct ast_operation *operation = &v->definition->operation;
    if (operation->variable_count < 2)
        return;
    validation_unique_names(
        v,
        (struct named_items){.items = operation->variables,
                             .count = operation->variable_count,
                             .size = sizeof(struct ast_variable_definition),
                             .offset = offsetof(struct ast_variable_definition, name)},
        "There can be only one variable named \"$", "\".");
}

void rules_variables_input_types(struct validation *v)
{
    const struct ast_type *innermost = v->variable->type;
    while (innermost->kind == AST_TYPE_LIST)
        innermost = innermost->of;
    const struct type *type = schema_type(v->schema, innermost->name.text, v->rights);
    if (type == NULL || type_is_input(type))
        return;
    struct buf text;
    buf_init(&text, v->arena, 64);
    print_type(&text, v->variable->type);
    validation_at(
        v,
        validation_report(v, "Variable \"$" STR_FMT "\" cannot be non-input type \"" STR_FMT "\".",
                          STR_ARG(v->variable->name.text), STR_ARG(buf_str(&text))),
        v->variable->type->at);
}

static void add_use(struct validation *v, struct variable_use use)
{
    struct variable_uses *uses = v->collecting;
    if (uses->count == uses->capacity) {
        uses->capacity = uses->capacity == 0 ? 8 : uses->capacity * 2;
        struct variable_use *grown = arena_array(v->arena, struct variable_use, uses->capacity);
        for (uint32_t i = 0; i < uses->count; i++)
            grown[i] = uses->items[i];
        uses->items = grown;
    }
    uses->items[uses->count++] = use;
}

static const struct type_use *nullable(const struct type_use *type)
{
    return type != NULL && type->kind == USE_NON_NULL ? type->of : type;
}

static void collect_value(struct validation *v, const struct ast_value *value,
                          struct variable_use place);

/* The fields of an object have the types of the input object, also within lists of one (§3.11). */
static void collect_object(struct validation *v, const struct ast_value *value,
                           const struct type_use *type)
{
    const struct type *object =
        type == NULL || type->named->kind != TYPE_INPUT_OBJECT ? NULL : type->named;
    for (uint32_t i = 0; i < value->count; i++) {
        const struct input_value *input =
            object == NULL ? NULL : type_input(object, value->fields[i].name.text);
        if (input != NULL && !input_value_visible(input, v->rights))
            input = NULL;
        collect_value(v, &value->fields[i].value,
                      (struct variable_use){
                          .type = input == NULL ? NULL : input->type,
                          .one_of = object != NULL && object->one_of ? object : NULL,
                          .has_default = input != NULL && input->default_value != NULL,
                      });
    }
}

static void collect_value(struct validation *v, const struct ast_value *value,
                          struct variable_use place)
{
    if (value->kind == AST_VALUE_VARIABLE) {
        place.variable = value;
        add_use(v, place);
    } else if (value->kind == AST_VALUE_OBJECT) {
        collect_object(v, value, place.type);
    } else if (value->kind == AST_VALUE_LIST) {
        const struct type_use *list = nullable(place.type);
        const struct type_use *item = list != NULL && list->kind == USE_LIST ? list->of : NULL;
        for (uint32_t i = 0; i < value->count; i++)
            collect_value(v, &value->items[i], (struct variable_use){.type = item});
    }
}

static void collect(struct validation *v)
{
    collect_value(v, v->value,
                  (struct variable_use){.type = v->input_type, .has_default = v->has_default});
}

/* Walks one definition for nothing but its variables, then stands where it stood. */
static void collect_uses(struct validation *v, const struct ast_definition *definition,
                         struct variable_uses *uses)
{
    static void (*const on_value[])(struct validation *) = {collect, NULL};
    static const struct rule_set collecting = {.on = {[ON_VALUE] = on_value}};
    if (uses->known)
        return;
    uses->known = true;
    if (v->document->variable_uses == 0)
        return;
    struct validation inner = *v;
    inner.rules = &collecting;
    inner.collecting = uses;
    walk_definition(&inner, definition);
}

static const struct ast_definition *definition_of(const struct ast_fragment *fragment)
{
    return (const struct ast_definition *)((const char *)fragment -
                                           offsetof(struct ast_definition, fragment));
}

/* All uses of variables in an operation: its own, then those of the fragments it reaches. They are
 * found when the operation is entered and looked at again when it is left. */
static struct variable_uses *operation_uses(struct validation *v)
{
    struct variable_uses *all = &v->operation_uses;
    const struct ast_definition *definition = v->definition;
    if (v->operation_uses_of == definition)
        return all;
    *all = (struct variable_uses){0};
    v->operation_uses_of = definition;
    if (v->document->variable_uses == 0)
        return all;
    collect_uses(v, definition, all);
    struct fragment_list fragments = fragment_spreads_reachable(v, &definition->operation);
    v->collecting = all;
    for (uint32_t i = 0; i < fragments.count && !v->aborted; i++) {
        struct variable_uses *uses = &fragments.items[i]->uses;
        collect_uses(v, definition_of(fragments.items[i]->ast), uses);
        validation_work(v, uses->count);
        for (uint32_t k = 0; k < uses->count && !v->aborted; k++)
            add_use(v, uses->items[k]);
    }
    return all;
}

/* The definition of a variable; of several by that name the last one. */
static const struct ast_variable_definition *find_definition(struct validation *v, struct str name)
{
    const struct ast_operation *operation = &v->definition->operation;
    for (uint32_t i = operation->variable_count; i > 0; i--) {
        if (str_equal(operation->variables[i - 1].name.text, name))
            return &operation->variables[i - 1];
    }
    return NULL;
}

void rules_variables_defined(struct validation *v)
{
    const struct ast_operation *operation = &v->definition->operation;
    const struct variable_uses *uses = operation_uses(v);
    for (uint32_t i = 0; i < uses->count && !v->aborted; i++) {
        struct str name = uses->items[i].variable->text;
        validation_work(v, operation->variable_count / 16);
        if (find_definition(v, name) != NULL)
            continue;
        struct error *error =
            operation->name.text.at != NULL
                ? validation_report(
                      v, "Variable \"$" STR_FMT "\" is not defined by operation \"" STR_FMT "\".",
                      STR_ARG(name), STR_ARG(operation->name.text))
                : validation_report(v, "Variable \"$" STR_FMT "\" is not defined.", STR_ARG(name));
        validation_at(v, error, uses->items[i].variable->at);
        validation_at(v, error, operation->at);
    }
}

static bool is_used(const struct variable_uses *uses, struct str name)
{
    for (uint32_t i = 0; i < uses->count; i++) {
        if (str_equal(uses->items[i].variable->text, name))
            return true;
    }
    return false;
}

void rules_variables_used(struct validation *v)
{
    const struct ast_operation *operation = &v->definition->operation;
    const struct variable_uses *uses = operation_uses(v);
    for (uint32_t i = 0; i < operation->variable_count && !v->aborted; i++) {
        const struct ast_variable_definition *variable = &operation->variables[i];
        validation_work(v, uses->count / 16);
        if (is_used(uses, variable->name.text))
            continue;
        struct error *error =
            operation->name.text.at != NULL
                ? validation_report(
                      v, "Variable \"$" STR_FMT "\" is never used in operation \"" STR_FMT "\".",
                      STR_ARG(variable->name.text), STR_ARG(operation->name.text))
                : validation_report(v, "Variable \"$" STR_FMT "\" is never used.",
                                    STR_ARG(variable->name.text));
        validation_at(v, error, variable->at);
    }
}

/* AreTypesCompatible() (specification §5.8.5). */
static bool are_compatible(const struct type_use *variable, const struct type_use *location)
{
    while (true) {
        if (location->kind == USE_NON_NULL) {
            if (variable->kind != USE_NON_NULL)
                return false;
            location = location->of;
            variable = variable->of;
        }
        variable = nullable(variable);
        if (location->kind == USE_NAMED || variable->kind == USE_NAMED)
            return location->kind == variable->kind && location->named == variable->named;
        location = location->of;
        variable = variable->of;
    }
}

/* IsVariableUsageAllowed() (specification §5.8.5). */
static bool is_usage_allowed(const struct ast_variable_definition *definition,
                             const struct type_use *type, const struct variable_use *use)
{
    if (use->type->kind != USE_NON_NULL || type->kind == USE_NON_NULL)
        return are_compatible(type, use->type);
    bool has_value =
        definition->default_value != NULL && definition->default_value->kind != AST_VALUE_NULL;
    return (has_value || use->has_default) && are_compatible(type, use->type->of);
}

static void check_position(struct validation *v, const struct variable_use *use)
{
    struct str name = use->variable->text;
    const struct ast_variable_definition *definition = find_definition(v, name);
    if (definition == NULL || use->type == NULL)
        return;
    const struct type_use *type = schema_type_use(v->schema, v->arena, definition->type, v->rights);
    if (type == NULL)
        return;
    if (!is_usage_allowed(definition, type, use)) {
        struct error *error =
            validation_report(v,
                              "Variable \"$" STR_FMT "\" of type \"" STR_FMT
                              "\" used in position expecting type \"" STR_FMT "\".",
                              STR_ARG(name), STR_ARG(type_use_text(v->arena, type)),
                              STR_ARG(type_use_text(v->arena, use->type)));
        validation_at(v, error, definition->at);
        validation_at(v, error, use->variable->at);
    }
    if (use->one_of != NULL && type->kind != USE_NON_NULL) {
        struct error *error = validation_report(
            v,
            "Variable \"$" STR_FMT "\" is of type \"" STR_FMT
            "\" but must be non-nullable to be used for OneOf Input Object \"" STR_FMT "\".",
            STR_ARG(name), STR_ARG(type_use_text(v->arena, type)), STR_ARG(use->one_of->name));
        validation_at(v, error, definition->at);
        validation_at(v, error, use->variable->at);
    }
}

void rules_variables_positions(struct validation *v)
{
    const struct variable_uses *uses = operation_uses(v);
    for (uint32_t i = 0; i < uses->count && !v->aborted; i++)
        check_position(v, &uses->items[i]);
}
