/* rules_fields: the fields that are selected. */
#include "graphql/input_check.h"
#include "graphql/rules.h"
#include "graphql/validation.h"

void rules_fields_exist(struct validation *v)
{
    if (v->parent_type == NULL || v->field != NULL)
        return;
    validation_at(
        v,
        validation_report(v, "Cannot query field \"" STR_FMT "\" on type \"" STR_FMT "\".",
                          STR_ARG(v->selection->name.text), STR_ARG(v->parent_type->name)),
        v->selection->at);
}

void rules_fields_leaves(struct validation *v)
{
    if (v->field == NULL)
        return;
    const struct ast_selection *selection = v->selection;
    bool composite = type_is_composite(v->field->type->named);
    if (composite == (selection->selections.count > 0))
        return;
    struct str name = selection->name.text;
    struct str type = type_use_text(v->arena, v->field->type);
    if (composite)
        validation_at(
            v,
            validation_report(v,
                              "Field \"" STR_FMT "\" of type \"" STR_FMT
                              "\" must have a selection of subfields. Did you mean \"" STR_FMT
                              " { ... }\"?",
                              STR_ARG(name), STR_ARG(type), STR_ARG(name)),
            selection->at);
    else
        validation_at(v,
                      validation_report(v,
                                        "Field \"" STR_FMT
                                        "\" must not have a selection since type \"" STR_FMT
                                        "\" has no subfields.",
                                        STR_ARG(name), STR_ARG(type)),
                      selection->selections.at);
}

/* Lists of lists of lists are what makes introspection expensive. */
enum { INTROSPECTION_LISTS = 3 };

static bool is_introspection_list(struct str name)
{
    return str_is(name, "fields") || str_is(name, "interfaces") || str_is(name, "possibleTypes") ||
           str_is(name, "inputFields");
}

static bool is_too_deep(struct validation *v, const struct ast_selection_set *selections,
                        int depth);

/* A fragment is looked into once for each depth that is greater than all at which it was found
 * fine. */
static bool fragment_is_too_deep(struct validation *v, struct str name, int depth)
{
    struct fragment_info *fragment = validation_fragment(v, name);
    if (fragment == NULL)
        return false;
    if (fragment->introspection_exceeded <= depth)
        return true;
    bool visited =
        fragment->introspection_run == v->run && fragment->introspection_visited >= depth;
    if (visited || fragment->introspection_checked >= depth)
        return false;
    fragment->introspection_run = v->run;
    fragment->introspection_visited = depth;
    bool too_deep = validation_descend(v) && is_too_deep(v, &fragment->ast->selections, depth);
    validation_ascend(v);
    if (too_deep)
        fragment->introspection_exceeded = depth;
    else
        fragment->introspection_checked = depth;
    return too_deep;
}

static bool is_too_deep(struct validation *v, const struct ast_selection_set *selections, int depth)
{
    for (uint32_t i = 0; i < selections->count; i++) {
        const struct ast_selection *selection = &selections->items[i];
        int inner = depth;
        if (selection->kind == AST_FRAGMENT_SPREAD) {
            if (fragment_is_too_deep(v, selection->name.text, depth))
                return true;
            continue;
        }
        if (selection->kind == AST_FIELD && is_introspection_list(selection->name.text))
            inner++;
        if (inner >= INTROSPECTION_LISTS || is_too_deep(v, &selection->selections, inner))
            return true;
    }
    return false;
}

void rules_fields_introspection_depth(struct validation *v)
{
    struct str name = v->selection->name.text;
    if (name.len < 6 || name.at[0] != '_' || name.at[1] != '_' || v->too_deep != NULL)
        return;
    if (!str_is(name, "__schema") && !str_is(name, "__type"))
        return;
    v->run++;
    if (!is_too_deep(v, &v->selection->selections, 0))
        return;
    validation_at(v, validation_report(v, "Maximum introspection depth exceeded"),
                  v->selection->at);
    v->too_deep = v->selection;
}

void rules_fields_introspection_end(struct validation *v)
{
    if (v->too_deep == v->selection)
        v->too_deep = NULL;
}
