/* line_end: a mobile line that ends gives up what made it one: its number, its SIM cards, its bars.
 */
#include "order/line_end.h"

#include "db/line_number.h"

/* ---- what it had ---- */

static const char *const releases[] = {
    "UPDATE sim_card\n"
    "SET status = 'DEACTIVATED', in_use = FALSE,\n"
    "    activated_on = COALESCE(activated_on, CURRENT_DATE),\n"
    "    ended_on = GREATEST(activated_on, CURRENT_DATE), version = version + 1\n"
    "WHERE customer_id = ? AND product_id = ? AND in_use",

    "DELETE FROM line_bar WHERE customer_id = ? AND product_id = ?",

    "UPDATE port_task AS k\n"
    "JOIN number_port AS p ON p.customer_id = k.customer_id AND p.id = k.number_port_id\n"
    "SET k.due_at = NOW(6)\n"
    "WHERE p.customer_id = ? AND p.product_id = ? AND p.is_open",

    "UPDATE number_port\n"
    "SET status = 'CANCELLED', is_open = FALSE, code = 'LINE_ENDED', changed_at = NOW(6),\n"
    "    version = version + 1\n"
    "WHERE customer_id = ? AND product_id = ? AND is_open",
};

static enum status rest_number(const struct order_work *work, const struct cell *keys)
{
    struct rows rows;
    TRY(work_run(work,
                 "SELECT service_identifier FROM product\n"
                 "WHERE customer_id = ? AND id = ? AND service_identifier LIKE '+%'",
                 keys, 2, &rows));
    return rows.count == 0 ? STATUS_OK
                           : line_number_rest(work->database, work->arena, rows.cells[0]);
}

enum status line_end_release(const struct order_work *work, int64_t line,
                             enum line_number_goes goes)
{
    const struct cell keys[] = {cell_int(work->customer), cell_int(line)};
    for (size_t i = 0; i < sizeof(releases) / sizeof(*releases); i++)
        TRY(work_run(work, releases[i], keys, 2, NULL));
    return goes == LINE_NUMBER_RESTS ? rest_number(work, keys) : STATUS_OK;
}

/* ---- the line itself ---- */

enum { ID, STATUS, CATEGORY };

static enum status end_product(const struct order_work *work, const struct cell *cells)
{
    const struct cell keys[] = {cell_int(work->customer), cells[ID]};
    struct order_item item = {
        .product = cells[ID].integer,
        .product_status = product_status_named(cell_str(&cells[STATUS])),
        .category = cell_str(&cells[CATEGORY]),
    };
    TRY(work_run(work,
                 "UPDATE product SET termination_date = GREATEST(start_date, CURRENT_DATE)\n"
                 "WHERE customer_id = ? AND id = ?",
                 keys, 2, NULL));
    if (product_may_become(item.product_status, PRODUCT_CANCELLED))
        return work_move_product(work, &item, PRODUCT_CANCELLED);
    if (item.product_status == PRODUCT_SUSPENDED)
        TRY(work_move_product(work, &item, PRODUCT_PENDING_TERMINATE));
    return work_move_product(work, &item, PRODUCT_TERMINATED);
}

enum status line_end(const struct order_work *work, int64_t line, enum line_number_goes goes)
{
    const struct cell keys[] = {cell_int(work->customer), cell_int(line), cell_int(line)};
    struct rows rows;
    TRY(work_run(work,
                 "SELECT p.id, p.status, o.category\n"
                 "FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id\n"
                 "WHERE p.customer_id = ? AND (p.id = ? OR p.parent_id = ?)\n"
                 "    AND p.status NOT IN ('TERMINATED', 'CANCELLED', 'ABORTED')\n"
                 "ORDER BY p.id FOR UPDATE",
                 keys, 3, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(end_product(work, rows.cells + (size_t)i * rows.width));
    return line_end_release(work, line, goes);
}
