/* message_send: messages are made, put into the outbox, and tried once more.
 *
 * A message and what is to become of it are written in one transaction; sending is another matter
 * (server/outbox). What a text needs and the account does not have is told before anything is
 * made.
 */
#define _GNU_SOURCE /* memmem */
#include "resolvers/message_send.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "db/written.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/address.h"
#include "resolvers/change_undo.h"
#include "resolvers/hindrance.h"
#include "resolvers/language.h"
#include "resolvers/line.h"
#include "resolvers/message_values.h"
#include "resolvers/message_way.h"
#include "resolvers/stand.h"
#include "resolvers/ticket_act.h"
#include "resolvers/ticket_write.h"

enum { TEXT_BYTES = 20000, SMS_BYTES = 1000, SUBJECT_CHARACTERS = 200 };

#define OWN_WORDS "MESSAGE" /* the code of texts that are all room for somebody's own words */

static bool is_letter(const struct message_way *way)
{
    return strcmp(way->kind, "LETTER") == 0;
}

/* ---- what is asked for ---- */

struct sending {
    struct act *act;
    const struct message_way *way;
    struct cell customer, number, name;
    struct str language;         /* of the text */
    struct str address, shown;   /* where to, in full and as people see it */
    struct str subject, text;    /* given; empty: not */
    const struct cell *template; /* id, subject, body */
    struct message_about about;
    struct message_values values;
};

enum { TEMPLATE_ID, TEMPLATE_SUBJECT, TEMPLATE_BODY, TEMPLATE_LOCALE };

static struct str given_text(const struct act *act, const char *member)
{
    const struct input *input = act_field(act, member);
    return input == NULL || input->kind == INPUT_NULL ? STR("") : line_trimmed(input->text);
}

static void take_words(struct sending *sending)
{
    struct act *act = sending->act;
    bool sms = strcmp(sending->way->kind, "SMS") == 0;
    uint32_t most = sms ? SMS_BYTES : TEXT_BYTES;
    sending->subject = given_text(act, "subject");
    sending->text = given_text(act, "text");
    if (sms && sending->subject.len > 0)
        act_error(act, "INVALID", "subject", "An SMS has no subject; say it in the text.");
    else if (!line_fits(sending->subject, SUBJECT_CHARACTERS))
        act_error(act, "INVALID", "subject", "A subject is one line of at most %d characters.",
                  SUBJECT_CHARACTERS);
    if (!line_fits_text(sending->text, most))
        act_error(act, "INVALID", "text",
                  "A text has at most %u bytes this way, and no control characters.", most);
}

static void take_language(struct sending *sending, const struct cell *spoken)
{
    struct str given = given_text(sending->act, "language");
    sending->language = given.len > 0 ? given : cell_str(spoken);
    if (given.len > 0 && !language_valid(given))
        act_error(sending->act, "INVALID", "language", LANGUAGE_WORDS);
}

/* ---- where to ---- */

static enum status find_contact(struct sending *sending)
{
    struct act *act = sending->act;
    bool mail = strcmp(sending->way->kind, "EMAIL") == 0;
    const struct cell parameters[] = {sending->customer,
                                      cell_text(mail ? STR("EMAIL") : STR("MOBILE"))};
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT value FROM contact_medium\n"
                "WHERE customer_id = ? AND kind = ?\n"
                "    AND (valid_until IS NULL OR valid_until >= CURRENT_DATE)\n"
                "ORDER BY preferred DESC, id LIMIT 1",
                parameters, 2, &rows));
    if (rows.count == 0) {
        act_error(act, "NOT_FOUND", "channel", "The customer has given no %s; choose another way.",
                  mail ? "e-mail address" : "mobile number");
        return STATUS_OK;
    }
    sending->address = cell_str(&rows.cells[0]);
    sending->shown = written_in_part(act->arena, sending->address);
    return STATUS_OK;
}

static enum status find_postal_address(struct sending *sending)
{
    struct act *act = sending->act;
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT street, postcode, city, country FROM geographic_address\n"
                "WHERE customer_id = ? AND role IN ('BILLING', 'CONTACT')\n"
                "ORDER BY role, id LIMIT 1",
                &sending->customer, 1, &rows));
    if (rows.count == 0) {
        act_error(act, "NOT_FOUND", "channel",
                  "The customer has given no postal address; choose another way.");
        return STATUS_OK;
    }
    const struct postal_address address = {.street = cell_str(&rows.cells[0]),
                                           .postcode = cell_str(&rows.cells[1]),
                                           .city = cell_str(&rows.cells[2]),
                                           .country = cell_str(&rows.cells[3])};
    struct str lines = address_text(act->arena, &address, message_way_country());
    sending->address = STR("");
    sending->shown = address.city;
    message_values_put(&sending->values, "address",
                       str_printf(act->arena, STR_FMT "\n" STR_FMT,
                                  STR_ARG(cell_str(&sending->name)), STR_ARG(lines)));
    return STATUS_OK;
}

/* ---- the text ---- */

/* The language of the text, else its first part: en-GB takes en. */
static enum status find_template(struct sending *sending)
{
    struct act *act = sending->act;
    struct str code = given_text(act, "template");
    bool own = code.len == 0;
    const struct cell parameters[] = {cell_text(own ? STR(OWN_WORDS) : code),
                                      cell_text(str_of(sending->way->kind)),
                                      cell_text(sending->language), cell_text(sending->language)};
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT id, subject, body, locale FROM message_template\n"
                "WHERE code = ? AND kind = ? AND locale IN (?, SUBSTRING_INDEX(?, '-', 1))\n"
                "    AND released_at <= NOW(6)\n"
                "ORDER BY LENGTH(locale) DESC, version DESC LIMIT 1",
                parameters, 4, &rows));
    if (rows.count > 0) {
        sending->template = rows.cells;
        sending->values.language = cell_str(&rows.cells[TEMPLATE_LOCALE]);
        sending->values.letter = is_letter(sending->way);
    } else if (own) {
        act_error(act, "NOT_CONFIGURED", "language",
                  "There is no frame for messages in your own words this way in " STR_FMT
                  "; choose a text or another language.",
                  STR_ARG(sending->language));
    } else {
        act_error(act, "NOT_FOUND", "template",
                  "There is no such text this way in " STR_FMT
                  "; choose another text, way or language.",
                  STR_ARG(sending->language));
    }
    return STATUS_OK;
}

/* Whether a text of the template leaves room for that. */
static bool has_room(const struct sending *sending, const char *placeholder)
{
    struct str subject = cell_str(&sending->template[TEMPLATE_SUBJECT]);
    struct str body = cell_str(&sending->template[TEMPLATE_BODY]);
    size_t len = strlen(placeholder);
    return memmem(subject.at, subject.len, placeholder, len) != NULL ||
           memmem(body.at, body.len, placeholder, len) != NULL;
}

static void put_words(struct sending *sending)
{
    struct act *act = sending->act;
    if (sending->text.len > 0 && !has_room(sending, "{{text}}"))
        act_error(act, "INVALID", "text", "This text leaves no room for words of your own.");
    if (sending->subject.len > 0 && !has_room(sending, "{{about}}"))
        act_error(act, "INVALID", "subject", "This text has a subject of its own.");
    message_values_put(&sending->values, "text", sending->text);
    message_values_put(&sending->values, "about",
                       sending->subject.len > 0 ? sending->subject : sending->about.subject);
    message_values_put(&sending->values, "name", cell_str(&sending->name));
    message_values_put(&sending->values, "number", cell_str(&sending->number));
}

/* What a reader would see a hole for, and where to fill it. */
static void check_holes(struct sending *sending)
{
    struct act *act = sending->act;
    const struct message_values *values = &sending->values;
    struct str missing = placeholder_missing(cell_str(&sending->template[TEMPLATE_SUBJECT]),
                                             values->items, values->count);
    if (missing.at == NULL)
        missing = placeholder_missing(cell_str(&sending->template[TEMPLATE_BODY]), values->items,
                                      values->count);
    if (missing.at == NULL)
        return;
    if (str_is(missing, "text"))
        act_error(act, "REQUIRED", "text", "Say what you want to say.");
    else if (str_is(missing, "about"))
        act_error(act, "REQUIRED", "subject", "Say what it is about.");
    else if (str_is(missing, "order") || str_is(missing, "month") || str_is(missing, "amount") ||
             str_is(missing, "ticket"))
        act_error(act, "REQUIRED", "aboutId",
                  "The text needs {{" STR_FMT "}}: say which %s it is about.", STR_ARG(missing),
                  str_is(missing, "order")    ? "order"
                  : str_is(missing, "ticket") ? "ticket"
                                              : "bill");
    else
        act_error(act, "INVALID", "template",
                  "The text needs {{" STR_FMT
                  "}}, which nobody knows of this account; it cannot be "
                  "sent by hand.",
                  STR_ARG(missing));
}

/* ---- into the outbox ---- */

static struct str filled_subject(const struct sending *sending)
{
    struct arena *arena = sending->act->arena;
    struct str subject = placeholder_fill(arena, cell_str(&sending->template[TEMPLATE_SUBJECT]),
                                          sending->values.items, sending->values.count);
    bool mail = strcmp(sending->way->kind, "EMAIL") == 0;
    return mail && sending->about.ticket.kind != CELL_NULL
               ? str_printf(arena, STR_FMT " [" STR_FMT "]", STR_ARG(subject),
                            STR_ARG(sending->about.number))
               : subject;
}

static enum status insert_message(struct sending *sending)
{
    struct act *act = sending->act;
    const struct message_way *way = sending->way;
    const struct cell parameters[] = {
        sending->customer,
        cell_text(str_of(way->kind)),
        cell_text(str_of(way->channel)),
        sending->template[TEMPLATE_ID],
        cell_text(way->is_offered == NULL ? STR("COMPLETED") : STR("INITIAL")),
        cell_text(filled_subject(sending)),
        cell_text(sending->shown),
        cell_text(message_values_json(act, &sending->values))};
    TRY(act_run(act,
                "INSERT INTO communication_message\n"
                "    (customer_id, kind, channel, direction, message_template_id, state, sent_at,\n"
                "     subject, recipient, inputs)\n"
                "VALUES (?, ?, ?, 'OUTBOUND', ?, ?, NOW(6), ?, ?, ?)",
                parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

/* What is written about a ticket stands in it, too. */
static enum status write_into_ticket(struct sending *sending)
{
    struct act *act = sending->act;
    int64_t message = act->object;
    struct str body = placeholder_fill(act->arena, cell_str(&sending->template[TEMPLATE_BODY]),
                                       sending->values.items, sending->values.count);
    act->object = sending->about.ticket.integer;
    TRY(ticket_begin(act));
    TRY(ticket_add_article(act, "MESSAGE", "AGENT", cell_text(act->viewer->name),
                           cell_text(sending->about.subject), body));
    TRY(ticket_note_answer(act));
    act->object = message;
    return STATUS_OK;
}

/* Who may send letters need not be one who may answer tickets. */
static enum status check_ticket(struct sending *sending)
{
    struct act *act = sending->act;
    struct rows rows = {0};
    if (sending->about.ticket.kind == CELL_NULL)
        return STATUS_OK;
    if (!sending->about.open)
        act_error(act, "NOT_OPEN", "aboutId",
                  "The ticket is settled; open a new one, and name this one in it.");
    TRY(act_run(act, "SELECT bit FROM right_definition WHERE tab = 'tickets' AND level = 'WRITE'",
                NULL, 0, &rows));
    if (rows.count == 0 || (act->viewer->rights >> rows.cells[0].integer & 1) == 0)
        act_error(act, "NOT_ALLOWED", "aboutId", "You may not answer tickets.");
    return STATUS_OK;
}

static enum status send(struct act *act)
{
    struct sending sending = {.act = act, .way = message_way_of(act_field(act, "channel")->text)};
    struct rows rows;
    TRY(act_lock(act, "Customer", "customerId", "t.number, t.display_name, t.language", &rows));
    take_words(&sending);
    if (rows.count == 0)
        return STATUS_OK;
    sending.customer = rows.cells[0];
    sending.number = rows.cells[1];
    sending.name = rows.cells[2];
    act->customer = sending.customer.integer;
    take_language(&sending, &rows.cells[3]);
    TRY(is_letter(sending.way) ? find_postal_address(&sending) : find_contact(&sending));
    TRY(message_values_find_about(act, &sending.about));
    TRY(check_ticket(&sending));
    TRY(find_template(&sending));
    if (act->errors != NULL)
        return STATUS_OK;
    put_words(&sending);
    TRY(message_values_fill(act, &sending.about, &sending.values));
    check_holes(&sending);
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(insert_message(&sending));
    const struct message_delivery delivery = {.message_id = act->object,
                                              .way = sending.way,
                                              .address = sending.address,
                                              .order = sending.about.order,
                                              .bill = sending.about.bill,
                                              .ticket = sending.about.ticket};
    if (sending.way->is_offered != NULL)
        TRY(message_way_queue(act, &delivery));
    return sending.about.ticket.kind == CELL_NULL ? STATUS_OK : write_into_ticket(&sending);
}

const struct action message_send = {
    .type = "CommunicationMessage", .perform = send, .undo = &change_has_left};

/* ---- once more ---- */

static enum status queue_again(struct act *act, const struct message_way *way)
{
    const struct cell parameters[] = {message_way_problem(way), cell_int(act->customer),
                                      cell_int(act->object)};
    TRY(act_run(act,
                "UPDATE message_delivery\n"
                "SET state = 'QUEUED', attempts = 0, due_at = NOW(6), sender = NULL,\n"
                "    handed_over = FALSE, problem = ?, reply = NULL, queued_at = NOW(6)\n"
                "WHERE customer_id = ? AND message_id = ?",
                parameters, 3, NULL));
    return act_run(act,
                   "UPDATE communication_message SET state = 'INITIAL'\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters + 1, 2, NULL);
}

struct str message_send_sql(struct arena *arena, uint32_t count)
{
    return stand_sql(arena,
                     "SELECT m.id, d.state, COALESCE(d.secret_until <= NOW(6), FALSE)\n"
                     "FROM communication_message AS m\n"
                     "LEFT JOIN message_delivery AS d ON d.message_id = m.id\n"
                     "WHERE m.id IN (",
                     count, ")");
}

void message_send_hinders(const struct cell *delivery, bool lapsed, struct hindrances *out)
{
    struct str state = delivery->kind == CELL_NULL ? STR("") : cell_str(delivery);
    if (!str_is(state, "FAILED") && !str_is(state, "PARKED"))
        hindrance_refuse(out, "Only a message that failed or was stopped can be tried once more.",
                         "Nur was fehlgeschlagen ist oder angehalten wurde, kann noch einmal "
                         "versucht werden.");
    else if (lapsed)
        hindrance_refuse(
            out, "What it was to tell is not good any more and is deleted; send a new one.",
            "Was sie mitteilen sollte, gilt nicht mehr und ist gelöscht; senden Sie eine neue.");
}

static enum status retry(struct act *act)
{
    struct rows rows, delivery = {0};
    struct hindrances hindrances;
    TRY(act_lock(act, "CommunicationMessage", "id", "t.customer_id, t.channel", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = rows.cells[0].integer;
    act->customer = rows.cells[1].integer;
    TRY(act_run(act,
                "SELECT state, COALESCE(secret_until <= NOW(6), FALSE) FROM message_delivery\n"
                "WHERE message_id = ? FOR UPDATE",
                &rows.cells[0], 1, &delivery));
    const struct cell none = {.kind = CELL_NULL};
    hindrances_of(&hindrances, act);
    message_send_hinders(delivery.count == 0 ? &none : &delivery.cells[0],
                         delivery.count > 0 && delivery.cells[1].integer != 0, &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    if (act->errors != NULL)
        return STATUS_OK;
    return queue_again(act, message_way_of(cell_str(&rows.cells[2])));
}

const struct action message_retry = {
    .type = "CommunicationMessage", .perform = retry, .undo = &change_has_left};
