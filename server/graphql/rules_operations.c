/* rules_operations: operations as a whole. */
#include "base/arena.h"
#include "graphql/rules.h"
#include "graphql/validation.h"

static const char *const words[] = {
    [AST_QUERY] = "query",
    [AST_MUTATION] = "mutation",
    [AST_SUBSCRIPTION] = "subscription",
};

static const struct type *root_of(const struct validation *v, enum ast_operation_kind kind)
{
    const struct type *type = kind == AST_QUERY      ? v->schema->query
                              : kind == AST_MUTATION ? v->schema->mutation
                                                     : v->schema->subscription;
    return type != NULL && needs_met(type->needs, v->rights) ? type : NULL;
}

void rules_operations_type_exists(struct validation *v)
{
    const struct ast_operation *operation = &v->definition->operation;
    if (root_of(v, operation->kind) == NULL)
        validation_at(v,
                      validation_report(v, "The %s operation is not supported by the schema.",
                                        words[operation->kind]),
                      operation->at);
}

void rules_operations_names_unique(struct validation *v)
{
    const struct name *name = &v->definition->operation.name;
    if (name->text.at == NULL || v->document->operation_count < 2)
        return;
    const struct name *known = map_get(&v->operation_names, name->text);
    if (known == NULL) {
        map_put(&v->operation_names, name->text, (void *)name);
        return;
    }
    struct error *error = validation_report(
        v, "There can be only one operation named \"" STR_FMT "\".", STR_ARG(name->text));
    validation_at(v, error, known->at);
    validation_at(v, error, name->at);
}

void rules_operations_lone_anonymous(struct validation *v)
{
    if (v->definition->operation.name.text.at == NULL && v->document->operation_count > 1)
        validation_at(
            v, validation_report(v, "This anonymous operation must be the only defined operation."),
            v->definition->at);
}

/* The root fields of a subscription, grouped by response name, and @skip or @include among them. */
struct root_fields {
    const struct ast_selection **fields; /* in order */
    uint32_t field_count;
    uint32_t capacity;
    uint32_t conditions[ERROR_LOCATION_LIMIT];
    uint32_t condition_count;
};

static bool is_conditional(struct root_fields *roots, const struct ast_selection *selection)
{
    const struct ast_directive *condition = ast_directive(&selection->directives, "skip");
    if (condition == NULL)
        condition = ast_directive(&selection->directives, "include");
    if (condition == NULL)
        return false;
    if (roots->condition_count < ERROR_LOCATION_LIMIT)
        roots->conditions[roots->condition_count++] = condition->at;
    return true;
}

static bool applies_to(const struct validation *v, const struct name *condition,
                       const struct type *object)
{
    if (condition->text.at == NULL)
        return true;
    const struct type *type = schema_type(v->schema, condition->text, v->rights);
    return type != NULL && type_is_composite(type) && type_is_possible(type, object);
}

static void add_field(struct validation *v, struct root_fields *roots,
                      const struct ast_selection *field)
{
    if (roots->field_count == roots->capacity) {
        roots->capacity = roots->capacity == 0 ? 8 : roots->capacity * 2;
        const struct ast_selection **grown =
            arena_array(v->arena, const struct ast_selection *, roots->capacity);
        for (uint32_t i = 0; i < roots->field_count; i++)
            grown[i] = roots->fields[i];
        roots->fields = grown;
    }
    roots->fields[roots->field_count++] = field;
}

/* CollectSubscriptionFields() (specification §5.2.4.1). */
static void collect(struct validation *v, struct root_fields *roots, const struct type *root,
                    const struct ast_selection_set *selections)
{
    bool fine = validation_descend(v);
    for (uint32_t i = 0; fine && i < selections->count; i++) {
        const struct ast_selection *selection = &selections->items[i];
        if (is_conditional(roots, selection))
            continue;
        if (selection->kind == AST_FIELD) {
            add_field(v, roots, selection);
        } else if (selection->kind == AST_INLINE_FRAGMENT) {
            if (applies_to(v, &selection->type_condition, root))
                collect(v, roots, root, &selection->selections);
        } else {
            struct fragment_info *fragment = validation_fragment(v, selection->name.text);
            if (fragment == NULL || !applies_to(v, &fragment->ast->type_condition, root) ||
                fragment->reached == v->run)
                continue;
            fragment->reached = v->run;
            collect(v, roots, root, &fragment->ast->selections);
        }
    }
    validation_ascend(v);
}

static struct str subject(struct validation *v, const struct ast_operation *operation)
{
    if (operation->name.text.at == NULL)
        return STR("Anonymous Subscription");
    return str_printf(v->arena, "Subscription \"" STR_FMT "\"", STR_ARG(operation->name.text));
}

static bool is_first_of_group(const struct root_fields *roots, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (str_equal(ast_response_key(roots->fields[k]), ast_response_key(roots->fields[i])))
            return false;
    }
    return true;
}

/* Locations come group by group, as the fields would be answered. */
static void locate_group(struct validation *v, struct error *error, const struct root_fields *roots,
                         uint32_t first)
{
    for (uint32_t k = first; k < roots->field_count; k++) {
        if (str_equal(ast_response_key(roots->fields[k]), ast_response_key(roots->fields[first])))
            validation_at(v, error, roots->fields[k]->at);
    }
}

static void report_extra_fields(struct validation *v, const struct root_fields *roots,
                                const struct ast_operation *operation)
{
    struct error *error = NULL;
    for (uint32_t i = 1; i < roots->field_count; i++) {
        if (!is_first_of_group(roots, i))
            continue;
        if (error == NULL)
            error = validation_report(v, STR_FMT " must select only one top level field.",
                                      STR_ARG(subject(v, operation)));
        if (error->location_count == ERROR_LOCATION_LIMIT)
            return;
        locate_group(v, error, roots, i);
    }
}

static void report_introspection_fields(struct validation *v, const struct root_fields *roots,
                                        const struct ast_operation *operation)
{
    for (uint32_t i = 0; i < roots->field_count && i < ERROR_LOCATION_LIMIT; i++) {
        if (!str_starts(roots->fields[i]->name.text, STR("__")) || !is_first_of_group(roots, i))
            continue;
        struct error *error =
            validation_report(v, STR_FMT " must not select an introspection top level field.",
                              STR_ARG(subject(v, operation)));
        locate_group(v, error, roots, i);
    }
}

void rules_operations_subscription_single(struct validation *v)
{
    const struct ast_operation *operation = &v->definition->operation;
    const struct type *root = root_of(v, AST_SUBSCRIPTION);
    if (operation->kind != AST_SUBSCRIPTION || root == NULL || root->kind != TYPE_OBJECT)
        return;
    struct root_fields roots = {0};
    v->run++;
    collect(v, &roots, root, &operation->selections);
    if (roots.condition_count > 0) {
        struct error *error = validation_report(
            v, STR_FMT " must not use `@skip` or `@include` directives in the top level selection.",
            STR_ARG(subject(v, operation)));
        for (uint32_t i = 0; i < roots.condition_count; i++)
            validation_at(v, error, roots.conditions[i]);
        return;
    }
    if (roots.field_count == 0)
        validation_at(v,
                      validation_report(v, STR_FMT " must select one top level field.",
                                        STR_ARG(subject(v, operation))),
                      operation->selections.at);
    report_extra_fields(v, &roots, operation);
    report_introspection_fields(v, &roots, operation);
}
