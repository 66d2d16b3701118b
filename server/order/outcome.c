/* outcome: products begin, change and end with their items; what is paid once is charged then. */
#include "order/outcome.h"

#include "base/arena.h"
#include "db/dates.h"
#include "db/ledger_post.h"
#include "db/stock.h"
#include "mariadb/database.h"
#include "order/line_end.h"
#include "order/milestones.h"

static struct cell day(int64_t day)
{
    return (struct cell){.kind = CELL_DATE, .integer = day};
}

static enum status drop_task(const struct order_work *work, const struct order_item *item)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order),
                                      cell_int(item->id)};
    return work_run(work,
                    "DELETE FROM provisioning_task\n"
                    "WHERE customer_id = ? AND product_order_id = ? AND product_order_item_id = ?",
                    parameters, 3, NULL);
}

/* ---- taken up ---- */

static enum status begin_ending(const struct order_work *work, struct order_item *item)
{
    const struct cell parameters[] = {cell_text(str_of(product_status_name(item->product_status))),
                                      cell_int(work->customer), cell_int(work->order),
                                      cell_int(item->id)};
    TRY(work_run(work,
                 "UPDATE provisioning_task SET status_before = ?\n"
                 "WHERE customer_id = ? AND product_order_id = ? AND product_order_item_id = ?",
                 parameters, 4, NULL));
    return work_move_product(work, item, PRODUCT_PENDING_TERMINATE);
}

enum status outcome_take_up(const struct order_work *work, struct order_item *item)
{
    TRY(work_move_item(work, item, ORDER_IN_PROGRESS, NULL));
    TRY(milestones_reach(work, item, "CHECKED"));
    if (work_is(item, "ADD") && item->product_status == PRODUCT_CREATED)
        return work_move_product(work, item, PRODUCT_PENDING_ACTIVE);
    if (work_is(item, "DELETE") &&
        product_may_become(item->product_status, PRODUCT_PENDING_TERMINATE))
        return begin_ending(work, item);
    return work_is(item, "NO_CHANGE") ? outcome_complete(work, item) : STATUS_OK;
}

bool outcome_is_possible(const struct order_item *item)
{
    if (item->product == 0)
        return true; /* of orders from elsewhere: nothing of it is known here */
    if (work_is(item, "ADD"))
        return item->product_status == PRODUCT_PENDING_ACTIVE;
    if (work_is(item, "DELETE"))
        return item->product_status == PRODUCT_PENDING_TERMINATE;
    if (work_is(item, "MODIFY") && item->target != PRODUCT_STATUSES)
        return product_may_become(item->product_status, item->target);
    return work_is(item, "NO_CHANGE") || item->product_status == PRODUCT_ACTIVE;
}

/* ---- done ---- */

/* The last day of the minimum term that begins today; NULL: there is none. */
static struct cell binding_until(const struct order_item *item)
{
    return item->binding_months.kind == CELL_NULL
               ? item->binding_months
               : day(dates_add_months(dates_today(), (int)item->binding_months.integer) - 1);
}

static enum status begin_product(const struct order_work *work, struct order_item *item)
{
    const struct cell customer = cell_int(work->customer);
    const struct cell parameters[] = {day(dates_today()), binding_until(item), customer,
                                      cell_int(item->product)};
    TRY(work_run(work,
                 "UPDATE product SET start_date = ?, binding_until = ?\n"
                 "WHERE customer_id = ? AND id = ?",
                 parameters, 4, NULL));
    TRY(work_move_product(work, item, PRODUCT_ACTIVE));
    return work_run(work,
                    "UPDATE customer SET status = 'ACTIVE'\n"
                    "WHERE id = ? AND status = 'INITIALIZED'",
                    &customer, 1, NULL);
}

/* What was agreed when it was ordered replaces what was agreed before. */
static enum status replace_prices(const struct order_work *work, const struct order_item *item)
{
    const struct cell keys[] = {cell_int(work->customer), cell_int(item->product)};
    TRY(work_run(work, "DELETE FROM product_price WHERE customer_id = ? AND product_id = ?", keys,
                 2, NULL));
    return work_price(work, item->product, item->id);
}

static enum status change_offering(const struct order_work *work, const struct order_item *item)
{
    const struct cell parameters[] = {cell_int(item->offering), item->notice_days,
                                      binding_until(item),      cell_int(work->customer),
                                      cell_int(item->product),  cell_int(item->offering)};
    TRY(work_run(work,
                 "UPDATE product SET offering_id = ?, notice_days = ?,\n"
                 "    binding_until = COALESCE(?, binding_until), version = version + 1\n"
                 "WHERE customer_id = ? AND id = ? AND offering_id <> ?",
                 parameters, 6, NULL));
    return database_affected(work->database) > 0 ? replace_prices(work, item) : STATUS_OK;
}

/* Its last day is the one that was planned, if that has come. */
static enum status end_product(const struct order_work *work, struct order_item *item)
{
    const struct cell today = day(dates_today());
    const struct cell parameters[] = {today, today, cell_int(work->customer),
                                      cell_int(item->product)};
    TRY(work_run(
        work,
        "UPDATE product\n"
        "SET termination_date = GREATEST(start_date, LEAST(COALESCE(termination_date, ?), ?))\n"
        "WHERE customer_id = ? AND id = ?",
        parameters, 4, NULL));
    TRY(work_move_product(work, item, PRODUCT_TERMINATED));
    bool is_line = str_is(item->category, "MOBILE") && item->parent.kind == CELL_NULL;
    return is_line ? line_end_release(work, item->product, LINE_NUMBER_RESTS) : STATUS_OK;
}

static enum status charge(const struct order_work *work, const struct order_item *item)
{
    const struct cell parameters[] = {cell_int(item->product), cell_int(work->customer),
                                      cell_int(work->order), cell_int(item->id)};
    struct rows rows;
    TRY(work_run(
        work,
        "SELECT CAST(SUM(c.amount_minor - c.discount_minor) AS SIGNED),\n"
        "    MAX(p.billing_account_id),\n"
        "    MAX(o.number)\n"
        "FROM order_item_price AS c\n"
        "JOIN product_order AS o ON o.customer_id = c.customer_id AND o.id = c.product_order_id\n"
        "JOIN product AS p ON p.customer_id = c.customer_id AND p.id = ?\n"
        "WHERE c.customer_id = ? AND c.product_order_id = ?\n"
        "    AND c.product_order_item_id = ? AND c.type = 'ONE_TIME'\n"
        "HAVING SUM(c.amount_minor - c.discount_minor) > 0",
        parameters, 4, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    const struct ledger_posting posting = {
        .customer = work->customer,
        .account = rows.cells[1].integer,
        .kind = "CHARGE",
        .amount_minor = rows.cells[0].integer,
        .reference = cell_str(&rows.cells[2]),
    };
    return ledger_post(work->database, work->arena, &posting);
}

static enum status change_product(const struct order_work *work, struct order_item *item)
{
    if (item->product == 0)
        return STATUS_OK;
    if (work_is(item, "ADD"))
        return begin_product(work, item);
    if (work_is(item, "DELETE"))
        return end_product(work, item);
    if (work_is(item, "NO_CHANGE"))
        return STATUS_OK;
    return item->target == PRODUCT_STATUSES ? change_offering(work, item)
                                            : work_move_product(work, item, item->target);
}

enum status outcome_complete(const struct order_work *work, struct order_item *item)
{
    TRY(change_product(work, item));
    TRY(charge(work, item));
    TRY(milestones_reach(work, item, NULL));
    TRY(drop_task(work, item));
    return work_move_item(work, item, ORDER_COMPLETED, NULL);
}

/* ---- not done ---- */

/* A product that was to end goes on as before. */
static enum status keep_product(const struct order_work *work, struct order_item *item)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(item->product)};
    enum product_status before = product_status_named(cell_str(&item->status_before));
    TRY(work_run(work,
                 "UPDATE product SET termination_date = NULL\n"
                 "WHERE customer_id = ? AND id = ? AND status <> 'TERMINATED'",
                 parameters, 2, NULL));
    if (item->product_status != PRODUCT_PENDING_TERMINATE)
        return STATUS_OK;
    return work_move_product(work, item, before == PRODUCT_STATUSES ? PRODUCT_ACTIVE : before);
}

/* Orders from elsewhere took nothing. */
static enum status give_back(const struct order_work *work, const struct order_item *item)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order),
                                      cell_int(item->id)};
    if (item->took_stock == 0)
        return STATUS_OK;
    TRY(stock_give_back(work->database, work->arena, item->offering, item->took_stock));
    return work_run(work,
                    "UPDATE product_order_item SET took_stock = 0\n"
                    "WHERE customer_id = ? AND product_order_id = ? AND id = ?",
                    parameters, 3, NULL);
}

enum status outcome_undo(const struct order_work *work, struct order_item *item,
                         enum order_state to, const char *reason)
{
    enum product_status end = to == ORDER_CANCELLED ? PRODUCT_CANCELLED : PRODUCT_ABORTED;
    if (work_is(item, "ADD") && product_may_become(item->product_status, end))
        TRY(work_move_product(work, item, end));
    if (work_is(item, "DELETE"))
        TRY(keep_product(work, item));
    TRY(give_back(work, item));
    TRY(milestones_close(work, item, to == ORDER_CANCELLED ? "CANCELLED" : "FAILED"));
    TRY(drop_task(work, item));
    return work_move_item(work, item, to, reason);
}
