/* policy: the numbers that an operator decides by. */
#include "db/policy.h"

#include "mariadb/database.h"

enum status policy_read(struct database *database, struct arena *arena, const char *name,
                        int64_t *value)
{
    const struct cell parameter = cell_text(str_of(name));
    struct rows rows;
    TRY(database_run(database, arena, STR("SELECT value FROM policy WHERE name = ?"), &parameter, 1,
                     &rows));
    if (rows.count == 0)
        return STATUS_NOT_FOUND;
    *value = rows.cells[0].integer;
    return STATUS_OK;
}
