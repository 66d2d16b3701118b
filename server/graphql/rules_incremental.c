/* rules_incremental: @defer and @stream, where a schema defines them and they could do harm. */
#include "graphql/rules.h"
#include "graphql/validation.h"

static const struct ast_argument *condition_of(const struct ast_directive *directive)
{
    return ast_argument(&directive->arguments, "if");
}

static void report_on_root(struct validation *v, const char *which,
                           const struct ast_directive *directive)
{
    if (directive == NULL)
        return;
    const char *operation =
        v->definition->operation.kind == AST_MUTATION ? "mutation" : "subscription";
    validation_at(v,
                  validation_report(v,
                                    "%s directive cannot be used on root %s type \"" STR_FMT "\".",
                                    which, operation, STR_ARG(v->type->name)),
                  directive->at);
}

static void check_root(struct validation *v, const struct ast_selection_set *selections,
                       uint32_t run)
{
    for (uint32_t i = 0; i < selections->count; i++) {
        const struct ast_selection *selection = &selections->items[i];
        if (selection->kind == AST_FIELD) {
            report_on_root(v, "Stream", ast_directive(&selection->directives, "stream"));
            continue;
        }
        if (selection->kind == AST_INLINE_FRAGMENT) {
            report_on_root(v, "Defer", ast_directive(&selection->directives, "defer"));
            check_root(v, &selection->selections, run);
            continue;
        }
        struct fragment_info *fragment = validation_fragment(v, selection->name.text);
        if (fragment == NULL || fragment->incremental_run == run)
            continue;
        fragment->incremental_run = run;
        report_on_root(v, "Defer", ast_directive(&selection->directives, "defer"));
        if (validation_descend(v))
            check_root(v, &fragment->ast->selections, run);
        validation_ascend(v);
    }
}

void rules_incremental_root(struct validation *v)
{
    const struct ast_operation *operation = &v->definition->operation;
    if (operation->kind != AST_QUERY && v->type != NULL)
        check_root(v, &operation->selections, ++v->run);
}

/* True unless the condition is literally the one that lets the selection be answered. */
static bool can_be_skipped(const struct ast_selection *selection)
{
    const struct ast_directive *skip = ast_directive(&selection->directives, "skip");
    if (skip != NULL) {
        const struct ast_argument *condition = condition_of(skip);
        if (condition == NULL || condition->value.kind != AST_VALUE_BOOLEAN ||
            condition->value.boolean)
            return true;
    }
    const struct ast_directive *include = ast_directive(&selection->directives, "include");
    if (include == NULL)
        return false;
    const struct ast_argument *condition = condition_of(include);
    return condition != NULL &&
           (condition->value.kind != AST_VALUE_BOOLEAN || !condition->value.boolean);
}

static bool can_be_disabled(const struct ast_directive *directive)
{
    const struct ast_argument *condition = condition_of(directive);
    if (condition == NULL)
        return false;
    if (condition->value.kind == AST_VALUE_BOOLEAN)
        return !condition->value.boolean;
    return condition->value.kind == AST_VALUE_VARIABLE;
}

/* The spreads that lead to where the check is, the innermost first. */
struct spread_chain {
    const struct spread_chain *outer;
    const struct ast_selection *spread;
};

static void check_directives(struct validation *v, const struct ast_selection *selection,
                             const struct spread_chain *chain)
{
    for (uint32_t i = 0; i < selection->directives.count; i++) {
        const struct ast_directive *directive = &selection->directives.items[i];
        bool defer = str_is(directive->name.text, "defer");
        if ((!defer && !str_is(directive->name.text, "stream")) || can_be_disabled(directive))
            continue;
        struct error *error =
            validation_report(v,
                              "%s directive not supported on subscription operations. Disable "
                              "`@%s` by setting the `if` argument to `false`.",
                              defer ? "Defer" : "Stream", defer ? "defer" : "stream");
        validation_at(v, error, directive->at);
        for (const struct spread_chain *each = chain; each != NULL; each = each->outer)
            validation_at(v, error, each->spread->at);
    }
}

static void check_unconditional(struct validation *v, const struct ast_selection_set *selections,
                                const struct spread_chain *chain, uint32_t run)
{
    for (uint32_t i = 0; i < selections->count; i++) {
        const struct ast_selection *selection = &selections->items[i];
        if (can_be_skipped(selection))
            continue;
        check_directives(v, selection, chain);
        if (selection->kind != AST_FRAGMENT_SPREAD) {
            check_unconditional(v, &selection->selections, chain, run);
            continue;
        }
        struct fragment_info *fragment = validation_fragment(v, selection->name.text);
        if (fragment == NULL || fragment->incremental_run == run)
            continue;
        fragment->incremental_run = run;
        const struct spread_chain inner = {.outer = chain, .spread = selection};
        if (validation_descend(v))
            check_unconditional(v, &fragment->ast->selections, &inner, run);
        validation_ascend(v);
    }
}

void rules_incremental_operations(struct validation *v)
{
    const struct ast_operation *operation = &v->definition->operation;
    if (operation->kind == AST_SUBSCRIPTION)
        check_unconditional(v, &operation->selections, NULL, ++v->run);
}

void rules_incremental_labels(struct validation *v)
{
    const struct ast_directive *directive = v->directive;
    if (!str_is(directive->name.text, "defer") && !str_is(directive->name.text, "stream"))
        return;
    const struct ast_argument *label = ast_argument(&directive->arguments, "label");
    if (label == NULL || label->value.kind == AST_VALUE_NULL)
        return;
    if (label->value.kind != AST_VALUE_STRING) {
        validation_at(
            v,
            validation_report(v, "Argument \"@" STR_FMT "(label:)\" must be a static string.",
                              STR_ARG(directive->name.text)),
            directive->at);
        return;
    }
    if (v->labels.arena == NULL)
        map_init(&v->labels, v->arena, 4);
    const struct ast_directive *known = map_get(&v->labels, label->value.text);
    if (known == NULL) {
        map_put(&v->labels, label->value.text, (void *)directive);
        return;
    }
    struct error *error = validation_report(
        v, "Value for arguments \"defer(label:)\" and \"stream(label:)\" must be unique across all "
           "Defer/Stream directive usages.");
    validation_at(v, error, known->at);
    validation_at(v, error, directive->at);
}

void rules_incremental_lists(struct validation *v)
{
    if (v->field == NULL || v->parent_type == NULL || !str_is(v->directive->name.text, "stream"))
        return;
    const struct type_use *type = v->field->type;
    if (type->kind == USE_NON_NULL)
        type = type->of;
    if (type->kind == USE_LIST)
        return;
    validation_at(
        v,
        validation_report(v,
                          "Directive \"@stream\" cannot be used on non-list field \"" STR_FMT
                          "." STR_FMT "\".",
                          STR_ARG(v->parent_type->name), STR_ARG(v->field->name)),
        v->directive->at);
}
