/* account_credit: credit that is bought, and how far usage without it may run. */
#include "resolvers/account_credit.h"

#include <stdlib.h>

#include "base/viewer.h"
#include "db/ledger_post.h"
#include "db/policy.h"
#include "db/written.h"
#include "graphql/coerce.h"
#include "resolvers/change_undo.h"
#include "resolvers/conflict.h"
#include "resolvers/hindrance.h"

enum { ID, CUSTOMER, RATING, CURRENCY, VERSION, LIMIT };

static const struct conflict_rows conflicts = {
    .table = "billing_account",
    .owner = "customer_id",
    .mutation = "setCreditLimit",
    .members = {{"limitMinor", "credit_limit_minor", false}}};

/* *account is NULL when the viewer may see none by that id. */
static enum status lock(struct act *act, const struct cell **account)
{
    struct rows rows;
    TRY(act_lock(act, "BillingAccount", "id",
                 "t.customer_id, t.rating_type, t.currency, t.version, t.credit_limit_minor",
                 &rows));
    *account = rows.count == 0 ? NULL : rows.cells;
    if (rows.count > 0) {
        act->object = rows.cells[ID].integer;
        act->customer = rows.cells[CUSTOMER].integer;
    }
    return STATUS_OK;
}

/* The scalar has seen that it is a whole number of 64 bits. */
static int64_t amount_of(struct act *act, const char *field)
{
    return strtoll(str_copy(act->arena, act_field(act, field)->text).at, NULL, 10);
}

static struct str written(struct act *act, int64_t minor, const struct cell *account)
{
    return written_amount(act->arena, act->viewer->language, minor, cell_str(&account[CURRENCY]));
}

void account_credit_hinders(struct str rating, enum credit_change change, struct hindrances *out)
{
    bool prepaid = str_is(rating, "PREPAID");
    if (prepaid && change == CREDIT_IS_LIMITED)
        hindrance_refuse(out, "Usage of this account is paid before; top it up instead.",
                         "Dieses Konto wird vorher bezahlt; laden Sie es auf.");
    else if (!prepaid && change == CREDIT_IS_BOUGHT)
        hindrance_refuse(out,
                         "Usage of this account is paid afterwards; it has no credit to top up.",
                         "Dieses Konto wird nach Rechnung bezahlt; es hat kein Guthaben.");
}

static void check_rating(struct act *act, const struct cell *account, enum credit_change change)
{
    struct hindrances hindrances;
    hindrances_of(&hindrances, act);
    account_credit_hinders(cell_str(&account[RATING]), change, &hindrances);
    hindrances_refuse(&hindrances, act, "id");
}

/* ---- how far ---- */

static enum status check_limit(struct act *act, const struct cell *account, int64_t limit)
{
    struct rows policy;
    TRY(act_run(
        act,
        "SELECT highest_minor FROM credit_policy\n"
        "WHERE class = COALESCE((SELECT class FROM credit_profile WHERE customer_id = ?), 'C')\n"
        "    AND currency = ?",
        (const struct cell[]){account[CUSTOMER], account[CURRENCY]}, 2, &policy));
    if (policy.count == 0)
        act_error(act, "NOT_CONFIGURED", "id",
                  "Nobody has said yet how high limits of such accounts may be.");
    else if (limit < 0 || limit > policy.cells[0].integer)
        act_error(act, "NOT_ALLOWED", "limitMinor",
                  "A limit of this account is from 0 to " STR_FMT ".",
                  STR_ARG(written(act, policy.cells[0].integer, account)));
    return STATUS_OK;
}

static enum status set_credit_limit(struct act *act)
{
    const struct cell *account;
    int64_t limit = amount_of(act, "limitMinor");
    TRY(lock(act, &account));
    if (account == NULL)
        return STATUS_OK;
    TRY(conflict_check(act, &conflicts, &account[VERSION], &account[LIMIT],
                       (const struct cell[]){cell_int(limit)}));
    check_rating(act, account, CREDIT_IS_LIMITED);
    if (act->errors == NULL)
        TRY(check_limit(act, account, limit));
    if (act->errors != NULL)
        return STATUS_OK;
    const struct cell parameters[] = {cell_int(limit), account[CUSTOMER], account[ID]};
    return act_run(act,
                   "UPDATE billing_account SET credit_limit_minor = ?, version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 3, NULL);
}

static const struct undo undo = {.rows = {{"billing_account", "customer_id", "id"}}};

const struct action account_set_credit_limit = {
    .type = "BillingAccount", .perform = set_credit_limit, .undo = &undo};

/* ---- credit ---- */

static enum status check_amount(struct act *act, const struct cell *account, int64_t amount)
{
    int64_t least, most;
    TRY(policy_read(act->database, act->arena, "top_up_least_minor", &least));
    TRY(policy_read(act->database, act->arena, "top_up_most_minor", &most));
    if (amount < least || amount > most)
        act_error(act, "NOT_ALLOWED", "amountMinor",
                  "Credit is topped up by " STR_FMT " to " STR_FMT ".",
                  STR_ARG(written(act, least, account)), STR_ARG(written(act, most, account)));
    return STATUS_OK;
}

/* What was due is paid once there is credit. */
static enum status write_top_up(struct act *act, const struct cell *account, int64_t amount)
{
    const struct ledger_posting posting = {
        .customer = act->customer,
        .account = act->object,
        .kind = "TOP_UP",
        .amount_minor = -amount,
        .reference = STR(""),
        .method = str_copy(act->arena, act_field(act, "method")->text).at,
    };
    TRY(ledger_post(act->database, act->arena, &posting));
    return act_run(act,
                   "UPDATE billing_account SET payment_status = 'PAID'\n"
                   "WHERE customer_id = ? AND id = ? AND balance_minor <= 0",
                   (const struct cell[]){account[CUSTOMER], account[ID]}, 2, NULL);
}

static enum status top_up(struct act *act)
{
    const struct cell *account;
    int64_t amount = amount_of(act, "amountMinor");
    TRY(lock(act, &account));
    if (account == NULL)
        return STATUS_OK;
    TRY(check_amount(act, account, amount));
    check_rating(act, account, CREDIT_IS_BOUGHT);
    if (act->errors != NULL)
        return STATUS_OK;
    return write_top_up(act, account, amount);
}

const struct action account_top_up = {
    .type = "BillingAccount", .perform = top_up, .undo = &change_has_left};
