/* line_end: a mobile line ends today, with its options and its SIM cards. */
#include "db/line_end.h"

#include "mariadb/database.h"

/* Options hang on their line, and nothing on options. */
static const char *const statements[] = {
    "UPDATE product\n"
    "SET status = IF(status IN ('CREATED', 'PENDING_ACTIVE'), 'CANCELLED', 'TERMINATED'),\n"
    "    termination_date = GREATEST(start_date, CURRENT_DATE), version = version + 1\n"
    "WHERE customer_id = ? AND (id = ? OR parent_id = ?)\n"
    "    AND status NOT IN ('TERMINATED', 'CANCELLED', 'ABORTED')",

    "UPDATE sim_card\n"
    "SET status = 'DEACTIVATED', in_use = FALSE, ended_on = GREATEST(activated_on, CURRENT_DATE),\n"
    "    version = version + 1\n"
    "WHERE customer_id = ? AND product_id IN (?, ?) AND in_use AND status <> 'READY'",
};

static const char count_again[] =
    "UPDATE customer AS c\n"
    "JOIN (\n"
    "    SELECT p.customer_id, SUM(p.status = 'ACTIVE') AS active,\n"
    "        SUM(p.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE') AND o.category = "
    "'MOBILE') AS mobile,\n"
    "        SUM(p.status IN ('ACTIVE', 'SUSPENDED', 'PENDING_TERMINATE') AND o.category = "
    "'CONTENT') AS content\n"
    "    FROM product AS p JOIN product_offering AS o ON o.id = p.offering_id\n"
    "    WHERE p.customer_id = ? GROUP BY p.customer_id) AS held ON held.customer_id = c.id\n"
    "SET c.active_product_count = held.active, c.mobile_count = held.mobile,\n"
    "    c.content_count = held.content\n"
    "WHERE c.id = ?";

enum status line_end(struct database *database, struct arena *arena, int64_t customer_id,
                     int64_t product_id)
{
    const struct cell parameters[] = {cell_int(customer_id), cell_int(product_id),
                                      cell_int(product_id)};
    const struct cell customer[] = {cell_int(customer_id), cell_int(customer_id)};
    for (size_t i = 0; i < sizeof(statements) / sizeof(*statements); i++)
        TRY(database_run(database, arena, str_of(statements[i]), parameters, 3, NULL));
    return database_run(database, arena, str_of(count_again), customer, 2, NULL);
}
