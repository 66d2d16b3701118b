/* ticket_status: where a ticket stands, and who has it. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action ticket_change_status;
extern const struct action ticket_escalate;

/* TroubleTicket.nextStatuses: what ticket_change_status takes, of this viewer. */
enum status ticket_next_statuses(struct compute *compute);

/* What keeps a ticket of this status from being answered, moved on and escalated. */
void ticket_status_hinders(struct str status, struct hindrances *out);
