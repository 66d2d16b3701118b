/* line_number: the telephone number of a mobile line becomes another one. */
#include "db/line_number.h"

#include "base/arena.h"
#include "db/customer_terms.h"
#include "db/policy.h"
#include "mariadb/database.h"

enum { CANDIDATES = 32 };

/* ---- from the stock ---- */

/* What the customer's other numbers begin with: country code and a digit. Empty: there is none. */
static enum status read_country(struct database *database, struct arena *arena, int64_t customer_id,
                                struct str *beginning)
{
    const struct cell customer = cell_int(customer_id);
    struct rows rows;
    TRY(database_run(database, arena,
                     STR("SELECT LEFT(value, 3) FROM contact_medium\n"
                         "WHERE customer_id = ? AND kind IN ('MOBILE', 'PHONE')\n"
                         "ORDER BY preferred DESC, id LIMIT 1"),
                     &customer, 1, &rows));
    *beginning = rows.count == 0 ? STR("") : cell_str(&rows.cells[0]);
    return STATUS_OK;
}

/* Candidates are looked for without locks, which would be on numbers beside them, too. */
static enum status take_like(struct database *database, struct arena *arena, struct str beginning,
                             struct rows *rows)
{
    const struct cell parameters[] = {
        cell_text(str_printf(arena, STR_FMT "%%", STR_ARG(beginning))), cell_int(CANDIDATES)};
    struct rows candidates;
    TRY(database_run(database, arena,
                     STR("SELECT id FROM free_number\n"
                         "WHERE number LIKE ? AND free_from <= CURRENT_DATE\n"
                         "ORDER BY number LIMIT ?"),
                     parameters, 2, &candidates));
    for (uint32_t i = 0; i < candidates.count && rows->count == 0; i++)
        TRY(database_run(
            database, arena,
            STR("SELECT id, number FROM free_number WHERE id = ? FOR UPDATE SKIP LOCKED"),
            &candidates.cells[i], 1, rows));
    return STATUS_OK;
}

enum status line_number_take(struct database *database, struct arena *arena, int64_t customer_id,
                             struct str *number)
{
    struct rows rows = {0};
    struct str beginning;
    *number = (struct str){0};
    TRY(read_country(database, arena, customer_id, &beginning));
    TRY(take_like(database, arena, beginning, &rows));
    if (rows.count == 0 && beginning.len > 0)
        TRY(take_like(database, arena, STR(""), &rows));
    if (rows.count == 0)
        return STATUS_OK;
    *number = cell_str(&rows.cells[1]);
    return database_run(database, arena, STR("DELETE FROM free_number WHERE id = ?"), rows.cells, 1,
                        NULL);
}

/* ---- on the line ---- */

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

enum status line_number_rest(struct database *database, struct arena *arena, struct cell number)
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
        TRY(line_number_rest(database, arena, number->before));
    return customer_terms_telephone(database, arena, number->customer_id, number->partner_id,
                                    before, number->after);
}
