/* stock: what is not counted has no row, and nothing happens to it. */
#include "stock.h"

#include "mariadb/database.h"

enum status stock_take(enum stock_taking *taking, struct database *database, struct arena *arena,
                       int64_t offering)
{
    const struct cell key = cell_int(offering);
    struct rows rows;
    TRY(database_run(database, arena,
                     STR("SELECT available FROM product_stock WHERE offering_id = ? FOR UPDATE"),
                     &key, 1, &rows));
    *taking = rows.count == 0              ? STOCK_NOT_COUNTED
              : rows.cells[0].integer <= 0 ? STOCK_USED_UP
                                           : STOCK_TAKEN;
    if (*taking != STOCK_TAKEN)
        return STATUS_OK;
    return database_run(
        database, arena,
        STR("UPDATE product_stock SET available = available - 1, version = version + 1\n"
            "WHERE offering_id = ?"),
        &key, 1, NULL);
}

enum status stock_give_back(struct database *database, struct arena *arena, int64_t offering,
                            int64_t quantity)
{
    const struct cell parameters[] = {cell_int(quantity), cell_int(offering)};
    return database_run(
        database, arena,
        STR("UPDATE product_stock SET available = available + ?, version = version + 1\n"
            "WHERE offering_id = ?"),
        parameters, 2, NULL);
}
