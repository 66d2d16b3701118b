/* voicemail_pin: the voice mailbox of a mobile line gets a new PIN, which only the line is told.
 *
 * What is stored is a fingerprint under a key that is not in the database: a PIN is too short for a
 * hash to hide it.
 */
#include "resolvers/voicemail_pin.h"

#include "db/policy.h"
#include "db/secrets.h"
#include "mariadb/database.h"
#include "resolvers/change_undo.h"
#include "resolvers/hindrance.h"
#include "resolvers/message_write.h"
#include "resolvers/mobile_line.h"
#include "resolvers/secret_keys.h"
#include "vault/vault.h"

static enum status check_rate(struct act *act, const struct mobile_line *line)
{
    int64_t most;
    struct rows set;
    TRY(policy_read(act->database, act->arena, "resets_per_day", &most));
    TRY(act_run(act,
                "SELECT COUNT(*) FROM voicemail_pin\n"
                "WHERE product_id = ? AND set_at > NOW(6) - INTERVAL 1 DAY",
                (const struct cell[]){cell_int(line->id)}, 1, &set));
    if (set.cells[0].integer >= most)
        act_error(act, "TOO_OFTEN", "id",
                  "%lld PINs were sent to this line within a day; wait until tomorrow.",
                  (long long)most);
    return STATUS_OK;
}

static enum status write_pin(struct act *act, const struct mobile_line *line, struct str pin)
{
    struct str text =
        str_printf(act->arena, "voicemail|%lld|" STR_FMT, (long long)line->id, STR_ARG(pin));
    const struct cell parameters[] = {
        cell_int(line->customer_id), cell_int(line->id),
        cell_text(vault_fingerprint(act->arena, secret_keys_vault(), text))};
    return act_run(act,
                   "INSERT INTO voicemail_pin (customer_id, product_id, fingerprint, set_at)\n"
                   "VALUES (?, ?, ?, NOW(6))",
                   parameters, 3, NULL);
}

static enum status reset(struct act *act)
{
    struct mobile_line line;
    struct hindrances hindrances;
    TRY(mobile_line_lock(act, &line));
    if (act->errors != NULL)
        return STATUS_OK;
    hindrances_of(&hindrances, act);
    mobile_line_unnumbered(&line.number, &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    if (act->errors == NULL)
        TRY(check_rate(act, &line));
    if (act->errors != NULL)
        return STATUS_OK;
    struct str pin = secrets_pin(act->arena);
    int64_t minutes;
    TRY(policy_read(act->database, act->arena, "voicemail_pin_minutes", &minutes));
    const struct message_write message = {
        .code = "VOICEMAIL_PIN",
        .sms = true,
        .recipient = cell_str(&line.number),
        .secret = {STR("pin"), pin},
        .secret_minutes = minutes,
    };
    TRY(write_pin(act, &line, pin));
    return message_write(act, &message);
}

const struct action voicemail_pin_reset = {
    .type = "Product", .perform = reset, .undo = &change_has_left};
