/* order_store: prices, terms and notice are those of the offering at this moment, and stay. */
#include "resolvers/order_store.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "db/customer_terms.h"
#include "db/dates.h"
#include "db/number.h"
#include "db/stock.h"
#include "mariadb/database.h"
#include "order/milestones.h"
#include "order/task.h"

static struct cell day_or_null(int64_t day)
{
    return (struct cell){.kind = day == 0 ? CELL_NULL : CELL_DATE, .integer = day};
}

static struct cell key_or_null(int64_t key)
{
    return key == 0 ? (struct cell){.kind = CELL_NULL} : cell_int(key);
}

static struct cell text_or_null(const char *text)
{
    return text == NULL ? (struct cell){.kind = CELL_NULL} : cell_text(str_of(text));
}

/* An offering, with how long it binds and how long before its end notice has to be given. */
#define FROM_OFFERING_WITH_TERMS                                         \
    "FROM product_offering AS o\n"                                       \
    "LEFT JOIN offering_term AS binding ON binding.offering_id = o.id\n" \
    "    AND binding.kind = 'BINDING' AND binding.unit = 'MONTH'\n"      \
    "LEFT JOIN offering_term AS notice ON notice.offering_id = o.id\n"   \
    "    AND notice.kind = 'NOTICE' AND notice.unit = 'DAY'\n"

/* ---- the order ---- */

enum status order_store_number(struct act *act, struct str *number)
{
    int64_t body;
    TRY(number_take(act->database, act->arena, NUMBER_ORDER, 1, &body));
    *number = number_text(act->arena, body);
    return STATUS_OK;
}

static const char *channel_of(const struct viewer *viewer)
{
    return viewer->kind == VIEWER_CUSTOMER  ? "SELF_CARE"
           : viewer->kind == VIEWER_PARTNER ? "PARTNER"
                                            : "AGENT";
}

/* When all of it can be done. */
static int64_t expected_day(const struct draft *draft)
{
    int64_t day = dates_today();
    day = draft->requested_day > day ? draft->requested_day : day;
    for (uint32_t i = 0; i < draft->count; i++)
        day = draft->items[i].last_day > day ? draft->items[i].last_day : day;
    return day;
}

enum status order_store_new(struct draft *draft, struct str number, struct order_work *work)
{
    struct act *act = draft->act;
    const struct cell customer = cell_int(draft->customer);
    const struct cell parameters[] = {
        customer, cell_text(number), cell_text(str_of(channel_of(act->viewer))),
        day_or_null(draft->requested_day), day_or_null(expected_day(draft))};
    TRY(act_run(
        act,
        "INSERT INTO product_order\n"
        "    (customer_id, number, state, channel, ordered_at, requested_date, expected_date)\n"
        "VALUES (?, ?, 'ACKNOWLEDGED', ?, NOW(6), ?, ?)",
        parameters, 5, NULL));
    *work = (struct order_work){.database = act->database,
                                .arena = act->arena,
                                .customer = draft->customer,
                                .order = (int64_t)database_insert_id(act->database)};
    TRY(act_run(act, "UPDATE customer SET open_order_count = open_order_count + 1 WHERE id = ?",
                &customer, 1, NULL));
    return customer_terms_add(act->database, act->arena, draft->customer,
                              draft->partner.kind == CELL_NULL ? 0 : draft->partner.integer, number,
                              "ORDER");
}

/* ---- an item ---- */

/* What the offering is sold for and on what terms; nothing of what is only ended or suspended. */
static bool is_sold(const struct draft_item *item)
{
    return *item->action == 'A' || (*item->action == 'M' && item->target == NULL);
}

static enum status insert_product(const struct order_work *work, const struct draft *draft,
                                  struct draft_item *item)
{
    int64_t parent = item->whole != NULL ? item->whole->made : item->parent;
    const struct cell start =
        day_or_null(draft->requested_day != 0 ? draft->requested_day : dates_today());
    const struct cell parameters[] = {cell_int(work->customer),
                                      item->account,
                                      item->billing_address,
                                      key_or_null(parent),
                                      item->place,
                                      start,
                                      start,
                                      cell_int(item->offering)};
    TRY(work_run(
        work,
        "INSERT INTO product\n"
        "    (customer_id, billing_account_id, billing_address_id, offering_id, parent_id,\n"
        "     status, place_id, start_date, binding_until, notice_days)\n"
        "SELECT ?, ?, ?, o.id, ?, 'CREATED', ?, ?,\n"
        "    ? + INTERVAL binding.duration MONTH - INTERVAL 1 DAY,\n"
        "    notice.duration\n" FROM_OFFERING_WITH_TERMS "WHERE o.id = ?",
        parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    item->made = (int64_t)database_insert_id(work->database);
    return STATUS_OK;
}

/* Without a rule about the stock nothing was asked, and still nobody gets what is not there. */
static enum status take_stock(struct act *act, const struct draft_item *item, int64_t *took)
{
    enum stock_taking taking = STOCK_NOT_COUNTED;
    if (is_sold(item))
        TRY(stock_take(&taking, act->database, act->arena, item->offering));
    if (taking == STOCK_USED_UP)
        act_error(act, "NOT_FEASIBLE", NULL,
                  "There is not enough in stock of what is ordered; order less, or later.");
    *took = taking == STOCK_TAKEN;
    return STATUS_OK;
}

static enum status insert_item(const struct order_work *work, const struct draft_item *item,
                               int64_t position, int64_t took)
{
    const struct cell sold = cell_int(is_sold(item));
    const struct cell parameters[] = {cell_int(work->customer),
                                      cell_int(work->order),
                                      cell_int(position),
                                      cell_text(str_of(item->action)),
                                      cell_int(item->product != 0 ? item->product : item->made),
                                      sold,
                                      item->currency,
                                      item->currency,
                                      text_or_null(item->target),
                                      sold,
                                      sold,
                                      cell_int(took),
                                      cell_int(item->offering)};
    return work_run(
        work,
        "INSERT INTO product_order_item\n"
        "    (customer_id, product_order_id, position, action, state, offering_id, product_id,\n"
        "     price_minor, currency, target_status, binding_months, notice_days,\n"
        "     took_stock)\n"
        "SELECT ?, ?, ?, ?, 'ACKNOWLEDGED', o.id, ?,\n"
        "    IF(?, COALESCE((SELECT amount_minor FROM product_offering_price\n"
        "        WHERE offering_id = o.id AND currency = ?\n"
        "        ORDER BY type = 'RECURRING' DESC, id LIMIT 1), 0), 0),\n"
        "    ?, ?, IF(?, binding.duration, NULL),\n"
        "    IF(?, notice.duration, NULL), ?\n" FROM_OFFERING_WITH_TERMS "WHERE o.id = ?",
        parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

/* What a bundle includes is worth its price, and is not charged. */
static enum status insert_prices(const struct order_work *work, const struct draft_item *item,
                                 int64_t id)
{
    const struct cell parameters[] = {
        cell_int(work->customer), cell_int(work->order),    cell_int(id),
        cell_int(item->included), cell_int(item->offering), item->currency};
    TRY(work_run(work,
                 "INSERT INTO order_item_price\n"
                 "    (customer_id, product_order_id, product_order_item_id, type, period,\n"
                 "     amount_minor, discount_minor, currency)\n"
                 "SELECT ?, ?, ?, type, period, amount_minor, IF(?, amount_minor, 0), currency\n"
                 "FROM product_offering_price WHERE offering_id = ? AND currency = ?\n"
                 "ORDER BY type, id",
                 parameters, 6, NULL));
    return item->made == 0 ? STATUS_OK : work_price(work, item->made, id);
}

static enum status note_last_day(const struct order_work *work, const struct draft_item *item)
{
    const struct cell parameters[] = {day_or_null(item->last_day), cell_int(work->customer),
                                      cell_int(item->product)};
    return work_run(work,
                    "UPDATE product SET termination_date = GREATEST(start_date, ?)\n"
                    "WHERE customer_id = ? AND id = ?",
                    parameters, 3, NULL);
}

static enum status store_item(const struct order_work *work, const struct draft *draft,
                              struct draft_item *item, int64_t position)
{
    int64_t took;
    if (item->product == 0)
        TRY(insert_product(work, draft, item));
    TRY(take_stock(draft->act, item, &took));
    TRY(insert_item(work, item, position, took));
    int64_t id = (int64_t)database_insert_id(work->database);
    if (is_sold(item))
        TRY(insert_prices(work, item, id));
    return item->last_day == 0 ? STATUS_OK : note_last_day(work, item);
}

/* ---- all of them ---- */

static enum status plan_milestones(const struct order_work *work, int64_t from)
{
    struct order_items items;
    TRY(work_read(work, &items));
    for (uint32_t i = 0; i < items.count; i++) {
        if (items.at[i].position > from)
            TRY(milestones_plan(work, &items.at[i]));
    }
    return STATUS_OK;
}

enum status order_store_items(struct draft *draft, const struct order_work *work)
{
    const struct cell parameters[] = {cell_int(work->customer), cell_int(work->order)};
    struct rows rows;
    TRY(work_run(work,
                 "SELECT COALESCE(MAX(position), 0) FROM product_order_item\n"
                 "WHERE customer_id = ? AND product_order_id = ? FOR UPDATE",
                 parameters, 2, &rows));
    int64_t from = rows.cells[0].integer;
    for (uint32_t i = 0; i < draft->count; i++)
        TRY(store_item(work, draft, &draft->items[i], from + i + 1));
    TRY(plan_milestones(work, from));
    return task_ensure(work);
}
