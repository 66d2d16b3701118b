/* contact_medium_act: how a customer can be reached, added and changed.
 *
 * Customers are found by what is theirs now: the words they are found by change in the same
 * transaction.
 */
#include "resolvers/contact_medium_act.h"

#include "base/arena.h"
#include "db/customer_terms.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/change_undo.h"
#include "resolvers/conflict.h"
#include "resolvers/contact_value.h"
#include "resolvers/day.h"

/* ---- among the others of the customer ---- */

static enum status check_alone(struct act *act, struct str value)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_text(value),
                                      cell_int(act->object)};
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT 1 FROM contact_medium\n"
                "WHERE customer_id = ? AND value = ? AND valid_until IS NULL AND id <> ?",
                parameters, 3, &rows));
    if (rows.count > 0)
        act_error(act, "INVALID", "value", "The customer has it already.");
    return STATUS_OK;
}

/* One is reached first. */
static enum status prefer_alone(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object)};
    return act_run(act,
                   "UPDATE contact_medium SET preferred = FALSE, version = version + 1\n"
                   "WHERE customer_id = ? AND id <> ? AND preferred",
                   parameters, 2, NULL);
}

static enum status write_terms(struct act *act, const struct cell *partner)
{
    return customer_terms_contact(act->database, act->arena, act->customer,
                                  partner->kind == CELL_NULL ? 0 : partner->integer);
}

/* ---- added ---- */

static enum status insert(struct act *act, struct str kind, struct str value, bool preferred)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_text(kind), cell_text(value),
                                      cell_int(preferred)};
    TRY(act_run(act,
                "INSERT INTO contact_medium (customer_id, kind, value, preferred, valid_from)\n"
                "VALUES (?, ?, ?, ?, UTC_DATE())",
                parameters, 4, NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

static enum status perform_addition(struct act *act)
{
    struct rows rows;
    struct str kind = act_field(act, "kind")->text;
    bool preferred = act_field(act, "preferred")->boolean;
    TRY(act_lock(act, "Customer", "customerId", "t.partner_id", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->customer = rows.cells[0].integer;
    struct str value = contact_value(act, "value", str_is(kind, "EMAIL"));
    TRY(check_alone(act, value));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(insert(act, kind, value, preferred));
    if (preferred)
        TRY(prefer_alone(act));
    return write_terms(act, &rows.cells[1]);
}

static enum status find_by_contact(struct act *act)
{
    const struct cell customer = cell_int(act->customer);
    struct rows rows = {0};
    TRY(act_run(act, "SELECT partner_id FROM customer WHERE id = ?", &customer, 1, &rows));
    return write_terms(act, &rows.cells[0]);
}

/* What came back may have been added anew since, or another one may be preferred by now. */
static enum status go_together(struct act *act)
{
    const struct cell customer = cell_int(act->customer);
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT COUNT(IF(preferred, 1, NULL)),\n"
                "    COUNT(IF(valid_until IS NULL, 1, NULL))\n"
                "        - COUNT(DISTINCT IF(valid_until IS NULL, value, NULL))\n"
                "FROM contact_medium WHERE customer_id = ?",
                &customer, 1, &rows));
    if (rows.cells[0].integer > 1 || rows.cells[1].integer > 0)
        change_undo_refuse(act);
    return find_by_contact(act);
}

static const struct undo undo = {.rows = {{"contact_medium", "customer_id", NULL}},
                                 .after = go_together};

const struct action contact_medium_add = {
    .type = "ContactMedium", .perform = perform_addition, .undo = &undo};

/* ---- changed ---- */

enum { CUSTOMER = 1, KIND, FROM, VERSION, VALUE, PREFERRED, UNTIL };

/* In the order of the columns from VALUE on. */
static const struct conflict_rows conflicts = {.table = "contact_medium",
                                               .owner = "customer_id",
                                               .mutation = "updateContactMedium",
                                               .members = {{"value", "value", true},
                                                           {"preferred", "preferred", false},
                                                           {"until", "valid_until", true}}};

static bool is_given(const struct input *input)
{
    return input != NULL && input->kind != INPUT_NULL;
}

/* The last day; what began before anybody noted it began that day at the latest. */
static struct cell take_until(struct act *act, const struct cell *now)
{
    const struct input *until = act_field(act, "until");
    if (until == NULL)
        return now[UNTIL];
    if (until->kind == INPUT_NULL)
        return (struct cell){.kind = CELL_NULL};
    int64_t day = day_of(until, NULL);
    if (now[FROM].kind != CELL_NULL && day < now[FROM].integer)
        act_error(act, "INVALID", "until", "It cannot end before it began.");
    return (struct cell){.kind = CELL_DATE, .integer = day};
}

static enum status update(struct act *act, const struct cell *now, struct str value, bool preferred,
                          struct cell until)
{
    bool other = !str_equal(value, cell_str(&now[VALUE]));
    const struct cell parameters[] = {
        cell_text(value),        cell_int(other),      cell_int(preferred), until, until,
        cell_int(act->customer), cell_int(act->object)};
    return act_run(act,
                   "UPDATE contact_medium\n"
                   "SET value = ?, verified_at = IF(?, NULL, verified_at), preferred = ?,\n"
                   "    valid_from = COALESCE(valid_from, ?), valid_until = ?,\n"
                   "    version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

static enum status perform_update(struct act *act)
{
    struct rows rows;
    TRY(act_lock(act, "ContactMedium", "id",
                 "t.customer_id, t.kind, t.valid_from, t.version, t.value, t.preferred,"
                 " t.valid_until",
                 &rows));
    if (rows.count == 0)
        return STATUS_OK;
    const struct cell *now = rows.cells;
    act->object = now[0].integer;
    act->customer = now[CUSTOMER].integer;
    const struct input *preferred = act_field(act, "preferred");
    bool first = is_given(preferred) ? preferred->boolean : now[PREFERRED].integer != 0;
    struct str value = is_given(act_field(act, "value"))
                           ? contact_value(act, "value", str_is(cell_str(&now[KIND]), "EMAIL"))
                           : cell_str(&now[VALUE]);
    struct cell until = take_until(act, now);
    TRY(act_hold_customer(act)); /* one is preferred among all */
    const struct cell next[] = {cell_text(value), cell_int(first), until};
    TRY(conflict_check(act, &conflicts, &now[VERSION], now + VALUE, next));
    TRY(check_alone(act, value));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(update(act, now, value, first, until));
    if (first && is_given(preferred))
        TRY(prefer_alone(act));
    return find_by_contact(act);
}

const struct action contact_medium_update = {
    .type = "ContactMedium", .perform = perform_update, .undo = &undo};
