/* record: who did what to whom, kept for good in the same transaction. */
#include "act/internal.h"

#include "base/viewer.h"

enum status record_write(struct act *act, struct str mutation, struct str input)
{
    const struct cell parameters[] = {cell_int(act->viewer->user_id),
                                      cell_text(mutation),
                                      cell_text(str_of(act->action->type)),
                                      act_key(act->object),
                                      act_key(act->customer),
                                      cell_text(input)};
    return act_run(act,
                   "INSERT INTO audit_record\n"
                   "    (user_account_id, mutation, object_type, object_id, customer_id, input)\n"
                   "VALUES (?, ?, ?, ?, ?, ?)",
                   parameters, 6, NULL);
}
