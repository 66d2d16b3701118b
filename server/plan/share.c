/* share: what is asked alike is fetched once: by several types of one fetch's rows, and under
 * several names.
 *
 * Without the first a selection on an interface of ten types would make ten children of one, and a
 * hundred two levels below. The second is for documents that are made of fragments which do not
 * know of each other.
 */
#include "plan/planner.h"

#include "base/arena.h"

static bool group_equal(const struct group *a, const struct group *b)
{
    if (a == NULL || b == NULL || !str_equal(a->key, b->key) || a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (a->items[i].field != b->items[i].field ||
            !term_equal(a->items[i].term, b->items[i].term))
            return false;
    }
    return true;
}

static bool type_uses_equal(const struct type_use *a, const struct type_use *b)
{
    for (; a->kind == b->kind && a->kind != USE_NAMED; a = a->of)
        b = b->of;
    return a->kind == b->kind && a->named == b->named;
}

/* Objects of different types implement a field with defaults and a type of their own. */
static bool fields_alike(const struct field *a, const struct field *b)
{
    if (a == b)
        return true;
    if (a->argument_count != b->argument_count || !type_uses_equal(a->type, b->type))
        return false;
    for (uint32_t i = 0; i < a->argument_count; i++) {
        const struct input_value *one = &a->arguments[i], *other = &b->arguments[i];
        if (!str_equal(one->name, other->name) || !type_uses_equal(one->type, other->type) ||
            one->default_value != NULL || other->default_value != NULL)
            return false;
    }
    return true;
}

static bool orders_equal(const struct binding *a, const struct binding *b)
{
    if (a->order_count != b->order_count)
        return false;
    for (uint32_t i = 0; i < a->order_count; i++) {
        if (!str_equal(a->order[i].column, b->order[i].column) ||
            a->order[i].descending != b->order[i].descending)
            return false;
    }
    return true;
}

/* The same rows in the same order; what narrows them by arguments belongs to one field alone. */
static bool bindings_alike(const struct binding *a, const struct binding *b)
{
    if (a == b)
        return true;
    return a->kind == b->kind && a->target == b->target &&
           str_equal(a->target_key, b->target_key) && a->limit == b->limit &&
           a->size_argument == NULL && b->size_argument == NULL && a->match_count == 0 &&
           b->match_count == 0 && a->where_argument == NULL && b->where_argument == NULL &&
           a->sort_argument == NULL && b->sort_argument == NULL && a->predicate == NULL && b->predicate == NULL &&
           a->moment_argument == NULL && b->moment_argument == NULL && orders_equal(a, b);
}

static bool kinds_alike(const struct fetch *a, const struct fetch *b)
{
    if (a->kind_value == NULL || b->kind_value == NULL)
        return a->kind_value == b->kind_value;
    return a->kind_column == b->kind_column && a->kind_value->kind == b->kind_value->kind &&
           (a->kind_value->kind == CELL_TEXT
                ? str_equal(cell_str(a->kind_value), cell_str(b->kind_value))
                : a->kind_value->integer == b->kind_value->integer);
}

static bool children_alike(const struct fetch *a, const struct fetch *wanted)
{
    if (a->kind != wanted->kind || a->parent_column != wanted->parent_column ||
        !fields_alike(a->field, wanted->field))
        return false;
    if (a->kind == FETCH_OBJECTS) /* a resolver belongs to one field alone */
        return a->field->binding == NULL && wanted->field->binding == NULL;
    return kinds_alike(a, wanted) && bindings_alike(a->binding, wanted->binding);
}

static void add_parent_type(struct planner *planner, struct fetch *child, const struct type *type)
{
    const struct type **types =
        arena_array(planner->arena, const struct type *, child->parent_type_count + 1);
    if (child->parent_type_count > 0)
        memcpy(types, child->parent_types, child->parent_type_count * sizeof(*types));
    types[child->parent_type_count++] = type;
    child->parent_types = types;
}

void share_limit(struct planner *planner, struct site site, struct fetch *child)
{
    if (site.row_type != NULL)
        add_parent_type(planner, child, site.row_type);
}

void share_offer(struct fetch *child, const struct shape_field *field)
{
    child->shapes = field->shapes;
    child->shape_types = field->shape_types;
    child->shape_count = field->shape_count;
}

bool share_child(struct planner *planner, struct site site, const struct fetch *wanted,
                 const struct group *group, struct shape_field *out)
{
    for (uint32_t i = 0; i < site.fetch->child_count && site.row_type != NULL; i++) {
        struct fetch *child = site.fetch->children[i];
        if (!group_equal(child->group, group) || !children_alike(child, wanted))
            continue;
        add_parent_type(planner, child, site.row_type);
        out->child = i;
        out->shapes = child->shapes;
        out->shape_types = child->shape_types;
        out->shape_count = child->shape_count;
        return true;
    }
    return false;
}

/* ---- under several names ---- */

static bool has_parent_type(const struct fetch *child, const struct type *type)
{
    for (uint32_t i = 0; i < child->parent_type_count; i++) {
        if (child->parent_types[i] == type)
            return true;
    }
    return child->parent_type_count == 0 && type == NULL;
}

/* The same rows for the same parents: nothing differs but what is wanted of them, and when. */
static bool fetches_equal(struct planner *planner, const struct fetch *child,
                          const struct fetch *wanted)
{
    return child->kind == wanted->kind && child->field == wanted->field &&
           child->binding == wanted->binding && child->parent_column == wanted->parent_column &&
           ast_arguments_equal(&child->ast->arguments, &wanted->ast->arguments,
                               &planner->comparisons) &&
           planner->comparisons > 0;
}

/* The condition that holds when one of the two does. */
static uint32_t either(struct planner *planner, uint32_t a, uint32_t b)
{
    if (a == b || a == 0 || b == 0)
        return a == b ? a : 0;
    const struct condition *first = &planner->plan->conditions[a],
                           *second = &planner->plan->conditions[b];
    uint32_t count = first->count + second->count;
    const struct condition_term **terms =
        arena_array(planner->arena, const struct condition_term *, count);
    memcpy(terms, first->terms, first->count * sizeof(*terms));
    memcpy(terms + first->count, second->terms, second->count * sizeof(*terms));
    return condition_any(planner, terms, count);
}

struct fetch *share_fetch(struct planner *planner, struct site site, const struct fetch *wanted,
                          uint32_t *index)
{
    bool serial = site.fetch->kind == FETCH_ROOT && planner->plan->operation->kind == AST_MUTATION;
    for (*index = 0; *index < site.fetch->child_count && !serial; ++*index) {
        struct fetch *child = site.fetch->children[*index];
        if (!has_parent_type(child, site.row_type) || !fetches_equal(planner, child, wanted))
            continue;
        child->condition = either(planner, child->condition, wanted->condition);
        return child;
    }
    return NULL;
}
