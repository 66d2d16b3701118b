/* order_draft_new: what is set up: what it belongs to, where it is, and what it is charged to. */
#include "resolvers/order_draft_parts.h"

#include "base/viewer.h"
#include "graphql/coerce.h"
#include "order/state.h"
#include "resolvers/hindrance.h"
#include "resolvers/order_stand.h"

static struct cell nothing(void)
{
    return (struct cell){.kind = CELL_NULL};
}

enum { PARENT_ID, PARENT_STATUS, PARENT_ACCOUNT, PARENT_PLACE };

static enum status take_parent(struct draft *draft, const struct draft_wish *wish,
                               struct draft_item *item)
{
    struct rows rows;
    TRY(draft_find(draft, wish, wish->parent, "Product", "parentId",
                   "SELECT id, status, billing_account_id, place_id FROM product\n"
                   "WHERE id = ? AND customer_id = ? FOR UPDATE",
                   &rows));
    if (rows.count == 0)
        return STATUS_OK;
    enum product_status status = product_status_named(cell_str(&rows.cells[PARENT_STATUS]));
    if (status > PRODUCT_SUSPENDED)
        draft_refuse(draft, wish->path, "NOT_ALLOWED", "parentId",
                     "That product has ended or is about to; choose one that goes on.");
    item->parent = rows.cells[PARENT_ID].integer;
    item->account = rows.cells[PARENT_ACCOUNT];
    item->place = rows.cells[PARENT_PLACE];
    return STATUS_OK;
}

/* An item before it of the same order. */
static void take_whole(struct draft *draft, const struct draft_wish *wish, struct draft_item *item)
{
    bool there = wish->whole >= 1 && wish->whole <= draft->count &&
                 draft->items[wish->whole - 1].product == 0;
    if (!there) {
        draft_refuse(draft, wish->path, "INVALID", "partOf",
                     "Name an item before it that is set up, by its place from 1.");
        return;
    }
    item->whole = &draft->items[wish->whole - 1];
    item->account = item->whole->account;
    item->place = item->whole->place;
}

static bool is_installed(struct str category)
{
    return str_is(category, "FIBRE") || str_is(category, "BROADBAND") ||
           str_is(category, "VOICE") || str_is(category, "TV");
}

static enum status take_place(struct draft *draft, const struct draft_wish *wish,
                              struct draft_item *item)
{
    struct rows rows;
    const struct cell customer = cell_int(draft->customer);
    if (draft_is_given(wish->place)) {
        TRY(draft_find(draft, wish, wish->place, NULL, "placeId",
                       "SELECT id FROM geographic_address WHERE id = ? AND customer_id = ?",
                       &rows));
        item->place = rows.count > 0 ? rows.cells[0] : nothing();
    } else if (is_installed(item->category) && item->place.kind == CELL_NULL) {
        TRY(act_run(draft->act,
                    "SELECT id FROM geographic_address WHERE customer_id = ?\n"
                    "ORDER BY role = 'BILLING', id LIMIT 1",
                    &customer, 1, &rows));
        item->place = rows.count > 0 ? rows.cells[0] : nothing();
        if (rows.count == 0)
            draft_refuse(draft, wish->path, "REQUIRED", "placeId",
                         "Say where it is to be installed.");
    }
    return STATUS_OK;
}

static enum status take_account(struct draft *draft, const struct draft_wish *wish,
                                struct draft_item *item)
{
    struct rows rows;
    const struct cell parameters[] = {cell_int(draft->customer), item->account, item->account};
    if (draft_is_given(wish->account)) {
        TRY(draft_find(draft, wish, wish->account, NULL, "accountId",
                       "SELECT id, currency, billing_address_id FROM billing_account\n"
                       "WHERE id = ? AND customer_id = ?",
                       &rows));
    } else {
        TRY(act_run(draft->act,
                    "SELECT id, currency, billing_address_id FROM billing_account\n"
                    "WHERE customer_id = ? AND (? IS NULL OR id = ?)\n"
                    "ORDER BY rating_type = 'PREPAID', id LIMIT 1",
                    parameters, 3, &rows));
        struct hindrances hindrances;
        hindrances_begin(&hindrances, draft->act->arena, draft->act->viewer->language);
        order_stand_account(rows.count > 0, &hindrances);
        hindrances_refuse(&hindrances, draft->act, NULL);
    }
    if (rows.count > 0) {
        item->account = rows.cells[0];
        item->currency = rows.cells[1];
        item->billing_address = rows.cells[2];
    }
    return STATUS_OK;
}

enum status draft_take_new(struct draft *draft, const struct draft_wish *wish,
                           struct draft_item *item)
{
    if (!draft_is_given(wish->offering)) {
        draft_refuse(draft, wish->path, "REQUIRED", "offeringId", "Say what is to be set up.");
        return STATUS_OK;
    }
    TRY(draft_take_offering(draft, wish, item));
    if (draft_is_given(wish->parent))
        TRY(take_parent(draft, wish, item));
    else if (wish->whole != 0)
        take_whole(draft, wish, item);
    else if (str_is(item->category, "ADD_ON"))
        draft_refuse(draft, wish->path, "REQUIRED", "parentId",
                     "An option belongs to a product; say to which.");
    if (draft_is_given(wish->product) || draft_is_given(wish->status))
        draft_refuse(draft, wish->path, "INVALID",
                     draft_is_given(wish->product) ? "productId" : "status",
                     "What is set up is no product yet.");
    TRY(take_place(draft, wish, item));
    TRY(take_account(draft, wish, item));
    return item->account.kind == CELL_NULL ? STATUS_OK : draft_check_price(draft, wish, item);
}
