/* offerings: finds by code, adds what is missing. */
#include "offerings.h"

#include "base/arena.h"
#include "mariadb/database.h"

static enum status find(struct database *database, struct arena *arena, const char *code,
                        int64_t *id)
{
    struct cell parameter = cell_text(str_of(code));
    struct rows rows;
    TRY(database_run(database, arena, STR("SELECT id FROM product_offering WHERE code = ?"),
                     &parameter, 1, &rows));
    *id = rows.count == 0 ? 0 : rows.cells[0].integer;
    return STATUS_OK;
}

static enum status add(struct database *database, struct arena *arena,
                       const struct offering *offering, int64_t *id)
{
    struct cell parameters[] = {
        offering->id == 0 ? (struct cell){.kind = CELL_NULL} : cell_int(offering->id),
        cell_text(str_of(offering->code)),
        cell_text(str_of(offering->name)),
        cell_text(str_of(offering->category)),
    };
    struct rows rows;
    TRY(database_run(database, arena,
                     STR("INSERT INTO product_offering (id, code, name, category)\n"
                         "VALUES (?, ?, ?, ?)\n"
                         "RETURNING id"),
                     parameters, 4, &rows));
    *id = rows.cells[0].integer;
    return STATUS_OK;
}

enum status offerings_ensure(struct database *database, struct arena *arena,
                             const struct offering *offerings, uint32_t count, int64_t *ids)
{
    for (uint32_t i = 0; i < count; i++) {
        TRY(find(database, arena, offerings[i].code, &ids[i]));
        if (ids[i] == 0)
            TRY(add(database, arena, &offerings[i], &ids[i]));
    }
    return STATUS_OK;
}
