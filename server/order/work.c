/* work: the statements that move orders, items and products, and what is counted of them. */
#include "order/work.h"

#include "base/arena.h"
#include "mariadb/database.h"

enum { MOVED_PARAMETERS = 8 };

static struct cell name_of(enum order_state state)
{
    return cell_text(str_of(order_state_name(state)));
}

static struct cell reason_of(const char *reason)
{
    return reason == NULL ? (struct cell){.kind = CELL_NULL} : cell_text(str_of(reason));
}

bool work_is(const struct order_item *item, const char *action)
{
    return str_is(item->action, action);
}

bool work_has_begun(const struct order_item *item)
{
    return item->elapsed_ms.kind != CELL_NULL && item->state == ORDER_IN_PROGRESS;
}

enum status work_run(const struct order_work *work, const char *sql, const struct cell *parameters,
                     uint32_t count, struct rows *rows)
{
    return database_run(work->database, work->arena, str_of(sql), parameters, count, rows);
}

/* ---- reading ---- */

static const char items_sql[] =
    "SELECT i.id, i.position, i.action, i.state, i.state_before, i.offering_id, o.code, "
    "o.category,\n"
    "    i.target_status, i.binding_months, i.notice_days, i.product_id, p.status, p.parent_id,\n"
    "    p.service_identifier, t.attempt, t.status_before,\n"
    "    TIMESTAMPDIFF(MICROSECOND, t.started_at, NOW(6)) DIV 1000, i.took_stock\n"
    "FROM product_order_item AS i\n"
    "JOIN product_offering AS o ON o.id = i.offering_id\n"
    "LEFT JOIN product AS p ON p.customer_id = i.customer_id AND p.id = i.product_id\n"
    "LEFT JOIN provisioning_task AS t ON t.customer_id = i.customer_id\n"
    "    AND t.product_order_id = i.product_order_id AND t.product_order_item_id = i.id\n"
    "WHERE i.customer_id = ? AND i.product_order_id = ?\n"
    "ORDER BY i.position";

static void read_item(struct order_item *item, const struct cell *cells)
{
    *item = (struct order_item){
        .id = cells[0].integer,
        .position = cells[1].integer,
        .action = cell_str(&cells[2]),
        .state = order_state_named(cell_str(&cells[3])),
        .state_before = order_state_named(cell_str(&cells[4])),
        .offering = cells[5].integer,
        .code = cell_str(&cells[6]),
        .category = cell_str(&cells[7]),
        .target = product_status_named(cell_str(&cells[8])),
        .binding_months = cells[9],
        .notice_days = cells[10],
        .product = cells[11].kind == CELL_NULL ? 0 : cells[11].integer,
        .product_status = product_status_named(cell_str(&cells[12])),
        .parent = cells[13],
        .service = cells[14],
        .attempt = cells[15],
        .status_before = cells[16],
        .elapsed_ms = cells[17],
        .took_stock = cells[18].integer,
    };
}

/* The order's row is locked, and with it its items; products are what others change, too. */
static enum status lock_products(const struct order_work *work)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->customer),
                                      cell_int(work->order)};
    struct rows rows;
    return work_run(work,
                    "SELECT p.id FROM product_order_item AS i\n"
                    "JOIN product AS p ON p.customer_id = ? AND p.id = i.product_id\n"
                    "WHERE i.customer_id = ? AND i.product_order_id = ? FOR UPDATE",
                    parameters, 3, &rows);
}

enum status work_read(const struct order_work *work, struct order_items *items)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order)};
    struct rows rows;
    TRY(lock_products(work));
    TRY(work_run(work, items_sql, parameters, 2, &rows));
    items->count = rows.count;
    items->at = arena_array(work->arena, struct order_item, rows.count + 1);
    for (uint32_t i = 0; i < rows.count; i++)
        read_item(&items->at[i], rows.cells + (size_t)i * rows.width);
    return STATUS_OK;
}

/* ---- orders and items ---- */

static enum status count_open_orders(const struct order_work *work, int64_t change)
{
    const struct cell parameters[] = {cell_int(change), cell_int(work->customer)};
    return work_run(work,
                    "UPDATE customer SET open_order_count = open_order_count + ? WHERE id = ?",
                    parameters, 2, NULL);
}

/* Where it stood is kept while its cancellation is looked at. */
static struct cell before_of(enum order_state from, enum order_state to)
{
    return to == ORDER_ASSESSING_CANCELLATION ? name_of(from) : (struct cell){.kind = CELL_NULL};
}

enum status work_move_order(const struct order_work *work, enum order_state from,
                            enum order_state to, const char *reason)
{
    if (!order_may_become(from, to))
        return STATUS_REFUSED;
    const struct cell parameters[MOVED_PARAMETERS] = {name_of(to),
                                                      reason_of(reason),
                                                      before_of(from, to),
                                                      cell_int(order_state_is_end(to)),
                                                      cell_int(work->customer),
                                                      cell_int(work->order),
                                                      name_of(from)};
    TRY(work_run(
        work,
        "UPDATE product_order\n"
        "SET state = ?, reason = ?, state_before = ?, completed_at = IF(?, NOW(6), NULL),\n"
        "    version = version + 1\n"
        "WHERE customer_id = ? AND id = ? AND state = ?",
        parameters, 7, NULL));
    if (database_affected(work->database) != 1)
        return STATUS_REFUSED;
    return order_state_is_end(to) ? count_open_orders(work, -1) : STATUS_OK;
}

enum status work_move_item(const struct order_work *work, struct order_item *item,
                           enum order_state to, const char *reason)
{
    if (!order_item_may_become(item->state, to))
        return STATUS_REFUSED;
    const struct cell parameters[MOVED_PARAMETERS] = {name_of(to),
                                                      reason_of(reason),
                                                      before_of(item->state, to),
                                                      cell_int(work->customer),
                                                      cell_int(work->order),
                                                      cell_int(item->id),
                                                      name_of(item->state)};
    TRY(work_run(work,
                 "UPDATE product_order_item\n"
                 "SET state = ?, reason = ?, state_before = ?, version = version + 1\n"
                 "WHERE customer_id = ? AND product_order_id = ? AND id = ? AND state = ?",
                 parameters, 7, NULL));
    if (database_affected(work->database) != 1)
        return STATUS_REFUSED;
    item->state = to;
    return STATUS_OK;
}

/* What was removed from it by a change of the order does not count. */
enum status work_end(const struct order_work *work, enum order_state state)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order)};
    struct rows rows;
    TRY(work_run(
        work,
        "SELECT COUNT(IF(state = 'COMPLETED', 1, NULL)), COUNT(IF(state = 'FAILED', 1, NULL)),\n"
        "    COUNT(IF(state IN ('COMPLETED', 'FAILED', 'CANCELLED'), NULL, 1))\n"
        "FROM product_order_item WHERE customer_id = ? AND product_order_id = ?\n"
        "LOCK IN SHARE MODE",
        parameters, 2, &rows));
    int64_t completed = rows.cells[0].integer, failed = rows.cells[1].integer;
    if (rows.cells[2].integer > 0)
        return STATUS_OK;
    return work_move_order(work, state,
                           failed == 0      ? ORDER_COMPLETED
                           : completed == 0 ? ORDER_FAILED
                                            : ORDER_PARTIAL,
                           NULL);
}

/* ---- products ---- */

/* How many are active, and how many of each kind there are. */
static enum status count_products(const struct order_work *work, struct str category,
                                  int64_t active, int64_t held)
{
    const struct cell kind = cell_text(category), change = cell_int(held);
    const struct cell parameters[] = {cell_int(active), kind,
                                      change,           kind,
                                      change,           kind,
                                      change,           kind,
                                      change,           kind,
                                      change,           kind,
                                      change,           cell_int(work->customer)};
    return work_run(work,
                    "UPDATE customer\n"
                    "SET active_product_count = active_product_count + ?,\n"
                    "    mobile_count = mobile_count + IF(? = 'MOBILE', ?, 0),\n"
                    "    voice_count = voice_count + IF(? = 'VOICE', ?, 0),\n"
                    "    broadband_count = broadband_count + IF(? = 'BROADBAND', ?, 0),\n"
                    "    fibre_count = fibre_count + IF(? = 'FIBRE', ?, 0),\n"
                    "    tv_count = tv_count + IF(? = 'TV', ?, 0),\n"
                    "    content_count = content_count + IF(? = 'CONTENT', ?, 0)\n"
                    "WHERE id = ?",
                    parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

enum status work_move_product(const struct order_work *work, struct order_item *item,
                              enum product_status to)
{
    enum product_status from = item->product_status;
    if (!product_may_become(from, to))
        return STATUS_REFUSED;
    const struct cell parameters[] = {cell_text(str_of(product_status_name(to))),
                                      cell_int(work->customer), cell_int(item->product),
                                      cell_text(str_of(product_status_name(from)))};
    TRY(work_run(work,
                 "UPDATE product SET status = ?, version = version + 1\n"
                 "WHERE customer_id = ? AND id = ? AND status = ?",
                 parameters, 4, NULL));
    if (database_affected(work->database) != 1)
        return STATUS_REFUSED;
    item->product_status = to;
    int64_t active = (to == PRODUCT_ACTIVE) - (from == PRODUCT_ACTIVE);
    int64_t held = product_status_is_held(to) - product_status_is_held(from);
    return active == 0 && held == 0 ? STATUS_OK
                                    : count_products(work, item->category, active, held);
}

enum status work_price(const struct order_work *work, int64_t product, int64_t item)
{
    const struct cell parameters[] = {cell_int(product), cell_int(work->customer),
                                      cell_int(work->order), cell_int(item)};
    return work_run(
        work,
        "INSERT INTO product_price\n"
        "    (customer_id, product_id, type, period, amount_minor, discount_minor, currency)\n"
        "SELECT customer_id, ?, type, period, amount_minor, discount_minor, currency\n"
        "FROM order_item_price\n"
        "WHERE customer_id = ? AND product_order_id = ? AND product_order_item_id = ?\n"
        "ORDER BY id",
        parameters, 4, NULL);
}
