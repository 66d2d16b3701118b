/* secret_reveal: a code of a SIM card is read once, by somebody who may, for a caller who is known.
 *
 * The code is in the answer to the request that did it, and nowhere else: a repetition with the
 * same key is told that it was done, a dry run that it could be. Who read it, when and why is a row
 * before anybody sees it, since the answer follows the commit.
 */
#include "resolvers/secret_reveal.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "db/policy.h"
#include "db/sim_secret.h"
#include "graphql/coerce.h"
#include "graphql/schema.h"
#include "mariadb/database.h"
#include "resolvers/caller.h"
#include "resolvers/change_undo.h"
#include "resolvers/secret_keys.h"
#include "resolvers/words.h"
#include "vault/vault.h"

enum { REASON_CHARACTERS = 200 };

struct revealed {
    struct str value;
    int64_t seconds;
};

/* Whoever comes second waits here, and then counts what the first one did. */
static enum status hold_meter(struct act *act)
{
    const struct cell user = cell_int(act->viewer->user_id);
    return act_run(act,
                   "INSERT INTO reveal_meter (user_account_id, last_at) VALUES (?, NOW(6))\n"
                   "ON DUPLICATE KEY UPDATE last_at = NOW(6)",
                   &user, 1, NULL);
}

static enum status check_rate(struct act *act)
{
    const struct cell user = cell_int(act->viewer->user_id);
    int64_t most;
    struct rows read;
    TRY(policy_read(act->database, act->arena, "reveals_per_hour", &most));
    TRY(act_run(act,
                "SELECT COUNT(*) FROM secret_reveal\n"
                "WHERE user_account_id = ? AND revealed_at > NOW(6) - INTERVAL 1 HOUR\n"
                "LOCK IN SHARE MODE",
                &user, 1, &read));
    if (read.cells[0].integer >= most)
        act_error(act, "TOO_OFTEN", NULL,
                  "You have read %lld codes within an hour; a colleague can help the caller now.",
                  (long long)most);
    return STATUS_OK;
}

static enum status note(struct act *act, struct cell interaction, struct str reason)
{
    const struct cell parameters[] = {cell_int(act->customer),
                                      cell_int(act->object),
                                      cell_text(act_field(act, "code")->text),
                                      cell_int(act->viewer->user_id),
                                      interaction,
                                      cell_text(reason)};
    return act_run(act,
                   "INSERT INTO secret_reveal\n"
                   "    (customer_id, sim_card_id, kind, user_account_id, interaction_id, reason,\n"
                   "     revealed_at)\n"
                   "VALUES (?, ?, ?, ?, ?, ?, NOW(6))",
                   parameters, 6, NULL);
}

static enum status open_code(struct act *act, struct revealed *revealed)
{
    struct str kind = str_copy(act->arena, act_field(act, "code")->text);
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object),
                                      cell_text(kind)};
    struct rows rows;
    TRY(policy_read(act->database, act->arena, "reveal_seconds", &revealed->seconds));
    TRY(act_run(act,
                "SELECT key_id, nonce, ciphertext, tag FROM sim_secret\n"
                "WHERE customer_id = ? AND sim_card_id = ? AND kind = ?",
                parameters, 3, &rows));
    if (rows.count == 0) {
        act_error(act, "NOT_FOUND", "code", "The card has no such code.");
        return STATUS_OK;
    }
    const struct sealed sealed = {.key = cell_str(&rows.cells[0]),
                                  .nonce = cell_str(&rows.cells[1]),
                                  .ciphertext = cell_str(&rows.cells[2]),
                                  .tag = cell_str(&rows.cells[3])};
    struct str place = sim_secret_place(act->arena, kind.at, act->customer, act->object);
    return vault_unseal(&revealed->value, act->arena, secret_keys_vault(), &sealed, place);
}

static enum status reveal(struct act *act)
{
    struct rows rows;
    struct cell interaction;
    struct revealed *revealed = arena_new(act->arena, struct revealed);
    struct str reason = words_of(act, "reason", REASON_CHARACTERS, true);
    TRY(hold_meter(act));
    TRY(act_lock(act, "SimCard", "id", "t.customer_id", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    act->object = rows.cells[0].integer;
    act->customer = rows.cells[1].integer;
    TRY(caller_check(act, &interaction));
    TRY(check_rate(act));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(note(act, interaction, reason));
    TRY(open_code(act, revealed));
    act->result = act->dry_run ? NULL : revealed;
    return STATUS_OK;
}

const struct action secret_reveal = {
    .type = "SimCard", .perform = reveal, .undo = &change_has_left};

void secret_reveal_leaf(const struct resolve *resolve, const void *object,
                        const struct field *field, struct cell *out)
{
    const struct act *act = object;
    const struct revealed *revealed = act->errors == NULL ? act->result : NULL;
    if (str_is(field->name, "value"))
        *out = revealed == NULL ? (struct cell){.kind = CELL_NULL} : cell_text(revealed->value);
    else if (str_is(field->name, "hideAfterSeconds"))
        *out = revealed == NULL ? (struct cell){.kind = CELL_NULL} : cell_int(revealed->seconds);
    else
        act_payload_leaf(resolve, object, field, out);
}
