/* sim_change: another SIM card takes the place of one in use.
 *
 * The new one comes from the stock (db/sim_stock.c). What may follow on what in the life of a card
 * is one table.
 */
#include "resolvers/sim_change.h"

#include "base/arena.h"
#include "db/sim_stock.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/caller.h"
#include "resolvers/change_undo.h"
#include "resolvers/hindrance.h"
#include "resolvers/secret_keys.h"
#include "resolvers/version.h"
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

/* Whatever became of it: what is exchanged for being lost is blocked, all else is replaced. */
void sim_change_hinders(struct str status, struct hindrances *out)
{
    enum sim_status from = status_named(status);
    assert(from < STATUSES); /* the table says so */
    if ((~followers[from] & (BIT(BLOCKED) | BIT(REPLACED))) != 0)
        hindrance_refuse(out, "Only a SIM card that is active or suspended is exchanged.",
                         "Nur eine aktive oder gesperrte SIM-Karte wird getauscht.");
}

enum { ID, CUSTOMER, PRODUCT, MSISDN, STATUS, VERSION };

struct exchange {
    struct act *act;
    const struct cell *old;      /* the card that goes */
    struct sim_stock_card spare; /* the one that takes its place */
    enum sim_status status;      /* what the old one becomes */
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
    TRY(sim_stock_find(act->database, act->arena, digits, &exchange->spare));
    if (exchange->spare.id == 0)
        act_error(act, "NOT_FOUND", "iccid",
                  "There is no spare SIM card of this number; take one that nobody has.");
    return STATUS_OK;
}

/* ---- to the customer ---- */

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

static enum status write_exchange(struct exchange *exchange)
{
    struct act *act = exchange->act;
    const struct cell *old = exchange->old;
    struct rows rows;
    TRY(end_old(exchange));
    TRY(act_run(act, "SELECT partner_id FROM customer WHERE id = ?", &old[CUSTOMER], 1, &rows));
    const struct sim_stock_owner owner = {
        .customer_id = act->customer,
        .product_id = old[PRODUCT].integer,
        .partner_id = rows.cells[0].kind == CELL_NULL ? 0 : rows.cells[0].integer,
        .msisdn = old[MSISDN],
        .status = old[STATUS],
    };
    return sim_stock_hand_over(act->database, act->arena, secret_keys_vault(), &exchange->spare,
                               &owner, &act->object);
}

static enum status change(struct act *act)
{
    struct rows rows;
    struct hindrances hindrances;
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
    hindrances_of(&hindrances, act);
    sim_change_hinders(cell_str(&rows.cells[STATUS]), &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    TRY(caller_check(act, &interaction));
    TRY(take_spare(&exchange));
    return act->errors == NULL ? write_exchange(&exchange) : STATUS_OK;
}

const struct action sim_change = {.type = "SimCard", .perform = change, .undo = &change_has_left};
