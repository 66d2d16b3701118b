/* line_number: the telephone number of a mobile line becomes another one. */
#include "db/line_number.h"

#include "db/customer_terms.h"
#include "db/policy.h"
#include "mariadb/database.h"

static enum status write_line(struct database *database, struct arena *arena,
                              const struct line_number *number)
{
    const struct cell parameters[] = {cell_text(number->after), cell_int(number->customer_id),
                                      cell_int(number->product_id)};
    TRY(database_run(database, arena,
                     STR("UPDATE product SET service_identifier = ?, version = version + 1\n"
                         "WHERE customer_id = ? AND id = ?"),
                     parameters, 3, NULL));
    return database_run(database, arena,
                        STR("UPDATE sim_card SET msisdn = ?, version = version + 1\n"
                            "WHERE customer_id = ? AND product_id = ? AND in_use"),
                        parameters, 3, NULL);
}

static enum status rest(struct database *database, struct arena *arena, struct cell number)
{
    int64_t days;
    TRY(policy_read(database, arena, "number_rest_days", &days));
    const struct cell parameters[] = {number, cell_int(days)};
    return database_run(database, arena,
                        STR("INSERT INTO free_number (number, free_from)\n"
                            "VALUES (?, CURRENT_DATE + INTERVAL ? DAY)"),
                        parameters, 2, NULL);
}

enum status line_number_change(struct database *database, struct arena *arena,
                               const struct line_number *number)
{
    struct str before = number->before.kind == CELL_NULL ? STR("") : cell_str(&number->before);
    TRY(write_line(database, arena, number));
    if (before.len > 0)
        TRY(rest(database, arena, number->before));
    return customer_terms_telephone(database, arena, number->customer_id, number->partner_id,
                                    before, number->after);
}
