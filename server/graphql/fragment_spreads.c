/* fragment_spreads: spreads are found set by set, the outer one's before those of the last set in
 * it. */
#include "graphql/fragment_spreads.h"

#include "base/arena.h"

static void add_spread(struct spread_list *list, const struct ast_selection *spread)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity == 0 ? 8 : list->capacity * 2;
        const struct ast_selection **grown =
            arena_array(list->arena, const struct ast_selection *, list->capacity);
        for (uint32_t i = 0; i < list->count; i++)
            grown[i] = list->items[i];
        list->items = grown;
    }
    list->items[list->count++] = spread;
}

/* As if sets were put on a stack when met and the last one taken off next. */
static void find_spreads(struct spread_list *list, const struct ast_selection_set *selections)
{
    for (uint32_t i = 0; i < selections->count; i++) {
        if (selections->items[i].kind == AST_FRAGMENT_SPREAD)
            add_spread(list, &selections->items[i]);
    }
    for (uint32_t i = selections->count; i > 0; i--) {
        const struct ast_selection *selection = &selections->items[i - 1];
        if (selection->selections.count > 0)
            find_spreads(list, &selection->selections);
    }
}

struct spread_list fragment_spreads_in(struct validation *v,
                                       const struct ast_selection_set *selections)
{
    struct spread_list list = {.arena = v->arena};
    find_spreads(&list, selections);
    return list;
}

struct spread_list fragment_spreads_of(struct validation *v, struct fragment_info *fragment)
{
    if (!fragment->spreads_known) {
        struct spread_list list = fragment_spreads_in(v, &fragment->ast->selections);
        fragment->spreads = list.items;
        fragment->spread_count = list.count;
        fragment->spreads_known = true;
    }
    return (struct spread_list){.items = fragment->spreads, .count = fragment->spread_count};
}

static void reach(struct validation *v, struct fragment_list *list,
                  const struct ast_selection *const *spreads, uint32_t count)
{
    validation_work(v, count);
    for (uint32_t i = 0; i < count; i++) {
        struct fragment_info *fragment = validation_fragment(v, spreads[i]->name.text);
        if (fragment == NULL || fragment->reached == list->run)
            continue;
        fragment->reached = list->run;
        list->items[list->count++] = fragment;
    }
}

static void reach_from(struct validation *v, struct fragment_list *list,
                       const struct ast_operation *operation)
{
    struct spread_list own = fragment_spreads_in(v, &operation->selections);
    reach(v, list, own.items, own.count);
}

static void reach_onwards(struct validation *v, struct fragment_list *list)
{
    for (uint32_t i = 0; i < list->count && !v->aborted; i++) {
        struct spread_list spreads = fragment_spreads_of(v, list->items[i]);
        reach(v, list, spreads.items, spreads.count);
    }
}

static struct fragment_list begin(struct validation *v)
{
    return (struct fragment_list){
        .items = arena_array(v->arena, struct fragment_info *, v->fragments.count),
        .run = ++v->run,
    };
}

struct fragment_list fragment_spreads_reachable(struct validation *v,
                                                const struct ast_operation *operation)
{
    if (v->fragments.count == 0)
        return (struct fragment_list){0};
    struct fragment_list list = begin(v);
    reach_from(v, &list, operation);
    reach_onwards(v, &list);
    return list;
}

struct fragment_list fragment_spreads_reachable_from_all(struct validation *v)
{
    struct fragment_list list = begin(v);
    for (uint32_t i = 0; i < v->document->definition_count; i++) {
        if (v->document->definitions[i].kind == AST_OPERATION)
            reach_from(v, &list, &v->document->definitions[i].operation);
    }
    reach_onwards(v, &list);
    return list;
}
