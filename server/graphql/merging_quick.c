/* merging_quick: fields are compared with the first of their name, and sets of selection sets only
 * once.
 *
 * To have the same name and arguments, and to have the same shape, are equivalences: if every field
 * of a group is like its first, every two of them are alike. Fields of different object types never
 * stand in one answer, so they only have to have the same shape.
 */
#include "graphql/merging.h"

#include "base/arena.h"
#include <stdlib.h>

struct member {
    const struct type *parent;
    const struct ast_selection *field;
    const struct field *definition;
    struct member *next;
};

struct group {
    struct member *first;
    struct member *last;
    uint32_t count;
};

/* Selection sets whose fields come together. */
struct side {
    const struct type *parent;
    const struct ast_selection_set *selections;
};

struct sides {
    struct side *items;
    uint32_t count;
};

static bool is_object(const struct type *type)
{
    return type != NULL && type->kind == TYPE_OBJECT;
}

static bool add_member(struct merging *merging, struct map *groups, const struct type *parent,
                       const struct ast_selection *field)
{
    struct validation *v = merging->v;
    if (merging->quick_budget == 0)
        return false;
    merging->quick_budget--;
    if (ast_directive(&field->directives, "stream") != NULL)
        return false;
    struct str key = ast_response_key(field);
    struct group *group = map_get(groups, key);
    if (group == NULL) {
        group = arena_new(v->arena, struct group);
        map_put(groups, key, group);
    }
    struct member *member = arena_new(v->arena, struct member);
    *member = (struct member){.parent = parent,
                              .field = field,
                              .definition = merging_definition(v, parent, field->name.text)};
    if (group->first == NULL)
        group->first = member;
    else
        group->last->next = member;
    group->last = member;
    group->count++;
    return true;
}

/* Each fragment once, as its fields are the same wherever it is spread. */
static bool collect(struct merging *merging, struct map *groups, const struct type *parent,
                    const struct ast_selection_set *selections, uint32_t run)
{
    struct validation *v = merging->v;
    bool good = validation_descend(v);
    for (uint32_t i = 0; good && i < selections->count; i++) {
        const struct ast_selection *selection = &selections->items[i];
        if (selection->kind == AST_FIELD) {
            good = add_member(merging, groups, parent, selection);
        } else if (selection->kind == AST_INLINE_FRAGMENT) {
            const struct name *condition = &selection->type_condition;
            const struct type *type = condition->text.at == NULL
                                          ? parent
                                          : schema_type(v->schema, condition->text, v->rights);
            good = collect(merging, groups, type, &selection->selections, run);
        } else {
            struct fragment_info *fragment = validation_fragment(v, selection->name.text);
            if (fragment == NULL || fragment->reached == run)
                continue;
            fragment->reached = run;
            const struct type *type =
                schema_type(v->schema, fragment->ast->type_condition.text, v->rights);
            good = collect(merging, groups, type, &fragment->ast->selections, run);
        }
    }
    validation_ascend(v);
    return good;
}

static bool all_merge(struct merging *merging, struct sides sides, bool shape_only);

/* The selections of those members that are of the object type; of all of them if it is NULL. */
static struct sides sides_of(struct merging *merging, const struct group *group,
                             const struct type *object)
{
    struct sides sides = {.items = arena_array(merging->v->arena, struct side, group->count)};
    for (const struct member *member = group->first; member != NULL; member = member->next) {
        if ((object != NULL && member->parent != object) || member->field->selections.count == 0)
            continue;
        sides.items[sides.count++] = (struct side){
            .parent = member->definition == NULL ? NULL : member->definition->type->named,
            .selections = &member->field->selections,
        };
    }
    return sides;
}

/* Arguments in both directions: where one is given twice, which is wrong by itself, they may
 * differ. */
static bool same_field(struct merging *merging, const struct member *a, const struct member *b)
{
    const struct ast_arguments *left = &a->field->arguments, *right = &b->field->arguments;
    return str_equal(a->field->name.text, b->field->name.text) &&
           ast_arguments_equal(left, right, &merging->conflict_budget) &&
           ast_arguments_equal(right, left, &merging->conflict_budget);
}

/* All members that are of one object type, the first of them given. */
static bool class_merges(struct merging *merging, const struct group *group,
                         const struct member *first)
{
    for (const struct member *member = first->next; member != NULL; member = member->next) {
        if (member->parent == first->parent && !same_field(merging, first, member))
            return false;
    }
    return all_merge(merging, sides_of(merging, group, first->parent), false);
}

static bool is_first_of_class(const struct group *group, const struct member *member)
{
    for (const struct member *earlier = group->first; earlier != member; earlier = earlier->next) {
        if (earlier->parent == member->parent)
            return false;
    }
    return true;
}

/* Members of different object types: each type by itself. A budget keeps many types from costing
 * much. */
static bool classes_merge(struct merging *merging, const struct group *group)
{
    for (const struct member *member = group->first; member != NULL; member = member->next) {
        if (merging->quick_budget < group->count)
            return false;
        merging->quick_budget -= group->count;
        if (is_first_of_class(group, member) && !class_merges(merging, group, member))
            return false;
    }
    return true;
}

static bool one_class_merges(struct merging *merging, const struct group *group)
{
    for (const struct member *member = group->first->next; member != NULL; member = member->next) {
        if (!same_field(merging, group->first, member))
            return false;
    }
    return all_merge(merging, sides_of(merging, group, NULL), false);
}

static bool shapes_agree(const struct group *group)
{
    const struct type_use *type = NULL;
    for (const struct member *member = group->first; member != NULL; member = member->next) {
        if (member->definition == NULL)
            continue;
        if (type != NULL && merging_types_conflict(type, member->definition->type))
            return false;
        type = member->definition->type;
    }
    return true;
}

static bool group_merges(struct merging *merging, const struct group *group, bool shape_only)
{
    if (!shapes_agree(group))
        return false;
    if (shape_only)
        return all_merge(merging, sides_of(merging, group, NULL), true);
    bool one_class = true, objects = true;
    for (const struct member *member = group->first; member != NULL; member = member->next) {
        one_class = one_class && member->parent == group->first->parent;
        objects = objects && is_object(member->parent);
    }
    if (one_class || !objects)
        return one_class_merges(merging, group);
    return classes_merge(merging, group) &&
           all_merge(merging, sides_of(merging, group, NULL), true);
}

static int compare_sides(const void *a, const void *b)
{
    uintptr_t left = (uintptr_t)((const struct side *)a)->selections;
    uintptr_t right = (uintptr_t)((const struct side *)b)->selections;
    return left < right ? -1 : left > right;
}

/* What a question to all_merge() is remembered by. */
static struct str question_key(struct merging *merging, struct sides sides, bool shape_only)
{
    qsort(sides.items, sides.count, sizeof(*sides.items), compare_sides);
    const void **key = arena_array(merging->v->arena, const void *, sides.count + 1);
    for (uint32_t i = 0; i < sides.count; i++)
        key[i] = sides.items[i].selections;
    key[sides.count] = shape_only ? merging : NULL;
    return (struct str){.at = (const char *)key, .len = (sides.count + 1) * sizeof(*key)};
}

static bool sides_merge(struct merging *merging, struct sides sides, bool shape_only)
{
    struct map groups;
    map_init(&groups, merging->v->arena, 16);
    uint32_t run = ++merging->v->run;
    for (uint32_t i = 0; i < sides.count; i++) {
        if (!collect(merging, &groups, sides.items[i].parent, sides.items[i].selections, run))
            return false;
    }
    for (size_t i = 0; i < groups.count; i++) {
        const struct group *group = groups.entries[i].value;
        if (group->count > 1 && !group_merges(merging, group, shape_only))
            return false;
    }
    return true;
}

/* A single selection set is looked at for itself when the walk comes to it. */
static bool all_merge(struct merging *merging, struct sides sides, bool shape_only)
{
    static const char good = 'y', bad = 'n';
    if (sides.count < 2)
        return true;
    struct str key = question_key(merging, sides, shape_only);
    const void *known = map_get(&merging->quick_known, key);
    if (known != NULL)
        return known == &good;
    map_put(&merging->quick_known, key,
            (void *)&good); /* also for the way back to here, in a cycle */
    bool merge = sides_merge(merging, sides, shape_only);
    if (!merge)
        map_put(&merging->quick_known, key, (void *)&bad);
    return merge;
}

bool merging_quick(struct merging *merging, const struct type *parent,
                   const struct ast_selection_set *selections)
{
    struct map groups;
    map_init(&groups, merging->v->arena, selections->count);
    if (!collect(merging, &groups, parent, selections, ++merging->v->run))
        return false;
    for (size_t i = 0; i < groups.count; i++) {
        const struct group *group = groups.entries[i].value;
        if (group->count > 1 && !group_merges(merging, group, false))
            return false;
    }
    return true;
}
