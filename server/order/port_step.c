/* port_step: one transaction of the provisioner about a number that moves. */
#include "order/port_step.h"

#include "base/arena.h"
#include "base/log.h"
#include "order/network.h"
#include "order/port_work.h"
#include "order/turn.h"
#include <inttypes.h>

/* How often an operator who does not answer is asked before a person is. */
enum { ATTEMPTS = 3, MICROSECONDS = 1000 };

struct step {
    struct order_work work;
    const struct network *network;
    struct port port;
    struct str other_operator;
    int64_t attempt;
    struct cell elapsed_ms; /* NULL: the other operator was not told yet */
};

/* ---- whose turn it is ---- */

static const char claim_sql[] =
    "SELECT " PORT_COLUMNS ", k.customer_id, t.other_operator, k.attempt,\n"
    "    TIMESTAMPDIFF(MICROSECOND, k.started_at, NOW(6)) DIV 1000\n"
    "FROM port_task AS k\n"
    "STRAIGHT_JOIN number_port AS t ON t.customer_id = k.customer_id AND t.id = k.number_port_id\n"
    "WHERE k.due_at <= NOW(6)\n"
    "ORDER BY k.due_at LIMIT 1\n"
    "FOR UPDATE SKIP LOCKED";

enum { CUSTOMER = PORT_COLUMN_COUNT, OTHER_OPERATOR, ATTEMPT, ELAPSED };

static enum status claim(void *of, bool *found)
{
    struct step *step = of;
    struct rows rows;
    TRY(work_run(&step->work, claim_sql, NULL, 0, &rows));
    *found = rows.count > 0;
    if (!*found)
        return STATUS_OK;
    step->port = port_work_read(rows.cells);
    step->work.customer = rows.cells[CUSTOMER].integer;
    step->other_operator = cell_str(&rows.cells[OTHER_OPERATOR]);
    step->attempt = rows.cells[ATTEMPT].integer;
    step->elapsed_ms = rows.cells[ELAPSED];
    return STATUS_OK;
}

/* ---- what the other operator hears ---- */

/* First whether the number may move, on its day that it does: two jobs, told apart by position. */
static struct network_job job_of(const struct step *step)
{
    return (struct network_job){
        .order = str_printf(step->work.arena, "port-%" PRId64, step->port.id),
        .position = step->port.status == PORT_CONFIRMED ? NETWORK_PORT_MOVES : NETWORK_PORT_ASKED,
        .attempt = step->attempt,
        .action = step->port.leaves ? STR("PORT_OUT") : STR("PORT_IN"),
        .offering = step->other_operator,
        .service = step->port.number,
        .elapsed_ms = step->elapsed_ms.kind == CELL_NULL ? 0 : step->elapsed_ms.integer,
    };
}

static enum status update_task(const struct step *step, const char *sql, int64_t ms)
{
    const struct cell parameters[] = {cell_int(ms * MICROSECONDS), cell_int(step->work.customer),
                                      cell_int(step->port.id)};
    return work_run(&step->work, sql, parameters, 3, NULL);
}

static enum status wait(const struct step *step, int64_t ms)
{
    return update_task(step,
                       "UPDATE port_task SET due_at = NOW(6) + INTERVAL ? MICROSECOND\n"
                       "WHERE customer_id = ? AND number_port_id = ?",
                       ms);
}

static enum status started(const struct step *step)
{
    return update_task(step,
                       "UPDATE port_task\n"
                       "SET due_at = NOW(6) + INTERVAL ? MICROSECOND, started_at = NOW(6)\n"
                       "WHERE customer_id = ? AND number_port_id = ?",
                       step->network->pace_ms);
}

static enum status ask_again(const struct step *step)
{
    return update_task(step,
                       "UPDATE port_task\n"
                       "SET due_at = NOW(6) + INTERVAL ? MICROSECOND, started_at = NULL,\n"
                       "    attempt = attempt + 1\n"
                       "WHERE customer_id = ? AND number_port_id = ?",
                       step->network->pace_ms);
}

/* It was called off: who was told hears it. */
static enum status withdraw(const struct step *step)
{
    const struct cell keys[] = {cell_int(step->work.customer), cell_int(step->port.id)};
    struct network_job job = job_of(step);
    (void)step->network->cancel(step->network->own, &job); /* the number stays, whatever they say */
    return work_run(&step->work,
                    "DELETE FROM port_task WHERE customer_id = ? AND number_port_id = ?", keys, 2,
                    NULL);
}

/* ---- what they say ---- */

static enum status move(struct step *step, enum port_status to, const char *code)
{
    return port_work_move(&step->work, &step->port, &(struct port_move){.to = to, .code = code});
}

static enum status follow(struct step *step, enum network_answer answer,
                          const struct network_job *job)
{
    bool asked = step->port.status == PORT_REQUESTED;
    switch (answer) {
    case NETWORK_DONE:
        return move(step, asked ? PORT_CONFIRMED : PORT_DONE, NULL);
    case NETWORK_REFUSED:
        return move(step, PORT_REFUSED, job->reason);
    case NETWORK_ASKS:
        return move(step, PORT_HELD, job->reason);
    case NETWORK_SILENT:
        if (job->elapsed_ms < step->network->patience_ms)
            break;
        return step->attempt % ATTEMPTS == 0 ? move(step, PORT_HELD, "NO_ANSWER") : ask_again(step);
    case NETWORK_WORKING:
    case NETWORK_TOO_LATE:
        break;
    }
    return wait(step, step->network->pace_ms);
}

static enum status perform(void *of)
{
    struct step *step = of;
    const struct network *network = step->network;
    struct network_job job = job_of(step);
    if (port_status_is_end(step->port.status))
        return withdraw(step);
    if (step->elapsed_ms.kind != CELL_NULL)
        return follow(step, network->poll(network->own, &job), &job);
    enum network_answer answer = network->start(network->own, &job);
    return answer == NETWORK_WORKING ? started(step) : follow(step, answer, &job);
}

static void put_off(void *of, enum status status, struct str problem)
{
    struct step *step = of;
    log_event(LOG_ERROR, "a number cannot be moved; it is tried again in a minute", "port",
              log_format("%" PRId64, step->port.id), "status", status_code(status), "problem",
              log_format(STR_FMT, STR_ARG(problem)), NULL);
    if (step->port.id != 0)
        (void)wait(step, TURN_LATER_MS);
}

static const struct turn turn = {.claim = claim, .perform = perform, .put_off = put_off};

enum status port_step_take(const struct order_work *work, const struct network *network,
                           bool *found)
{
    struct step step = {.work = *work, .network = network};
    return turn_take(&turn, work, &step, found);
}
