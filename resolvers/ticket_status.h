/* ticket_status: where a ticket stands, and who has it. */
#pragma once

#include "act/act.h"

extern const struct action ticket_change_status;
extern const struct action ticket_escalate;

/* TroubleTicket.nextStatuses: what ticket_change_status takes, of this viewer. */
enum status ticket_next_statuses(struct compute *compute);
