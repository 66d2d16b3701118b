/* order_feasible: endings are judged for the day after the last one, everything else for the day it
 * is wanted. */
#include "resolvers/order_feasible.h"

#include "base/arena.h"
#include "db/dates.h"

static enum feasibility_action action_of(const char *action)
{
    return *action == 'A'   ? FEASIBILITY_ADD
           : *action == 'M' ? FEASIBILITY_MODIFY
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

/* What the items say of all of the order. */
struct gathered {
    struct ordered ordered;
    struct ordered_item *items;
};

static void gather(struct gathered *gathered, const struct draft *draft)
{
    struct ordered *ordered = &gathered->ordered;
    for (uint32_t i = 0; i < draft->count; i++) {
        const struct draft_item *item = &draft->items[i];
        if (!is_judged(item))
            continue;
        if (ordered->place == 0 && item->place.kind == CELL_INT)
            ordered->place = item->place.integer;
        if (item->last_day + 1 > ordered->day && item->last_day != 0)
            ordered->day = item->last_day + 1;
        gathered->items[ordered->count++] = (struct ordered_item){.action = action_of(item->action),
                                                                  .offering = item->offering,
                                                                  .quantity = 1,
                                                                  .product = item->product,
                                                                  .field = field_of(draft, item)};
    }
}

static struct gathered begin(const struct draft *draft, uint32_t more)
{
    struct ordered_item *items =
        arena_array(draft->act->arena, struct ordered_item, draft->count + more + 1);
    return (struct gathered){
        .ordered = {.customer = draft->customer, .day = draft->requested_day, .items = items},
        .items = items,
    };
}

enum status order_feasible(const struct draft *draft, struct feasibility_verdict *verdict)
{
    struct gathered gathered = begin(draft, 0);
    gather(&gathered, draft);
    return feasibility_of_order(draft->act, &gathered.ordered, verdict);
}

/* ---- judged again ---- */

enum { PLACE, LAST_DAY, WANTED };

static bool is_to_begin(const struct order_item *item)
{
    return !order_state_is_end(item->state) && !work_has_begun(item) && item->product != 0 &&
           item->target == PRODUCT_STATUSES && !work_is(item, "NO_CHANGE");
}

static void gather_placed(struct gathered *gathered, const struct order_item *item,
                          const struct cell *cells)
{
    struct ordered *ordered = &gathered->ordered;
    bool adds = work_is(item, "ADD"), ends = work_is(item, "DELETE");
    if (ordered->place == 0 && cells[PLACE].kind == CELL_INT)
        ordered->place = cells[PLACE].integer;
    if (cells[WANTED].kind != CELL_NULL && cells[WANTED].integer > ordered->day)
        ordered->day = cells[WANTED].integer;
    if (ends && cells[LAST_DAY].kind != CELL_NULL && cells[LAST_DAY].integer + 1 > ordered->day)
        ordered->day = cells[LAST_DAY].integer + 1;
    gathered->items[ordered->count++] = (struct ordered_item){
        .action = action_of(adds   ? "ADD"
                            : ends ? "DELETE"
                                   : "MODIFY"),
        .offering = item->offering,
        .quantity = 1,
        .product = adds ? 0 : item->product,
        .field = "id",
        .set_up = adds ? item->product : 0,
        .taken = item->took_stock > 0,
    };
}

/* The rows are those of the items, which are locked. */
static enum status read_placed(struct act *act, const struct order_work *work, struct rows *rows)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order)};
    return act_run(
        act,
        "SELECT p.place_id, p.termination_date, o.requested_date\n"
        "FROM product_order_item AS i\n"
        "JOIN product_order AS o ON o.customer_id = i.customer_id AND o.id = i.product_order_id\n"
        "LEFT JOIN product AS p ON p.customer_id = i.customer_id AND p.id = i.product_id\n"
        "WHERE i.customer_id = ? AND i.product_order_id = ?\n"
        "    AND EXISTS (SELECT 1 FROM order_qualification AS q\n"
        "        WHERE q.customer_id = o.customer_id AND q.product_order_id = o.id)\n"
        "ORDER BY i.position",
        parameters, 2, rows);
}

enum status order_feasible_again(const struct draft *draft, const struct order_work *work,
                                 const struct order_items *items,
                                 struct feasibility_verdict *verdict)
{
    struct gathered gathered = begin(draft, items->count);
    struct rows rows = {0};
    TRY(read_placed(draft->act, work, &rows));
    for (uint32_t i = 0; i < rows.count && i < items->count; i++) {
        if (is_to_begin(&items->at[i]))
            gather_placed(&gathered, &items->at[i], rows.cells + (size_t)i * rows.width);
    }
    gather(&gathered, draft);
    if (gathered.ordered.count > 0 && gathered.ordered.day < dates_today())
        gathered.ordered.day = dates_today();
    *verdict = (struct feasibility_verdict){0};
    return gathered.ordered.count == 0
               ? STATUS_OK
               : feasibility_of_order(draft->act, &gathered.ordered, verdict);
}
