/* mobile_line: the mobile line that a change is about. */
#include "resolvers/mobile_line.h"

#include "graphql/coerce.h"
#include "resolvers/hindrance.h"
#include "resolvers/line.h"

enum { ID, CUSTOMER, STATUS, NUMBER, VERSION, OFFERING };
enum { CATEGORY, PARTNER };

enum { NUMBER_DIGITS_LEAST = 6, NUMBER_DIGITS_MOST = 15 };

/* Read once the line is locked: a look at other tables before would be of a moment that is over
 * when the lock comes. */
static enum status read_others(struct act *act, const struct cell *line, struct rows *rows)
{
    const struct cell parameters[] = {line[OFFERING], line[CUSTOMER]};
    return act_run(act,
                   "SELECT o.category, c.partner_id\n"
                   "FROM product_offering AS o, customer AS c\n"
                   "WHERE o.id = ? AND c.id = ?",
                   parameters, 2, rows);
}

void mobile_line_hinders(struct str category, struct str status, struct hindrances *out)
{
    if (!str_is(category, "MOBILE"))
        hindrance_refuse(out, "This is no mobile line; name one.",
                         "Das ist keine Mobilfunkleitung; wählen Sie eine.");
    else if (!str_is(status, "ACTIVE") && !str_is(status, "SUSPENDED"))
        hindrance_refuse(out, "Only a line that is active or suspended is changed.",
                         "Nur eine aktive oder gesperrte Leitung wird geändert.");
}

void mobile_line_unnumbered(const struct cell *number, struct hindrances *out)
{
    if (number->kind == CELL_NULL)
        hindrance_refuse(out, "The line has no number yet that an SMS could go to.",
                         "Die Leitung hat noch keine Nummer für eine SMS.");
}

enum status mobile_line_lock(struct act *act, struct mobile_line *line)
{
    struct rows rows, others;
    struct hindrances hindrances;
    TRY(act_lock(act, "Product", "id",
                 "t.customer_id, t.status, t.service_identifier, t.version, t.offering_id", &rows));
    *line = (struct mobile_line){0};
    if (rows.count == 0)
        return STATUS_OK;
    const struct cell *cells = rows.cells;
    TRY(read_others(act, cells, &others));
    const struct cell *partner = &others.cells[PARTNER];
    *line = (struct mobile_line){
        .id = cells[ID].integer,
        .customer_id = cells[CUSTOMER].integer,
        .partner_id = partner->kind == CELL_NULL ? 0 : partner->integer,
        .number = cells[NUMBER],
        .version = cells[VERSION],
    };
    act->object = line->id;
    act->customer = line->customer_id;
    hindrances_of(&hindrances, act);
    mobile_line_hinders(cell_str(&others.cells[CATEGORY]), cell_str(&cells[STATUS]), &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    return STATUS_OK;
}

struct str mobile_line_number(struct act *act, const char *member)
{
    struct str text = line_trimmed(act_field(act, member)->text);
    bool fits = text.len > NUMBER_DIGITS_LEAST && text.len <= NUMBER_DIGITS_MOST + 1 &&
                text.at[0] == '+' && text.at[1] != '0';
    for (size_t i = 1; i < text.len && fits; i++)
        fits = text.at[i] >= '0' && text.at[i] <= '9';
    if (!fits)
        act_error(act, "INVALID", member,
                  "Give the number with + and its country code, without blanks: +4915901234567.");
    return text;
}
