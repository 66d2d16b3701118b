/* recurring: what a customer's products come to month by month. */
#include "db/recurring.h"

#include "base/cell.h"
#include "mariadb/database.h"

enum status recurring_month(struct database *database, struct arena *arena, int64_t customer_id,
                            struct str currency, int64_t day, int64_t *minor)
{
    const struct cell on = {.kind = CELL_DATE, .integer = day}, customer = cell_int(customer_id);
    const struct cell parameters[] = {customer, on, on, on, on, customer, cell_text(currency),
                                      on,       on};
    struct rows rows = {0};
    TRY(database_run(
        database, arena,
        STR("SELECT CAST(COALESCE(SUM(ROUND(\n"
            "    price.net_minor / IF(price.period = 'YEAR', 12, 1) * (1 - COALESCE((\n"
            "        SELECT MAX(one.percent)\n"
            "        FROM customer_discount_group AS member\n"
            "        JOIN discount_group AS one ON one.id = member.discount_group_id\n"
            "        WHERE member.customer_id = ? AND member.valid_from <= ?\n"
            "            AND COALESCE(member.valid_until >= ?, TRUE)\n"
            "            AND one.valid_from <= ? AND COALESCE(one.valid_until >= ?, TRUE)), 0)\n"
            "        / 100))), 0) AS SIGNED)\n"
            "FROM product JOIN product_price AS price\n"
            "    ON price.customer_id = product.customer_id AND price.product_id = product.id\n"
            "WHERE product.customer_id = ? AND price.type = 'RECURRING' AND price.currency = ?\n"
            "    AND product.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE')\n"
            "    AND product.start_date <= ?\n"
            "    AND COALESCE(product.termination_date >= ?, TRUE)"),
        parameters, sizeof(parameters) / sizeof(*parameters), &rows));
    *minor = rows.cells[0].integer;
    return STATUS_OK;
}
