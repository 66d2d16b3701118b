/* interaction_finish: what a contact was about and what came of it is said when it ends.
 *
 * It is said once, by whoever was in touch: those who come after rely on it.
 */
#include "resolvers/interaction_finish.h"

#include "base/viewer.h"
#include "graphql/coerce.h"
#include "resolvers/line.h"

enum { NOTE_CHARACTERS = 500 };
enum { CUSTOMER = 1, USER, RESULT };

/* The columns that lead to what it was about; at most one of them is set. */
struct about {
    struct cell ticket, order;
};

static enum status take_about(struct act *act, struct about *about)
{
    const struct input *given = act_field(act, "aboutId");
    if (given == NULL || given->kind == INPUT_NULL)
        return STATUS_OK;
    const struct cell customer = cell_int(act->customer);
    struct rows tickets, orders;
    TRY(act_find_own(act, "TroubleTicket", "aboutId", customer, "", false, &tickets));
    TRY(act_find_own(act, "ProductOrder", "aboutId", customer, "", false, &orders));
    if (tickets.count > 0)
        about->ticket = tickets.cells[0];
    if (orders.count > 0)
        about->order = orders.cells[0];
    if (about->ticket.kind == CELL_NULL && about->order.kind == CELL_NULL)
        act_error(act, "NOT_FOUND", "aboutId", "Name a ticket or an order of this customer.");
    return STATUS_OK;
}

static struct str take_note(struct act *act)
{
    const struct input *given = act_field(act, "note");
    struct str note =
        given == NULL || given->kind == INPUT_NULL ? STR("") : line_trimmed(given->text);
    if (!line_fits_note(note, NOTE_CHARACTERS))
        act_error(act, "INVALID", "note",
                  "A note has at most %d characters, and none that control anything.",
                  NOTE_CHARACTERS);
    return note;
}

/* Only whoever was in touch ends it, and once. */
static enum status lock(struct act *act, struct rows *rows)
{
    TRY(act_lock(act, "PartyInteraction", "id", "t.customer_id, t.user_account_id, t.result",
                 rows));
    if (rows->count == 0)
        return STATUS_OK;
    const struct cell *cells = rows->cells;
    bool own = cells[USER].kind != CELL_NULL && cells[USER].integer == act->viewer->user_id;
    act->object = cells[0].integer;
    act->customer = cells[CUSTOMER].integer;
    if (!own)
        act_error(act, "NOT_ALLOWED", "id",
                  "It was not you who was in touch; only who was can say what came of it.");
    else if (!str_is(cell_str(&cells[RESULT]), "OPEN"))
        act_error(act, "NOT_ALLOWED", "id",
                  "This contact has ended already: what came of it stays as it was written.");
    return STATUS_OK;
}

static void check_words(struct act *act)
{
    if (str_is(act_field(act, "reason")->text, "UNKNOWN"))
        act_error(act, "REQUIRED", "reason", "Say what the contact was about.");
    if (str_is(act_field(act, "result")->text, "OPEN"))
        act_error(act, "REQUIRED", "result", "Say what came of the contact.");
}

static enum status write(struct act *act, struct str note, const struct about *about)
{
    const struct cell parameters[] = {cell_text(act_field(act, "reason")->text),
                                      cell_text(act_field(act, "result")->text),
                                      cell_text(note),
                                      about->ticket,
                                      about->order,
                                      cell_int(act->customer),
                                      cell_int(act->object)};
    return act_run(act,
                   "UPDATE party_interaction\n"
                   "SET ended_at = GREATEST(UTC_TIMESTAMP(6), started_at), reason = ?,\n"
                   "    result = ?, note = ?, trouble_ticket_id = ?, product_order_id = ?\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

static enum status perform(struct act *act)
{
    struct rows rows;
    struct about about = {.ticket = {.kind = CELL_NULL}, .order = {.kind = CELL_NULL}};
    struct str note = take_note(act);
    check_words(act);
    TRY(lock(act, &rows));
    if (rows.count > 0)
        TRY(take_about(act, &about));
    return act->errors == NULL ? write(act, note, &about) : STATUS_OK;
}

static const struct undo said = {
    .why = "What came of a contact is said once; begin another contact, and say it there."};

const struct action interaction_finish = {
    .type = "PartyInteraction", .perform = perform, .undo = &said};
