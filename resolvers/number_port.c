/* number_port: numbers that customers take along from other operators, or to them.
 *
 * A request is a row; what the other operator says about it moves it on, and all that may follow on
 * what is one table. Once it is DONE the number has moved.
 */
#include "resolvers/number_port.h"

#include "base/arena.h"
#include "db/dates.h"
#include "db/line_number.h"
#include "db/policy.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "order/line_end.h"
#include "resolvers/caller.h"
#include "resolvers/change_undo.h"
#include "resolvers/day.h"
#include "resolvers/mobile_line.h"
#include "resolvers/version.h"
#include "resolvers/words.h"
#include <assert.h>

enum { OPERATOR_CHARACTERS = 100, REASON_CHARACTERS = 200 };

/* ---- asked for ---- */

struct request {
    struct act *act;
    struct mobile_line line;
    const char *direction;
    struct str number, other_operator;
    int64_t wanted_on;
};

static enum status check_day(struct request *request)
{
    struct act *act = request->act;
    int64_t days, today = dates_today();
    request->wanted_on = day_of(act_field(act, "wantedOn"), NULL);
    TRY(policy_read(act->database, act->arena, "port_days_most", &days));
    if (request->wanted_on < today || request->wanted_on > today + days)
        act_error(act, "INVALID", "wantedOn", "A day from today to " STR_FMT " can be wanted.",
                  STR_ARG(day_text(act->arena, today + days)));
    return STATUS_OK;
}

static enum status check_nothing_moves(struct request *request)
{
    const struct cell line = cell_int(request->line.id);
    struct rows rows;
    TRY(act_run(request->act, "SELECT 1 FROM number_port WHERE product_id = ? AND is_open LIMIT 1",
                &line, 1, &rows));
    if (rows.count > 0)
        act_error(request->act, "NOT_ALLOWED", "id",
                  "A number of this line moves already; call that off first.");
    return STATUS_OK;
}

static enum status insert(struct request *request)
{
    struct act *act = request->act;
    const struct cell parameters[] = {
        cell_int(request->line.customer_id),
        cell_int(request->line.id),
        cell_text(str_of(request->direction)),
        cell_text(request->number),
        cell_text(request->other_operator),
        (struct cell){.kind = CELL_DATE, .integer = request->wanted_on},
    };
    TRY(act_run(
        act,
        "INSERT INTO number_port\n"
        "    (customer_id, product_id, direction, number, other_operator, wanted_on, status,\n"
        "     is_open, requested_at, changed_at)\n"
        "VALUES (?, ?, ?, ?, ?, ?, 'REQUESTED', TRUE, NOW(6), NOW(6))",
        parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    act->object = (int64_t)database_insert_id(act->database);
    return STATUS_OK;
}

/* What both directions have in common; a request without user errors can be stored. */
static enum status begin(struct request *request, const char *member)
{
    struct act *act = request->act;
    request->other_operator = words_of(act, member, OPERATOR_CHARACTERS, true);
    TRY(mobile_line_lock(act, &request->line));
    TRY(check_day(request));
    if (request->line.id != 0)
        TRY(check_nothing_moves(request));
    act->object = 0; /* there is no port yet */
    return STATUS_OK;
}

static enum status check_not_ours(struct request *request)
{
    struct act *act = request->act;
    const struct cell number = cell_text(request->number);
    struct rows rows;
    TRY(act_run(
        act,
        "SELECT 1 FROM product\n"
        "WHERE service_identifier = ? AND status NOT IN ('TERMINATED', 'CANCELLED', 'ABORTED')\n"
        "UNION ALL SELECT 1 FROM free_number WHERE number = CAST(? AS CHAR)\n"
        "LIMIT 1",
        (const struct cell[]){number, number}, 2, &rows));
    if (rows.count > 0)
        act_error(act, "NOT_ALLOWED", "number", "The number is one of ours; it cannot come in.");
    return STATUS_OK;
}

static enum status port_in(struct act *act)
{
    struct request request = {.act = act, .direction = "IN"};
    request.number = mobile_line_number(act, "number");
    TRY(begin(&request, "donor"));
    if (act->errors == NULL)
        TRY(check_not_ours(&request));
    return act->errors == NULL ? insert(&request) : STATUS_OK;
}

const struct action number_port_in = {
    .type = "NumberPort", .perform = port_in, .undo = &change_has_left};

static enum status port_out(struct act *act)
{
    struct request request = {.act = act, .direction = "OUT"};
    struct cell interaction;
    TRY(begin(&request, "recipient"));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(caller_check(act, &interaction));
    if (request.line.number.kind == CELL_NULL)
        act_error(act, "NOT_ALLOWED", "id", "The line has no number yet.");
    if (act->errors != NULL)
        return STATUS_OK;
    request.number = cell_str(&request.line.number);
    return insert(&request);
}

const struct action number_port_out = {
    .type = "NumberPort", .perform = port_out, .undo = &change_has_left};

/* ---- answered ---- */

enum port_status { REQUESTED, CONFIRMED, REFUSED, DONE, CANCELLED, STATUSES };

static const char *const names[STATUSES] = {
    [REQUESTED] = "REQUESTED", [CONFIRMED] = "CONFIRMED", [REFUSED] = "REFUSED",
    [DONE] = "DONE",           [CANCELLED] = "CANCELLED",
};

#define BIT(status) (1u << (status))

static const unsigned followers[STATUSES] = {
    [REQUESTED] = BIT(CONFIRMED) | BIT(REFUSED) | BIT(CANCELLED),
    [CONFIRMED] = BIT(DONE) | BIT(REFUSED) | BIT(CANCELLED),
};

static enum port_status status_named(struct str name)
{
    enum port_status status = REQUESTED;
    while (status < STATUSES && !str_is(name, names[status]))
        status++;
    return status;
}

enum { ID, CUSTOMER, PRODUCT, STATUS, DIRECTION, NUMBER, VERSION };
enum { LINE_NUMBER, LINE_PARTNER };

/* The port is about to be DONE. */
static enum status move_number(struct act *act, const struct cell *port)
{
    struct rows line;
    TRY(act_run(act,
                "SELECT p.service_identifier, c.partner_id\n"
                "FROM product AS p JOIN customer AS c ON c.id = p.customer_id\n"
                "WHERE p.customer_id = ? AND p.id = ?",
                (const struct cell[]){port[CUSTOMER], port[PRODUCT]}, 2, &line));
    const struct cell *partner = &line.cells[LINE_PARTNER];
    const struct line_number number = {
        .customer_id = act->customer,
        .product_id = port[PRODUCT].integer,
        .partner_id = partner->kind == CELL_NULL ? 0 : partner->integer,
        .before = line.cells[LINE_NUMBER],
        .after = cell_str(&port[NUMBER]),
    };
    const struct order_work work = {
        .database = act->database, .arena = act->arena, .customer = act->customer};
    return str_is(cell_str(&port[DIRECTION]), "OUT")
               ? line_end(&work, port[PRODUCT].integer, LINE_NUMBER_LEAVES)
               : line_number_change(act->database, act->arena, &number);
}

static enum status write_status(struct act *act, enum port_status to, struct str reason)
{
    const struct cell parameters[] = {
        cell_text(str_of(names[to])), cell_int(to == REQUESTED || to == CONFIRMED),
        reason.len > 0 ? cell_text(reason) : (struct cell){.kind = CELL_NULL},
        cell_int(act->customer), cell_int(act->object)};
    return act_run(act,
                   "UPDATE number_port\n"
                   "SET status = ?, is_open = ?, reason = ?, changed_at = NOW(6),\n"
                   "    version = version + 1\n"
                   "WHERE customer_id = ? AND id = ?",
                   parameters, 5, NULL);
}

static enum status become(struct act *act, enum port_status to, struct str reason)
{
    struct rows rows;
    TRY(act_lock(act, "NumberPort", "id",
                 "t.customer_id, t.product_id, t.status, t.direction, t.number, t.version", &rows));
    if (rows.count == 0)
        return STATUS_OK;
    const struct cell *port = rows.cells;
    act->object = port[ID].integer;
    act->customer = port[CUSTOMER].integer;
    version_check(act, &port[VERSION]);
    enum port_status from = status_named(cell_str(&port[STATUS]));
    assert(from < STATUSES); /* the table says so */
    if ((followers[from] & BIT(to)) == 0)
        act_error(act, "NOT_ALLOWED", to == CANCELLED ? "id" : "status",
                  "A port that is %s cannot become %s.", names[from], names[to]);
    if (act->errors != NULL)
        return STATUS_OK;
    if (to == DONE)
        TRY(move_number(act, port));
    return write_status(act, to, reason);
}

static enum status cancel(struct act *act)
{
    return become(act, CANCELLED, words_of(act, "reason", REASON_CHARACTERS, true));
}

const struct action number_port_cancel = {
    .type = "NumberPort", .perform = cancel, .undo = &change_has_left};

static enum status answer(struct act *act)
{
    enum port_status to = status_named(act_field(act, "status")->text);
    struct str reason = words_of(act, "reason", REASON_CHARACTERS, to == REFUSED);
    if (to == REQUESTED || to == CANCELLED)
        act_error(act, "INVALID", "status", "Other operators say CONFIRMED, REFUSED or DONE.");
    return act->errors == NULL ? become(act, to, reason) : STATUS_OK;
}

const struct action number_port_answer = {
    .type = "NumberPort", .perform = answer, .undo = &change_has_left};
