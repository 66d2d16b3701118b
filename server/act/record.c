/* record: who did what to whom, kept for good in the same transaction. */
#include "act/internal.h"

#include "base/viewer.h"
#include "graphql/coerce.h"

/* Whether what was done can be taken back for a while. */
static bool can_be_undone(const struct act *act)
{
    const struct undo *undo = act->action->undo;
    return undo != NULL && undo->rows[0].table != NULL && act->held_at.kind != CELL_NULL &&
           (undo->is_final == NULL || !undo->is_final(act));
}

/* The key of the client was written when the transaction began. */
enum status record_write(struct act *act, struct str mutation, struct str input)
{
    const struct cell parameters[] = {cell_int(act->viewer->user_id),
                                      cell_text(mutation),
                                      cell_text(str_of(act->action->type)),
                                      act_key(act->object),
                                      act_key(act->customer),
                                      cell_text(input),
                                      act->held_at,
                                      cell_int(can_be_undone(act)),
                                      cell_int(act->viewer->user_id),
                                      cell_text(act_field(act, "idempotencyKey")->text)};
    TRY(act_run(act,
                "INSERT INTO audit_record\n"
                "    (user_account_id, mutation, object_type, object_id, customer_id, input,\n"
                "     began_at, held_at, undoable_until)\n"
                "SELECT ?, ?, ?, ?, ?, ?, k.created_at, ?,\n"
                "    IF(?, NOW(6) + INTERVAL p.value MINUTE, NULL)\n"
                "FROM idempotency_key AS k LEFT JOIN policy AS p ON p.name = 'undo_minutes'\n"
                "WHERE k.user_account_id = ? AND k.idempotency_key = ?",
                parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    act->record = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}
