/* mobile_number: a mobile line gets another number. */
#include "resolvers/mobile_number.h"

#include "db/dates.h"
#include "db/line_number.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/change_undo.h"
#include "resolvers/day.h"
#include "resolvers/mobile_line.h"
#include "resolvers/version.h"

enum { CANDIDATES = 32 };

/* The first one whose rest is over and that nobody else takes at this moment. Candidates are looked
 * for without locks, which would be on numbers beside them, too. */
static enum status take_any(struct act *act, struct rows *rows)
{
    struct rows candidates;
    const struct cell count = cell_int(CANDIDATES);
    TRY(act_run(act,
                "SELECT id FROM free_number WHERE free_from <= CURRENT_DATE\n"
                "ORDER BY number LIMIT ?",
                &count, 1, &candidates));
    for (uint32_t i = 0; i < candidates.count && rows->count == 0; i++)
        TRY(act_run(act, "SELECT id, number FROM free_number WHERE id = ? FOR UPDATE SKIP LOCKED",
                    &candidates.cells[i], 1, rows));
    if (rows->count == 0)
        act_error(act, "NOT_CONFIGURED", "number",
                  "No number is free; an administrator has to add some.");
    return STATUS_OK;
}

static enum status take_given(struct act *act, struct rows *rows)
{
    const struct cell number = cell_text(mobile_line_number(act, "number"));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(act_run(act, "SELECT id, number, free_from FROM free_number WHERE number = ? FOR UPDATE",
                &number, 1, rows));
    if (rows->count == 0)
        act_error(act, "NOT_FOUND", "number", "This is none of the free numbers; choose one.");
    else if (rows->cells[2].integer > dates_today())
        act_error(act, "NOT_ALLOWED", "number",
                  "The number was somebody's and rests until " STR_FMT "; choose another one.",
                  STR_ARG(day_text(act->arena, rows->cells[2].integer)));
    return STATUS_OK;
}

static enum status change_number(struct act *act)
{
    struct mobile_line line;
    struct rows free_number = {0};
    const struct input *given = act_field(act, "number");
    TRY(mobile_line_lock(act, &line));
    if (act->errors != NULL)
        return STATUS_OK;
    version_check(act, &line.version);
    if (given == NULL || given->kind == INPUT_NULL)
        TRY(take_any(act, &free_number));
    else
        TRY(take_given(act, &free_number));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(act_run(act, "DELETE FROM free_number WHERE id = ?", free_number.cells, 1, NULL));
    const struct line_number number = {
        .customer_id = line.customer_id,
        .product_id = line.id,
        .partner_id = line.partner_id,
        .before = line.number,
        .after = cell_str(&free_number.cells[1]),
    };
    return line_number_change(act->database, act->arena, &number);
}

const struct action mobile_change_number = {
    .type = "Product", .perform = change_number, .undo = &change_has_left};
