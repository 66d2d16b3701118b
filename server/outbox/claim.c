/* claim: the next message that is due becomes one sender's own.
 *
 * SKIP LOCKED lets several senders, of several servers too, each take another one. A claim is good
 * for a while; after that the message is due again, whoever had it.
 */
#include "outbox/internal.h"

#include "base/arena.h"
#include "base/encode.h"
#include "base/log.h"
#include "db/message_secret.h"
#include "letter/message.h"
#include "mariadb/database.h"
#include "vault/vault.h"
#include <sodium.h>

/* ---- a parcel ---- */

enum {
    KIND,
    RECIPIENT,
    SUBJECT,
    SENT_AT,
    INPUTS,
    LOCALE,
    LETTERHEAD,
    BODY,
    NUMBER,
    ADDRESS,
    REFERENCE,
    QUEUED_AT,
    HAS_SECRET,
    SECRET_IS_GOOD,
};

static void release_json(void *json)
{
    json_decref(json);
}

enum { NAME, KEY, NONCE, CIPHERTEXT, TAG };

/* False: it does not open here. */
static bool put_secret(struct parcel *parcel, const struct vault *vault, const struct cell *row,
                       json_t *inputs)
{
    struct str name = cell_str(&row[NAME]), text;
    const struct sealed sealed = {.key = cell_str(&row[KEY]),
                                  .nonce = cell_str(&row[NONCE]),
                                  .ciphertext = cell_str(&row[CIPHERTEXT]),
                                  .tag = cell_str(&row[TAG])};
    struct str place =
        message_secret_place(parcel->arena, name, parcel->customer_id, parcel->message_id);
    return vault_unseal(&text, parcel->arena, vault, &sealed, place) == STATUS_OK &&
           json_object_setn_new(inputs, name.at, name.len, json_stringn(text.at, text.len)) == 0;
}

/* In place of the dots, in memory alone. */
static enum status put_secrets(struct parcel *parcel, const struct vault *vault, bool is_good,
                               json_t *inputs)
{
    const struct cell key[] = {cell_int(parcel->customer_id), cell_int(parcel->message_id)};
    struct rows rows = {0};
    TRY(database_run(parcel->database, parcel->arena,
                     STR("SELECT name, key_id, nonce, ciphertext, tag FROM message_secret\n"
                         "WHERE customer_id = ? AND message_id = ?"),
                     key, 2, &rows));
    parcel->problem = is_good && rows.count > 0 ? NULL : "EXPIRED";
    for (uint32_t i = 0; i < rows.count && parcel->problem == NULL; i++) {
        if (put_secret(parcel, vault, rows.cells + (size_t)i * rows.width, inputs))
            continue;
        parcel->problem = "NOT_RENDERED";
        log_event(LOG_ERROR, "what a message says to its reader alone does not open", "message",
                  log_format("%lld", (long long)parcel->message_id), NULL);
    }
    return STATUS_OK;
}

/* What it says, and where it goes. */
static enum status fill(struct parcel *parcel, const struct vault *vault)
{
    const struct cell key = cell_int(parcel->message_id);
    struct rows rows = {0};
    TRY(database_run(
        parcel->database, parcel->arena,
        STR("SELECT m.kind, m.recipient, m.subject, m.sent_at, m.inputs, t.locale,\n"
            "    t.letterhead, t.body, c.number, d.address, d.reference, d.queued_at,\n"
            "    d.secret_until IS NOT NULL, COALESCE(d.secret_until > NOW(6), FALSE)\n"
            "FROM message_delivery AS d\n"
            "JOIN communication_message AS m\n"
            "    ON m.customer_id = d.customer_id AND m.id = d.message_id\n"
            "JOIN message_template AS t ON t.id = m.message_template_id\n"
            "JOIN customer AS c ON c.id = d.customer_id\n"
            "WHERE d.message_id = ?"),
        &key, 1, &rows));
    if (rows.count == 0)
        return STATUS_NOT_FOUND;
    const struct cell *cells = rows.cells;
    struct str inputs = cell_str(&cells[INPUTS]);
    json_t *json = json_loadb(inputs.at, inputs.len, 0, NULL);
    arena_defer(parcel->arena, release_json, json);
    if (cells[HAS_SECRET].integer != 0)
        TRY(put_secrets(parcel, vault, cells[SECRET_IS_GOOD].integer != 0, json));
    const struct message_parts parts = {.kind = cell_str(&cells[KIND]),
                                        .direction = STR("OUTBOUND"),
                                        .subject = cell_str(&cells[SUBJECT]),
                                        .recipient = cell_str(&cells[RECIPIENT]),
                                        .locale = cell_str(&cells[LOCALE]),
                                        .letterhead = cell_str(&cells[LETTERHEAD]),
                                        .body = cell_str(&cells[BODY]),
                                        .inputs = json,
                                        .sent_at = cells[SENT_AT].integer};
    message_compose(&parcel->letter, parcel->arena, &parts);
    parcel->number = cell_str(&cells[NUMBER]);
    parcel->address = cell_str(&cells[ADDRESS]);
    parcel->reference = cell_str(&cells[REFERENCE]);
    parcel->queued_at = cells[QUEUED_AT].integer;
    return STATUS_OK;
}

/* ---- taking it ---- */

/* Without a lock, since there mostly is nothing. */
static enum status is_any_due(const struct parcel *parcel, const struct way *way, bool *due)
{
    const struct cell channel = cell_text(str_of(way->channel));
    struct rows rows = {0};
    TRY(database_run(parcel->database, parcel->arena,
                     STR("SELECT 1 FROM message_delivery\n"
                         "WHERE channel = ? AND due_at <= NOW(6) LIMIT 1"),
                     &channel, 1, &rows));
    *due = rows.count > 0;
    return STATUS_OK;
}

enum { MESSAGE_ID, CUSTOMER_ID, ATTEMPTS, HANDED_OVER };

static enum status mark_claimed(struct parcel *parcel, const struct outbox_policy *policy)
{
    const struct cell parameters[] = {cell_text(str_of(parcel->sender)),
                                      cell_int(2 * (int64_t)policy->timeout_s),
                                      cell_int(parcel->customer_id), cell_int(parcel->message_id)};
    TRY(database_run(parcel->database, parcel->arena,
                     STR("UPDATE message_delivery\n"
                         "SET state = 'SENDING', attempts = attempts + 1, sender = ?,\n"
                         "    handed_over = FALSE, problem = NULL, reply = NULL,\n"
                         "    due_at = NOW(6) + INTERVAL ? SECOND\n"
                         "WHERE customer_id = ? AND message_id = ?"),
                     parameters, 4, NULL));
    return database_run(parcel->database, parcel->arena,
                        STR("UPDATE communication_message SET state = 'IN_PROGRESS'\n"
                            "WHERE customer_id = ? AND id = ?"),
                        parameters + 2, 2, NULL);
}

/* Whoever had it is gone, and the other side may have it: for somebody to look at. */
static enum status park_unknown(struct parcel *parcel)
{
    const struct cell parameters[] = {cell_int(parcel->customer_id), cell_int(parcel->message_id)};
    parcel->message_id = 0;
    return database_run(parcel->database, parcel->arena,
                        STR("UPDATE message_delivery\n"
                            "SET state = 'PARKED', problem = 'MAYBE_SENT', due_at = NULL,\n"
                            "    sender = NULL\n"
                            "WHERE customer_id = ? AND message_id = ?"),
                        parameters, 2, NULL);
}

/* It has been begun as often as it may be, and each time whoever did was killed. */
static enum status park_deadly(struct parcel *parcel)
{
    const struct cell parameters[] = {cell_int(parcel->customer_id), cell_int(parcel->message_id)};
    parcel->message_id = 0;
    TRY(database_run(parcel->database, parcel->arena,
                     STR("UPDATE message_delivery\n"
                         "SET state = 'PARKED', problem = 'UNREACHABLE', due_at = NULL,\n"
                         "    sender = NULL\n"
                         "WHERE customer_id = ? AND message_id = ?"),
                     parameters, 2, NULL));
    return database_run(parcel->database, parcel->arena,
                        STR("UPDATE communication_message SET state = 'FAILED'\n"
                            "WHERE customer_id = ? AND id = ?"),
                        parameters, 2, NULL);
}

static enum status take(struct parcel *parcel, const struct way *way,
                        const struct outbox_policy *policy)
{
    const struct cell channel = cell_text(str_of(way->channel));
    struct rows rows = {0};
    unsigned char secret[16];
    TRY(database_run(parcel->database, parcel->arena,
                     STR("SELECT message_id, customer_id, attempts, handed_over\n"
                         "FROM message_delivery\n"
                         "WHERE channel = ? AND due_at <= NOW(6)\n"
                         "ORDER BY due_at, message_id LIMIT 1\n"
                         "FOR UPDATE SKIP LOCKED"),
                     &channel, 1, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    parcel->message_id = rows.cells[MESSAGE_ID].integer;
    parcel->customer_id = rows.cells[CUSTOMER_ID].integer;
    parcel->attempt = (uint32_t)rows.cells[ATTEMPTS].integer + 1;
    if (rows.cells[HANDED_OVER].integer != 0 && !way->repeatable)
        return park_unknown(parcel);
    if (parcel->attempt > policy->attempts)
        return park_deadly(parcel);
    randombytes_buf(secret, sizeof(secret));
    sodium_bin2hex(parcel->sender, sizeof(parcel->sender), secret, sizeof(secret));
    return mark_claimed(parcel, policy);
}

enum status claim_next(struct parcel *parcel, const struct way *way,
                       const struct outbox_policy *policy)
{
    bool due = false;
    parcel->message_id = 0;
    TRY(is_any_due(parcel, way, &due));
    if (!due)
        return STATUS_OK;
    TRY(database_begin(parcel->database));
    enum status status = take(parcel, way, policy);
    if (status == STATUS_OK)
        status = database_commit(parcel->database);
    if (status != STATUS_OK) {
        database_rollback(parcel->database);
        parcel->message_id = 0;
        return status;
    }
    return parcel->message_id == 0 ? STATUS_OK : fill(parcel, policy->vault);
}

enum status claim_tell_setup(struct database *database, struct arena *arena, const char *channel,
                             bool offered)
{
    const struct cell parameters[] = {offered ? (struct cell){.kind = CELL_NULL}
                                              : cell_text(STR("NOT_CONFIGURED")),
                                      cell_text(str_of(channel))};
    return database_run(database, arena,
                        STR("UPDATE message_delivery SET problem = ?\n"
                            "WHERE channel = ? AND state = 'QUEUED' AND due_at IS NOT NULL"),
                        parameters, 2, NULL);
}

/* ---- the point of no return ---- */

bool parcel_hand_over(struct parcel *parcel)
{
    const struct cell parameters[] = {cell_int(parcel->customer_id), cell_int(parcel->message_id),
                                      cell_text(str_of(parcel->sender))};
    return database_run(parcel->database, parcel->arena,
                        STR("UPDATE message_delivery SET handed_over = TRUE\n"
                            "WHERE customer_id = ? AND message_id = ? AND sender = ?\n"
                            "    AND state = 'SENDING'"),
                        parameters, 3, NULL) == STATUS_OK &&
           database_affected(parcel->database) == 1;
}
