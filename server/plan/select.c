/* select: which fields of a selection set apply to one concrete type, merged by response key. */
#include "plan/planner.h"

#include "base/arena.h"

/* A fragment that was spread already, and under which term. */
struct visit {
    const struct ast_fragment *fragment;
    const struct condition_term *term;
    struct visit *next;
};

struct selecting {
    struct planner *planner;
    const struct type *type;
    struct selected *out;
    struct visit *visits;
    uint32_t position;
};

static struct group *group_for(struct selecting *selecting, struct str key)
{
    struct selected *out = selecting->out;
    for (uint32_t i = 0; i < out->count; i++) {
        if (str_equal(out->groups[i].key, key))
            return &out->groups[i];
    }
    if (out->count == out->capacity) {
        uint32_t capacity = out->capacity == 0 ? 8 : out->capacity * 2;
        struct group *groups = arena_array(selecting->planner->arena, struct group, capacity);
        if (out->count > 0)
            memcpy(groups, out->groups, out->count * sizeof(*groups));
        out->groups = groups;
        out->capacity = capacity;
    }
    out->groups[out->count] = (struct group){.key = key};
    return &out->groups[out->count++];
}

static void add_field(struct selecting *selecting, const struct ast_selection *field,
                      const struct condition_term *term)
{
    struct group *group = group_for(selecting, ast_response_key(field));
    if (group->count == group->capacity) {
        uint32_t capacity = group->capacity == 0 ? 2 : group->capacity * 2;
        struct occurrence *items =
            arena_array(selecting->planner->arena, struct occurrence, capacity);
        if (group->count > 0)
            memcpy(items, group->items, group->count * sizeof(*items));
        group->items = items;
        group->capacity = capacity;
    }
    group->items[group->count++] =
        (struct occurrence){.field = field, .term = term, .position = selecting->position++};
}

/* True once for each fragment and term; a fragment spread without conditions covers all terms. */
static bool visit(struct selecting *selecting, const struct ast_fragment *fragment,
                  const struct condition_term *term)
{
    for (const struct visit *each = selecting->visits; each != NULL; each = each->next) {
        if (each->fragment == fragment && (each->term == NULL || term_equal(each->term, term)))
            return false;
    }
    struct visit *fresh = arena_new(selecting->planner->arena, struct visit);
    *fresh = (struct visit){.fragment = fragment, .term = term, .next = selecting->visits};
    selecting->visits = fresh;
    return true;
}

/* DoesFragmentTypeApply (specification §6.3.2). */
static bool condition_applies(const struct selecting *selecting, const struct name *type_condition)
{
    if (type_condition->text.at == NULL)
        return true;
    const struct type *type =
        schema_type(selecting->planner->options->schema, type_condition->text, UINT64_MAX);
    if (type == NULL)
        return false;
    return type == selecting->type ||
           (type_is_abstract(type) && type_is_possible(type, selecting->type));
}

static void collect(struct selecting *selecting, const struct ast_selection_set *set,
                    const struct condition_term *term)
{
    for (uint32_t i = 0; i < set->count; i++) {
        const struct ast_selection *selection = &set->items[i];
        const struct condition_term *inner;
        if (!term_and_directives(selecting->planner, term, &selection->directives, &inner))
            continue;
        if (selection->kind == AST_FIELD) {
            add_field(selecting, selection, inner);
        } else if (selection->kind == AST_INLINE_FRAGMENT) {
            if (condition_applies(selecting, &selection->type_condition))
                collect(selecting, &selection->selections, inner);
        } else {
            const struct ast_fragment *fragment =
                document_fragment(selecting->planner->plan->document, selection->name.text);
            if (fragment != NULL && visit(selecting, fragment, inner) &&
                condition_applies(selecting, &fragment->type_condition))
                collect(selecting, &fragment->selections, inner);
        }
    }
}

void select_fields(struct planner *planner, const struct type *type,
                   const struct occurrence *parents, uint32_t parent_count, struct selected *out)
{
    struct selecting selecting = {.planner = planner, .type = type, .out = out};
    *out = (struct selected){0};
    for (uint32_t i = 0; i < parent_count; i++)
        collect(&selecting, &parents[i].field->selections, parents[i].term);
}

void select_root(struct planner *planner, const struct type *type, struct selected *out)
{
    struct selecting selecting = {.planner = planner, .type = type, .out = out};
    *out = (struct selected){0};
    collect(&selecting, &planner->plan->operation->selections, NULL);
}

uint32_t group_condition(struct planner *planner, const struct group *group)
{
    const struct condition_term **terms =
        arena_array(planner->arena, const struct condition_term *, group->count);
    for (uint32_t i = 0; i < group->count; i++)
        terms[i] = group->items[i].term;
    return condition_any(planner, terms, group->count);
}
