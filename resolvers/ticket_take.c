/* ticket_take: who works on a ticket.
 *
 * What is nobody's is taken by who wants it; what somebody has is given back or on, and stays in
 * its team. Of two who take the same ticket the second is told who was first.
 */
#include "resolvers/ticket_take.h"

#include "base/viewer.h"
#include "graphql/coerce.h"
#include "resolvers/hindrance.h"
#include "resolvers/ticket_status.h"
#include "resolvers/ticket_write.h"
#include "run/global_id.h"

enum { ID, CUSTOMER, STATUS, ASSIGNEE_ID, ASSIGNEE_NAME, TEAM_ID, TEAM_NAME };

#define TICKET_COLUMNS                                                     \
    "t.customer_id, t.status, t.assignee_id, t.assignee_name, t.team_id, " \
    "(SELECT m.name FROM team AS m WHERE m.id = t.team_id)"

void ticket_take_hinders(struct str status, const struct cell *assignee_id,
                         const struct cell *assignee_name, const struct viewer *viewer,
                         struct hindrances *out)
{
    bool own = assignee_id->kind != CELL_NULL && assignee_id->integer == viewer->user_id;
    ticket_status_hinders(status, out);
    if (out->first != NULL)
        return;
    if (own)
        hindrance_refuse(out, "You work on it already.", "Sie bearbeiten es schon.");
    else if (assignee_name->kind != CELL_NULL)
        hindrance_add(out, "NOT_ALLOWED",
                      "{} works on it; give it to somebody else of the team, or back.",
                      "{} bearbeitet es; geben Sie es jemand anderem aus dem Team oder zurück.",
                      cell_str(assignee_name));
}

/* Without a name it is nobody's. Whoever takes it has looked at it. */
static enum status write_assignee(struct act *act, struct cell user, struct cell name, bool seen)
{
    const struct cell parameters[] = {user, name, cell_int(seen), cell_int(act->customer),
                                      cell_int(act->object)};
    return act_run(act,
                   "UPDATE trouble_ticket\n"
                   "SET assignee_id = ?, assignee_name = ?,\n"
                   "    first_viewed_at = IF(?, COALESCE(first_viewed_at, " TICKET_NOW "), NULL),\n"
                   "    updated_at = " TICKET_NOW ", version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 5, NULL);
}

static enum status write_own(struct act *act)
{
    return write_assignee(act, cell_int(act->viewer->user_id), cell_text(act->viewer->name), true);
}

/* ---- one that was chosen ---- */

static enum status lock(struct act *act, struct rows *rows)
{
    TRY(act_lock(act, "TroubleTicket", "id", TICKET_COLUMNS, rows));
    TRY(ticket_begin(act));
    if (rows->count > 0) {
        act->object = rows->cells[ID].integer;
        act->customer = rows->cells[CUSTOMER].integer;
    }
    return STATUS_OK;
}

static enum status take(struct act *act)
{
    struct rows rows;
    struct hindrances hindrances;
    TRY(lock(act, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    hindrances_of(&hindrances, act);
    ticket_take_hinders(cell_str(&rows.cells[STATUS]), &rows.cells[ASSIGNEE_ID],
                        &rows.cells[ASSIGNEE_NAME], act->viewer, &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    return act->errors == NULL ? write_own(act) : STATUS_OK;
}

static const struct undo assignee_undo = {.rows = {{"trouble_ticket", "customer_id", "id"}}};

const struct action ticket_take = {
    .type = "TroubleTicket", .perform = take, .undo = &assignee_undo};

/* ---- the next one ---- */

/* 0 with a user error: nobody knows whose. */
static int64_t team_of(struct act *act)
{
    const struct input *given = act_field(act, "teamId");
    struct cell team;
    if (given == NULL || given->kind == INPUT_NULL) {
        if (act->viewer->team_id == 0)
            act_error(act, "REQUIRED", "teamId", "Say of which team: you belong to none.");
        return act->viewer->team_id;
    }
    if (plain_id_decode(given->text, &team))
        return team.integer;
    act_error(act, "NOT_FOUND", "teamId", "There is no team by this id.");
    return 0;
}

#define NEXT_TICKET                                                        \
    "SELECT t.id, t.customer_id, SYSDATE(6)\n"                             \
    "FROM trouble_ticket AS t FORCE INDEX (trouble_ticket_work_of_both)\n" \
    "WHERE t.work_team_id = ? AND t.work_user_id = 0\n"                    \
    "ORDER BY t.due_order, t.priority_order, t.opened_at, t.id LIMIT 1 FOR UPDATE"

/* What others hold is being taken, and skipped; where nothing else is left, they may still let it
 * go. */
static enum status find_next(struct act *act, struct cell team, struct rows *rows)
{
    TRY(act_run(act, NEXT_TICKET " SKIP LOCKED", &team, 1, rows));
    return rows->count > 0 ? STATUS_OK : act_run(act, NEXT_TICKET, &team, 1, rows);
}

static enum status take_next(struct act *act)
{
    struct rows rows = {0};
    const struct cell team = cell_int(team_of(act));
    if (act->viewer->kind != VIEWER_OPERATOR)
        act_error(act, "NOT_ALLOWED", NULL,
                  "Only the operator's people take what comes next; take a ticket you see.");
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(find_next(act, team, &rows));
    TRY(ticket_begin(act));
    if (rows.count == 0) {
        act_error(act, "NOT_FOUND", NULL, "No ticket of this team waits for somebody.");
        return STATUS_OK;
    }
    act->object = rows.cells[ID].integer;
    act->customer = rows.cells[CUSTOMER].integer;
    act->held_at = rows.cells[rows.width - 1];
    return write_own(act);
}

const struct action ticket_take_next = {
    .type = "TroubleTicket", .perform = take_next, .undo = &assignee_undo};

/* ---- given to somebody, or back ---- */

/* Reads who is to have it; nobody: both stay NULL. */
static enum status find_assignee(struct act *act, const struct cell *ticket, struct cell *user,
                                 struct cell *name)
{
    const struct input *given = act_field(act, "assigneeId");
    struct rows rows = {0};
    struct cell key;
    if (given == NULL || given->kind == INPUT_NULL)
        return STATUS_OK;
    if (plain_id_decode(given->text, &key)) {
        const struct cell parameters[] = {key, ticket[TEAM_ID]};
        TRY(act_run(act,
                    "SELECT id, display_name FROM user_account\n"
                    "WHERE id = ? AND team_id = ? AND state = 'ACTIVE' LOCK IN SHARE MODE",
                    parameters, 2, &rows));
    }
    if (rows.count == 0) {
        act_error(act, "NOT_FOUND", "assigneeId",
                  "Name somebody of the team " STR_FMT ", which has the ticket; to give it to "
                  "another team, escalate it.",
                  STR_ARG(cell_str(&ticket[TEAM_NAME])));
        return STATUS_OK;
    }
    *user = rows.cells[0];
    *name = rows.cells[1];
    return STATUS_OK;
}

static enum status assign(struct act *act)
{
    struct rows rows;
    struct hindrances hindrances;
    struct cell user = {.kind = CELL_NULL}, name = user;
    TRY(lock(act, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    hindrances_of(&hindrances, act);
    ticket_status_hinders(cell_str(&rows.cells[STATUS]), &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    TRY(find_assignee(act, rows.cells, &user, &name));
    if (act->errors != NULL)
        return STATUS_OK;
    bool own = user.kind != CELL_NULL && user.integer == act->viewer->user_id;
    return write_assignee(act, user, name, own);
}

const struct action ticket_assign = {
    .type = "TroubleTicket", .perform = assign, .undo = &assignee_undo};
