/* order_draft: items one by one: what they name is looked up, and what they cannot do is said. */
#include "resolvers/order_draft.h"

#include "base/arena.h"
#include "db/dates.h"
#include "graphql/coerce.h"
#include "resolvers/day.h"
#include "resolvers/order_draft_parts.h"
#include "run/global_id.h"
#include <stdarg.h>

enum { FARTHEST_DAYS = 366 };

bool draft_is_given(const struct input *value)
{
    return value != NULL && value->kind != INPUT_ABSENT && value->kind != INPUT_NULL;
}

void draft_refuse(struct draft *draft, const char *path, const char *code, const char *member,
                  const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct str text = str_vprintf(draft->act->arena, format, arguments);
    va_end(arguments);
    struct str field =
        str_printf(draft->act->arena, "%s%s%s", path, *path == '\0' ? "" : ".", member);
    act_error(draft->act, code, field.at, "%s", text.at);
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
    if (!draft_is_given(day))
        return;
    draft->requested_day = day_of(day, NULL);
    int64_t ahead = draft->requested_day - dates_today();
    if (ahead < 0 || ahead > FARTHEST_DAYS)
        act_error(draft->act, "INVALID", "requestedDate",
                  "Ask for a day from today on, at most a year ahead.");
}

/* ---- what its items name ---- */

enum status draft_find(struct draft *draft, const struct draft_wish *wish,
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
        draft_refuse(draft, wish->path, "NOT_FOUND", member,
                     "There is nothing by this id that this customer has.");
    return STATUS_OK;
}

enum status draft_take_offering(struct draft *draft, const struct draft_wish *wish,
                                struct draft_item *item)
{
    struct rows rows;
    TRY(draft_find(draft, wish, wish->offering, "ProductOffering", "offeringId",
                   "SELECT id, name, category, lifecycle_status FROM product_offering\n"
                   "WHERE id = ? AND ? IS NOT NULL",
                   &rows));
    if (rows.count == 0)
        return STATUS_OK;
    item->offering = rows.cells[0].integer;
    item->category = cell_str(&rows.cells[2]);
    if (!str_is(cell_str(&rows.cells[3]), "ACTIVE"))
        draft_refuse(draft, wish->path, "NOT_ALLOWED", "offeringId",
                     STR_FMT " is not sold; choose something that is.",
                     STR_ARG(cell_str(&rows.cells[1])));
    return STATUS_OK;
}

enum status draft_check_price(struct draft *draft, const struct draft_wish *wish,
                              const struct draft_item *item)
{
    const struct cell parameters[] = {item->currency, cell_int(item->offering)};
    struct rows rows;
    TRY(act_run(draft->act,
                "SELECT MAX(currency = ?) FROM product_offering_price WHERE offering_id = ?",
                parameters, 2, &rows));
    const struct cell *sold = rows.cells; /* NULL: it is free */
    if (sold->kind != CELL_NULL && sold->integer == 0)
        draft_refuse(draft, wish->path, "INVALID", "offeringId", "It has no price in " STR_FMT ".",
                     STR_ARG(cell_str(&item->currency)));
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
    *item = (struct draft_item){.path = wish->path, .action = wish->action};
    if (str_is(STR("DELETE"), wish->action))
        return draft_take_end(draft, wish, item);
    if (str_is(STR("ADD"), wish->action))
        TRY(draft_take_new(draft, wish, item));
    else if (str_is(STR("MODIFY"), wish->action))
        TRY(draft_take_change(draft, wish, item));
    else
        TRY(draft_take_kept(draft, wish, item));
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
            .whole = draft_is_given(whole) ? whole->integer : 0,
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
