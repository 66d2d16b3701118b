/* port_state: where numbers stand that move between operators, and what may follow on it.
 *
 * All that may follow on what is here, once: mutations, the provisioner and the tests ask it.
 */
#pragma once

#include "base/str.h"
#include <stdbool.h>

enum port_status {
    PORT_REQUESTED, /* the other operator is asked */
    PORT_CONFIRMED, /* they agreed, the day comes */
    PORT_REFUSED,
    PORT_DONE, /* the number has moved */
    PORT_CANCELLED,
    PORT_HELD, /* nobody answers: a person asks again, or says what was said */
    PORT_STATUSES,
};

/* As the tables and the schema have them. */
const char *port_status_name(enum port_status status);

/* PORT_STATUSES: there is none by that name. */
enum port_status port_status_named(struct str name);

/* Whether `to` may follow on `from`. */
bool port_may_become(enum port_status from, enum port_status to);

/* Nothing follows any more. */
bool port_status_is_end(enum port_status status);
