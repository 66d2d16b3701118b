/* billing_account_update: where the bills of an account go, and how it is paid.
 *
 * What of its bills is for a product goes where the rest goes, unless the product has an address of
 * its own: so products that had the account's follow it.
 */
#include "resolvers/billing_account_update.h"

#include "graphql/coerce.h"
#include "resolvers/conflict.h"

enum { ID, CUSTOMER, VERSION, ADDRESS, METHOD };

/* In the order of the columns from ADDRESS on. */
static const struct conflict_rows conflicts = {
    .table = "billing_account",
    .owner = "customer_id",
    .mutation = "updateBillingAccount",
    .members = {{"billingAddressId", "billing_address_id", false},
                {"paymentMethod", "payment_method", false}}};

static enum status take_address(struct act *act, const struct cell *now, struct cell *out)
{
    const struct input *given = act_field(act, "billingAddressId");
    struct rows rows;
    *out = now[ADDRESS];
    if (given == NULL || given->kind == INPUT_NULL)
        return STATUS_OK;
    TRY(act_lock(act, "GeographicAddress", "billingAddressId", "t.customer_id", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    *out = rows.cells[0];
    if (rows.cells[CUSTOMER].integer != act->customer)
        act_error(act, "NOT_FOUND", "billingAddressId", "Name an address of the same customer.");
    return STATUS_OK;
}

/* From here on nobody else changes what may follow. */
static enum status hold_products(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object)};
    struct rows rows = {0};
    TRY(act_run(
        act, "SELECT id FROM product WHERE customer_id = ? AND billing_account_id = ? FOR UPDATE",
        parameters, 2, &rows));
    return act_hold_customer(act);
}

static enum status move_products(struct act *act, const struct cell *now, struct cell address)
{
    const struct cell parameters[] = {address, now[CUSTOMER], now[ID], now[ADDRESS], address};
    return act_run(act,
                   "UPDATE product SET billing_address_id = ?, version = version + 1\n"
                   "WHERE customer_id = ? AND billing_account_id = ?\n"
                   "    AND billing_address_id <=> ? AND NOT billing_address_id <=> ?",
                   parameters, 5, NULL);
}

static enum status update(struct act *act)
{
    struct rows rows;
    struct cell next[2];
    const struct input *method = act_field(act, "paymentMethod");
    TRY(act_lock(act, "BillingAccount", "id",
                 "t.customer_id, t.version, t.billing_address_id, t.payment_method", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    const struct cell *now = rows.cells;
    act->object = now[ID].integer;
    act->customer = now[CUSTOMER].integer;
    TRY(take_address(act, now, &next[0]));
    next[1] = method == NULL || method->kind == INPUT_NULL ? now[METHOD] : cell_text(method->text);
    TRY(conflict_check(act, &conflicts, &now[VERSION], now + ADDRESS, next));
    TRY(hold_products(act));
    if (act->errors != NULL)
        return STATUS_OK;
    const struct cell parameters[] = {next[0], next[1], now[CUSTOMER], now[ID]};
    TRY(act_run(act,
                "UPDATE billing_account\n"
                "SET billing_address_id = ?, payment_method = ?, version = version + 1\n"
                "WHERE customer_id = ? AND id = ?",
                parameters, 4, NULL));
    return move_products(act, now, next[0]);
}

static const struct undo undo = {.rows = {{"billing_account", "customer_id", "id"},
                                          {"product", "customer_id", "billing_account_id"}}};

const struct action billing_account_update = {
    .type = "BillingAccount", .perform = update, .undo = &undo};
