/* ticket_status: where a ticket stands, and who has it.
 *
 * All that may follow on what is one table. Clocks stop when a ticket is settled, and run anew when
 * a solution was refused: what was promised for good is promised again from that moment.
 */
#include "resolvers/ticket_status.h"

#include "base/arena.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "resolvers/hindrance.h"
#include "resolvers/ticket_write.h"

enum ticket_status {
    ACKNOWLEDGED,
    REJECTED,
    PENDING,
    HELD,
    IN_PROGRESS,
    RESOLVED,
    CLOSED,
    CANCELLED,
    STATUSES,
};

static const char *const names[STATUSES] = {
    [ACKNOWLEDGED] = "ACKNOWLEDGED",
    [REJECTED] = "REJECTED",
    [PENDING] = "PENDING",
    [HELD] = "HELD",
    [IN_PROGRESS] = "IN_PROGRESS",
    [RESOLVED] = "RESOLVED",
    [CLOSED] = "CLOSED",
    [CANCELLED] = "CANCELLED",
};

#define BIT(status) (1u << (status))

/* TMF621: what may follow on a status. */
static const unsigned followers[STATUSES] = {
    [ACKNOWLEDGED] = BIT(IN_PROGRESS) | BIT(PENDING) | BIT(HELD) | BIT(RESOLVED) | BIT(REJECTED) |
                     BIT(CANCELLED),
    [IN_PROGRESS] = BIT(PENDING) | BIT(HELD) | BIT(RESOLVED) | BIT(CANCELLED),
    [PENDING] = BIT(IN_PROGRESS) | BIT(HELD) | BIT(RESOLVED) | BIT(CANCELLED),
    [HELD] = BIT(IN_PROGRESS) | BIT(PENDING) | BIT(RESOLVED) | BIT(CANCELLED),
    [RESOLVED] = BIT(IN_PROGRESS) | BIT(CLOSED),
};

static enum ticket_status status_named(struct str name)
{
    enum ticket_status status = ACKNOWLEDGED;
    while (status < STATUSES && !str_is(name, names[status]))
        status++;
    return status;
}

/* By their names. */
static bool may_become(struct str from, struct str to)
{
    enum ticket_status before = status_named(from), after = status_named(to);
    return before < STATUSES && after < STATUSES && (followers[before] & BIT(after)) != 0;
}

static bool is_settled(enum ticket_status status)
{
    return status == REJECTED || status == CLOSED || status == CANCELLED;
}

void ticket_status_hinders(struct str status, struct hindrances *out)
{
    if (is_settled(status_named(status)))
        hindrance_add(out, "NOT_OPEN",
                      "The ticket is settled; open a new one, and name this one in it.",
                      "Das Ticket ist erledigt; eröffnen Sie ein neues und nennen Sie es darin.",
                      (struct str){0});
}

/* ---- where it stands ---- */

enum { CUSTOMER = 1, STATUS, SUBJECT, TYPE, SEVERITY };

static enum status lock(struct act *act, struct rows *rows)
{
    TRY(act_lock(act, "TroubleTicket", "id",
                 "t.customer_id, t.status, t.subject, t.type, t.severity", rows));
    TRY(ticket_begin(act));
    if (rows->count == 0)
        return STATUS_OK;
    struct hindrances hindrances;
    act->object = rows->cells[0].integer;
    act->customer = rows->cells[CUSTOMER].integer;
    hindrances_of(&hindrances, act);
    ticket_status_hinders(cell_str(&rows->cells[STATUS]), &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    return STATUS_OK;
}

static enum status stop_clocks(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->object)};
    return act_run(act,
                   "UPDATE ticket_clock\n"
                   "SET breached = " TICKET_NOW " > due_at, stopped_at = " TICKET_NOW
                   ", version = version + 1\n"
                   "WHERE customer_id = ? AND ticket_id = ? AND stopped_at IS NULL",
                   parameters, 2, NULL);
}

/* The customer has refused the solution. */
static enum status restart_clock(struct act *act, const struct cell *ticket)
{
    const struct cell parameters[] = {ticket[TYPE], ticket[SEVERITY], cell_int(act->customer),
                                      cell_int(act->object)};
    return act_run(act,
                   "UPDATE ticket_clock AS c\n"
                   "JOIN ticket_policy AS p ON p.type = ? AND p.severity = ?\n"
                   "SET c.started_at = " TICKET_NOW ", c.due_at = " TICKET_NOW
                   " + INTERVAL p.fix_minutes MINUTE,\n"
                   "    c.stopped_at = NULL, c.breached = FALSE, c.version = c.version + 1\n"
                   "WHERE c.customer_id = ? AND c.ticket_id = ? AND c.kind = 'FIX'\n"
                   "    AND p.fix_minutes IS NOT NULL",
                   parameters, 4, NULL);
}

/* No clock runs of what is resolved or settled. */
static bool is_waiting(enum ticket_status status)
{
    return status != RESOLVED && !is_settled(status);
}

static enum status write_status(struct act *act, enum ticket_status from, enum ticket_status to,
                                bool says)
{
    struct cell refused = cell_int(from == RESOLVED && to == IN_PROGRESS);
    bool by_customer = act->viewer->kind == VIEWER_CUSTOMER;
    const struct cell parameters[] = {cell_text(str_of(names[to])),
                                      cell_int(!is_settled(to)),
                                      cell_int(to == RESOLVED),
                                      refused,
                                      refused,
                                      cell_int(!is_waiting(to)),
                                      cell_int(says && by_customer),
                                      cell_int(says && !by_customer),
                                      cell_int(act->customer),
                                      cell_int(act->object)};
    return act_run(act,
                   "UPDATE trouble_ticket\n"
                   "SET status = ?, sub_status = NULL, is_open = ?,\n"
                   "    resolved_at = IF(?, " TICKET_NOW ", IF(?, NULL, resolved_at)),\n"
                   "    reopened_count = reopened_count + ?, updated_at = " TICKET_NOW ",\n"
                   "    next_due_at = IF(?, NULL, next_due_at),\n"
                   "    last_customer_at = IF(?, " TICKET_NOW ", last_customer_at),\n"
                   "    last_agent_at = IF(?, " TICKET_NOW ", last_agent_at),\n"
                   "    version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, sizeof(parameters) / sizeof(*parameters), NULL);
}

static enum status change(struct act *act, const struct cell *ticket, enum ticket_status to,
                          struct str text)
{
    enum ticket_status from = status_named(cell_str(&ticket[STATUS]));
    bool by_customer = act->viewer->kind == VIEWER_CUSTOMER;
    const struct cell customer = cell_int(act->customer);
    TRY(write_status(act, from, to, text.len > 0));
    if (!is_waiting(to))
        TRY(stop_clocks(act));
    if (from == RESOLVED && to == IN_PROGRESS)
        TRY(restart_clock(act, ticket));
    TRY(ticket_update_next_due(act));
    if (is_settled(to))
        TRY(act_run(act,
                    "UPDATE customer SET open_ticket_count = open_ticket_count - 1 WHERE id = ?",
                    &customer, 1, NULL));
    return text.len == 0 ? STATUS_OK
                         : ticket_add_article(act, "MESSAGE", by_customer ? "CUSTOMER" : "AGENT",
                                              cell_text(act->viewer->name), ticket[SUBJECT], text);
}

/* Customers accept a solution, refuse it, or give up. */
static bool is_customers(enum ticket_status from, enum ticket_status to)
{
    return to == CANCELLED || (from == RESOLVED && (to == CLOSED || to == IN_PROGRESS));
}

static enum status perform_change(struct act *act)
{
    struct rows rows;
    const struct input *given = act_field(act, "text");
    bool says = given != NULL && given->kind == INPUT_STRING;
    struct str text = says ? ticket_words(act, "text", true) : (struct str){0};
    struct str name = act_field(act, "status")->text;
    enum ticket_status to = status_named(name);
    TRY(lock(act, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    struct str now = cell_str(&rows.cells[STATUS]);
    if (act->errors == NULL && (!may_become(now, name) || (act->viewer->kind == VIEWER_CUSTOMER &&
                                                           !is_customers(status_named(now), to))))
        act_error(act, "NOT_ALLOWED", "status",
                  "A ticket that is " STR_FMT " cannot become " STR_FMT ".", STR_ARG(now),
                  STR_ARG(name));
    if ((to == RESOLVED || to == REJECTED) && !says)
        act_error(act, "REQUIRED", "text", "Tell the customer what was done, or why nothing is.");
    return act->errors == NULL ? change(act, rows.cells, to, text) : STATUS_OK;
}

/* Tickets that are open are counted. */
static enum status count_open(struct act *act)
{
    const struct cell parameters[] = {cell_int(act->customer), cell_int(act->customer)};
    return act_run(act,
                   "UPDATE customer SET open_ticket_count = (\n"
                   "    SELECT COUNT(*) FROM trouble_ticket WHERE customer_id = ? AND is_open)\n"
                   "WHERE id = ?",
                   parameters, 2, NULL);
}

/* What was written with it, the customer may have read. */
static bool was_told(const struct act *act)
{
    const struct input *text = act_field(act, "text");
    return text != NULL && text->kind == INPUT_STRING;
}

#define TICKET_ROWS                                    \
    {                                                  \
        {"trouble_ticket", "customer_id", "id"},       \
        {                                              \
            "ticket_clock", "customer_id", "ticket_id" \
        }                                              \
    }

static const struct undo status_undo = {
    .rows = TICKET_ROWS,
    .after = count_open,
    .is_final = was_told,
    .why = "The customer was written to about it; move the ticket on instead.",
};

const struct action ticket_change_status = {
    .type = "TroubleTicket", .perform = perform_change, .undo = &status_undo};

/* ---- what may follow ---- */

static struct cell followers_of(struct arena *arena, enum ticket_status from, bool by_customer)
{
    struct cell_list *list = arena_new(arena, struct cell_list);
    list->items = arena_array(arena, struct cell, STATUSES);
    for (enum ticket_status to = ACKNOWLEDGED; from < STATUSES && to < STATUSES; to++) {
        if ((followers[from] & BIT(to)) != 0 && (!by_customer || is_customers(from, to)))
            list->items[list->count++] = cell_text(str_of(names[to]));
    }
    return (struct cell){.kind = CELL_LIST, .object = list};
}

enum status ticket_next_statuses(struct compute *compute)
{
    bool by_customer = compute->viewer->kind == VIEWER_CUSTOMER;
    for (uint32_t i = 0; i < compute->count; i++) {
        struct str status = cell_str(compute_need(compute, i, 0));
        compute->out[i] = followers_of(compute->arena, status_named(status), by_customer);
    }
    return STATUS_OK;
}

/* ---- who has it ---- */

static enum status write_team(struct act *act, int64_t team)
{
    const struct cell parameters[] = {cell_int(team), cell_int(act->customer),
                                      cell_int(act->object)};
    return act_run(act,
                   "UPDATE trouble_ticket\n"
                   "SET team_id = ?, escalated = TRUE, assignee_id = NULL, assignee_name = NULL,\n"
                   "    first_viewed_at = NULL, updated_at = " TICKET_NOW
                   ", version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 3, NULL);
}

/* What was promised to the customer stays promised: no clock begins anew. */
static enum status perform_escalation(struct act *act)
{
    struct rows rows, team;
    struct str reason = ticket_words(act, "reason", true);
    TRY(act_lock(act, "Team", "teamId", "", &team));
    TRY(lock(act, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(write_team(act, team.cells[0].integer));
    return ticket_add_article(act, "NOTE", "AGENT", cell_text(act->viewer->name),
                              rows.cells[SUBJECT], reason);
}

/* The reason stays among the notes: it was written, and it was read. */
static const struct undo escalation_undo = {.rows = TICKET_ROWS};

const struct action ticket_escalate = {
    .type = "TroubleTicket", .perform = perform_escalation, .undo = &escalation_undo};
