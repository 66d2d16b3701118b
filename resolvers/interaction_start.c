/* interaction_start: whoever opens an account is in touch with the customer, and for a while it
 * stays the same contact, however often the account is opened again.
 */
#include "resolvers/interaction_start.h"

#include "base/viewer.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"

static enum status find_begun(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->viewer->user_id),
                                      cell_text(act_field(act, "channel")->text)};
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT id FROM party_interaction\n"
                "WHERE customer_id = ? AND user_account_id = ? AND channel = ?\n"
                "    AND result = 'OPEN' AND started_at > UTC_TIMESTAMP(6) - " INTERACTION_CONTINUED
                "\n"
                "ORDER BY started_at DESC, id DESC LIMIT 1",
                parameters, 3, &rows));
    if (rows.count > 0)
        act->object = rows.cells[0].integer;
    return STATUS_OK;
}

static enum status insert(struct act *act)
{
    const struct cell parameters[] = {
        cell_int(act->customer), cell_text(act_field(act, "channel")->text),
        cell_text(act_field(act, "direction")->text), cell_int(act->viewer->user_id)};
    TRY(act_run(act,
                "INSERT INTO party_interaction\n"
                "    (customer_id, started_at, channel, direction, reason, result,\n"
                "     user_account_id, agent_name, note)\n"
                "SELECT ?, UTC_TIMESTAMP(6), ?, ?, 'UNKNOWN', 'OPEN', id, display_name, ''\n"
                "FROM user_account WHERE id = ?",
                parameters, 4, NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

/* The customer's row is locked, so that two at once are one contact. */
static enum status perform(struct act *act)
{
    struct rows rows;
    TRY(act_lock(act, "Customer", "customerId", "t.id", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->customer = rows.cells[0].integer;
    TRY(find_begun(act));
    return act->object == 0 ? insert(act) : STATUS_OK;
}

const struct action interaction_start = {.type = "PartyInteraction", .perform = perform};
