/* ticket_status: where a ticket stands, and who has it. */
#pragma once

#include "act/act.h"

extern const struct action ticket_change_status;
extern const struct action ticket_escalate;
