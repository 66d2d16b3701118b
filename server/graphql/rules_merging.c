/* rules_merging: fields that share a response name must be able to share its value. */
#include "base/arena.h"
#include "graphql/merging.h"
#include "graphql/rules.h"

enum { DEFAULT_BUDGET = 500000, FEW_FIELDS = 24 };

const struct field *merging_definition(const struct validation *v, const struct type *parent,
                                       struct str name)
{
    if (parent == NULL || (parent->kind != TYPE_OBJECT && parent->kind != TYPE_INTERFACE) ||
        str_starts(name, STR("__")))
        return NULL;
    return schema_field(v->schema, parent, name, v->rights);
}

/* SameResponseShape() without the selections (specification §5.3.2). */
bool merging_types_conflict(const struct type_use *a, const struct type_use *b)
{
    while (a != b) {
        if (a->kind != b->kind)
            return true;
        if (a->kind == USE_NAMED)
            return a->named != b->named &&
                   (!type_is_composite(a->named) || !type_is_composite(b->named));
        a = a->of;
        b = b->of;
    }
    return false;
}

/* Nothing but fields, and no two with one response name: there is nothing to merge. */
static bool is_plain(const struct ast_selection_set *selections)
{
    if (selections->count > FEW_FIELDS)
        return false;
    for (uint32_t i = 0; i < selections->count; i++) {
        if (selections->items[i].kind != AST_FIELD)
            return false;
        struct str key = ast_response_key(&selections->items[i]);
        for (uint32_t k = 0; k < i; k++) {
            if (str_equal(key, ast_response_key(&selections->items[k])))
                return false;
        }
    }
    return true;
}

static struct merging *merging_of(struct validation *v)
{
    if (v->merging != NULL)
        return v->merging;
    uint32_t budget = v->limits->comparisons != 0 ? v->limits->comparisons : DEFAULT_BUDGET;
    struct merging *merging = arena_new(v->arena, struct merging);
    *merging = (struct merging){.v = v, .quick_budget = budget, .conflict_budget = budget};
    map_init(&merging->quick_known, v->arena, 16);
    merging->field_sets.arena = v->arena;
    merging->met_fragments.arena = v->arena;
    merging->met_fields.arena = v->arena;
    v->merging = merging;
    return merging;
}

/* Fields of inline fragments are looked at together with those around them. */
void rules_merging_fields(struct validation *v)
{
    const struct ast_selection_set *selections = v->selections;
    if (v->selections_of_inline_fragment)
        return;
    if (selections->count <= 1 && selections->items[0].kind != AST_INLINE_FRAGMENT)
        return;
    if (is_plain(selections))
        return;
    struct merging *merging = merging_of(v);
    if (!merging_quick(merging, v->parent_type, selections))
        merging_conflicts(merging, v->parent_type, selections);
}
