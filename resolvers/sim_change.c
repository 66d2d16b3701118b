/* sim_change: another SIM card takes the place of one in use.
 *
 * The new one comes from the stock, with codes that are sealed for the stock: they are opened, and
 * sealed for the customer's card, without ever leaving this file. What may follow on what in the
 * life of a card is one table.
 */
#include "resolvers/sim_change.h"

#include "base/arena.h"
#include "db/customer_terms.h"
#include "db/sim_secret.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/caller.h"
#include "resolvers/change_undo.h"
#include "resolvers/secret_keys.h"
#include "resolvers/version.h"
#include "vault/vault.h"
#include <assert.h>

enum { ICCID_DIGITS_LEAST = 18, ICCID_DIGITS_MOST = 20 };

enum sim_status { READY, ACTIVE, SUSPENDED, BLOCKED, REPLACED, DEACTIVATED, STATUSES };

static const char *const names[STATUSES] = {
    [READY] = "READY",     [ACTIVE] = "ACTIVE",     [SUSPENDED] = "SUSPENDED",
    [BLOCKED] = "BLOCKED", [REPLACED] = "REPLACED", [DEACTIVATED] = "DEACTIVATED",
};

#define BIT(status) (1u << (status))

/* A card that was never in the network is not exchanged: it is activated first. */
static const unsigned followers[STATUSES] = {
    [READY] = BIT(ACTIVE),
    [ACTIVE] = BIT(SUSPENDED) | BIT(BLOCKED) | BIT(REPLACED) | BIT(DEACTIVATED),
    [SUSPENDED] = BIT(ACTIVE) | BIT(BLOCKED) | BIT(REPLACED) | BIT(DEACTIVATED),
};

static enum sim_status status_named(struct str name)
{
    enum sim_status status = READY;
    while (status < STATUSES && !str_is(name, names[status]))
        status++;
    return status;
}

enum { ID, CUSTOMER, PRODUCT, MSISDN, STATUS, VERSION };
enum { SPARE_ID, SPARE_ICCID, SPARE_IMSI, SPARE_FORM };

struct exchange {
    struct act *act;
    const struct cell *old;   /* the card that goes */
    const struct cell *spare; /* the one that takes its place */
    enum sim_status status;   /* what the old one becomes */
};

/* ---- from the stock ---- */

/* As it is printed: digits in groups. */
static struct str digits_of(struct act *act, struct str text)
{
    char *digits = arena_array(act->arena, char, text.len + 1);
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != ' ')
            digits[count++] = text.at[i];
    }
    return (struct str){.at = digits, .len = count};
}

static enum status take_spare(struct exchange *exchange)
{
    struct act *act = exchange->act;
    struct str digits = digits_of(act, act_field(act, "iccid")->text);
    bool fits = digits.len >= ICCID_DIGITS_LEAST && digits.len <= ICCID_DIGITS_MOST;
    for (size_t i = 0; i < digits.len && fits; i++)
        fits = digits.at[i] >= '0' && digits.at[i] <= '9';
    if (!fits) {
        act_error(act, "INVALID", "iccid", "Give the %d to %d digits that are printed on the card.",
                  ICCID_DIGITS_LEAST, ICCID_DIGITS_MOST);
        return STATUS_OK;
    }
    const struct cell iccid = cell_text(digits);
    struct rows rows;
    TRY(act_run(act, "SELECT id, iccid, imsi, form FROM spare_sim WHERE iccid = ? FOR UPDATE",
                &iccid, 1, &rows));
    exchange->spare = rows.cells;
    if (rows.count == 0)
        act_error(act, "NOT_FOUND", "iccid",
                  "There is no spare SIM card of this number; take one that nobody has.");
    return STATUS_OK;
}

static enum status remove_spare(struct exchange *exchange)
{
    const struct cell *id = &exchange->spare[SPARE_ID];
    TRY(act_run(exchange->act, "DELETE FROM spare_sim_secret WHERE spare_sim_id = ?", id, 1, NULL));
    return act_run(exchange->act, "DELETE FROM spare_sim WHERE id = ?", id, 1, NULL);
}

/* ---- to the customer ---- */

static enum status seal_anew(struct exchange *exchange, const struct cell *secret)
{
    struct act *act = exchange->act;
    const struct vault *vault = secret_keys_vault();
    struct str kind = str_copy(act->arena, cell_str(&secret[0])), code;
    const struct sealed in_stock = {.key = cell_str(&secret[1]),
                                    .nonce = cell_str(&secret[2]),
                                    .ciphertext = cell_str(&secret[3]),
                                    .tag = cell_str(&secret[4])};
    struct str from =
        sim_secret_spare_place(act->arena, kind.at, exchange->spare[SPARE_ID].integer);
    struct str to = sim_secret_place(act->arena, kind.at, act->customer, act->object);
    struct sealed sealed;
    TRY(vault_unseal(&code, act->arena, vault, &in_stock, from));
    TRY(vault_seal(&sealed, act->arena, vault, code, to));
    const struct cell parameters[] = {
        cell_int(act->customer), cell_int(act->object),   secret[0],
        cell_text(sealed.key),   cell_text(sealed.nonce), cell_text(sealed.ciphertext),
        cell_text(sealed.tag),
    };
    return act_run(act,
                   "INSERT INTO sim_secret\n"
                   "    (customer_id, sim_card_id, kind, key_id, nonce, ciphertext, tag)\n"
                   "VALUES (?, ?, ?, ?, ?, ?, ?)",
                   parameters, 7, NULL);
}

static enum status hand_over_codes(struct exchange *exchange)
{
    struct rows secrets;
    TRY(act_run(exchange->act,
                "SELECT kind, key_id, nonce, ciphertext, tag FROM spare_sim_secret\n"
                "WHERE spare_sim_id = ?",
                &exchange->spare[SPARE_ID], 1, &secrets));
    for (uint32_t i = 0; i < secrets.count; i++)
        TRY(seal_anew(exchange, secrets.cells + (size_t)i * secrets.width));
    return STATUS_OK;
}

static enum status add_card(struct exchange *exchange)
{
    struct act *act = exchange->act;
    const struct cell *old = exchange->old, *spare = exchange->spare;
    const struct cell parameters[] = {old[CUSTOMER],      old[PRODUCT],      old[MSISDN],
                                      spare[SPARE_ICCID], spare[SPARE_IMSI], spare[SPARE_FORM],
                                      old[STATUS]};
    TRY(act_run(act,
                "INSERT INTO sim_card\n"
                "    (customer_id, product_id, msisdn, iccid, imsi, form, status, in_use,\n"
                "     activated_on)\n"
                "VALUES (?, ?, ?, ?, ?, ?, ?, TRUE, CURRENT_DATE)",
                parameters, 7, NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

static enum status end_old(struct exchange *exchange)
{
    const struct cell parameters[] = {cell_text(str_of(names[exchange->status])),
                                      exchange->old[CUSTOMER], exchange->old[ID]};
    return act_run(
        exchange->act,
        "UPDATE sim_card\n"
        "SET status = ?, in_use = FALSE, ended_on = GREATEST(activated_on, CURRENT_DATE),\n"
        "    version = version + 1\n"
        "WHERE customer_id = ? AND id = ?",
        parameters, 3, NULL);
}

static enum status note_terms(struct exchange *exchange)
{
    struct act *act = exchange->act;
    struct rows rows;
    TRY(act_run(act, "SELECT partner_id FROM customer WHERE id = ?", &exchange->old[CUSTOMER], 1,
                &rows));
    int64_t partner_id = rows.cells[0].kind == CELL_NULL ? 0 : rows.cells[0].integer;
    TRY(customer_terms_add(act->database, act->arena, act->customer, partner_id,
                           cell_str(&exchange->spare[SPARE_ICCID]), "SIM"));
    return customer_terms_add(act->database, act->arena, act->customer, partner_id,
                              cell_str(&exchange->spare[SPARE_IMSI]), "SIM");
}

static enum status write_exchange(struct exchange *exchange)
{
    TRY(end_old(exchange));
    TRY(add_card(exchange));
    TRY(hand_over_codes(exchange));
    TRY(remove_spare(exchange));
    return note_terms(exchange);
}

static enum status change(struct act *act)
{
    struct rows rows;
    struct cell interaction;
    struct str reason = act_field(act, "reason")->text;
    bool gone = str_is(reason, "LOST") || str_is(reason, "STOLEN");
    struct exchange exchange = {.act = act, .status = gone ? BLOCKED : REPLACED};
    TRY(act_lock(act, "SimCard", "id", "t.customer_id, t.product_id, t.msisdn, t.status, t.version",
                 &rows));
    if (rows.count == 0)
        return STATUS_OK;
    exchange.old = rows.cells;
    act->customer = rows.cells[CUSTOMER].integer;
    version_check(act, &rows.cells[VERSION]);
    enum sim_status from = status_named(cell_str(&rows.cells[STATUS]));
    assert(from < STATUSES); /* the table says so */
    if ((followers[from] & BIT(exchange.status)) == 0)
        act_error(act, "NOT_ALLOWED", "id", "A SIM card that is %s cannot become %s.", names[from],
                  names[exchange.status]);
    TRY(caller_check(act, &interaction));
    TRY(take_spare(&exchange));
    return act->errors == NULL ? write_exchange(&exchange) : STATUS_OK;
}

const struct action sim_change = {.type = "SimCard", .perform = change, .undo = &change_has_left};
