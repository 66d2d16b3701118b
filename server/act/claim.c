/* claim: the keys of clients: the first request with one does what it says, every other one with
 * the same key and the same input is told what came of it.
 *
 * The row is written in the transaction of the mutation, so there is no time between the two. A
 * second request that comes while the first is under way waits for its row.
 */
#include "act/internal.h"

#include "base/viewer.h"
#include "graphql/coerce.h"

enum { DUPLICATE_KEY = 1062 };

static struct cell key_of(const struct act *act)
{
    return cell_text(act_field(act, "idempotencyKey")->text);
}

static int64_t key_in(const struct cell *cell)
{
    return cell->kind == CELL_NULL ? 0 : cell->integer;
}

/* What was done with the key before. */
static enum status read_claim(struct act *act, struct str digest, enum claim *claim)
{
    const struct cell parameters[] = {cell_int(act->viewer->user_id), key_of(act)};
    struct rows rows = {0};
    TRY(act_run(
        act,
        "SELECT input_digest, object_id, customer_id, audit_record_id FROM idempotency_key\n"
        "WHERE user_account_id = ? AND idempotency_key = ?",
        parameters, 2, &rows));
    if (rows.count == 0)
        return STATUS_CONFLICT; /* whoever had it gave it back meanwhile */
    *claim = str_equal(cell_str(&rows.cells[0]), digest) ? CLAIM_REPLAYED : CLAIM_REUSED;
    if (*claim == CLAIM_REPLAYED) {
        act->object = key_in(&rows.cells[1]);
        act->customer = key_in(&rows.cells[2]);
        act->record = key_in(&rows.cells[3]);
    }
    return STATUS_OK;
}

enum status claim_take(struct act *act, struct str digest, enum claim *claim)
{
    const struct cell parameters[] = {cell_int(act->viewer->user_id), key_of(act),
                                      cell_text(digest)};
    enum status status = act_run(act,
                                 "INSERT INTO idempotency_key\n"
                                 "    (user_account_id, idempotency_key, input_digest)\n"
                                 "VALUES (?, ?, ?)",
                                 parameters, 3, NULL);
    *claim = CLAIM_NEW;
    if (status != STATUS_CONFLICT || database_error_number(act->database) != DUPLICATE_KEY)
        return status;
    database_rollback(act->database);
    return read_claim(act, digest, claim);
}

enum status claim_finish(struct act *act)
{
    const struct cell parameters[] = {act_key(act->object), act_key(act->customer),
                                      act_key(act->record), cell_int(act->viewer->user_id),
                                      key_of(act)};
    return act_run(
        act,
        "UPDATE idempotency_key SET object_id = ?, customer_id = ?, audit_record_id = ?\n"
        "WHERE user_account_id = ? AND idempotency_key = ?",
        parameters, 5, NULL);
}
