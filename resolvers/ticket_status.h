/* ticket_status: where a ticket stands, and who has it. */
#pragma once

#include "act/act.h"

extern const struct action ticket_change_status;
extern const struct action ticket_escalate;

/* Whether a ticket may go from one status to another, by their names. */
bool ticket_may_become(struct str from, struct str to);
