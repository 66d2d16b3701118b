/* turn: begin, claim, perform, commit; and what follows when that fails. */
#include "order/turn.h"

#include "base/arena.h"
#include "mariadb/database.h"
#include "order/work.h"

static enum status transact(const struct turn *turn, struct database *database, void *step,
                            bool *found)
{
    TRY(database_begin(database));
    TRY(turn->claim(step, found));
    if (*found)
        TRY(turn->perform(step));
    return database_commit(database);
}

/* What cannot be done keeps nobody else from going on; what others were quicker with, or what the
 * database could not do now, is simply due again. */
enum status turn_take(const struct turn *turn, const struct order_work *work, void *step,
                      bool *found)
{
    *found = false;
    enum status status = transact(turn, work->database, step, found);
    if (status == STATUS_OK)
        return STATUS_OK;
    struct str problem = str_copy(work->arena, database_problem(work->database));
    database_rollback(work->database);
    if (status == STATUS_REFUSED || status == STATUS_INTERNAL || status == STATUS_NOT_FOUND)
        turn->put_off(step, status, problem);
    return status;
}
