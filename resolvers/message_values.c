/* message_values: what placeholders of texts stand for. */
#include "resolvers/message_values.h"

#include "act/act.h"
#include "base/buf.h"
#include "db/dates.h"
#include "db/written.h"
#include "graphql/coerce.h"
#include <assert.h>

void message_values_put(struct message_values *values, const char *name, struct str value)
{
    assert(values->count < MESSAGE_VALUES_LIMIT);
    values->items[values->count++] = (struct placeholder){.name = str_of(name), .value = value};
}

/* ---- what it is about ---- */

/* Of the customer whom the message goes to; sets *key where it is of this type. */
static enum status find(struct act *act, const char *type, const char *columns, bool held,
                        struct cell *key, struct rows *rows)
{
    TRY(act_find_own(act, type, "aboutId", cell_int(act->customer), columns, held, rows));
    if (rows->count > 0)
        *key = rows->cells[0];
    return STATUS_OK;
}

enum status message_values_find_about(struct act *act, struct message_about *about)
{
    const struct cell nothing = {.kind = CELL_NULL};
    const struct input *given = act_field(act, "aboutId");
    struct rows rows;
    *about = (struct message_about){.order = nothing, .bill = nothing, .ticket = nothing};
    if (given == NULL || given->kind == INPUT_NULL)
        return STATUS_OK;
    TRY(find(act, "ProductOrder", "", false, &about->order, &rows));
    TRY(find(act, "CustomerBill", "", false, &about->bill, &rows));
    TRY(find(act, "TroubleTicket", "number, subject, is_open", true, &about->ticket, &rows));
    if (rows.count > 0) {
        about->number = cell_str(&rows.cells[1]);
        about->subject = cell_str(&rows.cells[2]);
        about->open = rows.cells[3].integer != 0;
    }
    if (about->order.kind == CELL_NULL && about->bill.kind == CELL_NULL &&
        about->ticket.kind == CELL_NULL)
        act_error(act, "NOT_FOUND", "aboutId",
                  "Name an order, a bill or a ticket of this customer.");
    return STATUS_OK;
}

/* ---- what there is to say of it ---- */

/* One to a line, as texts list them. */
static struct str lines_of(struct act *act, const struct rows *names)
{
    struct buf lines;
    buf_init(&lines, act->arena, 256);
    for (uint32_t i = 0; i < names->count; i++)
        buf_printf(&lines, "%s– " STR_FMT, i == 0 ? "" : "\n", STR_ARG(cell_str(&names->cells[i])));
    return buf_str(&lines);
}

static enum status put_products(struct act *act, struct message_values *values)
{
    const struct cell customer = cell_int(act->customer);
    struct rows names = {0};
    TRY(act_run(
        act,
        "SELECT o.name FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id\n"
        "WHERE p.customer_id = ? AND p.parent_id IS NULL\n"
        "    AND p.status IN ('CREATED', 'PENDING_ACTIVE', 'ACTIVE', 'SUSPENDED')\n"
        "ORDER BY p.start_date, p.id LIMIT 20",
        &customer, 1, &names));
    message_values_put(values, "products", lines_of(act, &names));
    return STATUS_OK;
}

static enum status put_order(struct act *act, struct cell order, struct message_values *values)
{
    const struct cell parameters[] = {cell_int(act->customer), order};
    struct rows names = {0}, rows = {0};
    TRY(act_run(act,
                "SELECT number, ordered_at FROM product_order WHERE customer_id = ? AND id = ?",
                parameters, 2, &rows));
    TRY(act_run(act,
                "SELECT o.name FROM product_order_item AS i\n"
                "JOIN product_offering AS o ON o.id = i.offering_id\n"
                "WHERE i.customer_id = ? AND i.product_order_id = ? AND i.action <> 'NO_CHANGE'\n"
                "ORDER BY i.position LIMIT 20",
                parameters, 2, &names));
    message_values_put(values, "order", cell_str(&rows.cells[0]));
    if (!values->letter)
        message_values_put(
            values, "date",
            written_date(act->arena, values->language, dates_day(rows.cells[1].integer)));
    message_values_put(values, "products", lines_of(act, &names));
    return STATUS_OK;
}

static enum status put_bill(struct act *act, struct cell bill, struct message_values *values)
{
    const struct cell parameters[] = {cell_int(act->customer), bill};
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT period_from, amount_minor, currency FROM customer_bill\n"
                "WHERE customer_id = ? AND id = ?",
                parameters, 2, &rows));
    message_values_put(values, "month",
                       written_month(act->arena, values->language, rows.cells[0].integer));
    message_values_put(values, "amount",
                       written_amount(act->arena, values->language, rows.cells[1].integer,
                                      cell_str(&rows.cells[2])));
    return STATUS_OK;
}

enum status message_values_fill(struct act *act, const struct message_about *about,
                                struct message_values *values)
{
    if (values->letter)
        message_values_put(values, "date",
                           written_date(act->arena, values->language, dates_today()));
    if (about->ticket.kind != CELL_NULL)
        message_values_put(values, "ticket", about->number);
    if (about->bill.kind != CELL_NULL)
        TRY(put_bill(act, about->bill, values));
    return about->order.kind == CELL_NULL ? put_products(act, values)
                                          : put_order(act, about->order, values);
}

struct str message_values_json(struct act *act, const struct message_values *values)
{
    struct buf out;
    buf_init(&out, act->arena, 256);
    buf_add_char(&out, '{');
    for (uint32_t i = 0; i < values->count; i++) {
        if (values->items[i].value.len == 0)
            continue;
        if (out.len > 1)
            buf_add_char(&out, ',');
        buf_add_json_string(&out, values->items[i].name);
        buf_add_char(&out, ':');
        buf_add_json_string(&out, values->items[i].value);
    }
    buf_add_char(&out, '}');
    return buf_str(&out);
}
