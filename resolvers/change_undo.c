/* change_undo: what was changed a short while ago is taken back, as if it had not been done.
 *
 * What an action's rows are, and what follows from them, its definition says; the rows themselves
 * come out of their history. The record of the change stays, and so does that of taking it back.
 */
#include "resolvers/change_undo.h"

#include "base/viewer.h"
#include "graphql/coerce.h"
#include "graphql/schema.h"
#include "resolvers/index.h"
#include "resolvers/row_restore.h"
#include "run/door.h"
#include <stdio.h>

enum { KEY, CUSTOMER, USER, MUTATION, OBJECT, HELD_AT, RECORDED_AT, IN_TIME };

#define RECORD_COLUMNS                                                                       \
    "t.customer_id, t.user_account_id, t.mutation, t.object_id, t.held_at, t.recorded_at,\n" \
    "    NOW(6) <= t.undoable_until"

static const char general_why[] = "Nobody can take back such a change; change it anew instead.";

const struct undo change_has_left = {
    .why = "It has left the house: the customer, the network or money followed on it."};

/* ---- whether it may be ---- */

static bool may_do(const struct act *act, struct str mutation)
{
    const struct schema *schema = door_schema(act->engine);
    const struct type *root = schema_type(schema, STR("Mutation"), UINT64_MAX);
    const struct field *field = schema_field(schema, root, mutation, UINT64_MAX);
    return field != NULL && needs_met(field->needs, act->viewer->rights);
}

/* The schema gives the member to administrators alone. */
static bool answers_for_others(const struct act *act)
{
    const struct input *of_others = act_field(act, "ofOthers");
    return of_others != NULL && of_others->kind == INPUT_BOOLEAN && of_others->boolean;
}

static const struct undo *find_undo(struct str mutation)
{
    char coordinate[80];
    snprintf(coordinate, sizeof(coordinate), "Mutation." STR_FMT, STR_ARG(mutation));
    const struct resolver *resolver = resolver_find(resolvers_index, str_of(coordinate));
    return resolver == NULL ? NULL : resolver->action->undo;
}

static enum status check_once(struct act *act, const struct cell *record)
{
    struct rows rows = {0};
    TRY(act_run(act,
                "SELECT u.display_name FROM change_undo AS c\n"
                "JOIN user_account AS u ON u.id = c.user_account_id WHERE c.change_id = ?",
                &record[KEY], 1, &rows));
    if (rows.count > 0)
        act_error(act, "NOT_ALLOWED", "changeId", "It was taken back already.");
    return STATUS_OK;
}

static enum status check(struct act *act, const struct cell *record, const struct undo *undo)
{
    struct str mutation = cell_str(&record[MUTATION]);
    bool own = record[USER].integer == act->viewer->user_id;
    bool possible = undo != NULL && undo->rows[0].table != NULL &&
                    record[CUSTOMER].kind != CELL_NULL && record[IN_TIME].kind != CELL_NULL;
    if (!possible)
        act_error(act, "NOT_ALLOWED", "changeId", "%s",
                  undo == NULL || undo->why == NULL ? general_why : undo->why);
    else if (!may_do(act, mutation) || (!own && !answers_for_others(act)))
        act_error(act, "NOT_ALLOWED", "changeId",
                  "Only who made the change, or an administrator, can take it back.");
    else if (record[IN_TIME].integer == 0)
        act_error(act, "NOT_ALLOWED", "changeId",
                  "It is too late to take it back; change it anew instead.");
    return act->errors == NULL ? check_once(act, record) : STATUS_OK;
}

/* ---- who was there since ---- */

/* Names of those who work for the operator are for colleagues. */
static enum status refuse_later(struct act *act, const struct cell *changed_at)
{
    const struct cell parameters[] = {cell_int(act->customer), *changed_at, *changed_at};
    struct rows rows = {0};
    struct str who = STR("Somebody else");
    if (act->viewer->kind == VIEWER_OPERATOR)
        TRY(act_run(act,
                    "SELECT u.display_name FROM audit_record AS a\n"
                    "JOIN user_account AS u ON u.id = a.user_account_id\n"
                    "WHERE a.customer_id = ? AND a.began_at <= ? AND a.recorded_at >= ?\n"
                    "ORDER BY a.id LIMIT 1",
                    parameters, 3, &rows));
    if (rows.count > 0)
        who = cell_str(&rows.cells[0]);
    act_error(act, "CONFLICT", "changeId",
              STR_FMT " has changed the same since; nothing was taken back. Look at it again.",
              STR_ARG(who));
    return STATUS_OK;
}

void change_undo_refuse(struct act *act)
{
    act_error(
        act, "CONFLICT", "changeId",
        "It does not go together with what was done since; nothing was taken back. Look at it "
        "again.");
}

/* ---- done ---- */

static enum status restore(struct act *act, const struct cell *record, const struct undo *undo)
{
    for (uint32_t i = 0; i < UNDO_TABLES && undo->rows[i].table != NULL; i++) {
        struct row_restore restore = {
            .rows = &undo->rows[i],
            .customer = record[CUSTOMER],
            .object = record[OBJECT],
            .from = record[HELD_AT],
            .until = record[RECORDED_AT],
        };
        TRY(row_restore(act, &restore));
        if (restore.changed_at.kind != CELL_NULL)
            return refuse_later(act, &restore.changed_at);
        if (restore.tied) {
            change_undo_refuse(act);
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static enum status note(struct act *act, const struct cell *record)
{
    const struct cell parameters[] = {record[KEY], record[CUSTOMER],
                                      cell_int(act->viewer->user_id)};
    return act_run(act,
                   "INSERT INTO change_undo (change_id, customer_id, user_account_id, undone_at)\n"
                   "VALUES (?, ?, ?, NOW(6))",
                   parameters, 3, NULL);
}

static enum status perform(struct act *act)
{
    struct rows rows;
    TRY(act_lock(act, "AccountChange", "changeId", RECORD_COLUMNS, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    const struct cell *record = rows.cells;
    const struct undo *undo = find_undo(cell_str(&record[MUTATION]));
    TRY(check(act, record, undo));
    if (act->errors != NULL)
        return STATUS_OK;
    act->customer = record[CUSTOMER].integer;
    act->object = record[OBJECT].integer;
    TRY(restore(act, record, undo));
    if (act->errors == NULL && undo->after != NULL)
        TRY(undo->after(act));
    act->object = act->customer;
    return act->errors == NULL ? note(act, record) : STATUS_OK;
}

const struct action change_undo = {.type = "Customer", .perform = perform};
