/* address_act: where a customer lives and where bills go, added, changed and removed.
 *
 * An address that something goes to, or is installed at, is changed but not removed. Whoever
 * changes one holds the customer.
 */
#include "resolvers/address_act.h"

#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/address_input.h"
#include "resolvers/conflict.h"
#include "resolvers/hindrance.h"
#include "resolvers/stand.h"
#include "resolvers/version.h"

static const struct undo undo = {.rows = {{"geographic_address", "customer_id", NULL}}};

/* ---- added ---- */

static enum status add(struct act *act)
{
    struct rows rows;
    struct cell parts[ADDRESS_PARTS];
    TRY(act_lock(act, "Customer", "customerId", "", &rows));
    address_input(act, NULL, true, parts);
    if (act->errors != NULL)
        return STATUS_OK;
    act->customer = rows.cells[0].integer;
    const struct cell parameters[] = {
        rows.cells[0],         cell_text(act_field(act, "role")->text),
        parts[ADDRESS_STREET], parts[ADDRESS_POSTCODE],
        parts[ADDRESS_CITY],   parts[ADDRESS_COUNTRY]};
    TRY(act_run(act,
                "INSERT INTO geographic_address\n"
                "    (customer_id, role, street, postcode, city, country)\n"
                "VALUES (?, ?, ?, ?, ?, ?)",
                parameters, 6, NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

const struct action address_add = {.type = "GeographicAddress", .perform = add, .undo = &undo};

/* ---- changed ---- */

enum { ID, CUSTOMER, VERSION, ROLE, PARTS };

/* In the order of the columns from ROLE on. */
static const struct conflict_rows conflicts = {.table = "geographic_address",
                                               .owner = "customer_id",
                                               .mutation = "updateAddress",
                                               .members = {{"role", "role", false},
                                                           {"street", "street", true},
                                                           {"postcode", "postcode", true},
                                                           {"city", "city", true},
                                                           {"country", "country", true}}};

static enum status update(struct act *act)
{
    struct rows rows;
    struct cell next[1 + ADDRESS_PARTS];
    const struct input *role = act_field(act, "role");
    TRY(act_lock(act, "GeographicAddress", "id",
                 "t.customer_id, t.version, t.role, t.street, t.postcode, t.city, t.country",
                 &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = rows.cells[ID].integer;
    act->customer = rows.cells[CUSTOMER].integer;
    TRY(act_hold_customer(act));
    next[0] = role == NULL || role->kind == INPUT_NULL ? rows.cells[ROLE] : cell_text(role->text);
    address_input(act, rows.cells + PARTS, false, next + 1);
    TRY(conflict_check(act, &conflicts, &rows.cells[VERSION], rows.cells + ROLE, next));
    if (act->errors != NULL)
        return STATUS_OK;
    const struct cell parameters[] = {next[0],
                                      next[1 + ADDRESS_STREET],
                                      next[1 + ADDRESS_POSTCODE],
                                      next[1 + ADDRESS_CITY],
                                      next[1 + ADDRESS_COUNTRY],
                                      rows.cells[CUSTOMER],
                                      rows.cells[ID]};
    return act_run(act,
                   "UPDATE geographic_address\n"
                   "SET role = ?, street = ?, postcode = ?, city = ?, country = ?,\n"
                   "    version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 7, NULL);
}

const struct action address_update = {
    .type = "GeographicAddress", .perform = update, .undo = &undo};

/* ---- removed ---- */

enum { BILLED = 1, INSTALLED };

struct str address_act_sql(struct arena *arena, uint32_t count)
{
    return stand_sql(
        arena,
        "SELECT g.id,\n"
        "    EXISTS (SELECT 1 FROM billing_account AS a\n"
        "        WHERE a.customer_id = g.customer_id AND a.billing_address_id = g.id)\n"
        "    OR EXISTS (SELECT 1 FROM product AS p\n"
        "        WHERE p.customer_id = g.customer_id AND p.billing_address_id = g.id),\n"
        "    EXISTS (SELECT 1 FROM product AS p\n"
        "        WHERE p.customer_id = g.customer_id AND p.place_id = g.id)\n"
        "FROM geographic_address AS g\n"
        "WHERE g.id IN (",
        count, ")");
}

void address_act_hinders(const struct cell *row, struct hindrances *out)
{
    if (row[BILLED].integer != 0)
        hindrance_refuse(out, "Bills go there: have them go elsewhere first.",
                         "Rechnungen gehen dorthin: Lassen Sie sie erst woanders hingehen.");
    else if (row[INSTALLED].integer != 0)
        hindrance_refuse(out, "Something is installed there: it has to stay.",
                         "Dort ist etwas angeschlossen: Sie muss bleiben.");
}

static enum status check_unused(struct act *act, const struct cell *address)
{
    struct rows rows = {0};
    struct hindrances hindrances;
    TRY(database_run(act->database, act->arena, address_act_sql(act->arena, 1), &address[ID], 1,
                     &rows));
    hindrances_of(&hindrances, act);
    address_act_hinders(rows.cells, &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    return STATUS_OK;
}

/* The row it is about afterwards is the customer. */
static enum status remove_address(struct act *act)
{
    struct rows rows;
    TRY(act_lock(act, "GeographicAddress", "id", "t.customer_id, t.version", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = act->customer = rows.cells[CUSTOMER].integer;
    version_check(act, &rows.cells[VERSION]);
    TRY(act_hold_customer(act));
    TRY(check_unused(act, rows.cells));
    if (act->errors != NULL)
        return STATUS_OK;
    const struct cell parameters[] = {rows.cells[CUSTOMER], rows.cells[ID]};
    return act_run(act, "DELETE FROM geographic_address WHERE customer_id = ? AND id = ?",
                   parameters, 2, NULL);
}

const struct action address_remove = {.type = "Customer", .perform = remove_address, .undo = &undo};
