/* order_draft_held: what the customer has, and is to become something else, or to end. */
#include "resolvers/order_draft_parts.h"

#include "base/viewer.h"
#include "db/dates.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/day.h"
#include "resolvers/hindrance.h"
#include "resolvers/product_stand.h"

enum {
    HELD_ID,
    HELD_OFFERING,
    HELD_CATEGORY,
    HELD_ACCOUNT,
    HELD_CURRENCY,
    HELD_BOUND,
    HELD_NOTICE
};

#define HELD_COLUMNS                                                              \
    "SELECT p.id, p.offering_id, o.category, p.billing_account_id, a.currency,\n" \
    "    p.binding_until, p.notice_days\n"                                        \
    "FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id\n"      \
    "JOIN billing_account AS a ON a.customer_id = p.customer_id AND a.id = p.billing_account_id\n"

/* Each of them is said at the member. */
static void refuse_hindered(struct draft *draft, const struct draft_wish *wish, const char *member,
                            const struct hindrances *hindrances)
{
    for (const struct hindrance *each = hindrances->first; each != NULL; each = each->next)
        draft_refuse(draft, wish->path, each->code, member, STR_FMT, STR_ARG(each->label));
}

static void check_once(struct draft *draft, const char *path, int64_t product)
{
    for (uint32_t i = 0; i < draft->count; i++) {
        if (draft->items[i].product == product)
            draft_refuse(draft, path, "INVALID", "productId",
                         "The order is about that product already.");
    }
}

/* What keeps it from being changed so, as `Product.actions` says it. */
static enum status check_stand(struct draft *draft, const struct draft_wish *wish,
                               const struct draft_item *item, enum product_change change)
{
    struct act *act = draft->act;
    const struct cell key = cell_int(item->product);
    bool by_status = change == PRODUCT_IS_SUSPENDED || change == PRODUCT_IS_RESUMED;
    struct hindrances unfit, busy;
    struct product_stand stand;
    struct rows rows = {0};
    TRY(database_run(act->database, act->arena, product_stand_sql(act->arena, 1), &key, 1, &rows));
    product_stand_read(rows.cells, &stand);
    hindrances_begin(&unfit, act->arena, act->viewer->language);
    hindrances_begin(&busy, act->arena, act->viewer->language);
    product_stand_fits(&stand, change, &unfit);
    product_stand_idle(&stand, change, &busy);
    refuse_hindered(draft, wish, by_status && *wish->path != '\0' ? "status" : "productId", &unfit);
    refuse_hindered(draft, wish, "productId", &busy);
    return STATUS_OK;
}

static enum status take_held(struct draft *draft, const struct draft_wish *wish,
                             struct draft_item *item, struct rows *rows)
{
    if (!draft_is_given(wish->product)) {
        *rows = (struct rows){0};
        draft_refuse(draft, wish->path, "REQUIRED", "productId", "Say which product it is about.");
        return STATUS_OK;
    }
    TRY(draft_find(draft, wish, wish->product, "Product", "productId",
                   HELD_COLUMNS "WHERE p.id = ? AND p.customer_id = ?", rows));
    if (rows->count == 0)
        return STATUS_OK;
    const struct cell *held = rows->cells;
    item->product = held[HELD_ID].integer;
    item->offering = held[HELD_OFFERING].integer;
    item->category = cell_str(&held[HELD_CATEGORY]);
    item->account = held[HELD_ACCOUNT];
    item->currency = held[HELD_CURRENCY];
    check_once(draft, wish->path, item->product);
    return STATUS_OK;
}

/* ---- changed ---- */

static enum status take_status(struct draft *draft, const struct draft_wish *wish,
                               struct draft_item *item)
{
    enum product_status to = product_status_named(wish->status->text);
    if (to != PRODUCT_ACTIVE && to != PRODUCT_SUSPENDED) {
        draft_refuse(draft, wish->path, "NOT_ALLOWED", "status",
                     "Ask for SUSPENDED or ACTIVE; what is to end is a DELETE.");
        return STATUS_OK;
    }
    item->target = product_status_name(to);
    return check_stand(draft, wish, item,
                       to == PRODUCT_SUSPENDED ? PRODUCT_IS_SUSPENDED : PRODUCT_IS_RESUMED);
}

static enum status take_plan(struct draft *draft, const struct draft_wish *wish,
                             struct draft_item *item)
{
    int64_t before = item->offering;
    struct str category = item->category;
    TRY(draft_take_offering(draft, wish, item));
    if (item->offering == before)
        draft_refuse(draft, wish->path, "INVALID", "offeringId",
                     "It is that already; choose another.");
    else if (!str_equal(item->category, category))
        draft_refuse(draft, wish->path, "INVALID", "offeringId",
                     "A product changes to one of its own kind only, " STR_FMT ".",
                     STR_ARG(category));
    TRY(check_stand(draft, wish, item, PRODUCT_CHANGES_PLAN));
    return draft_check_price(draft, wish, item);
}

enum status draft_take_change(struct draft *draft, const struct draft_wish *wish,
                              struct draft_item *item)
{
    struct rows rows;
    TRY(take_held(draft, wish, item, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    if (draft_is_given(wish->offering) == draft_is_given(wish->status)) {
        draft_refuse(draft, wish->path, "REQUIRED", "offeringId",
                     "Say either what it becomes or which status it is to have.");
        return STATUS_OK;
    }
    return draft_is_given(wish->status) ? take_status(draft, wish, item)
                                        : take_plan(draft, wish, item);
}

/* ---- ended ---- */

/* The first day that notice and minimum term allow. */
static int64_t earliest_end(const struct cell *held)
{
    int64_t day = dates_today();
    if (held[HELD_NOTICE].kind != CELL_NULL)
        day += held[HELD_NOTICE].integer;
    if (held[HELD_BOUND].kind != CELL_NULL && held[HELD_BOUND].integer > day)
        day = held[HELD_BOUND].integer;
    return day;
}

/* Parts end with what they are a part of, when the last of them may. */
static enum status add_parts(struct draft *draft, const char *path, uint32_t from)
{
    for (uint32_t whole = from; whole < draft->count; whole++) {
        const struct cell parameters[] = {cell_int(draft->customer),
                                          cell_int(draft->items[whole].product)};
        struct rows rows;
        TRY(act_run(draft->act,
                    HELD_COLUMNS "WHERE p.customer_id = ? AND p.parent_id = ?\n"
                                 "    AND p.status IN ('CREATED', 'PENDING_ACTIVE', 'ACTIVE', "
                                 "'SUSPENDED')\n"
                                 "ORDER BY p.id LIMIT 101",
                    parameters, 2, &rows));
        for (uint32_t i = 0; i < rows.count; i++) {
            const struct cell *held = rows.cells + (size_t)i * rows.width;
            if (draft->count == DRAFT_ITEMS) {
                draft_refuse(draft, path, "NOT_ALLOWED", "productId",
                             "It has more than %d parts; end those first.", DRAFT_ITEMS - 1);
                return STATUS_OK;
            }
            check_once(draft, path, held[HELD_ID].integer);
            draft->items[draft->count++] = (struct draft_item){
                .path = path,
                .action = "DELETE",
                .offering = held[HELD_OFFERING].integer,
                .product = held[HELD_ID].integer,
                .category = cell_str(&held[HELD_CATEGORY]),
                .account = held[HELD_ACCOUNT],
                .currency = held[HELD_CURRENCY],
                .last_day = earliest_end(held),
            };
        }
    }
    return STATUS_OK;
}

static void agree_last_day(struct draft *draft, const char *path, uint32_t from)
{
    int64_t day = draft->requested_day;
    for (uint32_t i = from; i < draft->count; i++)
        day = draft->items[i].last_day > day ? draft->items[i].last_day : day;
    if (draft->requested_day != 0 && day > draft->requested_day)
        draft_refuse(
            draft, "", "NOT_ALLOWED", "requestedDate",
            "Its term and its notice period last longer: the first day it can end is " STR_FMT ".",
            STR_ARG(day_text(draft->act->arena, day)));
    for (uint32_t i = from; i < draft->count; i++)
        draft->items[i].last_day = day;
}

enum status draft_take_end(struct draft *draft, const struct draft_wish *wish,
                           struct draft_item *item)
{
    struct rows rows;
    uint32_t from = draft->count;
    TRY(take_held(draft, wish, item, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    item->last_day = earliest_end(rows.cells);
    TRY(check_stand(draft, wish, item, PRODUCT_IS_ENDED));
    draft->count++;
    TRY(add_parts(draft, wish->path, from));
    agree_last_day(draft, wish->path, from);
    return STATUS_OK;
}

/* ---- left as it is ---- */

enum status draft_take_kept(struct draft *draft, const struct draft_wish *wish,
                            struct draft_item *item)
{
    struct rows rows;
    TRY(take_held(draft, wish, item, &rows));
    return rows.count == 0 ? STATUS_OK : check_stand(draft, wish, item, PRODUCT_IS_KEPT);
}
