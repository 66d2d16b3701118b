/* row_restore: rows become again what they were before a change, out of their own history. */
#pragma once

#include "act/act.h"

struct row_restore {
    const struct undo_rows *rows;
    struct cell customer, object; /* whose rows, and of which thing of theirs */
    struct cell from, until;      /* CELL_TIME: what began and ended in between is the change */
    /* Filled: */
    struct cell changed_at; /* when somebody changed the same again; CELL_NULL: nobody did */
    bool tied;              /* other rows refer to what would go, or what it referred to is gone */
};

/* Of columns that others have changed since those that the change changed stay as they are.
 * When changed_at or tied is filled the transaction has to be given up. */
enum status row_restore(struct act *act, struct row_restore *restore);
