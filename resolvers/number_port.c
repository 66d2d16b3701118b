/* number_port: numbers that customers take along from other operators, or to them.
 *
 * A request is a row that the provisioner works off (order/port_step.h). People write down what an
 * operator said who answers by other ways, and have those asked again who did not answer.
 */
#include "resolvers/number_port.h"

#include "db/dates.h"
#include "db/policy.h"
#include "graphql/coerce.h"
#include "mariadb/database.h"
#include "order/port_work.h"
#include "resolvers/caller.h"
#include "resolvers/change_undo.h"
#include "resolvers/day.h"
#include "resolvers/hindrance.h"
#include "resolvers/mobile_line.h"
#include "resolvers/version.h"
#include "resolvers/words.h"

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

void number_port_moving(bool moves, struct hindrances *out)
{
    if (moves)
        hindrance_refuse(out, "A number of this line moves already; call that off first.",
                         "Eine Rufnummer dieser Leitung zieht schon um; brechen Sie das erst ab.");
}

void number_port_unnumbered(const struct cell *number, struct hindrances *out)
{
    if (number->kind == CELL_NULL)
        hindrance_refuse(out, "The line has no number yet.",
                         "Die Leitung hat noch keine Rufnummer.");
}

static enum status check_nothing_moves(struct request *request)
{
    const struct cell line = cell_int(request->line.id);
    struct hindrances hindrances;
    struct rows rows;
    TRY(act_run(request->act, "SELECT 1 FROM number_port WHERE product_id = ? AND is_open LIMIT 1",
                &line, 1, &rows));
    hindrances_of(&hindrances, request->act);
    number_port_moving(rows.count > 0, &hindrances);
    hindrances_refuse(&hindrances, request->act, "id");
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
    const struct order_work work = {
        .database = act->database, .arena = act->arena, .customer = request->line.customer_id};
    return port_work_begin(&work, act->object);
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

/* Locked, so that nobody else asks for it before this is committed. */
static enum status check_not_coming(struct request *request)
{
    const struct cell number = cell_text(request->number);
    struct rows rows;
    TRY(act_run(request->act, "SELECT id FROM number_port WHERE number = ? AND is_open FOR UPDATE",
                &number, 1, &rows));
    if (rows.count > 0)
        act_error(request->act, "NOT_ALLOWED", "number",
                  "The number is asked for already; it can come to one line only.");
    return STATUS_OK;
}

static enum status port_in(struct act *act)
{
    struct request request = {.act = act, .direction = "IN"};
    request.number = mobile_line_number(act, "number");
    TRY(begin(&request, "donor"));
    if (act->errors == NULL)
        TRY(check_not_ours(&request));
    if (act->errors == NULL)
        TRY(check_not_coming(&request));
    return act->errors == NULL ? insert(&request) : STATUS_OK;
}

const struct action number_port_in = {
    .type = "NumberPort", .perform = port_in, .undo = &change_has_left};

static enum status port_out(struct act *act)
{
    struct request request = {.act = act, .direction = "OUT"};
    struct hindrances hindrances;
    struct cell interaction;
    TRY(begin(&request, "recipient"));
    if (act->errors != NULL)
        return STATUS_OK;
    TRY(caller_check(act, &interaction));
    hindrances_of(&hindrances, act);
    number_port_unnumbered(&request.line.number, &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    if (act->errors != NULL)
        return STATUS_OK;
    request.number = cell_str(&request.line.number);
    return insert(&request);
}

const struct action number_port_out = {
    .type = "NumberPort", .perform = port_out, .undo = &change_has_left};

/* ---- answered ---- */

static struct cell words_or_null(struct str words)
{
    return words.len > 0 ? cell_text(words) : (struct cell){.kind = CELL_NULL};
}

void number_port_hinders(struct str status, struct hindrances *out)
{
    if (port_status_is_end(port_status_named(status)))
        hindrance_refuse(out, "It has come to its end; ask for the number anew.",
                         "Das ist abgeschlossen; beantragen Sie die Rufnummer neu.");
}

static enum status become(struct act *act, enum port_status to, struct str reason)
{
    enum { CUSTOMER = 1, VERSION, PORT };
    struct rows rows;
    struct hindrances hindrances;
    TRY(act_lock(act, "NumberPort", "id", "t.customer_id, t.version, " PORT_COLUMNS, &rows));
    if (rows.count == 0)
        return STATUS_OK;
    struct port port = port_work_read(rows.cells + PORT);
    act->object = port.id;
    act->customer = rows.cells[CUSTOMER].integer;
    version_check(act, &rows.cells[VERSION]);
    hindrances_of(&hindrances, act);
    number_port_hinders(str_of(port_status_name(port.status)), &hindrances);
    hindrances_refuse(&hindrances, act, "id");
    if (hindrances.first == NULL && !port_may_become(port.status, to))
        act_error(act, "NOT_ALLOWED", to == PORT_CANCELLED ? "id" : "status",
                  "A port that is %s cannot become %s.", port_status_name(port.status),
                  port_status_name(to));
    if (act->errors != NULL)
        return STATUS_OK;
    const struct order_work work = {
        .database = act->database, .arena = act->arena, .customer = act->customer};
    return port_work_move(&work, &port,
                          &(struct port_move){.to = to, .reason = words_or_null(reason)});
}

static enum status cancel(struct act *act)
{
    return become(act, PORT_CANCELLED, words_of(act, "reason", REASON_CHARACTERS, true));
}

const struct action number_port_cancel = {
    .type = "NumberPort", .perform = cancel, .undo = &change_has_left};

/* Values of PortAnswer that are not those of a port. */
static enum port_status status_of(struct str answer)
{
    return str_is(answer, "ASK_AGAIN") ? PORT_REQUESTED : port_status_named(answer);
}

static enum status answer(struct act *act)
{
    enum port_status to = status_of(act_field(act, "status")->text);
    struct str reason = words_of(act, "reason", REASON_CHARACTERS, to == PORT_REFUSED);
    return act->errors == NULL ? become(act, to, reason) : STATUS_OK;
}

const struct action number_port_answer = {
    .type = "NumberPort", .perform = answer, .undo = &change_has_left};
