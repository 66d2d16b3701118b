/* port_work: the statements that move ports, and what they are to the line. */
#include "order/port_work.h"

#include "base/arena.h"
#include "db/line_number.h"
#include "order/line_end.h"

/* ---- reading ---- */

enum { ID, LINE, STATUS, DIRECTION, NUMBER };

struct port port_work_read(const struct cell *cells)
{
    return (struct port){
        .id = cells[ID].integer,
        .line = cells[LINE].integer,
        .status = port_status_named(cell_str(&cells[STATUS])),
        .leaves = str_is(cell_str(&cells[DIRECTION]), "OUT"),
        .number = cell_str(&cells[NUMBER]),
    };
}

/* ---- the number ---- */

enum { LINE_NUMBER, LINE_PARTNER };

static enum status number_comes(const struct order_work *work, const struct port *port)
{
    const struct cell keys[] = {cell_int(work->customer), cell_int(port->line)};
    struct rows rows;
    TRY(work_run(work,
                 "SELECT p.service_identifier, c.partner_id\n"
                 "FROM product AS p JOIN customer AS c ON c.id = p.customer_id\n"
                 "WHERE p.customer_id = ? AND p.id = ? FOR UPDATE",
                 keys, 2, &rows));
    const struct cell *partner = &rows.cells[LINE_PARTNER];
    const struct line_number number = {
        .customer_id = work->customer,
        .product_id = port->line,
        .partner_id = partner->kind == CELL_NULL ? 0 : partner->integer,
        .before = rows.cells[LINE_NUMBER],
        .after = port->number,
    };
    return line_number_change(work->database, work->arena, &number);
}

/* Locked, so that nobody else takes it before this is committed. */
static enum status read_taken(const struct order_work *work, const struct port *port, bool *taken)
{
    const struct cell number = cell_text(port->number);
    struct rows rows = {0};
    if (!port->leaves)
        TRY(work_run(work,
                     "SELECT id FROM product\n"
                     "WHERE service_identifier = ?\n"
                     "    AND status NOT IN ('TERMINATED', 'CANCELLED', 'ABORTED') FOR UPDATE",
                     &number, 1, &rows));
    *taken = rows.count > 0;
    return STATUS_OK;
}

/* ---- its turn ---- */

static enum status ensure_task(const struct order_work *work, const struct port *port)
{
    const struct cell keys[] = {cell_int(work->customer), cell_int(port->id)};
    return work_run(work,
                    "INSERT IGNORE INTO port_task (customer_id, number_port_id, due_at)\n"
                    "VALUES (?, ?, NOW(6))",
                    keys, 2, NULL);
}

/* Who was told hears that it is called off; nobody has to hear of other ends. */
static const char *task_sql(enum port_status to)
{
    switch (to) {
    case PORT_REQUESTED:
        return "UPDATE port_task SET due_at = NOW(6), started_at = NULL, attempt = attempt + 1\n"
               "WHERE customer_id = ? AND number_port_id = ?";
    case PORT_CONFIRMED:
        return "UPDATE port_task AS k\n"
               "JOIN number_port AS p ON p.customer_id = k.customer_id AND p.id = "
               "k.number_port_id\n"
               "SET k.due_at = GREATEST(NOW(6), p.wanted_on), k.started_at = NULL, k.attempt = 1\n"
               "WHERE k.customer_id = ? AND k.number_port_id = ?";
    case PORT_HELD:
        return "UPDATE port_task SET due_at = NULL WHERE customer_id = ? AND number_port_id = ?";
    case PORT_CANCELLED:
        return "UPDATE port_task SET due_at = NOW(6) WHERE customer_id = ? AND number_port_id = ?";
    default:
        return "DELETE FROM port_task WHERE customer_id = ? AND number_port_id = ?";
    }
}

static enum status plan(const struct order_work *work, const struct port *port)
{
    const struct cell keys[] = {cell_int(work->customer), cell_int(port->id)};
    if (!port_status_is_end(port->status))
        TRY(ensure_task(work, port));
    return work_run(work, task_sql(port->status), keys, 2, NULL);
}

enum status port_work_begin(const struct order_work *work, int64_t port)
{
    return ensure_task(work, &(struct port){.id = port});
}

/* ---- moved ---- */

static enum status write(const struct order_work *work, struct port *port,
                         const struct port_move *move)
{
    const struct cell parameters[] = {
        cell_text(str_of(port_status_name(move->to))),
        cell_int(!port_status_is_end(move->to)),
        move->reason,
        move->code == NULL ? (struct cell){.kind = CELL_NULL} : cell_text(str_of(move->code)),
        cell_int(move->to == PORT_CONFIRMED),
        cell_int(work->customer),
        cell_int(port->id),
    };
    TRY(work_run(work,
                 "UPDATE number_port\n"
                 "SET status = ?, is_open = ?, reason = ?, code = ?,\n"
                 "    confirmed_at = IF(?, NOW(6), confirmed_at), changed_at = NOW(6),\n"
                 "    version = version + 1\n"
                 "WHERE customer_id = ? AND id = ?",
                 parameters, sizeof(parameters) / sizeof(*parameters), NULL));
    port->status = move->to;
    return plan(work, port);
}

enum status port_work_move(const struct order_work *work, struct port *port,
                           const struct port_move *move)
{
    static const struct port_move refused = {.to = PORT_REFUSED, .code = "NUMBER_TAKEN"};
    bool taken;
    if (!port_may_become(port->status, move->to))
        return STATUS_REFUSED;
    if (move->to != PORT_DONE)
        return write(work, port, move);
    TRY(read_taken(work, port, &taken));
    if (taken)
        return write(work, port, &refused);
    TRY(write(work, port, move));
    return port->leaves ? line_end(work, port->line, LINE_NUMBER_LEAVES) : number_comes(work, port);
}
