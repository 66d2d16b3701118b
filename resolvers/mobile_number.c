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

static enum status take_any(struct act *act, struct str *taken)
{
    TRY(line_number_take(act->database, act->arena, act->customer, taken));
    if (taken->at == NULL)
        act_error(act, "NOT_CONFIGURED", "number",
                  "No number is free; an administrator has to add some.");
    return STATUS_OK;
}

static enum status take_given(struct act *act, struct str *taken)
{
    struct rows rows;
    const struct cell number = cell_text(mobile_line_number(act, "number"));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(act_run(act, "SELECT id, number, free_from FROM free_number WHERE number = ? FOR UPDATE",
                &number, 1, &rows));
    if (rows.count == 0)
        act_error(act, "NOT_FOUND", "number", "This is none of the free numbers; choose one.");
    else if (rows.cells[2].integer > dates_today())
        act_error(act, "NOT_ALLOWED", "number",
                  "The number was somebody's and rests until " STR_FMT "; choose another one.",
                  STR_ARG(day_text(act->arena, rows.cells[2].integer)));
    if (act->errors != NULL)
        return STATUS_OK;
    *taken = cell_str(&rows.cells[1]);
    return act_run(act, "DELETE FROM free_number WHERE id = ?", rows.cells, 1, NULL);
}

static enum status change_number(struct act *act)
{
    struct mobile_line line;
    struct str taken = {0};
    const struct input *given = act_field(act, "number");
    TRY(mobile_line_lock(act, &line));
    if (act->errors != NULL)
        return STATUS_OK;
    version_check(act, &line.version);
    if (given == NULL || given->kind == INPUT_NULL)
        TRY(take_any(act, &taken));
    else
        TRY(take_given(act, &taken));
    if (act->errors != NULL)
        return STATUS_OK;
    const struct line_number number = {
        .customer_id = line.customer_id,
        .product_id = line.id,
        .partner_id = line.partner_id,
        .before = line.number,
        .after = taken,
    };
    return line_number_change(act->database, act->arena, &number);
}

const struct action mobile_change_number = {
    .type = "Product", .perform = change_number, .undo = &change_has_left};
