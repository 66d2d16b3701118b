/* order_feasible: endings are judged for the day after the last one, everything else for the day it
 * is wanted. */
#include "resolvers/order_feasible.h"

#include "base/arena.h"

static enum feasibility_action action_of(const struct draft_item *item)
{
    return *item->action == 'A'   ? FEASIBILITY_ADD
           : *item->action == 'M' ? FEASIBILITY_MODIFY
                                  : FEASIBILITY_DELETE;
}

/* A status of its own, or nothing at all, is always possible. */
static bool is_judged(const struct draft_item *item)
{
    return *item->action != 'N' && item->target == NULL;
}

static const char *field_of(const struct draft *draft, const struct draft_item *item)
{
    const char *member = item->product == 0 || *item->action == 'M' ? "offeringId" : "productId";
    return *item->path == '\0' ? member
                               : str_printf(draft->act->arena, "%s.%s", item->path, member).at;
}

enum status order_feasible(const struct draft *draft, struct feasibility_verdict *verdict)
{
    struct act *act = draft->act;
    struct ordered_item *items = arena_array(act->arena, struct ordered_item, draft->count + 1);
    struct ordered ordered = {
        .customer = draft->customer, .day = draft->requested_day, .items = items};
    for (uint32_t i = 0; i < draft->count; i++) {
        const struct draft_item *item = &draft->items[i];
        if (!is_judged(item))
            continue;
        if (ordered.place == 0 && item->place.kind == CELL_INT)
            ordered.place = item->place.integer;
        if (item->last_day + 1 > ordered.day && item->last_day != 0)
            ordered.day = item->last_day + 1;
        items[ordered.count++] = (struct ordered_item){.action = action_of(item),
                                                       .offering = item->offering,
                                                       .quantity = 1,
                                                       .product = item->product,
                                                       .field = field_of(draft, item)};
    }
    return feasibility_of_order(act, &ordered, verdict);
}
