/* order_conflict: what others have made of an order since the version that a change begins from.
 *
 * That it moves on by itself is no conflict: whether something can still be changed is said of what
 * is to be changed.
 */
#include "resolvers/order_conflict.h"

#include "graphql/coerce.h"
#include "resolvers/conflict.h"
#include "resolvers/day.h"
#include "resolvers/order_draft.h"

static const struct conflict_rows conflicts = {
    .table = "product_order",
    .owner = "customer_id",
    .mutation = "amendOrder",
    .members = {{"requestedDate", "requested_date", .is_told = true}}};

enum status order_conflict_day(struct act *act, const struct cell *now)
{
    const struct input *day = act_field(act, "requestedDate");
    struct cell next = {.kind = CELL_NULL};
    if (day != NULL && day->kind != INPUT_NULL)
        next = (struct cell){.kind = CELL_DATE, .integer = day_of(day, NULL)};
    return conflict_check(act, &conflicts, &now[ORDER_CONFLICT_VERSION], &now[ORDER_CONFLICT_DAY],
                          &next);
}

/* What an order is changed by comes behind its next version. */
static enum status read_added(struct act *act, int64_t version, struct rows *rows)
{
    const struct cell customer = cell_int(act->customer), order = cell_int(act->object);
    const struct cell parameters[] = {customer, order, cell_int(version), customer, order};
    return act_run(
        act,
        "SELECT i.offering_id, o.name, t.row_end\n"
        "FROM product_order FOR SYSTEM_TIME ALL AS t\n"
        "JOIN product_order_item AS i ON i.customer_id = t.customer_id\n"
        "    AND i.product_order_id = t.id AND i.action = 'ADD'\n"
        "    AND i.state NOT IN ('REJECTED', 'CANCELLED', 'FAILED')\n"
        "JOIN product_offering AS o ON o.id = i.offering_id\n"
        "WHERE t.customer_id = ? AND t.id = ? AND t.version = ?\n"
        "    AND t.row_end <= (\n"
        "        SELECT MIN(h.row_start) FROM product_order_item FOR SYSTEM_TIME ALL AS h\n"
        "        WHERE h.customer_id = ? AND h.product_order_id = ? AND h.id = i.id)\n"
        "ORDER BY i.id",
        parameters, 5, rows);
}

static enum status tell(struct act *act, const struct cell *added)
{
    enum { NAME = 1, SINCE };
    struct str who;
    TRY(conflict_who(act, conflicts.mutation, "addItems", &added[SINCE], &who));
    act_error(act, "CONFLICT", "addItems",
              STR_FMT " added \"" STR_FMT "\" meanwhile. Leave it out, or read the order again "
                      "and add it once more.",
              STR_ARG(who), STR_ARG(cell_str(&added[NAME])));
    return STATUS_OK;
}

enum status order_conflict_items(const struct draft *draft, const struct cell *version)
{
    struct act *act = draft->act;
    const struct input *expected = act_field(act, "expectedVersion");
    struct rows added;
    if (draft->count == 0 || expected == NULL || expected->kind == INPUT_NULL ||
        expected->integer == version->integer)
        return STATUS_OK;
    TRY(read_added(act, expected->integer, &added));
    for (uint32_t i = 0; i < draft->count; i++) {
        const struct draft_item *item = &draft->items[i];
        for (uint32_t j = 0; j < added.count && !item->included; j++) {
            const struct cell *row = added.cells + (size_t)j * added.width;
            if (row->integer == item->offering && *item->action == 'A') {
                TRY(tell(act, row));
                break;
            }
        }
    }
    return STATUS_OK;
}
