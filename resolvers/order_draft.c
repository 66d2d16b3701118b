/* order_draft: items one by one: what they name is looked up, and what they cannot do is said. */
#include "resolvers/order_draft.h"

#include "base/arena.h"
#include "db/dates.h"
#include "graphql/coerce.h"
#include "order/state.h"
#include "resolvers/day.h"
#include "run/global_id.h"
#include <stdarg.h>
#include <stdio.h>

enum { MESSAGE_BYTES = 300, FARTHEST_DAYS = 366 };

static struct cell nothing(void)
{
    return (struct cell){.kind = CELL_NULL};
}

static bool is_given(const struct input *value)
{
    return value != NULL && value->kind != INPUT_ABSENT && value->kind != INPUT_NULL;
}

static void refuse(struct draft *draft, const char *path, const char *code, const char *member,
                   const char *format, ...) __attribute__((format(printf, 5, 6)));

static void refuse(struct draft *draft, const char *path, const char *code, const char *member,
                   const char *format, ...)
{
    char text[MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    struct str field =
        str_printf(draft->act->arena, "%s%s%s", path, *path == '\0' ? "" : ".", member);
    act_error(draft->act, code, field.at, "%s", text);
}

void draft_begin(struct draft *draft, struct act *act, int64_t customer, struct cell partner)
{
    draft->act = act;
    draft->customer = customer;
    draft->partner = partner;
    draft->requested_day = 0;
    draft->count = 0;
}

void draft_take_day(struct draft *draft, const struct input *day)
{
    if (!is_given(day))
        return;
    draft->requested_day = day_of(day, NULL);
    int64_t ahead = draft->requested_day - dates_today();
    if (ahead < 0 || ahead > FARTHEST_DAYS)
        act_error(draft->act, "INVALID", "requestedDate",
                  "Ask for a day from today on, at most a year ahead.");
}

/* ---- one row of the customer's ---- */

/* The row that an id names, if it is this customer's; rows->count is 0 after a user error. */
static enum status find(struct draft *draft, const struct draft_wish *wish,
                        const struct input *value, const char *type, const char *member,
                        const char *sql, struct rows *rows)
{
    struct act *act = draft->act;
    struct cell key = {0};
    bool global = type != NULL;
    *rows = (struct rows){0};
    if (global ? global_id_decode(act->arena, str_of(type), value->text, &key)
               : plain_id_decode(value->text, &key)) {
        const struct cell parameters[] = {key, cell_int(draft->customer)};
        TRY(act_run(act, sql, parameters, 2, rows));
    }
    if (rows->count == 0)
        refuse(draft, wish->path, "NOT_FOUND", member,
               "There is nothing by this id that this customer has.");
    return STATUS_OK;
}

/* ---- what is set up ---- */

static enum status take_offering(struct draft *draft, const struct draft_wish *wish,
                                 struct draft_item *item)
{
    struct rows rows;
    TRY(find(draft, wish, wish->offering, "ProductOffering", "offeringId",
             "SELECT id, name, category, lifecycle_status FROM product_offering\n"
             "WHERE id = ? AND ? IS NOT NULL",
             &rows));
    if (rows.count == 0)
        return STATUS_OK;
    item->offering = rows.cells[0].integer;
    item->category = cell_str(&rows.cells[2]);
    if (!str_is(cell_str(&rows.cells[3]), "ACTIVE"))
        refuse(draft, wish->path, "NOT_ALLOWED", "offeringId",
               STR_FMT " is not sold; choose something that is.",
               STR_ARG(cell_str(&rows.cells[1])));
    return STATUS_OK;
}

enum { PARENT_ID, PARENT_STATUS, PARENT_ACCOUNT, PARENT_PLACE };

static enum status take_parent(struct draft *draft, const struct draft_wish *wish,
                               struct draft_item *item)
{
    struct rows rows;
    TRY(find(draft, wish, wish->parent, "Product", "parentId",
             "SELECT id, status, billing_account_id, place_id FROM product\n"
             "WHERE id = ? AND customer_id = ? FOR UPDATE",
             &rows));
    if (rows.count == 0)
        return STATUS_OK;
    enum product_status status = product_status_named(cell_str(&rows.cells[PARENT_STATUS]));
    if (status > PRODUCT_SUSPENDED)
        refuse(draft, wish->path, "NOT_ALLOWED", "parentId",
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
        refuse(draft, wish->path, "INVALID", "partOf",
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
    if (is_given(wish->place)) {
        TRY(find(draft, wish, wish->place, NULL, "placeId",
                 "SELECT id FROM geographic_address WHERE id = ? AND customer_id = ?", &rows));
        item->place = rows.count > 0 ? rows.cells[0] : nothing();
    } else if (is_installed(item->category) && item->place.kind == CELL_NULL) {
        TRY(act_run(draft->act,
                    "SELECT id FROM geographic_address WHERE customer_id = ?\n"
                    "ORDER BY role = 'BILLING', id LIMIT 1",
                    &customer, 1, &rows));
        item->place = rows.count > 0 ? rows.cells[0] : nothing();
        if (rows.count == 0)
            refuse(draft, wish->path, "REQUIRED", "placeId", "Say where it is to be installed.");
    }
    return STATUS_OK;
}

static enum status take_account(struct draft *draft, const struct draft_wish *wish,
                                struct draft_item *item)
{
    struct rows rows;
    const struct cell parameters[] = {cell_int(draft->customer), item->account, item->account};
    if (is_given(wish->account)) {
        TRY(find(draft, wish, wish->account, NULL, "accountId",
                 "SELECT id, currency, billing_address_id FROM billing_account\n"
                 "WHERE id = ? AND customer_id = ?",
                 &rows));
    } else {
        TRY(act_run(draft->act,
                    "SELECT id, currency, billing_address_id FROM billing_account\n"
                    "WHERE customer_id = ? AND (? IS NULL OR id = ?)\n"
                    "ORDER BY rating_type = 'PREPAID', id LIMIT 1",
                    parameters, 3, &rows));
        if (rows.count == 0)
            act_error(draft->act, "NOT_CONFIGURED", NULL,
                      "The customer has no account that it could be charged to.");
    }
    if (rows.count > 0) {
        item->account = rows.cells[0];
        item->currency = rows.cells[1];
        item->billing_address = rows.cells[2];
    }
    return STATUS_OK;
}

/* What is sold for something else only is not given away. */
static enum status check_price(struct draft *draft, const struct draft_wish *wish,
                               const struct draft_item *item)
{
    const struct cell parameters[] = {item->currency, cell_int(item->offering)};
    struct rows rows;
    TRY(act_run(draft->act,
                "SELECT MAX(currency = ?) FROM product_offering_price WHERE offering_id = ?",
                parameters, 2, &rows));
    const struct cell *sold = rows.cells; /* NULL: it is free */
    if (sold->kind != CELL_NULL && sold->integer == 0)
        refuse(draft, wish->path, "INVALID", "offeringId", "It has no price in " STR_FMT ".",
               STR_ARG(cell_str(&item->currency)));
    return STATUS_OK;
}

static enum status take_new(struct draft *draft, const struct draft_wish *wish,
                            struct draft_item *item)
{
    if (!is_given(wish->offering)) {
        refuse(draft, wish->path, "REQUIRED", "offeringId", "Say what is to be set up.");
        return STATUS_OK;
    }
    TRY(take_offering(draft, wish, item));
    if (is_given(wish->parent))
        TRY(take_parent(draft, wish, item));
    else if (wish->whole != 0)
        take_whole(draft, wish, item);
    else if (str_is(item->category, "ADD_ON"))
        refuse(draft, wish->path, "REQUIRED", "parentId",
               "An option belongs to a product; say to which.");
    if (is_given(wish->product) || is_given(wish->status))
        refuse(draft, wish->path, "INVALID", is_given(wish->product) ? "productId" : "status",
               "What is set up is no product yet.");
    TRY(take_place(draft, wish, item));
    TRY(take_account(draft, wish, item));
    return item->account.kind == CELL_NULL ? STATUS_OK : check_price(draft, wish, item);
}

/* ---- what there is ---- */

enum {
    HELD_ID,
    HELD_STATUS,
    HELD_OFFERING,
    HELD_CATEGORY,
    HELD_ACCOUNT,
    HELD_CURRENCY,
    HELD_BOUND,
    HELD_NOTICE,
    HELD_ENDS
};

#define HELD_COLUMNS                                                                        \
    "SELECT p.id, p.status, p.offering_id, o.category, p.billing_account_id, a.currency,\n" \
    "    p.binding_until, p.notice_days, p.termination_date\n"                              \
    "FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id\n"                \
    "JOIN billing_account AS a ON a.customer_id = p.customer_id AND a.id = p.billing_account_id\n"

static enum status check_busy(struct draft *draft, const char *path, int64_t product)
{
    const struct cell parameters[] = {cell_int(draft->customer), cell_int(product)};
    struct rows rows;
    for (uint32_t i = 0; i < draft->count; i++) {
        if (draft->items[i].product == product)
            refuse(draft, path, "INVALID", "productId", "The order is about that product already.");
    }
    TRY(act_run(
        draft->act,
        "SELECT o.number FROM product_order_item AS i\n"
        "JOIN product_order AS o ON o.customer_id = i.customer_id AND o.id = i.product_order_id\n"
        "WHERE i.customer_id = ? AND i.product_id = ? AND i.action <> 'NO_CHANGE'\n"
        "    AND i.state NOT IN ('REJECTED', 'CANCELLED', 'COMPLETED', 'FAILED') LIMIT 1",
        parameters, 2, &rows));
    if (rows.count > 0)
        refuse(draft, path, "NOT_ALLOWED", "productId",
               "Order " STR_FMT " is about that product; wait for it, or change it.",
               STR_ARG(cell_str(&rows.cells[0])));
    return STATUS_OK;
}

static enum status take_held(struct draft *draft, const struct draft_wish *wish,
                             struct draft_item *item, struct rows *rows)
{
    if (!is_given(wish->product)) {
        *rows = (struct rows){0};
        refuse(draft, wish->path, "REQUIRED", "productId", "Say which product it is about.");
        return STATUS_OK;
    }
    TRY(find(draft, wish, wish->product, "Product", "productId",
             HELD_COLUMNS "WHERE p.id = ? AND p.customer_id = ?", rows));
    if (rows->count == 0)
        return STATUS_OK;
    const struct cell *held = rows->cells;
    item->product = held[HELD_ID].integer;
    item->offering = held[HELD_OFFERING].integer;
    item->category = cell_str(&held[HELD_CATEGORY]);
    item->account = held[HELD_ACCOUNT];
    item->currency = held[HELD_CURRENCY];
    return check_busy(draft, wish->path, item->product);
}

/* ---- changed ---- */

static void take_status(struct draft *draft, const struct draft_wish *wish, struct draft_item *item,
                        enum product_status now)
{
    enum product_status to = product_status_named(wish->status->text);
    if ((to != PRODUCT_ACTIVE && to != PRODUCT_SUSPENDED) ||
        (now != PRODUCT_ACTIVE && now != PRODUCT_SUSPENDED) || now == to)
        refuse(draft, wish->path, "NOT_ALLOWED", *wish->path == '\0' ? "productId" : "status",
               "A product that is %s cannot become " STR_FMT ".", product_status_name(now),
               STR_ARG(wish->status->text));
    else
        item->target = product_status_name(to);
}

static enum status take_plan(struct draft *draft, const struct draft_wish *wish,
                             struct draft_item *item, enum product_status now)
{
    int64_t before = item->offering;
    struct str category = item->category;
    TRY(take_offering(draft, wish, item));
    if (item->offering == before)
        refuse(draft, wish->path, "INVALID", "offeringId", "It is that already; choose another.");
    else if (!str_equal(item->category, category))
        refuse(draft, wish->path, "INVALID", "offeringId",
               "A product changes to one of its own kind only, " STR_FMT ".", STR_ARG(category));
    if (now != PRODUCT_ACTIVE)
        refuse(draft, wish->path, "NOT_ALLOWED", "productId",
               "Only what is active can change; this is %s.", product_status_name(now));
    return check_price(draft, wish, item);
}

static enum status take_change(struct draft *draft, const struct draft_wish *wish,
                               struct draft_item *item)
{
    struct rows rows;
    TRY(take_held(draft, wish, item, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    enum product_status now = product_status_named(cell_str(&rows.cells[HELD_STATUS]));
    if (is_given(wish->offering) == is_given(wish->status))
        refuse(draft, wish->path, "REQUIRED", "offeringId",
               "Say either what it becomes or which status it is to have.");
    else if (is_given(wish->status))
        take_status(draft, wish, item, now);
    else
        return take_plan(draft, wish, item, now);
    return STATUS_OK;
}

/* ---- ended ---- */

static bool may_end(enum product_status status)
{
    return status == PRODUCT_ACTIVE || status == PRODUCT_SUSPENDED;
}

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
                refuse(draft, path, "NOT_ALLOWED", "productId",
                       "It has more than %d parts; end those first.", DRAFT_ITEMS - 1);
                return STATUS_OK;
            }
            TRY(check_busy(draft, path, held[HELD_ID].integer));
            if (!may_end(product_status_named(cell_str(&held[HELD_STATUS]))))
                refuse(draft, path, "NOT_ALLOWED", "productId",
                       "A part of it is still being set up; wait for that.");
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
        refuse(draft, "", "NOT_ALLOWED", "requestedDate",
               "Its term and its notice period last longer: the first day it can end is " STR_FMT
               ".",
               STR_ARG(day_text(draft->act->arena, day)));
    for (uint32_t i = from; i < draft->count; i++)
        draft->items[i].last_day = day;
}

static enum status take_end(struct draft *draft, const struct draft_wish *wish,
                            struct draft_item *item)
{
    struct rows rows;
    uint32_t from = draft->count;
    TRY(take_held(draft, wish, item, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    enum product_status now = product_status_named(cell_str(&rows.cells[HELD_STATUS]));
    item->last_day = earliest_end(rows.cells);
    if (!may_end(now))
        refuse(draft, wish->path, "NOT_ALLOWED", "productId",
               "Only what is in use can be ended; this is %s.", product_status_name(now));
    else if (rows.cells[HELD_ENDS].kind != CELL_NULL)
        refuse(draft, wish->path, "NOT_ALLOWED", "productId", "It ends on " STR_FMT " already.",
               STR_ARG(day_text(draft->act->arena, rows.cells[HELD_ENDS].integer)));
    draft->count++;
    TRY(add_parts(draft, wish->path, from));
    agree_last_day(draft, wish->path, from);
    return STATUS_OK;
}

/* ---- bundles ---- */

/* Of a bundle that is set up: what of it is asked for costs nothing beside it, and what it always
 * has comes along. */
static enum status fill_bundle(struct draft *draft, uint32_t bundle, uint32_t end)
{
    const struct cell offering = cell_int(draft->items[bundle].offering);
    struct rows rows;
    TRY(act_run(draft->act,
                "SELECT b.offering_id, b.lower_limit, b.upper_limit, o.category\n"
                "FROM bundled_offering AS b JOIN product_offering AS o ON o.id = b.offering_id\n"
                "WHERE b.bundle_id = ? ORDER BY b.id",
                &offering, 1, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        const struct cell *part = rows.cells + (size_t)i * rows.width;
        int64_t given = 0;
        for (uint32_t j = bundle + 1; j < end; j++) {
            struct draft_item *item = &draft->items[j];
            bool of_it = item->whole == &draft->items[bundle] &&
                         item->offering == part[0].integer && given < part[2].integer;
            item->included |= of_it;
            given += of_it;
        }
        for (; given < part[1].integer && draft->count < DRAFT_ITEMS; given++) {
            const struct draft_item *whole = &draft->items[bundle];
            draft->items[draft->count++] = (struct draft_item){
                .path = whole->path,
                .action = "ADD",
                .offering = part[0].integer,
                .whole = whole,
                .category = cell_str(&part[3]),
                .place = whole->place,
                .account = whole->account,
                .currency = whole->currency,
                .billing_address = whole->billing_address,
                .included = true,
            };
        }
    }
    return STATUS_OK;
}

static enum status fill_bundles(struct draft *draft, uint32_t from)
{
    uint32_t end = draft->count;
    for (uint32_t i = from; i < end; i++) {
        if (draft->items[i].product == 0)
            TRY(fill_bundle(draft, i, end));
    }
    return STATUS_OK;
}

/* ---- all of them ---- */

static enum status take_one(struct draft *draft, const struct draft_wish *wish)
{
    struct draft_item *item = &draft->items[draft->count];
    struct rows rows;
    *item = (struct draft_item){.path = wish->path, .action = wish->action};
    if (str_is(STR("DELETE"), wish->action))
        return take_end(draft, wish, item);
    if (str_is(STR("ADD"), wish->action))
        TRY(take_new(draft, wish, item));
    else if (str_is(STR("MODIFY"), wish->action))
        TRY(take_change(draft, wish, item));
    else
        TRY(take_held(draft, wish, item, &rows));
    draft->count++;
    return STATUS_OK;
}

enum status draft_add(struct draft *draft, const struct draft_wish *wish)
{
    uint32_t from = draft->count;
    TRY(take_one(draft, wish));
    return draft->act->errors == NULL ? fill_bundles(draft, from) : STATUS_OK;
}

enum status draft_add_list(struct draft *draft, const char *member, const struct input *list,
                           const struct input *account)
{
    uint32_t from = draft->count;
    enum { ASKED_FOR = 20 };
    if (list->count == 0 || list->count > ASKED_FOR) {
        act_error(draft->act, "INVALID", member, "An order has 1 to %d items.", ASKED_FOR);
        return STATUS_OK;
    }
    for (uint32_t i = 0; i < list->count; i++) {
        const struct input *item = &list->items[i];
        const struct input *whole = input_member(item, "partOf");
        const struct draft_wish wish = {
            .path = str_printf(draft->act->arena, "%s.%u", member, i).at,
            .action = str_copy(draft->act->arena, input_member(item, "action")->text).at,
            .offering = input_member(item, "offeringId"),
            .product = input_member(item, "productId"),
            .parent = input_member(item, "parentId"),
            .place = input_member(item, "placeId"),
            .status = input_member(item, "status"),
            .account = account,
            .whole = is_given(whole) ? whole->integer : 0,
        };
        if (draft->count == DRAFT_ITEMS) {
            act_error(draft->act, "INVALID", member, "With all parts these are more than %d items.",
                      DRAFT_ITEMS);
            return STATUS_OK;
        }
        TRY(take_one(draft, &wish));
    }
    return draft->act->errors == NULL ? fill_bundles(draft, from) : STATUS_OK;
}
