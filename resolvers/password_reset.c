/* password_reset: a customer chooses anew what opens a mailbox, by a link that only they get.
 *
 * The link ends with 256 random bits, of which the database has the hash; until the message has
 * left it has them sealed, too.
 */
#include "resolvers/password_reset.h"

#include "base/arena.h"
#include "base/encode.h"
#include "db/policy.h"
#include "db/secrets.h"
#include "db/written.h"
#include "graphql/schema.h"
#include "mariadb/database.h"
#include "resolvers/change_undo.h"
#include "resolvers/hindrance.h"
#include "resolvers/message_write.h"
#include "resolvers/stand.h"

enum { ID, CUSTOMER, ADDRESS, STATUS };

struct sent {
    struct str recipient; /* in part */
};

/* ---- what keeps it ---- */

bool password_reset_is_closed(struct str status)
{
    return str_is(status, "CLOSED");
}

void password_reset_hinders(struct str status, struct hindrances *out)
{
    if (password_reset_is_closed(status))
        hindrance_refuse(out, "The mailbox is closed; nobody can open it.",
                         "Das Postfach ist gelöscht; niemand kann es öffnen.");
}

void password_reset_wayless(bool wayless, struct hindrances *out)
{
    if (wayless)
        hindrance_refuse(out,
                         "The customer has no other e-mail address and no mobile number; note one "
                         "first.",
                         "Der Kunde hat keine andere E-Mail-Adresse und keine Mobilnummer; tragen "
                         "Sie erst eine ein.");
}

/* Not to the mailbox that they cannot open. */
#define WAYS_OF(customer, address)                                           \
    "FROM contact_medium AS m FORCE INDEX (contact_medium_in_order)\n"       \
    "WHERE m.customer_id = " customer " AND m.kind IN ('EMAIL', 'MOBILE')\n" \
    "    AND LOWER(m.value) <> " address "\n"                                \
    "    AND (m.valid_until IS NULL OR m.valid_until >= CURRENT_DATE)"

struct str password_reset_sql(struct arena *arena, uint32_t count)
{
    return stand_sql(arena,
                     "SELECT l.id, EXISTS (SELECT 1 " WAYS_OF(
                         "l.customer_id", "l.address") ")\n"
                                                       "FROM email_login AS l WHERE l.id IN (",
                     count, ")");
}

/* ---- sent ---- */

static enum status check_rate(struct act *act)
{
    int64_t most;
    struct rows sent;
    TRY(policy_read(act->database, act->arena, "resets_per_day", &most));
    TRY(act_run(act,
                "SELECT COUNT(*) FROM password_reset\n"
                "WHERE email_login_id = ? AND requested_at > NOW(6) - INTERVAL 1 DAY",
                (const struct cell[]){cell_int(act->object)}, 1, &sent));
    if (sent.cells[0].integer >= most)
        act_error(act, "TOO_OFTEN", "loginId",
                  "%lld links were sent for this mailbox within a day; wait until tomorrow.",
                  (long long)most);
    return STATUS_OK;
}

static enum status find_way(struct act *act, const struct cell *login,
                            struct message_write *message)
{
    const struct cell parameters[] = {login[CUSTOMER], login[ADDRESS]};
    struct hindrances hindrances;
    struct rows rows;
    TRY(act_run(act,
                "SELECT m.kind = 'MOBILE', m.value " WAYS_OF(
                    "?", "?") "\n"
                              "ORDER BY m.preferred DESC, m.kind, m.id LIMIT 1",
                parameters, 2, &rows));
    hindrances_of(&hindrances, act);
    password_reset_wayless(rows.count == 0, &hindrances);
    hindrances_refuse(&hindrances, act, "loginId");
    if (rows.count == 0)
        return STATUS_OK;
    message->sms = rows.cells[0].integer != 0;
    message->recipient = cell_str(&rows.cells[1]);
    return STATUS_OK;
}

static enum status write_link(struct act *act, struct str token, int64_t minutes)
{
    const struct cell login[] = {cell_int(act->object)};
    TRY(act_run(act,
                "UPDATE password_reset SET expires_at = NOW(6)\n"
                "WHERE email_login_id = ? AND used_at IS NULL AND expires_at > NOW(6)",
                login, 1, NULL));
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object),
                                      cell_text(sha256_hex(act->arena, token)), cell_int(minutes)};
    return act_run(act,
                   "INSERT INTO password_reset\n"
                   "    (customer_id, email_login_id, token_hash, requested_at, expires_at)\n"
                   "VALUES (?, ?, ?, NOW(6), NOW(6) + INTERVAL ? MINUTE)",
                   parameters, 4, NULL);
}

static enum status write_all(struct act *act, const struct cell *login,
                             struct message_write *message)
{
    int64_t minutes;
    struct str token = secrets_token(act->arena);
    TRY(policy_read(act->database, act->arena, "reset_link_minutes", &minutes));
    message->inputs[0] = (struct placeholder){STR("mailbox"), cell_str(&login[ADDRESS])};
    message->inputs[1] =
        (struct placeholder){STR("minutes"), str_printf(act->arena, "%lld", (long long)minutes)};
    message->input_count = 2;
    message->secret = (struct placeholder){STR("token"), token};
    message->secret_minutes = minutes;
    TRY(write_link(act, token, minutes));
    return message_write(act, message);
}

static enum status send(struct act *act)
{
    struct rows rows;
    struct hindrances hindrances;
    struct message_write message = {.code = "PASSWORD_RESET"};
    TRY(act_lock(act, "EmailLogin", "loginId", "t.customer_id, t.address, t.status", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = rows.cells[ID].integer;
    act->customer = rows.cells[CUSTOMER].integer;
    hindrances_of(&hindrances, act);
    password_reset_hinders(cell_str(&rows.cells[STATUS]), &hindrances);
    hindrances_refuse(&hindrances, act, "loginId");
    TRY(check_rate(act));
    TRY(find_way(act, rows.cells, &message));
    if (act->errors != NULL)
        return STATUS_OK;
    struct sent *sent = arena_new(act->arena, struct sent);
    sent->recipient = written_in_part(act->arena, message.recipient);
    act->result = sent;
    return write_all(act, rows.cells, &message);
}

const struct action password_reset_send = {
    .type = "EmailLogin", .perform = send, .undo = &change_has_left};

void password_reset_leaf(const struct resolve *resolve, const void *object,
                         const struct field *field, struct cell *out)
{
    const struct act *act = object;
    const struct sent *sent = act->errors == NULL ? act->result : NULL;
    if (!str_is(field->name, "recipient"))
        act_payload_leaf(resolve, object, field, out);
    else if (sent != NULL)
        *out = cell_text(sent->recipient);
}
