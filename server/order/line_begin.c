/* line_begin: a mobile line that is set up gets what makes it one: a number, and a SIM card. */
#include "order/line_begin.h"

#include "db/line_number.h"
#include "db/sim_stock.h"
#include "mariadb/database.h"

/* Options belong to a line, and orders from elsewhere to nothing that is known here. */
static bool is_new_line(const struct order_item *item)
{
    return item->product != 0 && work_is(item, "ADD") && str_is(item->category, "MOBILE") &&
           item->parent.kind == CELL_NULL && item->service.kind == CELL_NULL;
}

static enum status read_partner(const struct order_work *work, int64_t *partner_id)
{
    const struct cell customer = cell_int(work->customer);
    struct rows rows;
    TRY(work_run(work, "SELECT partner_id FROM customer WHERE id = ?", &customer, 1, &rows));
    *partner_id = rows.cells[0].kind == CELL_NULL ? 0 : rows.cells[0].integer;
    return STATUS_OK;
}

static enum status give(const struct order_work *work, const struct order_item *item,
                        const struct sim_stock_card *card, struct str taken)
{
    int64_t partner_id, sim_card;
    TRY(read_partner(work, &partner_id));
    const struct line_number number = {
        .customer_id = work->customer,
        .product_id = item->product,
        .partner_id = partner_id,
        .before = {.kind = CELL_NULL},
        .after = taken,
    };
    const struct sim_stock_owner owner = {
        .customer_id = work->customer,
        .product_id = item->product,
        .partner_id = partner_id,
        .msisdn = cell_text(taken),
        .status = cell_text(STR("ACTIVE")),
    };
    TRY(line_number_change(work->database, work->arena, &number));
    return sim_stock_hand_over(work->database, work->arena, work->vault, card, &owner, &sim_card);
}

/* The card is only held until there is a number, too. */
enum status line_begin(const struct order_work *work, const struct order_item *item, bool *ready)
{
    struct sim_stock_card card;
    struct str number;
    *ready = true;
    if (!is_new_line(item))
        return STATUS_OK;
    TRY(sim_stock_any(work->database, work->arena, &card));
    *ready = card.id != 0;
    if (*ready)
        TRY(line_number_take(work->database, work->arena, work->customer, &number));
    *ready = *ready && number.at != NULL;
    return *ready ? give(work, item, &card, number) : STATUS_OK;
}
