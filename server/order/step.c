/* step: one transaction of the provisioner, from the row that is due to its commit. */
#include "order/step.h"

#include "base/arena.h"
#include "base/log.h"
#include "order/cancellation.h"
#include "order/intake.h"
#include "order/line_begin.h"
#include "order/milestones.h"
#include "order/network.h"
#include "order/outcome.h"
#include "order/task.h"
#include "order/turn.h"

struct step {
    struct order_work work;
    const struct network *network;
    enum order_state state, state_before; /* of the order */
    struct str number;
    int64_t item_id;
    struct order_items items;
    struct order_item *item; /* whose turn it is */
};

/* ---- whose turn it is ---- */

static const char claim_sql[] =
    "SELECT t.customer_id, t.product_order_id, t.product_order_item_id, o.state, o.state_before,\n"
    "    o.number\n"
    "FROM provisioning_task AS t\n"
    "STRAIGHT_JOIN product_order AS o\n"
    "    ON o.customer_id = t.customer_id AND o.id = t.product_order_id\n"
    "WHERE t.due_at <= NOW(6)\n"
    "ORDER BY t.due_at LIMIT 1\n"
    "FOR UPDATE SKIP LOCKED";

static enum status claim(void *of, bool *found)
{
    struct step *step = of;
    struct rows rows;
    TRY(work_run(&step->work, claim_sql, NULL, 0, &rows));
    *found = rows.count > 0;
    if (!*found)
        return STATUS_OK;
    step->work.customer = rows.cells[0].integer;
    step->work.order = rows.cells[1].integer;
    step->item_id = rows.cells[2].integer;
    step->state = order_state_named(cell_str(&rows.cells[3]));
    step->state_before = order_state_named(cell_str(&rows.cells[4]));
    step->number = cell_str(&rows.cells[5]);
    TRY(work_read(&step->work, &step->items));
    for (uint32_t i = 0; i < step->items.count; i++) {
        if (step->items.at[i].id == step->item_id)
            step->item = &step->items.at[i];
    }
    return step->item == NULL ? STATUS_INTERNAL : STATUS_OK;
}

/* ---- an item ---- */

static enum status fail(struct step *step, const char *reason)
{
    TRY(outcome_undo(&step->work, step->item, ORDER_FAILED, reason));
    return work_end(&step->work, step->state);
}

/* The order waits with the first of its items that does. */
static enum status stop(struct step *step, enum order_state state, const char *reason)
{
    TRY(work_move_item(&step->work, step->item, state, reason));
    TRY(task_sleep(&step->work, step->item));
    return step->state == ORDER_IN_PROGRESS
               ? work_move_order(&step->work, step->state, state, reason)
               : STATUS_OK;
}

static enum status complete(struct step *step)
{
    bool ready;
    if (!outcome_is_possible(step->item))
        return fail(step, "PRODUCT_CHANGED");
    TRY(line_begin(&step->work, step->item, &ready));
    if (!ready)
        return stop(step, ORDER_HELD, "OUT_OF_STOCK");
    TRY(outcome_complete(&step->work, step->item));
    return work_end(&step->work, step->state);
}

static enum status follow(struct step *step, enum network_answer answer,
                          const struct network_job *job)
{
    switch (answer) {
    case NETWORK_DONE:
        return complete(step);
    case NETWORK_REFUSED:
        return fail(step, job->reason);
    case NETWORK_ASKS:
        return stop(step, ORDER_PENDING, job->reason);
    case NETWORK_SILENT:
        if (job->elapsed_ms >= step->network->patience_ms)
            return stop(step, ORDER_HELD, "NO_ANSWER");
        break;
    case NETWORK_WORKING:
    case NETWORK_TOO_LATE:
        break;
    }
    return task_wait(&step->work, step->item, step->network->pace_ms);
}

/* What it is a part of has to be there first. */
static enum status read_whole(const struct step *step, enum product_status *whole)
{
    const struct cell parameters[] = {cell_int(step->work.customer), step->item->parent};
    struct rows rows;
    *whole = PRODUCT_ACTIVE;
    if (!work_is(step->item, "ADD") || step->item->parent.kind == CELL_NULL)
        return STATUS_OK;
    TRY(work_run(&step->work, "SELECT status FROM product WHERE customer_id = ? AND id = ?",
                 parameters, 2, &rows));
    *whole = product_status_named(cell_str(&rows.cells[0]));
    return STATUS_OK;
}

static enum status begin(struct step *step)
{
    enum product_status whole;
    TRY(read_whole(step, &whole));
    if (whole == PRODUCT_CREATED || whole == PRODUCT_PENDING_ACTIVE)
        return task_wait(&step->work, step->item, step->network->pace_ms);
    if (!product_status_is_held(whole))
        return fail(step, "WHOLE_MISSING");
    if (!outcome_is_possible(step->item))
        return fail(step, "PRODUCT_CHANGED");
    struct network_job job = task_job(step->item, step->number);
    enum network_answer answer = step->network->start(step->network->own, &job);
    if (answer != NETWORK_WORKING)
        return follow(step, answer, &job);
    TRY(milestones_reach(&step->work, step->item, "SHIPPED"));
    return task_started(&step->work, step->item, step->network->pace_ms);
}

static enum status go_on(struct step *step)
{
    if (step->item->state != ORDER_IN_PROGRESS)
        return task_sleep(&step->work, step->item);
    if (step->item->elapsed_ms.kind == CELL_NULL)
        return begin(step);
    struct network_job job = task_job(step->item, step->number);
    enum network_answer answer = step->network->poll(step->network->own, &job);
    return follow(step, answer, &job);
}

/* ---- one step ---- */

static enum status perform(void *of)
{
    struct step *step = of;
    const char *rejected;
    switch (step->state) {
    case ORDER_ACKNOWLEDGED:
        return intake_take_up(&step->work, step->state, &step->items, &rejected);
    case ORDER_ASSESSING_CANCELLATION:
        return cancellation_assess(&step->work, &step->items, step->state_before, step->number,
                                   step->network);
    case ORDER_PENDING_CANCELLATION:
        return cancellation_finish(&step->work, &step->items);
    case ORDER_IN_PROGRESS:
    case ORDER_PENDING:
    case ORDER_HELD:
        return go_on(step);
    default:
        return STATUS_REFUSED; /* an order that has ended has no tasks */
    }
}

static void put_off(void *of, enum status status, struct str problem)
{
    struct step *step = of;
    const struct order_item item = {.id = step->item_id};
    log_event(LOG_ERROR, "an order cannot be worked off; it is tried again in a minute", "order",
              log_format(STR_FMT, STR_ARG(step->number)), "status", status_code(status), "problem",
              log_format(STR_FMT, STR_ARG(problem)), NULL);
    if (step->item_id != 0)
        (void)task_wait(&step->work, &item, TURN_LATER_MS);
}

static const struct turn turn = {.claim = claim, .perform = perform, .put_off = put_off};

enum status step_take(const struct order_work *work, const struct network *network, bool *found)
{
    struct step step = {.work = *work, .network = network};
    return turn_take(&turn, work, &step, found);
}
