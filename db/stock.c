/* stock: what is not counted has no row, and nothing happens to it. */
#include "stock.h"

#include "mariadb/database.h"

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
