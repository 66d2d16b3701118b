/* ticket_work: which tickets somebody has to work on, and whose they are.
 *
 * Tickets that are work have a team in work_team_id and somebody, or nobody, in work_user_id; the
 * indexes begin with these two, so a list that names neither would read the work of all teams.
 */
#include "resolvers/ticket_work.h"

#include "base/buf.h"
#include "base/viewer.h"
#include "graphql/coerce.h"
#include "run/global_id.h"

enum { TEAM, HOLDER, STATUS, OVERDUE = 5 };

static bool is_given(const struct input *argument)
{
    return argument->kind != INPUT_ABSENT && argument->kind != INPUT_NULL;
}

static void add(struct predicate *out, const char *sql)
{
    if (out->sql->len > 0)
        buf_add(out->sql, STR(" AND "));
    buf_add(out->sql, str_of(sql));
}

static void add_with(struct predicate *out, const char *sql, struct cell parameter)
{
    add(out, sql);
    out->parameters[out->parameter_count++] = parameter;
}

static bool is_work(struct str status)
{
    return str_is(status, "ACKNOWLEDGED") || str_is(status, "IN_PROGRESS") ||
           str_is(status, "PENDING") || str_is(status, "HELD");
}

/* Words for the client; NULL: nothing is wrong. */
static const char *problem_of(const struct input *arguments, struct cell *team)
{
    if (!is_given(&arguments[TEAM]) && !is_given(&arguments[HOLDER]))
        return "Say whose tickets: those of a team (\"teamId\"), or nobody's or your own "
               "(\"holder\").";
    if (is_given(&arguments[TEAM]) && !plain_id_decode(arguments[TEAM].text, team))
        return "\"teamId\" takes the id of a team, as \"teams\" gives it.";
    if (is_given(&arguments[STATUS]) && !is_work(arguments[STATUS].text))
        return "Nobody has to work on what is resolved or settled: look in the account of its "
               "customer.";
    return NULL;
}

enum status ticket_work(const struct field *field, const struct input *arguments,
                        struct arena *arena, struct predicate *out, struct str *problem)
{
    struct cell team = {0};
    const char *wrong = problem_of(arguments, &team);
    if (wrong != NULL) {
        *problem = str_of(wrong);
        return STATUS_INVALID;
    }
    if (is_given(&arguments[TEAM]))
        add_with(out, "t.work_team_id = ?", team);
    if (is_given(&arguments[HOLDER])) {
        bool own = str_is(arguments[HOLDER].text, "VIEWER");
        add_with(out, "t.work_user_id = ?", cell_int(own ? out->viewer->user_id : 0));
    }
    if (is_given(&arguments[OVERDUE]))
        add(out, arguments[OVERDUE].boolean ? "t.due_order < UTC_TIMESTAMP(6)"
                                            : "t.due_order >= UTC_TIMESTAMP(6)");
    return STATUS_OK;
}

/* Teams are the operator's own matter. */
enum status ticket_assignee(const struct field *field, const struct input *arguments,
                            struct arena *arena, struct predicate *out, struct str *problem)
{
    struct cell ticket = {.kind = CELL_NULL};
    if (out->viewer->kind == VIEWER_OPERATOR)
        global_id_decode(arena, STR("TroubleTicket"), arguments[0].text, &ticket);
    add_with(out,
             "t.state = 'ACTIVE' AND t.team_id = (SELECT w.team_id FROM trouble_ticket AS w "
             "WHERE w.id = ?)",
             ticket);
    return STATUS_OK;
}

enum status ticket_own(struct compute *compute)
{
    for (uint32_t i = 0; i < compute->count; i++) {
        const struct cell *user = compute_need(compute, i, 0);
        compute->out[i] =
            cell_int(user->kind != CELL_NULL && user->integer == compute->viewer->user_id);
    }
    return STATUS_OK;
}
