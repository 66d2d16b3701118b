/* cancellation: always of a whole order; single items are removed by changing the order. */
#include "order/cancellation.h"

#include "order/network.h"
#include "order/outcome.h"
#include "order/task.h"

enum status cancellation_ask(const struct order_work *work, enum order_state state,
                             struct order_items *items)
{
    bool taken_up = state != ORDER_ACKNOWLEDGED;
    TRY(task_ensure(work));
    if (!taken_up)
        TRY(work_move_order(work, state, ORDER_IN_PROGRESS, NULL));
    for (uint32_t i = 0; i < items->count; i++) {
        if (items->at[i].state == ORDER_ACKNOWLEDGED) /* also what waits for another item */
            TRY(outcome_take_up(work, &items->at[i]));
        if (!order_state_is_end(items->at[i].state))
            TRY(work_move_item(work, &items->at[i], ORDER_ASSESSING_CANCELLATION, NULL));
    }
    TRY(task_wake(work));
    return work_move_order(work, taken_up ? state : ORDER_IN_PROGRESS, ORDER_ASSESSING_CANCELLATION,
                           NULL);
}

static bool is_assessed(const struct order_item *item)
{
    return item->state == ORDER_ASSESSING_CANCELLATION;
}

static bool may_be_undone(struct order_items *items, struct str number,
                          const struct network *network)
{
    bool may = true;
    for (uint32_t i = 0; i < items->count; i++) {
        struct network_job job = task_job(&items->at[i], number);
        if (is_assessed(&items->at[i]))
            may &= network->cancel(network->own, &job) != NETWORK_TOO_LATE;
    }
    return may;
}

/* What waited for somebody waits on. */
static enum status deny(const struct order_work *work, struct order_items *items,
                        enum order_state state_before)
{
    for (uint32_t i = 0; i < items->count; i++) {
        struct order_item *item = &items->at[i];
        bool waits = item->state_before != ORDER_IN_PROGRESS;
        if (!is_assessed(item))
            continue;
        TRY(work_move_item(work, item, item->state_before, NULL));
        if (waits)
            TRY(task_sleep(work, item));
    }
    return work_move_order(work, ORDER_ASSESSING_CANCELLATION, state_before, "TOO_LATE");
}

enum status cancellation_assess(const struct order_work *work, struct order_items *items,
                                enum order_state state_before, struct str number,
                                const struct network *network)
{
    if (!may_be_undone(items, number, network))
        return deny(work, items, state_before);
    for (uint32_t i = 0; i < items->count; i++) {
        if (!is_assessed(&items->at[i]))
            continue;
        TRY(work_move_item(work, &items->at[i], ORDER_PENDING_CANCELLATION, NULL));
        TRY(task_wait(work, &items->at[i], network->pace_ms));
    }
    return work_move_order(work, ORDER_ASSESSING_CANCELLATION, ORDER_PENDING_CANCELLATION, NULL);
}

enum status cancellation_finish(const struct order_work *work, struct order_items *items)
{
    for (uint32_t i = 0; i < items->count; i++) {
        if (items->at[i].state == ORDER_PENDING_CANCELLATION)
            TRY(outcome_undo(work, &items->at[i], ORDER_CANCELLED, "WITHDRAWN"));
    }
    return work_move_order(work, ORDER_PENDING_CANCELLATION, ORDER_CANCELLED, "WITHDRAWN");
}
