/* intake: who the order is for is looked at once more, since time may have passed. */
#include "order/intake.h"

#include "order/outcome.h"
#include "order/task.h"

/* Nothing is set up for who is barred, and nothing at all is done for who has left. */
static enum status find_objection(const struct order_work *work, const struct order_items *items,
                                  const char **objection)
{
    const struct cell customer = cell_int(work->customer);
    struct rows rows;
    bool adds = false;
    TRY(work_run(work, "SELECT status FROM customer WHERE id = ?", &customer, 1, &rows));
    for (uint32_t i = 0; i < items->count; i++)
        adds |= work_is(&items->at[i], "ADD");
    struct str status = cell_str(&rows.cells[0]);
    bool unwelcome = str_is(status, "CLOSED") || (adds && str_is(status, "SUSPENDED"));
    *objection = unwelcome ? "CUSTOMER_NOT_ACTIVE" : NULL;
    return STATUS_OK;
}

static enum status reject(const struct order_work *work, enum order_state state,
                          struct order_items *items, const char *reason)
{
    for (uint32_t i = 0; i < items->count; i++)
        TRY(outcome_undo(work, &items->at[i], ORDER_REJECTED, reason));
    return work_move_order(work, state, ORDER_REJECTED, reason);
}

enum status intake_take_up(const struct order_work *work, enum order_state state,
                           struct order_items *items, const char **rejected)
{
    TRY(find_objection(work, items, rejected));
    if (*rejected != NULL)
        return reject(work, state, items, *rejected);
    TRY(work_move_order(work, state, ORDER_IN_PROGRESS, NULL));
    for (uint32_t i = 0; i < items->count; i++)
        TRY(outcome_take_up(work, &items->at[i]));
    TRY(task_plan(work));
    return work_end(work, ORDER_IN_PROGRESS);
}
