/* merging_conflicts: pairs of fields are compared, each pair of fragments and each field set with a
 * fragment only once; what is found is put into the words of graphql-js. */
#include "graphql/merging.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/printer.h"

enum { DETAIL_WIDTH = 1000, NODE_LIMIT = 20, CONFLICT_LIMIT = 200 };

struct member {
    const struct type *parent; /* NULL: unknown */
    const struct ast_selection *field;
    const struct field *definition;
    bool stream;
    struct member *next;
};

struct group {
    struct str name;
    struct member *first;
    struct member *last;
};

/* The fields of a selection set by response name, and the fragments spread in it. */
struct field_set {
    struct map groups;
    struct fragment_info **fragments;
    uint32_t fragment_count;
    uint32_t fragment_capacity;
};

struct conflict {
    struct str name;
    struct str reason;
    uint32_t left[NODE_LIMIT];
    uint32_t right[NODE_LIMIT];
    uint32_t left_count;
    uint32_t right_count;
    struct conflict *next;
};

struct conflict_list {
    struct conflict *first;
    struct conflict *last;
    uint32_t count;
};

static void spend(struct merging *merging, uint32_t cost)
{
    if (merging->conflict_budget < cost) {
        merging->conflict_budget = 0;
        validation_abort(
            merging->v,
            "Validation aborted: the fields of this document can be merged in too many ways.");
        return;
    }
    merging->conflict_budget -= cost;
}

static struct str abbreviate(struct merging *merging, struct str text)
{
    if (text.len <= DETAIL_WIDTH)
        return text;
    size_t len = DETAIL_WIDTH;
    while (len > 0 && ((unsigned char)text.at[len] & 0xc0) == 0x80)
        len--;
    return str_printf(merging->v->arena, "%.*s...", (int)len, text.at);
}

static void add_field(struct merging *merging, struct field_set *set, const struct type *parent,
                      const struct ast_selection *field)
{
    struct arena *arena = merging->v->arena;
    struct str key = ast_response_key(field);
    struct group *group = map_get(&set->groups, key);
    if (group == NULL) {
        group = arena_new(arena, struct group);
        group->name = key;
        map_put(&set->groups, key, group);
    }
    struct member *member = arena_new(arena, struct member);
    *member = (struct member){
        .parent = parent,
        .field = field,
        .definition = merging_definition(merging->v, parent, field->name.text),
        .stream = ast_directive(&field->directives, "stream") != NULL,
    };
    if (group->first == NULL)
        group->first = member;
    else
        group->last->next = member;
    group->last = member;
}

static void add_fragment(struct merging *merging, struct field_set *set,
                         struct fragment_info *fragment)
{
    for (uint32_t i = 0; i < set->fragment_count; i++) {
        if (set->fragments[i] == fragment)
            return;
    }
    spend(merging, set->fragment_count / 8);
    if (set->fragment_count == set->fragment_capacity) {
        set->fragment_capacity = set->fragment_capacity == 0 ? 8 : set->fragment_capacity * 2;
        struct fragment_info **grown =
            arena_array(merging->v->arena, struct fragment_info *, set->fragment_capacity);
        for (uint32_t i = 0; i < set->fragment_count; i++)
            grown[i] = set->fragments[i];
        set->fragments = grown;
    }
    set->fragments[set->fragment_count++] = fragment;
}

static void collect(struct merging *merging, struct field_set *set, const struct type *parent,
                    const struct ast_selection_set *selections)
{
    struct validation *v = merging->v;
    for (uint32_t i = 0; i < selections->count; i++) {
        const struct ast_selection *selection = &selections->items[i];
        if (selection->kind == AST_FIELD) {
            add_field(merging, set, parent, selection);
        } else if (selection->kind == AST_INLINE_FRAGMENT) {
            const struct name *condition = &selection->type_condition;
            collect(merging, set,
                    condition->text.at == NULL ? parent
                                               : schema_type(v->schema, condition->text, v->rights),
                    &selection->selections);
        } else {
            struct fragment_info *fragment = validation_fragment(v, selection->name.text);
            if (fragment != NULL)
                add_fragment(merging, set, fragment);
        }
    }
}

static struct field_set *field_set_of(struct merging *merging, const struct type *parent,
                                      const struct ast_selection_set *selections)
{
    struct field_set *set = pair_map_get(&merging->field_sets, selections, parent);
    if (set != NULL)
        return set;
    set = arena_new(merging->v->arena, struct field_set);
    map_init(&set->groups, merging->v->arena, selections->count);
    collect(merging, set, parent, selections);
    pair_map_put(&merging->field_sets, selections, parent, set);
    return set;
}

static struct field_set *field_set_of_fragment(struct merging *merging,
                                               const struct fragment_info *fragment)
{
    const struct type *type =
        schema_type(merging->v->schema, fragment->ast->type_condition.text, merging->v->rights);
    return field_set_of(merging, type, &fragment->ast->selections);
}

/* Whether the two have been compared: for exclusive fields any comparison will do, for others only
 * one that was not. From now on they have. */
static bool have_met(struct pair_map *met, const void *first, const void *second, bool exclusive)
{
    static char weakly, fully;
    const void *before = pair_map_get(met, first, second);
    if (before != NULL && (exclusive || before == &fully))
        return true;
    pair_map_put(met, first, second, exclusive ? &weakly : &fully);
    return false;
}

static bool fragments_have_met(struct merging *merging, const void *first, const void *second,
                               bool exclusive)
{
    static char weakly, fully;
    const void *before = pair_map_get(&merging->met_fragments, first, second);
    const void *reverse = pair_map_get(&merging->met_fragments, second, first);
    if (exclusive ? before != NULL || reverse != NULL : before == &fully || reverse == &fully)
        return true;
    pair_map_put(&merging->met_fragments, first, second, exclusive ? &weakly : &fully);
    return false;
}

/* Nobody reads more conflicts than there is room for. */
static bool goes_on(const struct merging *merging, const struct conflict_list *list)
{
    return !merging->v->aborted && list->count < CONFLICT_LIMIT;
}

static void add_conflict(struct conflict_list *list, struct conflict *conflict)
{
    if (conflict == NULL || list->count >= CONFLICT_LIMIT)
        return;
    if (list->first == NULL)
        list->first = conflict;
    else
        list->last->next = conflict;
    list->last = conflict;
    list->count++;
}

static struct conflict *new_conflict(struct merging *merging, struct str name, struct str reason,
                                     const struct member *a, const struct member *b)
{
    struct conflict *conflict = arena_new(merging->v->arena, struct conflict);
    *conflict =
        (struct conflict){.name = name, .reason = reason, .left_count = 1, .right_count = 1};
    conflict->left[0] = a->field->at;
    conflict->right[0] = b->field->at;
    return conflict;
}

/* Of each inner conflict the last places, as many as there is room for. */
static void add_places(uint32_t *places, uint32_t *count, const uint32_t *inner,
                       uint32_t inner_count)
{
    uint32_t room = NODE_LIMIT - *count;
    uint32_t skipped = inner_count > room ? inner_count - room : 0;
    for (uint32_t i = skipped; i < inner_count; i++)
        places[(*count)++] = inner[i];
}

static struct conflict *subfield_conflict(struct merging *merging, struct str name,
                                          const struct conflict_list *inner, const struct member *a,
                                          const struct member *b)
{
    if (inner->first == NULL)
        return NULL;
    struct buf reason;
    buf_init(&reason, merging->v->arena, 128);
    for (const struct conflict *each = inner->first; each != NULL && reason.len <= DETAIL_WIDTH;
         each = each->next) {
        struct str inner_name = abbreviate(merging, each->name);
        buf_printf(&reason, "%ssubfields \"" STR_FMT "\" conflict because " STR_FMT,
                   each == inner->first ? "" : " and ", STR_ARG(inner_name), STR_ARG(each->reason));
    }
    struct conflict *conflict =
        new_conflict(merging, name, abbreviate(merging, buf_str(&reason)), a, b);
    for (const struct conflict *each = inner->first; each != NULL; each = each->next) {
        add_places(conflict->left, &conflict->left_count, each->left, each->left_count);
        add_places(conflict->right, &conflict->right_count, each->right, each->right_count);
    }
    return conflict;
}

static struct conflict_list compare_selections(struct merging *merging, bool exclusive,
                                               const struct member *a, const struct member *b);

static bool is_leaf(const struct member *member)
{
    return member->field->arguments.count == 0 && member->field->selections.count == 0 &&
           !member->stream;
}

static bool are_exclusive(const struct member *a, const struct member *b)
{
    return a->parent != b->parent && a->parent != NULL && b->parent != NULL &&
           a->parent->kind == TYPE_OBJECT && b->parent->kind == TYPE_OBJECT;
}

static const struct type_use *type_of(const struct member *member)
{
    return member->definition == NULL ? NULL : member->definition->type;
}

static struct str stream_reason(struct merging *merging, const struct member *a,
                                const struct member *b)
{
    const struct ast_directive *left = ast_directive(&a->field->directives, "stream");
    const struct ast_directive *right = ast_directive(&b->field->directives, "stream");
    bool same = left != NULL && right != NULL &&
                ast_arguments_equal(&left->arguments, &right->arguments, &merging->conflict_budget);
    return same ? STR("they have overlapping stream directives. See "
                      "https://github.com/graphql/defer-stream-wg/discussions/100")
                : STR("they have overlapping stream directives");
}

/* Why the two cannot be in one answer, looking at them alone; .at NULL: they can. */
static struct str field_reason(struct merging *merging, bool exclusive, const struct member *a,
                               const struct member *b)
{
    struct arena *arena = merging->v->arena;
    struct str left = a->field->name.text, right = b->field->name.text;
    if (!exclusive && !str_equal(left, right))
        return str_printf(arena, "\"" STR_FMT "\" and \"" STR_FMT "\" are different fields",
                          STR_ARG(abbreviate(merging, left)), STR_ARG(abbreviate(merging, right)));
    if (!exclusive &&
        !ast_arguments_equal(&a->field->arguments, &b->field->arguments, &merging->conflict_budget))
        return STR("they have differing arguments");
    if (a->stream || b->stream)
        return stream_reason(merging, a, b);
    const struct type_use *left_type = type_of(a), *right_type = type_of(b);
    if (left_type == NULL || right_type == NULL || !merging_types_conflict(left_type, right_type))
        return (struct str){0};
    struct buf reason;
    buf_init(&reason, arena, 96);
    buf_add(&reason, STR("they return conflicting types \""));
    print_type_use(&reason, left_type);
    buf_add(&reason, STR("\" and \""));
    print_type_use(&reason, right_type);
    buf_add_char(&reason, '"');
    return buf_str(&reason);
}

static struct conflict *compare_fields(struct merging *merging, bool parents_exclusive,
                                       struct str name, const struct member *a,
                                       const struct member *b)
{
    spend(merging, 2);
    if (merging->v->aborted)
        return NULL;
    if (is_leaf(a) && is_leaf(b) && type_of(a) == type_of(b) &&
        str_equal(a->field->name.text, b->field->name.text))
        return NULL;
    bool exclusive = parents_exclusive || are_exclusive(a, b);
    struct str reason = field_reason(merging, exclusive, a, b);
    if (reason.at != NULL)
        return new_conflict(merging, name, reason, a, b);
    if (a->field->selections.count == 0 || b->field->selections.count == 0)
        return NULL;
    struct conflict_list inner = compare_selections(merging, exclusive, a, b);
    return subfield_conflict(merging, name, &inner, a, b);
}

static void compare_within(struct merging *merging, struct conflict_list *list,
                           const struct field_set *set)
{
    for (size_t i = 0; i < set->groups.count; i++) {
        const struct group *group = set->groups.entries[i].value;
        for (const struct member *a = group->first; a != NULL && goes_on(merging, list);
             a = a->next) {
            for (const struct member *b = a->next; b != NULL && goes_on(merging, list); b = b->next)
                add_conflict(list, compare_fields(merging, false, group->name, a, b));
        }
    }
}

static void compare_between(struct merging *merging, struct conflict_list *list, bool exclusive,
                            const struct field_set *left, const struct field_set *right)
{
    for (size_t i = 0; right->groups.count > 0 && i < left->groups.count && goes_on(merging, list);
         i++) {
        const struct group *group = left->groups.entries[i].value;
        spend(merging, 1);
        const struct group *other = map_get(&right->groups, group->name);
        if (other == NULL)
            continue;
        for (const struct member *a = group->first; a != NULL; a = a->next) {
            for (const struct member *b = other->first; b != NULL && goes_on(merging, list);
                 b = b->next)
                add_conflict(list, compare_fields(merging, exclusive, group->name, a, b));
        }
    }
}

static void compare_with_fragment(struct merging *merging, struct conflict_list *list,
                                  bool exclusive, struct field_set *set,
                                  struct fragment_info *fragment)
{
    spend(merging, 1);
    if (merging->v->aborted || set->groups.count == 0 ||
        have_met(&merging->met_fields, set, fragment, exclusive))
        return;
    struct field_set *inner = field_set_of_fragment(merging, fragment);
    if (inner == set)
        return;
    if (validation_descend(merging->v)) {
        compare_between(merging, list, exclusive, set, inner);
        for (uint32_t i = 0; i < inner->fragment_count; i++)
            compare_with_fragment(merging, list, exclusive, set, inner->fragments[i]);
    }
    validation_ascend(merging->v);
}

static void compare_fragments(struct merging *merging, struct conflict_list *list, bool exclusive,
                              struct fragment_info *a, struct fragment_info *b)
{
    spend(merging, 2);
    if (a == b || merging->v->aborted || fragments_have_met(merging, a, b, exclusive))
        return;
    if (validation_descend(merging->v)) {
        struct field_set *left = field_set_of_fragment(merging, a);
        struct field_set *right = field_set_of_fragment(merging, b);
        compare_between(merging, list, exclusive, left, right);
        for (uint32_t i = 0; i < right->fragment_count; i++)
            compare_fragments(merging, list, exclusive, a, right->fragments[i]);
        for (uint32_t i = 0; i < left->fragment_count; i++)
            compare_fragments(merging, list, exclusive, left->fragments[i], b);
    }
    validation_ascend(merging->v);
}

static struct conflict_list compare_selections(struct merging *merging, bool exclusive,
                                               const struct member *a, const struct member *b)
{
    struct conflict_list list = {0};
    const struct type_use *left_type = type_of(a), *right_type = type_of(b);
    struct field_set *left =
        field_set_of(merging, left_type == NULL ? NULL : left_type->named, &a->field->selections);
    struct field_set *right =
        field_set_of(merging, right_type == NULL ? NULL : right_type->named, &b->field->selections);
    compare_between(merging, &list, exclusive, left, right);
    for (uint32_t i = 0; i < right->fragment_count; i++)
        compare_with_fragment(merging, &list, exclusive, left, right->fragments[i]);
    for (uint32_t i = 0; i < left->fragment_count; i++)
        compare_with_fragment(merging, &list, exclusive, right, left->fragments[i]);
    for (uint32_t i = 0; i < left->fragment_count; i++) {
        for (uint32_t k = 0; k < right->fragment_count && !merging->v->aborted; k++)
            compare_fragments(merging, &list, exclusive, left->fragments[i], right->fragments[k]);
    }
    return list;
}

static void report(struct validation *v, struct merging *merging, const struct conflict *conflict)
{
    struct error *error = validation_report(
        v,
        "Fields \"" STR_FMT "\" conflict because " STR_FMT
        ". Use different aliases on the fields to fetch both if this was intentional.",
        STR_ARG(abbreviate(merging, conflict->name)), STR_ARG(conflict->reason));
    for (uint32_t i = 0; i < conflict->left_count; i++)
        validation_at(v, error, conflict->left[i]);
    for (uint32_t i = 0; i < conflict->right_count; i++)
        validation_at(v, error, conflict->right[i]);
}

void merging_conflicts(struct merging *merging, const struct type *parent,
                       const struct ast_selection_set *selections)
{
    struct conflict_list list = {0};
    struct field_set *set = field_set_of(merging, parent, selections);
    compare_within(merging, &list, set);
    for (uint32_t i = 0; i < set->fragment_count && !merging->v->aborted; i++) {
        compare_with_fragment(merging, &list, false, set, set->fragments[i]);
        for (uint32_t k = i + 1; k < set->fragment_count; k++)
            compare_fragments(merging, &list, false, set->fragments[i], set->fragments[k]);
    }
    for (const struct conflict *conflict = list.first; conflict != NULL && !merging->v->aborted;
         conflict = conflict->next)
        report(merging->v, merging, conflict);
}
