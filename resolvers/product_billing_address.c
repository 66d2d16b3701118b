/* product_billing_address: where the part of a bill goes that is for one product. */
#include "resolvers/product_billing_address.h"

#include "graphql/coerce.h"
#include "resolvers/conflict.h"

enum { CUSTOMER = 1, VERSION, ADDRESS };

static const struct conflict_rows conflicts = {
    .table = "product",
    .owner = "customer_id",
    .mutation = "setBillingAddress",
    .members = {{"addressId", "billing_address_id", false}}};

/* An address of the same customer; null: that of the account. */
static enum status take_address(struct act *act, struct cell *out)
{
    const struct input *given = act_field(act, "addressId");
    struct rows rows;
    *out = (struct cell){.kind = CELL_NULL};
    if (given == NULL || given->kind == INPUT_NULL)
        return STATUS_OK;
    TRY(act_lock(act, "GeographicAddress", "addressId", "t.customer_id", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    *out = rows.cells[0];
    if (rows.cells[CUSTOMER].integer != act->customer)
        act_error(act, "NOT_FOUND", "addressId", "Name an address of the same customer.");
    return STATUS_OK;
}

static enum status perform(struct act *act)
{
    struct rows rows;
    struct cell address;
    TRY(act_lock(act, "Product", "productId", "t.customer_id, t.version, t.billing_address_id",
                 &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = rows.cells[0].integer;
    act->customer = rows.cells[CUSTOMER].integer;
    TRY(take_address(act, &address));
    TRY(conflict_check(act, &conflicts, &rows.cells[VERSION], &rows.cells[ADDRESS], &address));
    if (act->errors != NULL)
        return STATUS_OK;
    const struct cell parameters[] = {address, cell_int(act->customer), cell_int(act->object)};
    return act_run(act,
                   "UPDATE product SET billing_address_id = ?, version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 3, NULL);
}

static const struct undo undo = {.rows = {{"product", "customer_id", "id"}}};

const struct action product_set_billing_address = {
    .type = "Product", .perform = perform, .undo = &undo};
