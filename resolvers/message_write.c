/* message_write: a message to a customer, written in the transaction that gives the reason for it.
 */
#include "resolvers/message_write.h"

#include "base/buf.h"
#include "db/message_secret.h"
#include "db/written.h"
#include "mariadb/database.h"
#include "resolvers/message_way.h"
#include "resolvers/secret_keys.h"
#include "vault/vault.h"

enum { TEMPLATE, SUBJECT, NAME };

static const char dots[] = "••••••";

/* ---- what it says ---- */

static void add_input(struct buf *json, struct str name, struct str value)
{
    buf_add_char(json, json->len == 0 ? '{' : ',');
    buf_add_json_string(json, name);
    buf_add_char(json, ':');
    buf_add_json_string(json, value);
}

static struct str inputs_json(struct act *act, const struct message_write *message,
                              struct str customer_name)
{
    struct buf json;
    buf_init(&json, act->arena, 256);
    add_input(&json, STR("name"), customer_name);
    for (uint32_t i = 0; i < message->input_count; i++)
        add_input(&json, message->inputs[i].name, message->inputs[i].value);
    add_input(&json, message->secret.name, str_of(dots));
    buf_add_char(&json, '}');
    return buf_str(&json);
}

/* ---- its rows ---- */

static enum status find_template(struct act *act, const struct message_write *message,
                                 struct rows *rows)
{
    const char *kind = message->sms ? "SMS" : "EMAIL";
    const struct cell parameters[] = {cell_int(act->customer), cell_text(str_of(message->code)),
                                      cell_text(str_of(kind))};
    TRY(act_run(
        act,
        "SELECT t.id, t.subject, c.display_name\n"
        "FROM customer AS c\n"
        "JOIN message_template AS t\n"
        "    ON t.locale IN (c.language, SUBSTRING_INDEX(c.language, '-', 1), 'en')\n"
        "WHERE c.id = ? AND t.code = ? AND t.kind = ?\n"
        "ORDER BY t.locale = c.language DESC, t.locale <> 'en' DESC, t.version DESC LIMIT 1",
        parameters, 3, rows));
    if (rows->count == 0)
        act_error(act, "NOT_CONFIGURED", NULL,
                  "There is no text %s for it; an administrator has to write one.", kind);
    return STATUS_OK;
}

static enum status insert_message(struct act *act, const struct message_write *message,
                                  const struct cell *template, int64_t *id)
{
    const struct cell kind = cell_text(message->sms ? STR("SMS") : STR("EMAIL"));
    const struct cell parameters[] = {
        cell_int(act->customer),
        kind,
        kind,
        template[TEMPLATE],
        cell_text(placeholder_fill(act->arena, cell_str(&template[SUBJECT]), message->inputs,
                                   message->input_count)),
        cell_text(written_in_part(act->arena, message->recipient)),
        cell_text(inputs_json(act, message, cell_str(&template[NAME]))),
    };
    TRY(act_run(act,
                "INSERT INTO communication_message\n"
                "    (customer_id, kind, channel, direction, message_template_id, state, sent_at,\n"
                "     subject, recipient, inputs)\n"
                "VALUES (?, ?, ?, 'OUTBOUND', ?, 'INITIAL', NOW(6), ?, ?, ?)",
                parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    *id = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

static enum status insert_secret(struct act *act, struct placeholder secret, int64_t message_id)
{
    struct str place = message_secret_place(act->arena, secret.name, act->customer, message_id);
    struct sealed sealed;
    TRY(vault_seal(&sealed, act->arena, secret_keys_vault(), secret.value, place));
    const struct cell parameters[] = {
        cell_int(act->customer), cell_int(message_id),    cell_text(secret.name),
        cell_text(sealed.key),   cell_text(sealed.nonce), cell_text(sealed.ciphertext),
        cell_text(sealed.tag),
    };
    return act_run(act,
                   "INSERT INTO message_secret\n"
                   "    (customer_id, message_id, name, key_id, nonce, ciphertext, tag)\n"
                   "VALUES (?, ?, ?, ?, ?, ?, ?)",
                   parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

enum status message_write(struct act *act, const struct message_write *message)
{
    struct rows template;
    int64_t id;
    TRY(find_template(act, message, &template));
    if (template.count == 0)
        return STATUS_OK;
    TRY(insert_message(act, message, template.cells, &id));
    TRY(insert_secret(act, message->secret, id));
    const struct message_delivery delivery = {
        .message_id = id,
        .way = message_way_of(message->sms ? STR("SMS") : STR("EMAIL")),
        .address = message->recipient,
        .secret_minutes = message->secret_minutes,
    };
    return message_way_queue(act, &delivery);
}
