/* rules_values: literals. */
#include "base/arena.h"
#include "graphql/input_check.h"
#include "graphql/rules.h"
#include "graphql/validation.h"

static void report(void *context, struct str message, uint32_t at, const struct path_step *path)
{
    struct validation *v = context;
    validation_at(v, validation_report_text(v, message), at);
}

void rules_values_correct(struct validation *v)
{
    if (v->input_type == NULL || v->value->kind == AST_VALUE_VARIABLE)
        return;
    const struct input_check check = {
        .arena = v->arena, .rights = v->rights, .report = report, .context = v};
    input_check_literal(&check, v->value, v->input_type);
}

static void check_field_names(struct validation *v, const struct ast_value *value)
{
    struct map names = {0};
    if (value->kind == AST_VALUE_OBJECT && value->count > 1)
        map_init(&names, v->arena, value->count);
    for (uint32_t i = 0; i < value->count; i++) {
        if (value->kind == AST_VALUE_LIST) {
            check_field_names(v, &value->items[i]);
            continue;
        }
        const struct name *name = &value->fields[i].name;
        const struct name *known = map_get(&names, name->text);
        if (known != NULL) {
            struct error *error = validation_report(
                v, "There can be only one input field named \"" STR_FMT "\".", STR_ARG(name->text));
            validation_at(v, error, known->at);
            validation_at(v, error, name->at);
        } else if (value->count > 1) {
            map_put(&names, name->text, (void *)name);
        }
        check_field_names(v, &value->fields[i].value);
    }
}

void rules_values_fields_unique(struct validation *v)
{
    if (v->value->kind == AST_VALUE_OBJECT || v->value->kind == AST_VALUE_LIST)
        check_field_names(v, v->value);
}
