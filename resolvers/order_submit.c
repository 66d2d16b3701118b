/* order_submit: all or nothing: an order with an item that cannot be is no order. */
#include "resolvers/order_submit.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "resolvers/change_undo.h"
#include "resolvers/hindrance.h"
#include "resolvers/order_feasible.h"
#include "resolvers/order_stand.h"
#include "resolvers/order_store.h"

static enum status store(struct draft *draft, struct str number)
{
    struct act *act = draft->act;
    struct feasibility_verdict verdict;
    struct order_work work;
    if (act->errors == NULL)
        TRY(order_feasible(draft, &verdict));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(order_store_new(draft, number, &work));
    TRY(order_store_items(draft, &work));
    act->object = work.order;
    act->customer = work.customer;
    return feasibility_keep(act, work.order, &verdict);
}

static void check_customer(struct act *act, struct str status, bool adds)
{
    struct hindrances hindrances;
    hindrances_begin(&hindrances, act->arena, act->viewer->language);
    order_stand_customer(status, adds, &hindrances);
    hindrances_refuse(&hindrances, act, NULL);
}

static bool adds(const struct draft *draft)
{
    bool any = false;
    for (uint32_t i = 0; i < draft->count; i++)
        any |= *draft->items[i].action == 'A';
    return any;
}

enum { CUSTOMER_ID, CUSTOMER_PARTNER, CUSTOMER_STATUS };

/* What the customer's row says; draft->act is NULL when there is none that the viewer may see. */
static enum status begin(struct act *act, struct draft *draft, struct str *number,
                         struct str *status)
{
    struct rows rows;
    draft->act = NULL;
    TRY(act_lock(act, "Customer", "customerId", "t.partner_id, t.status", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    TRY(order_store_number(act, number));
    draft_begin(draft, act, rows.cells[CUSTOMER_ID].integer, rows.cells[CUSTOMER_PARTNER]);
    draft_take_day(draft, act_field(act, "requestedDate"));
    *status = cell_str(&rows.cells[CUSTOMER_STATUS]);
    return STATUS_OK;
}

static enum status submit(struct act *act)
{
    struct str number, status;
    struct draft *draft = arena_new(act->arena, struct draft);
    TRY(begin(act, draft, &number, &status));
    if (draft->act == NULL)
        return STATUS_OK;
    TRY(draft_add_list(draft, "items", act_field(act, "items"), act_field(act, "accountId")));
    check_customer(act, status, adds(draft));
    return store(draft, number);
}

const struct action order_submit = {
    .type = "ProductOrder", .perform = submit, .undo = &change_has_left};

static enum status order_product(struct act *act)
{
    struct str number, status;
    struct draft *draft = arena_new(act->arena, struct draft);
    TRY(begin(act, draft, &number, &status));
    if (draft->act == NULL)
        return STATUS_OK;
    const struct draft_wish wish = {
        .path = "",
        .action = "ADD",
        .offering = act_field(act, "offeringId"),
        .parent = act_field(act, "parentId"),
        .place = act_field(act, "placeId"),
        .account = act_field(act, "accountId"),
    };
    TRY(draft_add(draft, &wish));
    check_customer(act, status, true);
    return store(draft, number);
}

const struct action order_add = {
    .type = "ProductOrder", .perform = order_product, .undo = &change_has_left};

/* ---- orders of one item, about a product ---- */

static enum status order_one(struct act *act, const char *action, const struct input *status)
{
    struct rows product, customer;
    struct str number;
    TRY(act_lock(act, "Product", "productId", "t.customer_id", &product));
    if (product.count == 0)
        return STATUS_OK;
    TRY(act_run(act, "SELECT id, partner_id, status FROM customer WHERE id = ? FOR UPDATE",
                &product.cells[1], 1, &customer));
    TRY(order_store_number(act, &number));
    struct draft *draft = arena_new(act->arena, struct draft);
    draft_begin(draft, act, customer.cells[CUSTOMER_ID].integer, customer.cells[CUSTOMER_PARTNER]);
    draft_take_day(draft, act_field(act, "requestedDate"));
    const struct draft_wish wish = {
        .path = "",
        .action = action,
        .product = act_field(act, "productId"),
        .offering = act_field(act, "offeringId"),
        .status = status,
    };
    TRY(draft_add(draft, &wish));
    check_customer(act, cell_str(&customer.cells[CUSTOMER_STATUS]), false);
    return store(draft, number);
}

static enum status change_plan(struct act *act)
{
    return order_one(act, "MODIFY", NULL);
}

static enum status suspend(struct act *act)
{
    static const struct input status = {.kind = INPUT_STRING,
                                        .text = {.at = "SUSPENDED", .len = 9}};
    return order_one(act, "MODIFY", &status);
}

static enum status resume(struct act *act)
{
    static const struct input status = {.kind = INPUT_STRING, .text = {.at = "ACTIVE", .len = 6}};
    return order_one(act, "MODIFY", &status);
}

static enum status terminate(struct act *act)
{
    return order_one(act, "DELETE", NULL);
}

const struct action order_change_plan = {
    .type = "ProductOrder", .perform = change_plan, .undo = &change_has_left};
const struct action order_suspend = {
    .type = "ProductOrder", .perform = suspend, .undo = &change_has_left};
const struct action order_resume = {
    .type = "ProductOrder", .perform = resume, .undo = &change_has_left};
const struct action order_terminate = {
    .type = "ProductOrder", .perform = terminate, .undo = &change_has_left};
