/* mail_receive: an e-mail that came is filed in its ticket, once, or waits for somebody.
 *
 * It is of the ticket that it answers, or whose number its subject has; and only when its sender is
 * known at that ticket's customer, since whoever knows a number could write anything else into
 * somebody's account. What a From header says is what the mail server in front let pass.
 */
#include "resolvers/mail_receive.h"

#include "act/act.h"
#include "base/arena.h"
#include "base/encode.h"
#include "db/number.h"
#include "mail/mail_read.h"
#include "mariadb/database.h"
#include "resolvers/line.h"
#include "resolvers/ticket_act.h"
#include "resolvers/ticket_write.h"
#include <ctype.h>

enum { NUMBER_DIGITS = 10, SUBJECT_CHARACTERS = 200, DUPLICATE_KEY = 1062 };

struct receiving {
    struct act act; /* of no viewer: only its transaction is used */
    struct mail mail;
    struct str digest;
    const char *reason;       /* NULL: it can be filed */
    struct str name, subject; /* of the customer, of the ticket */
};

/* ---- which ticket ---- */

enum { TICKET, CUSTOMER, OPEN, SUBJECT, NAME };

#define TICKET_COLUMNS                                            \
    "t.id, t.customer_id, t.is_open, t.subject, c.display_name\n" \
    "FROM trouble_ticket AS t JOIN customer AS c ON c.id = t.customer_id\n"

static void take_ticket(struct receiving *receiving, const struct rows *rows)
{
    struct act *act = &receiving->act;
    act->object = rows->cells[TICKET].integer;
    act->customer = rows->cells[CUSTOMER].integer;
    receiving->reason = rows->cells[OPEN].integer != 0 ? NULL : "TICKET_SETTLED";
    receiving->subject = cell_str(&rows->cells[SUBJECT]);
    receiving->name = cell_str(&rows->cells[NAME]);
}

/* What we sent had a Message-ID that begins with its reference. */
static enum status find_by_references(struct receiving *receiving)
{
    struct act *act = &receiving->act;
    for (uint32_t i = 0; i < receiving->mail.reference_count && act->object == 0; i++) {
        struct str id = receiving->mail.references[i];
        const char *at = id.len == 0 ? NULL : memchr(id.at, '@', id.len);
        struct str reference = {.at = id.at, .len = at == NULL ? 0 : (size_t)(at - id.at)};
        const struct cell parameter = cell_text(reference);
        struct rows rows = {0};
        TRY(act_run(act,
                    "SELECT " TICKET_COLUMNS "JOIN message_delivery AS d ON d.ticket_id = t.id\n"
                    "WHERE d.reference = ? FOR UPDATE",
                    &parameter, 1, &rows));
        if (rows.count > 0)
            take_ticket(receiving, &rows);
    }
    return STATUS_OK;
}

/* Ten digits with the right last one, and no other digit beside them. */
static struct str next_number(struct str *rest)
{
    while (rest->len > 0) {
        size_t digits = 0;
        while (digits < rest->len && isdigit((unsigned char)rest->at[digits]))
            digits++;
        struct str run = {.at = rest->at, .len = digits};
        size_t used = digits + (digits < rest->len);
        *rest = (struct str){.at = rest->at + used, .len = rest->len - used};
        if (digits == NUMBER_DIGITS && number_valid(run))
            return run;
    }
    return (struct str){0};
}

static enum status find_by_subject(struct receiving *receiving)
{
    struct act *act = &receiving->act;
    struct str rest = receiving->mail.subject, number;
    while (act->object == 0 && (number = next_number(&rest)).at != NULL) {
        const struct cell parameter = cell_text(number);
        struct rows rows = {0};
        TRY(act_run(act, "SELECT " TICKET_COLUMNS "WHERE t.number = ? FOR UPDATE", &parameter, 1,
                    &rows));
        if (rows.count > 0)
            take_ticket(receiving, &rows);
    }
    return STATUS_OK;
}

/* Of the customer, or of somebody who acts for them. */
static enum status check_sender(struct receiving *receiving)
{
    struct act *act = &receiving->act;
    const struct cell parameters[] = {cell_int(act->customer), cell_text(receiving->mail.sender),
                                      cell_int(act->customer), cell_text(receiving->mail.sender)};
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT display_name FROM contact\n"
                "WHERE customer_id = ? AND LOWER(email) = ? AND valid_from <= CURRENT_DATE\n"
                "    AND (valid_until IS NULL OR valid_until >= CURRENT_DATE)\n"
                "UNION ALL\n"
                "SELECT NULL FROM contact_medium\n"
                "WHERE customer_id = ? AND kind = 'EMAIL' AND LOWER(value) = ?\n"
                "    AND (valid_until IS NULL OR valid_until >= CURRENT_DATE)",
                parameters, 4, &rows));
    if (rows.count == 0)
        receiving->reason = "UNKNOWN_SENDER";
    else if (rows.cells[0].kind != CELL_NULL)
        receiving->name = cell_str(&rows.cells[0]);
    return STATUS_OK;
}

static enum status decide(struct receiving *receiving)
{
    TRY(find_by_references(receiving));
    TRY(find_by_subject(receiving));
    if (receiving->mail.automatic)
        receiving->reason = "AUTOMATIC";
    else if (receiving->mail.text.len == 0)
        receiving->reason = "NO_TEXT";
    else if (receiving->act.object == 0)
        receiving->reason = "NO_TICKET";
    else if (receiving->reason == NULL)
        return check_sender(receiving);
    return STATUS_OK;
}

/* ---- into the ticket, or not ---- */

static enum status insert_mail(struct receiving *receiving)
{
    struct act *act = &receiving->act;
    bool filed = receiving->reason == NULL;
    const struct cell nothing = {.kind = CELL_NULL};
    const struct cell parameters[] = {cell_text(receiving->digest),
                                      cell_text(receiving->mail.sender),
                                      cell_text(receiving->mail.subject),
                                      cell_text(receiving->mail.text),
                                      cell_text(filed ? STR("FILED") : STR("WAITING")),
                                      filed ? nothing : cell_text(str_of(receiving->reason)),
                                      filed ? cell_int(act->customer) : nothing,
                                      filed ? cell_int(act->object) : nothing};
    return act_run(act,
                   "INSERT INTO received_mail\n"
                   "    (digest, sender, subject, text, state, reason, customer_id, ticket_id)\n"
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                   parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

static enum status file(struct receiving *receiving)
{
    struct act *act = &receiving->act;
    struct str subject = receiving->mail.subject;
    bool fits = subject.len > 0 && line_fits(subject, SUBJECT_CHARACTERS);
    TRY(ticket_begin(act));
    TRY(ticket_add_article(act, "MESSAGE", "CUSTOMER", cell_text(receiving->name),
                           cell_text(fits ? subject : receiving->subject), receiving->mail.text));
    return ticket_note_message(act);
}

static enum status receive(struct receiving *receiving)
{
    TRY(database_begin(receiving->act.database));
    TRY(decide(receiving));
    TRY(insert_mail(receiving));
    if (receiving->reason == NULL)
        TRY(file(receiving));
    return database_commit(receiving->act.database);
}

static struct str digest_of(struct arena *arena, const struct mail *mail, struct str bytes)
{
    if (mail->message_id.len == 0)
        return sha256_hex(arena, bytes);
    return sha256_hex(arena, str_printf(arena, STR_FMT "\n" STR_FMT, STR_ARG(mail->message_id),
                                        STR_ARG(mail->sender)));
}

enum status mail_receive(struct database *database, struct arena *arena, struct str bytes,
                         struct str *said)
{
    struct receiving receiving = {.act = {.arena = arena, .database = database}};
    if (!mail_read(&receiving.mail, arena, bytes)) {
        *said =
            str_printf(arena, "this is no e-mail, or one of more than %d bytes", MAIL_BYTES_MAX);
        return STATUS_INVALID;
    }
    receiving.digest = digest_of(arena, &receiving.mail, bytes);
    enum status status = receive(&receiving);
    bool known = status == STATUS_CONFLICT && database_error_number(database) == DUPLICATE_KEY;
    *said = status != STATUS_OK && !known ? str_copy(arena, database_problem(database))
            : known                       ? STR("it had come before")
            : receiving.reason == NULL    ? STR("it was filed in its ticket")
                                          : str_printf(arena, "it waits: %s", receiving.reason);
    if (status != STATUS_OK)
        database_rollback(database);
    return known ? STATUS_OK : status;
}
