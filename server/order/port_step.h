/* port_step: one transaction of the provisioner about a number that moves. */
#pragma once

#include "base/status.h"
#include <stdbool.h>

struct network;
struct order_work;

/* *found: something was due. Whoever is interrupted has done nothing of it; the network hears the
 * same key again. */
enum status port_step_take(const struct order_work *work, const struct network *network,
                           bool *found);
