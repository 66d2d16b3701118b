/* ticket: how promises about a ticket stand, and what its state is called elsewhere.
 *
 * Other systems have states of their own for service requests and for answers that are waited for.
 * They follow from what a ticket stores, so there is no second state that could contradict it.
 */
#include "resolvers/ticket.h"

#include "base/arena.h"
#include "graphql/coerce.h"

enum { MICROSECONDS = 1000000 };

static const int64_t DAY = (int64_t)86400 * MICROSECONDS;

static struct cell word(const char *text)
{
    return cell_text(str_of(text));
}

/* ---- clocks ---- */

enum { DUE_AT, STOPPED_AT };

enum status ticket_clock_state(struct compute *compute)
{
    int64_t now = compute_moment(compute, &compute->arguments[0]);
    for (uint32_t i = 0; i < compute->count; i++) {
        int64_t due = compute_need(compute, i, DUE_AT)->integer;
        const struct cell *stopped = compute_need(compute, i, STOPPED_AT);
        if (stopped->kind == CELL_NULL)
            compute->out[i] = word(now > due ? "OVERDUE" : "RUNNING");
        else
            compute->out[i] = word(stopped->integer > due ? "MISSED" : "KEPT");
    }
    return STATUS_OK;
}

enum status ticket_clock_due_in_seconds(struct compute *compute)
{
    int64_t now = compute_moment(compute, &compute->arguments[0]);
    for (uint32_t i = 0; i < compute->count; i++) {
        if (compute_need(compute, i, STOPPED_AT)->kind == CELL_NULL)
            compute->out[i] =
                cell_int((compute_need(compute, i, DUE_AT)->integer - now) / MICROSECONDS);
    }
    return STATUS_OK;
}

/* ---- service requests ---- */

enum { STATUS, SUB_STATUS };

/* Without a sub-status. */
static const struct {
    const char *status, *state;
} service_request_states[] = {
    {"ACKNOWLEDGED", "PENDING"},      {"IN_PROGRESS", "RESPONDED"},
    {"PENDING", "RESPONDED"},         {"HELD", "RESPONDED"},
    {"CLOSED", "COMPLETED"},          {"CANCELLED", "CANCELLED"},
    {"RESOLVED", "FINALLY_RESOLVED"}, {"REJECTED", "CANCELLED"},
};

static struct cell service_request_state(struct str status, struct str sub_status)
{
    if (str_is(sub_status, "DRAFT"))
        return word("DRAFT");
    if (str_is(sub_status, "TEMPORARY_FIX"))
        return word("TEMPORARILY_RESOLVED");
    for (size_t i = 0; i < sizeof(service_request_states) / sizeof(*service_request_states); i++) {
        if (str_is(status, service_request_states[i].status))
            return word(service_request_states[i].state);
    }
    return (struct cell){.kind = CELL_NULL};
}

enum status ticket_service_request_state(struct compute *compute)
{
    for (uint32_t i = 0; i < compute->count; i++)
        compute->out[i] = service_request_state(cell_str(compute_need(compute, i, STATUS)),
                                                cell_str(compute_need(compute, i, SUB_STATUS)));
    return STATUS_OK;
}

/* ---- turns ---- */

enum { TURN_STATUS, FIRST_VIEWED_AT, LAST_CUSTOMER_AT, LAST_AGENT_AT, CUSTOMER_VIEWED_AT };
enum { AT, EXPIRES_AFTER_DAYS };

static bool is_ended(struct str status)
{
    return str_is(status, "CLOSED") || str_is(status, "CANCELLED") || str_is(status, "REJECTED");
}

/* Whether one moment is later than the other; nothing is later than what never was. */
static bool is_later(const struct cell *a, const struct cell *b)
{
    return a->kind == CELL_TIME && (b->kind != CELL_TIME || a->integer > b->integer);
}

static const char *turn_of(const struct compute *compute, uint32_t ticket, int64_t expired)
{
    const struct cell *customer = compute_need(compute, ticket, LAST_CUSTOMER_AT);
    const struct cell *agent = compute_need(compute, ticket, LAST_AGENT_AT);
    const struct cell *seen = compute_need(compute, ticket, CUSTOMER_VIEWED_AT);
    bool resolved = str_is(cell_str(compute_need(compute, ticket, TURN_STATUS)), "RESOLVED");
    if (is_later(customer, agent) && customer->integer < expired)
        return "EXPIRED_UNANSWERED";
    if (compute_need(compute, ticket, FIRST_VIEWED_AT)->kind == CELL_NULL)
        return "NEW";
    if (is_later(customer, agent))
        return "WAITING";
    bool unread = agent->kind == CELL_TIME && agent->integer < expired &&
                  (seen->kind == CELL_NULL || seen->integer < expired);
    return resolved && unread ? "EXPIRED_UNREAD" : "OPEN";
}

/* More would leave the calendar. */
enum { DAYS_LIMIT = 36500 };

enum status ticket_turn(struct compute *compute)
{
    int64_t days = compute->arguments[EXPIRES_AFTER_DAYS].integer;
    int64_t now = compute_moment(compute, &compute->arguments[AT]);
    for (uint32_t i = 0; i < compute->count; i++) {
        if (days < 1 || days > DAYS_LIMIT)
            compute_fail(compute, i, STATUS_INVALID,
                         STR("\"expiresAfterDays\" takes a number of days, 1 to 36,500."));
        else if (!is_ended(cell_str(compute_need(compute, i, TURN_STATUS))))
            compute->out[i] = word(turn_of(compute, i, now - days * DAY));
    }
    return STATUS_OK;
}
