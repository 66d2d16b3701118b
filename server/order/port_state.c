/* port_state: the table of what may follow on what. */
#include "order/port_state.h"

#define BIT(status) (1u << (status))

static const char *const names[PORT_STATUSES] = {
    [PORT_REQUESTED] = "REQUESTED", [PORT_CONFIRMED] = "CONFIRMED", [PORT_REFUSED] = "REFUSED",
    [PORT_DONE] = "DONE",           [PORT_CANCELLED] = "CANCELLED", [PORT_HELD] = "HELD",
};

static const unsigned followers[PORT_STATUSES] = {
    [PORT_REQUESTED] =
        BIT(PORT_CONFIRMED) | BIT(PORT_REFUSED) | BIT(PORT_CANCELLED) | BIT(PORT_HELD),
    [PORT_CONFIRMED] = BIT(PORT_DONE) | BIT(PORT_REFUSED) | BIT(PORT_CANCELLED) | BIT(PORT_HELD),
    [PORT_HELD] =
        BIT(PORT_REQUESTED) | BIT(PORT_CONFIRMED) | BIT(PORT_REFUSED) | BIT(PORT_CANCELLED),
};

const char *port_status_name(enum port_status status)
{
    return names[status];
}

enum port_status port_status_named(struct str name)
{
    enum port_status status = 0;
    while (status < PORT_STATUSES && !str_is(name, names[status]))
        status++;
    return status;
}

bool port_may_become(enum port_status from, enum port_status to)
{
    return from < PORT_STATUSES && to < PORT_STATUSES && (followers[from] & BIT(to)) != 0;
}

bool port_status_is_end(enum port_status status)
{
    return followers[status] == 0;
}
