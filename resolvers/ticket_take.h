/* ticket_take: who works on a ticket. */
#pragma once

#include "act/act.h"

struct hindrances;

extern const struct action ticket_take;
extern const struct action ticket_take_next;
extern const struct action ticket_assign;

/* What keeps a ticket from being taken: where it stands, and who has it; NULL: nobody. */
void ticket_take_hinders(struct str status, const struct cell *assignee_id,
                         const struct cell *assignee_name, const struct viewer *viewer,
                         struct hindrances *out);
