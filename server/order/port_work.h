/* port_work: what is written of a number that moves, each thing in one place; in a transaction of
 * the caller's, which has locked the port.
 *
 * Mutations and the provisioner move ports by these functions alone. They refuse (STATUS_REFUSED)
 * what the table of port_state.h forbids: callers ask before.
 */
#pragma once

#include "order/port_state.h"
#include "order/work.h"

/* As it was read. */
struct port {
    int64_t id, line;
    enum port_status status;
    bool leaves; /* to another operator */
    struct str number;
};

/* The columns of number_port, as `t`, that port_work_read() takes from a row, in this order. */
#define PORT_COLUMNS "t.id, t.product_id, t.status, t.direction, t.number"
enum { PORT_COLUMN_COUNT = 5 };

struct port port_work_read(const struct cell *cells);

/* It was asked for: the provisioner asks the other operator. */
enum status port_work_begin(const struct order_work *work, int64_t port);

struct port_move {
    enum port_status to;
    const char *code;   /* a value of PortReason; NULL: none */
    struct cell reason; /* in words; NULL: none */
};

/* What is done for it next follows: REQUESTED is asked anew, CONFIRMED waits for its day. DONE
 * moves the number into the line, or away with the end of the line; where a line of ours has the
 * number meanwhile, it is REFUSED instead. port->status is where it stands then. */
enum status port_work_move(const struct order_work *work, struct port *port,
                           const struct port_move *move);
