/* identification_act: documents that say who a customer is, shown, looked at and withdrawn.
 *
 * Of their numbers only the end is ever given, so nothing else can be kept. What was proved of the
 * customer follows in the same transaction.
 */
#include "resolvers/identification_act.h"

#include "db/dates.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "resolvers/country.h"
#include "resolvers/day.h"
#include "resolvers/hindrance.h"
#include "resolvers/line.h"
#include "resolvers/version.h"
#include "resolvers/words.h"
#include <ctype.h>

enum { END_CHARACTERS = 4, ISSUER_CHARACTERS = 200 };

/* As the longest valid one of those that somebody looked at says. */
static enum status note_proof(struct act *act)
{
    const struct cell customer[] = {cell_int(act->customer), cell_int(act->customer),
                                    cell_int(act->customer)};
    return act_run(act,
                   "UPDATE customer\n"
                   "SET identity_verified = EXISTS (SELECT 1 FROM identification\n"
                   "        WHERE customer_id = ? AND verified_at IS NOT NULL),\n"
                   "    identity_valid_until = (\n"
                   "        SELECT IF(SUM(valid_until IS NULL) > 0, NULL, MAX(valid_until))\n"
                   "        FROM identification\n"
                   "        WHERE customer_id = ? AND verified_at IS NOT NULL),\n"
                   "    version = version + 1\n"
                   "WHERE id = ?",
                   customer, 3, NULL);
}

/* Whoever changes what proves somebody holds the customer. */
static const struct undo undo = {.rows = {{"identification", "customer_id", NULL}},
                                 .after = note_proof};

/* ---- shown ---- */

static struct str take_end(struct act *act)
{
    struct str end = line_trimmed(act_field(act, "numberEnd")->text);
    bool fits = end.len > 0 && end.len <= END_CHARACTERS;
    for (size_t i = 0; i < end.len && fits; i++)
        fits = isdigit((unsigned char)end.at[i]) || isupper((unsigned char)end.at[i]);
    if (!fits)
        act_error(act, "INVALID", "numberEnd",
                  "Give only the last one to four digits or capital letters of the number.");
    return end;
}

static struct cell take_days(struct act *act, struct cell *until)
{
    const struct input *from = act_field(act, "validFrom"), *end = act_field(act, "validUntil");
    int64_t first = day_of(from, NULL);
    *until = (struct cell){.kind = CELL_NULL};
    if (first > dates_today())
        act_error(act, "INVALID", "validFrom", "It was issued in the past; give that day.");
    if (end != NULL && end->kind != INPUT_NULL) {
        *until = (struct cell){.kind = CELL_DATE, .integer = day_of(end, NULL)};
        if (until->integer < first)
            act_error(act, "INVALID", "validUntil", "It cannot end before it was issued.");
    }
    return (struct cell){.kind = CELL_DATE, .integer = first};
}

static enum status add(struct act *act)
{
    struct rows rows;
    struct cell until, from = take_days(act, &until);
    struct str end = take_end(act), country = act_field(act, "country")->text;
    struct str issuer = words_of(act, "issuedBy", ISSUER_CHARACTERS, true);
    if (!country_known(country))
        act_error(act, "INVALID", "country", "%s", COUNTRY_WORDS);
    TRY(act_lock(act, "Customer", "customerId", "", &rows));
    if (act->errors != NULL)
        return STATUS_OK;
    act->customer = rows.cells[0].integer;
    const struct cell parameters[] = {rows.cells[0],
                                      cell_text(act_field(act, "kind")->text),
                                      cell_text(end),
                                      cell_text(issuer),
                                      cell_text(country),
                                      from,
                                      until,
                                      cell_int(act_field(act, "verified")->boolean)};
    TRY(act_run(act,
                "INSERT INTO identification (customer_id, kind, number_end, issued_by, country,\n"
                "    valid_from, valid_until, verified_at)\n"
                "VALUES (?, ?, ?, ?, ?, ?, ?, IF(?, UTC_TIMESTAMP(6), NULL))",
                parameters, 8, NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return note_proof(act);
}

const struct action identification_add = {.type = "Identification", .perform = add, .undo = &undo};

/* ---- looked at, withdrawn ---- */

enum { ID, CUSTOMER, VERSION, UNTIL };

/* *one is NULL when there is none that the viewer may see. The customer's row is held, too. */
static enum status lock(struct act *act, const struct cell **one)
{
    struct rows rows;
    *one = NULL;
    TRY(act_lock(act, "Identification", "id", "t.customer_id, t.version, t.valid_until", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    *one = rows.cells;
    act->customer = rows.cells[CUSTOMER].integer;
    version_check(act, &rows.cells[VERSION]);
    return act_hold_customer(act);
}

void identification_hinders(const struct cell *until, struct hindrances *out)
{
    if (until->kind != CELL_NULL && until->integer < dates_today())
        hindrance_refuse(out, "It has expired; ask for one that is valid.",
                         "Es ist abgelaufen; lassen Sie sich ein gültiges zeigen.");
}

static enum status verify(struct act *act)
{
    const struct cell *one;
    struct hindrances hindrances;
    TRY(lock(act, &one));
    if (one == NULL)
        return STATUS_OK;
    act->object = one[ID].integer;
    hindrances_of(&hindrances, act);
    identification_hinders(&one[UNTIL], &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    if (act->errors != NULL)
        return STATUS_OK;
    const struct cell parameters[] = {one[CUSTOMER], one[ID]};
    TRY(act_run(act,
                "UPDATE identification\n"
                "SET verified_at = UTC_TIMESTAMP(6), version = version + 1\n"
                "WHERE customer_id = ? AND id = ?",
                parameters, 2, NULL));
    return note_proof(act);
}

const struct action identification_verify = {
    .type = "Identification", .perform = verify, .undo = &undo};

/* The row it is about afterwards is the customer. */
static enum status withdraw(struct act *act)
{
    const struct cell *one;
    TRY(lock(act, &one));
    if (one == NULL || act->errors != NULL)
        return STATUS_OK;
    const struct cell parameters[] = {one[CUSTOMER], one[ID]};
    act->object = act->customer;
    TRY(act_run(act, "DELETE FROM identification WHERE customer_id = ? AND id = ?", parameters, 2,
                NULL));
    return note_proof(act);
}

const struct action identification_withdraw = {
    .type = "Customer", .perform = withdraw, .undo = &undo};
