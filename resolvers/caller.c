/* caller: whether who calls is the customer.
 *
 * What somebody could do harm with is done for callers who were verified by the same viewer, not
 * longer ago than the policy says.
 */
#include "resolvers/caller.h"

#include "base/viewer.h"
#include "db/policy.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"

static enum status minutes_of(struct act *act, int64_t *minutes)
{
    return policy_read(act->database, act->arena, "caller_verified_minutes", minutes);
}

/* ---- noted ---- */

/* When the viewer is in touch with the customer right now, that is when it was. */
static enum status find_interaction(struct act *act, int64_t minutes)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->viewer->user_id),
                                      cell_text(act_field(act, "channel")->text),
                                      cell_int(minutes)};
    struct rows rows;
    TRY(act_run(act,
                "SELECT id FROM party_interaction\n"
                "WHERE customer_id = ? AND user_account_id = ? AND channel = ?\n"
                "    AND started_at > NOW(6) - INTERVAL ? MINUTE\n"
                "ORDER BY started_at DESC, id DESC LIMIT 1",
                parameters, 4, &rows));
    if (rows.count > 0)
        act->object = rows.cells[0].integer;
    return STATUS_OK;
}

static enum status add_interaction(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer),
                                      cell_text(act_field(act, "channel")->text),
                                      cell_int(act->viewer->user_id), cell_text(act->viewer->name)};
    TRY(act_run(
        act,
        "INSERT INTO party_interaction\n"
        "    (customer_id, started_at, channel, direction, reason, result, user_account_id,\n"
        "     agent_name, note)\n"
        "VALUES (?, NOW(6), ?, 'INBOUND', 'CUSTOMER_DATA', 'SOLVED', ?, ?, '')",
        parameters, 4, NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

static enum status verify(struct act *act)
{
    struct rows rows;
    int64_t minutes;
    TRY(act_lock(act, "Customer", "customerId", "", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->customer = rows.cells[0].integer;
    TRY(minutes_of(act, &minutes));
    TRY(find_interaction(act, minutes));
    if (act->object == 0)
        TRY(add_interaction(act));
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object),
                                      cell_int(act->viewer->user_id),
                                      cell_text(act_field(act, "method")->text)};
    return act_run(act,
                   "INSERT INTO caller_verification\n"
                   "    (customer_id, interaction_id, user_account_id, method, verified_at)\n"
                   "VALUES (?, ?, ?, ?, NOW(6))",
                   parameters, 4, NULL);
}

const struct action caller_verify = {.type = "PartyInteraction", .perform = verify};

/* ---- needed ---- */

enum status caller_check(struct act *act, struct cell *interaction)
{
    int64_t minutes;
    struct rows rows;
    TRY(minutes_of(act, &minutes));
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->viewer->user_id),
                                      cell_int(minutes)};
    TRY(act_run(act,
                "SELECT interaction_id FROM caller_verification\n"
                "WHERE customer_id = ? AND user_account_id = ?\n"
                "    AND verified_at > NOW(6) - INTERVAL ? MINUTE\n"
                "ORDER BY verified_at DESC LIMIT 1",
                parameters, 3, &rows));
    *interaction = rows.count > 0 ? rows.cells[0] : (struct cell){.kind = CELL_NULL};
    if (rows.count == 0)
        act_error(act, "NOT_VERIFIED", NULL,
                  "Verify first that the caller is the customer; it holds for %lld minutes.",
                  (long long)minutes);
    return STATUS_OK;
}
