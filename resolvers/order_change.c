/* order_change: what has begun is not changed; what waited for somebody goes on. */
#include "resolvers/order_change.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "order/cancellation.h"
#include "order/intake.h"
#include "order/outcome.h"
#include "order/task.h"
#include "resolvers/change_undo.h"
#include "resolvers/hindrance.h"
#include "resolvers/line.h"
#include "resolvers/order_conflict.h"
#include "resolvers/order_feasible.h"
#include "resolvers/order_stand.h"
#include "resolvers/order_store.h"

struct change {
    struct act *act;
    struct order_work work;
    enum order_state state;
    struct order_items items;
    const struct cell *now; /* from its version on */
};

enum { ORDER_CUSTOMER = 1, ORDER_STATE, ORDER_CONFLICT };

enum { NOTE_CHARACTERS = 200 };

static bool is_given(const struct input *value)
{
    return value != NULL && value->kind != INPUT_NULL;
}

/* *found: the viewer may see it; then it is locked, and its items are read. */
static enum status lock(struct act *act, struct change *change, bool *found)
{
    struct rows rows;
    TRY(act_lock(act, "ProductOrder", "id", "t.customer_id, t.state, " ORDER_CONFLICT_COLUMNS,
                 &rows));
    *found = rows.count > 0;
    if (!*found)
        return STATUS_OK;
    act->object = rows.cells[0].integer;
    act->customer = rows.cells[ORDER_CUSTOMER].integer;
    change->act = act;
    change->now = rows.cells + ORDER_CONFLICT;
    change->state = order_state_named(cell_str(&rows.cells[ORDER_STATE]));
    change->work = (struct order_work){.database = act->database,
                                       .arena = act->arena,
                                       .customer = act->customer,
                                       .order = act->object};
    return work_read(&change->work, &change->items);
}

/* What keeps it from being changed so, as `ProductOrder.actions` says it. */
static void check_stand(struct change *change, enum order_change how, struct str customer)
{
    struct act *act = change->act;
    struct hindrances hindrances;
    struct order_stand stand = {.state = change->state, .customer = customer};
    for (uint32_t i = change->items.count; i-- > 0;) {
        const struct order_item *item = &change->items.at[i];
        stand.adds |= work_is(item, "ADD");
        if (item->state == ORDER_COMPLETED && !work_is(item, "NO_CHANGE"))
            stand.done = item->position;
    }
    hindrances_begin(&hindrances, act->arena, act->viewer->language);
    order_stand_hinders(&stand, how, &hindrances);
    hindrances_refuse(&hindrances, act,
                      how == ORDER_IS_AMENDED && stand.state == ORDER_ACKNOWLEDGED ? NULL : "id");
}

/* ---- amended ---- */

/* A date goes for what has not begun. Whatever is changed, the order has another version before. */
static enum status take_day(struct change *change, struct draft *draft)
{
    struct act *act = change->act;
    const struct input *day = act_field(act, "requestedDate");
    draft_take_day(draft, day);
    for (uint32_t i = 0; i < change->items.count && is_given(day); i++) {
        if (work_is(&change->items.at[i], "DELETE") &&
            !order_state_is_end(change->items.at[i].state))
            act_error(act, "NOT_ALLOWED", "requestedDate",
                      "Something is ended with it; cancel the order and place it anew.");
    }
    if (act->errors != NULL)
        return STATUS_OK;
    const struct cell wanted = {.kind = draft->requested_day == 0 ? CELL_NULL : CELL_DATE,
                                .integer = draft->requested_day};
    const struct cell parameters[] = {cell_int(day != NULL),   wanted,
                                      cell_int(day != NULL),   wanted,
                                      cell_int(act->customer), cell_int(act->object)};
    return act_run(act,
                   "UPDATE product_order SET requested_date = IF(?, ?, requested_date),\n"
                   "    expected_date = IF(?, COALESCE(?, CURRENT_DATE), expected_date),\n"
                   "    version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 6, NULL);
}

static enum status withdraw(struct change *change, struct order_item *item)
{
    if (item->state == ORDER_IN_PROGRESS) {
        TRY(work_move_item(&change->work, item, ORDER_ASSESSING_CANCELLATION, NULL));
        TRY(work_move_item(&change->work, item, ORDER_PENDING_CANCELLATION, NULL));
    }
    return outcome_undo(&change->work, item, ORDER_CANCELLED, "WITHDRAWN");
}

/* With what was to be a part of it. */
static enum status remove_item(struct change *change, struct order_item *item)
{
    if (order_state_is_end(item->state))
        return STATUS_OK;
    if (work_has_begun(item)) {
        act_error(change->act, "NOT_ALLOWED", "removePositions",
                  "Position %lld is being carried out already.", (long long)item->position);
        return STATUS_OK;
    }
    TRY(withdraw(change, item));
    for (uint32_t i = 0; i < change->items.count; i++) {
        struct order_item *part = &change->items.at[i];
        if (work_is(item, "ADD") && work_is(part, "ADD") && part->parent.kind != CELL_NULL &&
            part->parent.integer == item->product)
            TRY(remove_item(change, part));
    }
    return STATUS_OK;
}

static enum status take_removals(struct change *change)
{
    const struct input *positions = act_field(change->act, "removePositions");
    for (uint32_t i = 0; is_given(positions) && i < positions->count; i++) {
        struct order_item *item = NULL;
        for (uint32_t j = 0; j < change->items.count; j++) {
            if (change->items.at[j].position == positions->items[i].integer)
                item = &change->items.at[j];
        }
        if (item == NULL || order_state_is_end(item->state))
            act_error(change->act, "NOT_FOUND", "removePositions",
                      "There is nothing at position %lld that is still to be done.",
                      (long long)positions->items[i].integer);
        else
            TRY(remove_item(change, item));
    }
    return STATUS_OK;
}

static enum status take_additions(struct change *change, struct draft *draft)
{
    const struct input *items = act_field(change->act, "addItems");
    if (!is_given(items) || change->act->errors != NULL)
        return STATUS_OK;
    TRY(draft_add_list(draft, "addItems", items, act_field(change->act, "accountId")));
    TRY(order_conflict_items(draft, &change->now[ORDER_CONFLICT_VERSION]));
    if (change->items.count + draft->count > DRAFT_ITEMS)
        act_error(change->act, "INVALID", "addItems", "An order has at most %d items.",
                  DRAFT_ITEMS);
    return STATUS_OK;
}

/* The whole of it is judged anew, as it is to be. */
static enum status renew(struct change *change, struct draft *draft)
{
    struct act *act = change->act;
    struct feasibility_verdict verdict;
    if (act->errors == NULL)
        TRY(order_feasible_again(draft, &change->work, &change->items, &verdict));
    if (act->errors != NULL)
        return STATUS_OK;
    if (draft->count > 0)
        TRY(order_store_items(draft, &change->work));
    return verdict.order.count == 0 ? STATUS_OK
                                    : feasibility_keep(act, change->work.order, &verdict);
}

/* What waited goes on, what is new begins. */
static enum status go_on(struct change *change)
{
    uint32_t open = 0;
    TRY(task_ensure(&change->work));
    TRY(task_retry(&change->work));
    if (change->state != ORDER_IN_PROGRESS)
        TRY(work_move_order(&change->work, change->state, ORDER_IN_PROGRESS, NULL));
    TRY(work_read(&change->work, &change->items));
    for (uint32_t i = 0; i < change->items.count; i++) {
        struct order_item *item = &change->items.at[i];
        if (order_item_may_become(item->state, ORDER_IN_PROGRESS))
            TRY(outcome_take_up(&change->work, item));
        open += !order_state_is_end(item->state);
    }
    if (open == 0)
        act_error(change->act, "NOT_ALLOWED", "removePositions",
                  "Nothing would be left to do; cancel the order instead.");
    return task_plan(&change->work);
}

static enum status take_up(struct change *change)
{
    const char *rejected;
    if (change->state != ORDER_ACKNOWLEDGED)
        return STATUS_OK;
    TRY(task_ensure(&change->work));
    TRY(intake_take_up(&change->work, change->state, &change->items, &rejected));
    change->state = ORDER_IN_PROGRESS;
    if (rejected != NULL)
        act_error(change->act, "NOT_ALLOWED", NULL,
                  "The customer is barred or has left; nothing can be set up for them.");
    return STATUS_OK;
}

static enum status amend(struct act *act)
{
    struct change change;
    struct rows customer;
    bool found;
    TRY(lock(act, &change, &found));
    if (!found)
        return STATUS_OK;
    const struct cell key = cell_int(act->customer);
    TRY(act_run(act, "SELECT partner_id, status FROM customer WHERE id = ? FOR UPDATE", &key, 1,
                &customer));
    check_stand(&change, ORDER_IS_AMENDED, cell_str(&customer.cells[1]));
    TRY(order_conflict_day(act, change.now));
    if (act->errors != NULL)
        return STATUS_OK;
    struct draft *draft = arena_new(act->arena, struct draft);
    draft_begin(draft, act, act->customer, customer.cells[0]);
    TRY(take_up(&change));
    TRY(take_day(&change, draft));
    TRY(take_removals(&change));
    TRY(take_additions(&change, draft));
    TRY(renew(&change, draft));
    return act->errors == NULL ? go_on(&change) : STATUS_OK;
}

const struct action order_amend = {
    .type = "ProductOrder", .perform = amend, .undo = &change_has_left};

/* ---- cancelled ---- */

/* All of it goes: who has not seen how it stands now decides anew. */
static void check_seen(const struct change *change)
{
    struct act *act = change->act;
    const struct input *expected = act_field(act, "expectedVersion");
    if (is_given(expected) && expected->integer != change->now[ORDER_CONFLICT_VERSION].integer)
        act_error(act, "CONFLICT", "expectedVersion",
                  "The order has moved on meanwhile: it is %s now. Look at it again.",
                  order_state_name(change->state));
}

static enum status cancel(struct act *act)
{
    struct change change;
    const struct input *note = act_field(act, "note");
    bool found;
    if (is_given(note) && !line_fits(note->text, NOTE_CHARACTERS))
        act_error(act, "INVALID", "note", "A note is one line of at most %d characters.",
                  NOTE_CHARACTERS);
    TRY(lock(act, &change, &found));
    if (!found)
        return STATUS_OK;
    check_seen(&change);
    check_stand(&change, ORDER_IS_CANCELLED, (struct str){0});
    return act->errors == NULL ? cancellation_ask(&change.work, change.state, &change.items)
                               : STATUS_OK;
}

const struct action order_cancel = {
    .type = "ProductOrder", .perform = cancel, .undo = &change_has_left};
