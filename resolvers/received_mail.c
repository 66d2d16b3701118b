/* received_mail: e-mails that wait are filed, become tickets, or are discarded.
 *
 * Each is settled once: of two who take the same one, the second is told who was first.
 */
#include "resolvers/received_mail.h"

#include "base/viewer.h"
#include "graphql/coerce.h"
#include "resolvers/change_undo.h"
#include "resolvers/line.h"
#include "resolvers/ticket_act.h"
#include "resolvers/ticket_write.h"
#include "resolvers/words.h"

enum { SUBJECT_CHARACTERS = 200 };
enum { MAIL_ID, STATE, SUBJECT, TEXT, SETTLED_BY };

/* *mail is NULL when there is none that can be settled. */
static enum status lock_mail(struct act *act, const struct cell **mail)
{
    struct rows rows;
    *mail = NULL;
    TRY(act_lock(act, "ReceivedMail", "id", "t.state, t.subject, t.text, t.settled_by", &rows));
    TRY(ticket_begin(act));
    if (rows.count == 0)
        return STATUS_OK;
    const struct cell *cells = rows.cells;
    act->object = cells[MAIL_ID].integer;
    if (str_is(cell_str(&cells[STATE]), "WAITING"))
        *mail = cells;
    else if (cells[SETTLED_BY].kind == CELL_NULL)
        act_error(act, "CONFLICT", "id", "It is filed in its ticket already.");
    else
        act_error(act, "CONFLICT", "id", STR_FMT " has settled it meanwhile.",
                  STR_ARG(cell_str(&cells[SETTLED_BY])));
    return STATUS_OK;
}

/* What has no words would be an article that says nothing. */
static void check_text(struct act *act, const struct cell *mail)
{
    if (line_trimmed(cell_str(&mail[TEXT])).len == 0)
        act_error(act, "INVALID", "id", "It says nothing in words; discard it.");
}

static enum status note_filed(struct act *act, int64_t mail, int64_t ticket)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(ticket),
                                      cell_text(act->viewer->name), cell_int(mail)};
    act->object = mail;
    return act_run(act,
                   "UPDATE received_mail\n"
                   "SET state = 'FILED', customer_id = ?, ticket_id = ?,\n"
                   "    settled_at = " TICKET_NOW ", settled_by = ?\n"
                   "WHERE id = ?",
                   parameters, 4, NULL);
}

/* ---- filed ---- */

enum { TICKET_ID, TICKET_CUSTOMER, TICKET_OPEN, TICKET_SUBJECT, CUSTOMER_NAME };

static enum status add_to_ticket(struct act *act, const struct cell *ticket,
                                 const struct cell *mail)
{
    struct str subject = cell_str(&mail[SUBJECT]);
    bool fits = subject.len > 0 && line_fits(subject, SUBJECT_CHARACTERS);
    act->object = ticket[TICKET_ID].integer;
    TRY(ticket_add_article(act, "MESSAGE", "CUSTOMER", ticket[CUSTOMER_NAME],
                           fits ? mail[SUBJECT] : ticket[TICKET_SUBJECT], cell_str(&mail[TEXT])));
    TRY(ticket_note_message(act));
    return note_filed(act, mail[MAIL_ID].integer, ticket[TICKET_ID].integer);
}

static enum status file(struct act *act)
{
    const struct cell *mail;
    struct rows rows;
    TRY(lock_mail(act, &mail));
    TRY(act_lock(act, "TroubleTicket", "ticketId",
                 "t.customer_id, t.is_open, t.subject,\n"
                 "(SELECT c.display_name FROM customer AS c WHERE c.id = t.customer_id)",
                 &rows));
    if (mail != NULL)
        check_text(act, mail);
    if (rows.count > 0 && rows.cells[TICKET_OPEN].integer == 0)
        act_error(act, "NOT_OPEN", "ticketId",
                  "The ticket is settled; make a new one of the e-mail.");
    if (act->errors != NULL)
        return STATUS_OK;
    act->customer = rows.cells[TICKET_CUSTOMER].integer;
    return add_to_ticket(act, rows.cells, mail);
}

const struct action received_mail_file = {
    .type = "ReceivedMail", .perform = file, .undo = &change_has_left};

/* ---- a ticket of its own ---- */

/* What people say it is about, else what the e-mail says. */
static struct str subject_of(struct act *act, const struct cell *mail)
{
    struct str given = words_of(act, "subject", SUBJECT_CHARACTERS, false);
    if (given.len > 0 || mail == NULL)
        return given;
    struct str own = line_trimmed(cell_str(&mail[SUBJECT]));
    if (own.len > 0 && line_fits(own, SUBJECT_CHARACTERS))
        return own;
    act_error(act, "REQUIRED", "subject",
              "Say in a line what it is about: the e-mail does not, or not in %d characters.",
              SUBJECT_CHARACTERS);
    return given;
}

static enum status to_ticket(struct act *act)
{
    const struct cell *mail;
    struct rows rows;
    TRY(lock_mail(act, &mail));
    TRY(act_lock(act, "Customer", "customerId", "t.partner_id, t.display_name", &rows));
    if (mail != NULL)
        check_text(act, mail);
    struct str subject = subject_of(act, mail);
    if (act->errors != NULL)
        return STATUS_OK;
    act->customer = rows.cells[0].integer;
    const struct ticket_given given = {
        .customer = rows.cells[0],
        .partner = rows.cells[1],
        .name = rows.cells[2],
        .type = cell_text(act_field(act, "type")->text),
        .severity = cell_text(act_field(act, "severity")->text),
        .subject = subject,
        .text = cell_str(&mail[TEXT]),
    };
    TRY(ticket_open(act, &given));
    return act->errors == NULL ? note_filed(act, mail[MAIL_ID].integer, act->object) : STATUS_OK;
}

const struct action received_mail_to_ticket = {
    .type = "ReceivedMail", .perform = to_ticket, .undo = &change_has_left};

/* ---- discarded ---- */

static enum status discard(struct act *act)
{
    const struct cell *mail;
    TRY(lock_mail(act, &mail));
    if (mail == NULL)
        return STATUS_OK;
    const struct cell parameters[] = {cell_text(act_field(act, "discardedAs")->text),
                                      cell_text(act->viewer->name), mail[MAIL_ID]};
    return act_run(act,
                   "UPDATE received_mail\n"
                   "SET state = 'DISCARDED', discarded_as = ?,\n"
                   "    settled_at = " TICKET_NOW ", settled_by = ?\n"
                   "WHERE id = ?",
                   parameters, 3, NULL);
}

const struct action received_mail_discard = {.type = "ReceivedMail", .perform = discard};
