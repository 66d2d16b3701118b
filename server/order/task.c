/* task: the statements about the rows of provisioning_task. */
#include "order/task.h"

#define OF_ORDER "WHERE customer_id = ? AND product_order_id = ?"
#define OF_ITEM  OF_ORDER " AND product_order_item_id = ?"

enum { MICROSECONDS = 1000 };

static enum status update_order(const struct order_work *work, const char *sql)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order)};
    return work_run(work, sql, parameters, 2, NULL);
}

enum status task_ensure(const struct order_work *work)
{
    return update_order(
        work,
        "INSERT IGNORE INTO provisioning_task\n"
        "    (customer_id, product_order_id, product_order_item_id, due_at)\n"
        "SELECT customer_id, product_order_id, id, NOW(6) FROM product_order_item\n" OF_ORDER "\n"
        "    AND state NOT IN ('REJECTED', 'CANCELLED', 'COMPLETED', 'FAILED')");
}

enum status task_wake(const struct order_work *work)
{
    return update_order(work, "UPDATE provisioning_task SET due_at = NOW(6) " OF_ORDER);
}

enum status task_retry(const struct order_work *work)
{
    return update_order(work,
                        "UPDATE provisioning_task\n"
                        "SET due_at = NOW(6), started_at = NULL, attempt = attempt + 1\n" OF_ORDER
                        " AND due_at IS NULL");
}

static enum status update_item(const struct order_work *work, const struct order_item *item,
                               const char *sql, int64_t ms)
{
    const struct cell parameters[] = {cell_int(ms * MICROSECONDS), cell_int(work->customer),
                                      cell_int(work->order), cell_int(item->id)};
    return work_run(work, sql, parameters, 4, NULL);
}

enum status task_wait(const struct order_work *work, const struct order_item *item, int64_t ms)
{
    return update_item(work, item,
                       "UPDATE provisioning_task\n"
                       "SET due_at = NOW(6) + INTERVAL ? MICROSECOND " OF_ITEM,
                       ms);
}

enum status task_started(const struct order_work *work, const struct order_item *item, int64_t ms)
{
    return update_item(work, item,
                       "UPDATE provisioning_task\n"
                       "SET due_at = NOW(6) + INTERVAL ? MICROSECOND, started_at = NOW(6) " OF_ITEM,
                       ms);
}

enum status task_sleep(const struct order_work *work, const struct order_item *item)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order),
                                      cell_int(item->id)};
    return work_run(work, "UPDATE provisioning_task SET due_at = NULL " OF_ITEM, parameters, 3,
                    NULL);
}

enum status task_plan(const struct order_work *work)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order)};
    return work_run(
        work,
        "UPDATE provisioning_task AS t\n"
        "JOIN product_order AS o ON o.customer_id = t.customer_id AND o.id = t.product_order_id\n"
        "JOIN product_order_item AS i ON i.customer_id = t.customer_id\n"
        "    AND i.product_order_id = t.product_order_id AND i.id = t.product_order_item_id\n"
        "LEFT JOIN product AS p ON p.customer_id = i.customer_id AND p.id = i.product_id\n"
        "SET t.due_at = GREATEST(NOW(6), COALESCE(IF(i.action = 'DELETE',\n"
        "    IF(p.termination_date > CURRENT_DATE, p.termination_date + INTERVAL 1 DAY, NULL),\n"
        "    o.requested_date), NOW(6)))\n"
        "WHERE t.customer_id = ? AND t.product_order_id = ?\n"
        "    AND t.started_at IS NULL AND t.due_at IS NOT NULL",
        parameters, 2, NULL);
}

struct network_job task_job(const struct order_item *item, struct str number)
{
    return (struct network_job){
        .order = number,
        .position = item->position,
        .attempt = item->attempt.kind == CELL_NULL ? 1 : item->attempt.integer,
        .action = item->action,
        .offering = item->code,
        .service = cell_str(&item->service),
        .elapsed_ms = item->elapsed_ms.kind == CELL_NULL ? 0 : item->elapsed_ms.integer,
    };
}
